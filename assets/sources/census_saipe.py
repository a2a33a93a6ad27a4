"""Small Area Income and Poverty Estimates: poverty by age and median income of counties.

Peculiar: an old binary workbook; column names in the fourth row, those of limits all alike; a point where
there is no estimate (ages 0 to 4 below the state; Kalawao County); limits are of 90 percent.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import SourceFiles, number, unparsed

NONE = "."
PLACE = ("State FIPS Code", "County FIPS Code", "Postal Code", "Name")
LOW, HIGH = ": low", ": high"


@table("sources.saipe_estimate", source="census_saipe")
def saipe_estimate(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per place and measure."""
    for file in files.of("workbook"):
        measures = list(file.layout.columns[len(PLACE) :: 3])
        columns = [*PLACE, *(f"{measure}{part}" for measure in measures for part in ("", LOW, HIGH))]
        rows = file.without_empty_lines(file.rows(columns)).with_columns(
            pl.col(columns[len(PLACE) :]).replace(NONE, None)
        )
        for measure in measures:
            low, high = f"{measure}{LOW}", f"{measure}{HIGH}"
            yield rows.select(
                "source_file",
                "source_row",
                pl.lit(file.vintage.id).alias("vintage"),
                county_fips=pl.col("State FIPS Code").str.zfill(2) + pl.col("County FIPS Code").str.zfill(3),
                name=pl.col("Name"),
                postal_code=pl.col("Postal Code"),
                measure=pl.lit(measure),
                estimate=number(measure),
                ci90_low=number(low),
                ci90_high=number(high),
                unparsed=unparsed(measure, low, high),
            )
