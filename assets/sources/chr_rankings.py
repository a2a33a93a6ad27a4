"""County Health Rankings: z-scores, ranks and groups of counties by release.

Peculiar: a rank of 999 means not ranked; ranks end with 2023, from 2024 the score is national and
rows of states and the nation join in; the summaries are renamed in 2025; the files of 2022 and 2023
exist in a first version with fewer columns.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import SourceFiles, number, unparsed

NOT_STATED = "NA"


@table("sources.chr_category", source="chr_rankings")
def chr_category(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per release, summary and county."""
    numbers = ("z_score", "rank", "quartile", "health_group")
    for file in files.of("category_data", "category_data_first"):
        rows = file.without_empty_lines(file.rows())
        if "health_group" not in rows.columns:
            rows = rows.with_columns(health_group=pl.lit(None, pl.String))
        rows = rows.with_columns(pl.col(numbers).replace(NOT_STATED, None))
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            year=number("year").cast(pl.Int32),
            category_id=number("category_id").cast(pl.Int32),
            state_fips=pl.col("state_fips"),
            county_fips=pl.col("state_fips") + pl.col("county_fips"),
            z_score=number("z_score"),
            rank=number("rank").cast(pl.Int32),
            quartile=number("quartile").cast(pl.Int32),
            health_group=number("health_group").cast(pl.Int32),
            unparsed=unparsed("year", "category_id", *numbers),
        )


@table("sources.chr_category_name", source="chr_rankings")
def chr_category_name(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """What each summary is called in each release."""
    for file in files.of("categories"):
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            year=number("year").cast(pl.Int32),
            category_id=number("category_id").cast(pl.Int32),
            name=pl.col("category_name"),
        )
