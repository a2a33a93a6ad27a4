"""Observations of the National Center for Health Statistics."""

import polars as pl

from assets.warehouse.observed import observed, year_of
from lifegap.catalog.catalog import Catalog
from lifegap.methods.intervals import Z95

FLAGS = {1: "observed", 2: "predicted", 3: "mixture"}


@observed("sources.usaleep_tract")
def usaleep(usaleep: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    se = pl.col("se_e0")
    return usaleep.select(
        "vintage", "source_file", "source_row",
        place_id="tract2010:" + pl.col("tract_id"),
        table_id=pl.lit("file_a"),
        measure=pl.lit("e(0)"),
        measure_label=pl.lit("Life expectancy at birth"),
        period_start=year_of(catalog, "nchs_usaleep", "period_start"),
        period_end=year_of(catalog, "nchs_usaleep", "period_end"),
        source_id=pl.lit("nchs_usaleep"),
        estimate=pl.col("e0"),
        se=se,
        ci_low=pl.col("e0") - Z95 * se,
        ci_high=pl.col("e0") + Z95 * se,
        flags=pl.col("flag").replace_strict(FLAGS, default=None, return_dtype=pl.String),
    )  # fmt: skip
