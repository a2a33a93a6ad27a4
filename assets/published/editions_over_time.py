"""Editions of sources over time: since when each is here, which release has it last, when the next is due.

A table of one release cannot have the id of that release in it: the id has the hash of the tables. So the
release itself is called `this`, and the next one knows its id and writes that.
"""

import polars as pl

from assets.table import table
from lifegap.catalog.catalog import Catalog
from lifegap.releases.before import Before

THIS = "this"

KEY = ("source_id", "vintage")
ABOUT = ("title", "period_start", "period_end", "sha256")
WHEN = ("first_seen", "last_seen", "retired_in", "same_bytes_since")
"""Columns that name releases."""


@table("published.source_edition", here="published.source")
def source_edition(here: pl.DataFrame, catalog: Catalog, before: Before) -> pl.DataFrame:
    """Editions of this release, and those that an earlier one had and this one has not.

    An edition is retired when its card says what replaced it, or when no file of it was obtained. One that
    comes back is current again; it was first seen when it first was.
    """
    known = _editions_before(before)
    rows = (
        here.select(*KEY, *ABOUT)
        .join(known, on=KEY, how="full", coalesce=True, suffix="_before")
        .join(_replacements(catalog), on=KEY, how="left")
    )
    is_here = pl.col("sha256").is_not_null()
    because = (
        pl.when(pl.col("replaced_by").is_not_null())
        .then(pl.lit("replaced"))
        .when(~is_here)
        .then(pl.lit("not_obtained"))
    )
    same_bytes = ~is_here | (pl.col("sha256") == pl.col("sha256_before"))
    return rows.select(
        *KEY,
        *(pl.when(is_here).then(name).otherwise(f"{name}_before").alias(name) for name in ABOUT),
        "replaced_by",
        first_seen=pl.coalesce("first_seen", pl.lit(THIS)),
        last_seen=pl.when(is_here).then(pl.lit(THIS)).otherwise("last_seen"),
        retired_in=pl.when(because.is_not_null()).then(pl.coalesce("retired_in", pl.lit(THIS))),
        retired_because=because,
        same_bytes_since=pl.when(same_bytes).then("same_bytes_since").otherwise(pl.lit(THIS)),
    )


@table("published.release_calendar", here="published.source")
def release_calendar(here: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The next edition of each dataset, beside the one here that reaches furthest; made without a clock."""
    said = pl.DataFrame(
        [
            (card.id, each and each.earliest, each and each.latest, each and each.every_months,
             each and each.basis, each.why if each else card.cadence)
            for card in catalog.cards.values()
            for each in (card.next_edition,)
        ],
        schema={"source_id": pl.String, "earliest": pl.Date, "latest": pl.Date, "every_months": pl.Int32,
                "basis": pl.String, "why": pl.String},
        orient="row",
    )  # fmt: skip
    newest = here.sort("period_end", "edition_order").group_by("source_id").agg(pl.col("vintage").last())
    return newest.join(said, on="source_id")


def _editions_before(before: Before) -> pl.DataFrame:
    """What the release before tells, its own id where it calls itself `this`.

    A release made before there was this table has editions all the same: those of its sources, seen there.
    """
    told = before.frame("source_edition")
    if told is None and (sources := before.frame("source")) is not None:
        told = sources.select(*KEY, *ABOUT).with_columns(
            first_seen=pl.lit(THIS), last_seen=pl.lit(THIS), same_bytes_since=pl.lit(THIS)
        )
    names: tuple[str, ...] = (*KEY, *ABOUT, *WHEN)
    none = pl.DataFrame(schema={name: pl.Int32 if name.startswith("period") else pl.String for name in names})
    if told is None:
        return none
    had = told.select([name for name in names if name in told.columns])
    return pl.concat([none, had], how="diagonal").with_columns(pl.col(WHEN).replace(THIS, before.release_id))


def _replacements(catalog: Catalog) -> pl.DataFrame:
    """Edition → the one that its publisher issued in its place."""
    return pl.DataFrame(
        [
            (card.id, vintage.id, vintage.replaced_by)
            for card in catalog.cards.values()
            for vintage in card.vintage
            if vintage.replaced_by is not None
        ],
        schema=[*KEY, "replaced_by"],
        orient="row",
    )
