"""People of counties by age out of the survey's tables, summed over their tracts.

The tables count ages in groups of their own, beside groups that overlap them (under 18, 65 and over): those
that follow each other without a gap from birth to the open end are taken. The survey gives children under 5
as one group.
"""

import polars as pl

from assets.concepts import PEOPLE_BY_AGE, PEOPLE_BY_SEX_AND_AGE
from lifegap.store.warehouse import Relation

AGE = (
    r"^(?:SEX AND AGE!!Total population|(?<sex>Male|Female))"
    r"!!(?<ages>(?:Under )?\d+(?: (?:to|and) \d+)? years(?: and over)?)$"
)
"""Label path of an age group: of both sexes, or of one."""

TABLE = ["place_id", "vintage", "period_start", "period_end", "table_id", "group"]
"""What tells one table of people from another."""


def people_by_age(observation: Relation, counties: list[str]) -> pl.DataFrame:
    """TABLE, age_start, age_end, people, lines, file, first_row, last_row, tracts.

    counties: codes of five digits. A county's people are those of all its tracts in the table; whether the
    table has all of them is for the caller to see.
    """
    of = ", ".join(f"'{code}'" for code in counties) or "''"
    cells = observation.query(
        "cells",
        f"""
        SELECT 'county:' || left(split_part(place_id, ':', 2), 5) AS place_id, vintage,
            period_start, period_end, table_id, measure_label AS label, min(measure) AS lines,
            sum(estimate::BIGINT)::DOUBLE AS people, min(source_file) AS file, min(source_row) AS first_row,
            max(source_row) AS last_row, count(estimate)::INTEGER AS tracts
        FROM cells
        WHERE concept IN ('{PEOPLE_BY_AGE}', '{PEOPLE_BY_SEX_AND_AGE}') AND place_id LIKE 'tract%'
            AND left(split_part(place_id, ':', 2), 5) IN ({of})
        GROUP BY ALL
        """,
    ).pl()
    told = pl.col("label").str.extract_groups(AGE).struct
    aged = cells.with_columns(
        ages=told.field("ages"),
        group=pl.coalesce("sex:" + told.field("sex").str.to_lowercase(), pl.lit("all")),
    ).filter(pl.col("ages").is_not_null())
    return _with_both_sexes(_without_overlaps(_with_limits(aged))).sort(*TABLE, "age_start")


def _with_limits(cells: pl.DataFrame) -> pl.DataFrame:
    """First age and end of Under 5 years, 5 to 9 years, 18 and 19 years, 20 years, 85 years and over."""
    ages = pl.col("ages")
    numbers = ages.str.extract_all(r"\d+").list.eval(pl.element().cast(pl.Int32))
    first, last = numbers.list.first(), numbers.list.last()
    under = ages.str.starts_with("Under")
    return cells.with_columns(
        age_start=pl.when(under).then(0).otherwise(first),
        age_end=pl.when(under).then(last).when(~ages.str.ends_with("over")).then(last + 1),
    )


def _without_overlaps(cells: pl.DataFrame) -> pl.DataFrame:
    """The groups that follow each other; none of a table in which one of them is missing."""
    start, end = pl.col("age_start"), pl.col("age_end")
    closed = (start > 0) & end.is_not_null()
    first, last = (
        start.filter(closed).min().over(TABLE),
        end.filter(closed).max().over(TABLE),
    )
    kept = cells.filter(closed | ((start == 0) & (end == first)) | (end.is_null() & (start == last)))
    followed = end.eq_missing(start.shift(-1).over(TABLE, order_by="age_start"))
    from_birth = start.min().over(TABLE) == 0
    return kept.filter(followed.all().over(TABLE) & from_birth)


def _with_both_sexes(cells: pl.DataFrame) -> pl.DataFrame:
    """Tables of men and of women, and of both together where the survey has them apart."""
    columns = [*TABLE, "age_start", "age_end"]
    rest = ["people", "lines", "file", "first_row", "last_row", "tracts"]
    apart = cells.filter(pl.col("group") != "all")
    together = (
        apart.with_columns(group=pl.lit("all"))
        .sort("lines")
        .group_by(columns, maintain_order=True)
        .agg(
            pl.col("people").sum(),
            pl.col("lines").str.join(", "),
            pl.col("file").first(),
            pl.col("first_row").min(),
            pl.col("last_row").max(),
            pl.col("tracts").min(),
            sexes=pl.len(),
        )
        .filter(pl.col("sexes") == 2)
    )
    return pl.concat([cells.select(*columns, *rest), together.select(*columns, *rest)])
