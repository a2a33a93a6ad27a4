"""`warehouse.observation`: every publisher's numbers in one long table, as printed.

Signs that stand for "no number" become reasons. Nothing is withheld here for being implausible: that
is decided where figures are made. The American Community Survey alone is millions of rows, so its part
stays inside DuckDB; what the other sources say is read in `assets/warehouse/observed`.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import polars as pl

from assets.identifiers import census_place
from assets.table import Sources, registered, table
from assets.warehouse import observed
from assets.warehouse.observed import OBSERVED, Observed, year_of
from assets.warehouse.observed.census import SURVEY_CONCEPT
from lifegap.catalog.catalog import Catalog
from lifegap.methods.surveys.intervals import ACS_Z90
from lifegap.store.warehouse import Part, Relation, Warehouse

for module in iter_modules(observed.__path__, f"{observed.__name__}."):
    import_module(module.name)

READ: dict[str, Any] = {name.replace(".", "_"): name for each in OBSERVED for name in each.tables}
"""Parameter → table, for every table that observations are read out of."""

ACS_REASONS = {
    "(X)": "not_published:not_applicable",
    "-": "not_published:too_few_cases",
    "**": "not_published:too_few_cases",
    "N": "suppressed:too_few_cases",
    "null": "not_published:blank",
}
"""Sign in an estimate's cell → reason. `250,000+` and `2,500-` are medians in an open interval."""

ACS_MARGIN_FLAGS = {
    "**": "margin_not_computable",
    "***": "median_in_open_interval",
    "*****": "controlled",
    "N": "margin_not_computable",
    "null": "margin_not_computable",
}
PLAIN = (
    "place_id", "table_id", "measure", "measure_label", "concept", "population_group", "period_start",
    "period_end", "source_id", "vintage", "estimate", "se", "ci_low", "ci_high", "moe90", "reason",
    "flags", "note", "source_file", "source_row",
)  # fmt: skip


SURVEY = "census_acs5"


def _source_of(each: Observed) -> str:
    """The source of what is read out of tables: that of the files of the first of them."""
    source = registered()[each.tables[0]].source
    assert source is not None, f"{each.tables[0]} is made of no file"
    return source


def made_of() -> dict[str, set[str]]:
    """Source → the tables that its observations are read out of."""
    read: dict[str, set[str]] = {SURVEY: {"sources.acs_cell"}}
    for each in OBSERVED:
        read.setdefault(_source_of(each), set()).update(each.tables)
    return read


@table("warehouse.observation", by_source=made_of, cells="sources.acs_cell", **READ)
def observation(
    cells: Relation,
    sources: Sources,
    catalog: Catalog,
    warehouse: Warehouse,
    **tables: Relation,
) -> Iterator[Part]:
    """All observations: what each publisher says, then the survey's cells."""
    for each in OBSERVED:
        if _source_of(each) in sources:
            yield complete(each.read(*(tables[name.replace(".", "_")] for name in each.tables), catalog))
    if SURVEY in sources:
        yield _survey(cells, catalog, warehouse)


def complete(part: pl.DataFrame) -> pl.DataFrame:
    """The part with every column of an observation: limits, margins and words it does not have are null.

    Of an interval that lacks one limit the other is not taken: half an interval says nothing.

    A number that has no place or no period here cannot be compared with any other, and stays in the table
    of its source.
    """
    absent = {
        name: pl.lit(None, pl.Float64 if name in ("se", "ci_low", "ci_high", "moe90") else pl.String)
        for name in ("se", "ci_low", "ci_high", "moe90", "concept", "reason", "flags", "note")
        if name not in part.columns
    }
    both = pl.col("ci_low").is_not_null() & pl.col("ci_high").is_not_null()
    return (
        part.with_columns(
            population_group=pl.col("population_group")
            if "population_group" in part.columns
            else pl.lit("all"),
            **absent,
        )
        .with_columns(pl.when(both).then(name).alias(name) for name in ("ci_low", "ci_high"))
        .drop_nulls(["place_id", "period_start", "period_end", "population_group"])
        .with_columns(
            reason=pl.when(pl.col("estimate").is_null()).then(
                pl.coalesce("reason", pl.lit("not_published:blank"))
            ),
        )
        .select(PLAIN)
    )


def _survey(cells: Relation, catalog: Catalog, warehouse: Warehouse) -> Relation:
    """Cells of the American Community Survey; their standard errors follow from the margins."""
    places = (
        cells.aggregate("geo_id, vintage", "geo_id, vintage")
        .pl()
        .with_columns(
            period_start=year_of(catalog, SURVEY, "period_start"),
            period_end=year_of(catalog, SURVEY, "period_end"),
        )
        .with_columns(place_id=census_place(pl.col("geo_id"), pl.col("period_end")))
    )
    reasons = " ".join(f"WHEN '{sign}' THEN '{reason}'" for sign, reason in ACS_REASONS.items())
    flags = " ".join(f"WHEN '{sign}' THEN '{flag}'" for sign, flag in ACS_MARGIN_FLAGS.items())
    joined = cells.join(warehouse.given(places), "geo_id, vintage")
    return joined.query(
        "cells",
        f"""
        SELECT place_id, table_id, line AS measure, label AS measure_label, {SURVEY_CONCEPT} AS concept,
            'all' AS population_group, period_start, period_end, '{SURVEY}' AS source_id, vintage,
            estimate, moe90 / {ACS_Z90} AS se, NULL::DOUBLE AS ci_low, NULL::DOUBLE AS ci_high, moe90,
            CASE
                WHEN estimate IS NOT NULL THEN NULL
                WHEN regexp_full_match(estimate_text, '[0-9,]+[+-]')
                    THEN 'not_published:median_in_open_interval'
                ELSE coalesce(CASE estimate_text {reasons} END, 'not_published:blank')
            END AS reason,
            CASE moe_text {flags} END AS flags, NULL::VARCHAR AS note, source_file, source_row
        FROM cells
        """,
    )
