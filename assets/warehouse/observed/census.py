"""Observations of the Census Bureau's counts; the survey's cells stay in DuckDB (`observation`)."""

import polars as pl

from assets.warehouse.observed import observed
from lifegap.catalog.catalog import Catalog


@observed("sources.tract_population")
def population(population: pl.DataFrame, _: Catalog) -> pl.DataFrame:
    return population.select(
        "vintage", "source_file", "source_row",
        place_id=pl.format("tract{}:{}", "vintage", "tract_id"),
        table_id=pl.lit("tract_population"),
        measure=pl.lit("population"),
        measure_label=pl.lit("Population"),
        period_start=pl.col("vintage").cast(pl.Int32),
        period_end=pl.col("vintage").cast(pl.Int32),
        source_id=pl.lit("census_decennial"),
        estimate=pl.col("population").cast(pl.Float64),
    )  # fmt: skip
