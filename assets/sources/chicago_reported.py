"""Life expectancy in Chicago as reported, figure by figure, each with the page it was read on.

Peculiar: this list is the project's own. Differences and changes are kept in it but never used (they
are computed here, from figures of one page); so are figures whose period the page does not state,
ranges, and copies of series that are loaded from their own files.
"""

import polars as pl

from assets.table import table
from lifegap.landing.files import SourceFiles, number

GROUPS = {
    "all": "all",
    "Black": "race:black",
    "African-American": "race:black",
    "non-Hispanic Black": "race:black_non_hispanic",
    "white": "race:white",
    "non-Hispanic white": "race:white_non_hispanic",
    "Latino": "race:hispanic",
    "Latinx": "race:hispanic",
    "Hispanic": "race:hispanic",
    "Asian and Pacific Islander": "race:asian_pacific_islander",
    "non-Black": "race:non_black",
}
"""People as named on a page → population group. `race:black` and `race:black_non_hispanic` stay apart:
the pages do not say whether they mean the same."""

LOADED_ELSEWHERE = ("(qjr3-bm53)", "(topic VRLE)")
"""Titles of series that are loaded from their own files."""


@table("sources.chicago_reported", source="chicago_reported")
def chicago_reported(files: SourceFiles) -> pl.DataFrame:
    """Every collected figure, with the reason where one is not used."""
    parts = []
    for file in files.of("reported"):
        rows = file.without_empty_lines(file.rows())
        year = pl.col("year_or_period").str.extract(r"^(\d{4})(?:-\d{4})?$")
        parts.append(
            rows.with_columns(
                vintage=pl.lit(file.vintage.id),
                figure=pl.col("life_expectancy"),
                estimate=number("life_expectancy"),
                period_start=year.cast(pl.Int32),
                period_end=pl.coalesce(pl.col("year_or_period").str.extract(r"^\d{4}-(\d{4})$"), year).cast(
                    pl.Int32
                ),
                edition=pl.col("page_date").str.extract(r"^(\d{4}-\d{2}(?:-\d{2})?)").fill_null("undated"),
                group_as_named=pl.col("population_group"),
                population_group=pl.col("population_group").replace_strict(
                    GROUPS, default=None, return_dtype=pl.String
                ),
                period_as_named=pl.col("year_or_period"),
            ).with_columns(not_used=_why_not_used())
        )
    return pl.concat(parts).select(
        "source_file", "source_row", "vintage", "place", "place_type", "group_as_named",
        "period_as_named", "figure", "unit", "source_title", "source_publisher", "source_url",
        "page_date", "note", "estimate", "period_start", "period_end", "edition",
        "population_group", "not_used",
    )  # fmt: skip


def _why_not_used() -> pl.Expr:
    copied = pl.any_horizontal(
        pl.col("source_title").str.contains(mark, literal=True) for mark in LOADED_ELSEWHERE
    )
    return (
        pl.when(pl.col("unit") != "years")
        .then(pl.lit("a difference or a change, computed here instead"))
        .when(copied)
        .then(pl.lit("loaded from the series itself"))
        .when(~pl.col("place_type").is_in(["city", "community area"]))
        .then(pl.lit("not a city or community area"))
        .when(pl.col("period_start").is_null())
        .then(pl.lit("the page states no period"))
        .when(pl.col("estimate").is_null())
        .then(pl.lit("not one number"))
        .when(pl.col("population_group").is_null())
        .then(pl.lit("population group not known"))
    )
