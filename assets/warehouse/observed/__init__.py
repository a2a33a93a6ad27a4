"""What each source says, as observations: one module per publisher, one function per kind of file.

    @observed("sources.usaleep_tract")
    def usaleep(tract: Relation, catalog: Catalog) -> pl.DataFrame: ...

A function takes the tables it names, in their order, then the declarations, and returns a frame with
place_id, table_id, measure, measure_label, period_start, period_end, source_id, vintage, estimate,
source_file, source_row, and those of concept (a word of `assets.concepts`), se, ci_low, ci_high, moe90,
population_group, reason, flags, note that the source has. A row without a place id is of a place that has
none here, and is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from lifegap.catalog.catalog import Catalog


@dataclass(frozen=True)
class Observed:
    """Tables, and the function that reads observations out of them."""

    tables: tuple[str, ...]
    read: Callable[..., pl.DataFrame]


OBSERVED: list[Observed] = []

UNRELIABLE = "unreliable_by_publisher"
YEARS_IN_WORDS = "years_in_words"
"""Flags: the publisher itself calls the figure unreliable; the note says of the years what they do not."""


def observed(*tables: str) -> Callable[[Callable[..., pl.DataFrame]], Callable[..., pl.DataFrame]]:
    """Declare the function as the reader of observations out of `tables`."""

    def register(read: Callable[..., pl.DataFrame]) -> Callable[..., pl.DataFrame]:
        OBSERVED.append(Observed(tables, read))
        return read

    return register


def year_of(catalog: Catalog, source_id: str, end: str) -> pl.Expr:
    """First or last year of the data of a vintage, as its card states."""
    years = {name: getattr(vintage, end) for name, vintage in catalog.cards[source_id].vintages.items()}
    return pl.col("vintage").replace_strict(years, return_dtype=pl.Int32)


def period_of(catalog: Catalog, source_id: str) -> dict[str, pl.Expr]:
    """Both years of the data of a vintage, as its card states."""
    return {end: year_of(catalog, source_id, end) for end in ("period_start", "period_end")}
