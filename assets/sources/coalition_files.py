"""Files that coalitions keep themselves: deaths, life expectancies, indicators, scorecards, assets.

Faults were told before anything was obtained (`lifegap.landing.coalition_files`); here rows become tables.
What is left out is counted: blank rows, and rows of totals among ages.
"""

import polars as pl

from assets.table import table
from lifegap.catalog.coalition_files import FORMS
from lifegap.landing.coalition_files import read_own
from lifegap.landing.files import FILE, ROW, SourceFiles
from lifegap.landing.own_file import LINE


@table("sources.coalition_death", source="coalition")
def coalition_death(files: SourceFiles) -> pl.DataFrame:
    """One row per place, group, period, cause and age."""
    return _rows(files, "deaths").with_columns(pl.col("age_start", "age_end").cast(pl.Int32))


@table("sources.coalition_life_expectancy", source="coalition")
def coalition_life_expectancy(files: SourceFiles) -> pl.DataFrame:
    """One row per place, group and period."""
    return _rows(files, "life_expectancy").drop("suppress_below")


@table("sources.coalition_indicator", source="coalition")
def coalition_indicator(files: SourceFiles) -> pl.DataFrame:
    """One row per place, indicator, group and period."""
    return _rows(files, "indicators")


@table("sources.coalition_scorecard", source="coalition")
def coalition_scorecard(files: SourceFiles) -> pl.DataFrame:
    """One row per metric, subject and period."""
    return _rows(files, "scorecard").drop("suppress_below").with_columns(pl.col("target_year").cast(pl.Int32))


@table("sources.coalition_asset", source="coalition")
def coalition_asset(files: SourceFiles) -> pl.DataFrame:
    """One row per asset."""
    return _rows(files, "assets").drop("suppress_below")


def _rows(files: SourceFiles, name: str) -> pl.DataFrame:
    """The rows of all coalitions' files of a form; with coalition, file and row."""
    form = FORMS[name]
    parts = []
    for file in files.of(form.layout_id):
        found = read_own(file.path, form)
        file.rows_read = found.rows_read
        file.set_aside.update(found.set_aside)
        file.tell_unused(found.unused)
        parts.append(
            found.rows.with_columns(
                (pl.col(LINE).cast(pl.Int32) - 1).alias(ROW),
                pl.lit(file.name).alias(FILE),
                source_id=pl.lit(file.receipt.source_id),
                vintage=pl.lit(file.vintage.id),
                suppress_below=pl.lit(files.cards[file.receipt.source_id].suppress_below, pl.Int32),
                coalition_id=pl.lit(file.receipt.source_id.partition(":")[2]),
            ).drop(LINE)
        )
    nothing = pl.DataFrame(schema=_schema(name))
    made = pl.concat([nothing, *parts], how="diagonal_relaxed")
    years = [each for each in ("period_start", "period_end") if each in made.columns]
    return made.with_columns(pl.col(each).cast(pl.Int32) for each in years)


def _schema(name: str) -> dict[str, pl.DataType]:
    kinds: dict[str, pl.DataType] = {
        "whole": pl.Int64(),
        "year": pl.Int64(),
        "age": pl.Int64(),
        "number": pl.Float64(),
    }
    schema = {each.name: kinds.get(each.kind, pl.String()) for each in FORMS[name].columns}
    for text in (FILE, "source_id", "vintage", "coalition_id"):
        schema[text] = pl.String()
    schema[ROW] = schema["suppress_below"] = pl.Int32()
    return schema
