"""Small Area Income and Poverty Estimates: poverty by age and median income of counties.

Peculiar: an old binary workbook; column names in the fourth row, those of limits all alike; a point where
there is no estimate (ages 0 to 4 below the state; Kalawao County); limits are of 90 percent. Answers of the
API have names of their own, margins in the place of limits, codes in two columns and null for no estimate.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed

NONE = "."
PLACE = ("State FIPS Code", "County FIPS Code", "Postal Code", "Name")
LOW, HIGH = ": low", ": high"

MEASURES_OF_API = {
    "SAEPOVALL": "Poverty Estimate, All Ages",
    "SAEPOVRTALL": "Poverty Percent, All Ages",
    "SAEPOV0_17": "Poverty Estimate, Age 0-17",
    "SAEPOVRT0_17": "Poverty Percent, Age 0-17",
    "SAEPOV5_17R": "Poverty Estimate, Age 5-17 in Families",
    "SAEPOVRT5_17R": "Poverty Percent, Age 5-17 in Families",
    "SAEMHI": "Median Household Income",
    "SAEPOV0_4": "Poverty Estimate, Age 0-4",
    "SAEPOVRT0_4": "Poverty Percent, Age 0-4",
}
"""Stem of the API's columns → the same measure as the spreadsheet names it."""


@table("sources.saipe_estimate", source="census_saipe")
def saipe_estimate(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per place and measure."""
    for file in files.of("workbook"):
        yield from _workbook(file)
    for file in files.of("api_json"):
        yield from _answer(file)


def _workbook(file: SourceFile) -> Iterator[pl.DataFrame]:
    measures = list(file.layout.columns[len(PLACE) :: 3])
    columns = [*PLACE, *(f"{measure}{part}" for measure in measures for part in ("", LOW, HIGH))]
    rows = file.without_empty_lines(file.rows(columns)).with_columns(
        pl.col(columns[len(PLACE) :]).replace(NONE, None)
    )
    for measure in measures:
        low, high = f"{measure}{LOW}", f"{measure}{HIGH}"
        yield rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            year=pl.lit(file.vintage.period_end, pl.Int32),
            county_fips=pl.col("State FIPS Code").str.zfill(2) + pl.col("County FIPS Code").str.zfill(3),
            name=pl.col("Name"),
            postal_code=pl.col("Postal Code"),
            measure=pl.lit(measure),
            estimate=number(measure),
            ci90_low=number(low),
            ci90_high=number(high),
            unparsed=unparsed(measure, low, high),
        )


def _answer(file: SourceFile) -> Iterator[pl.DataFrame]:
    """An answer of the API: the measures that were asked for."""
    rows = file.without_empty_lines(file.rows())
    for stem, measure in MEASURES_OF_API.items():
        estimate, margin, low, high = (f"{stem}_{part}" for part in ("PT", "MOE", "LB90", "UB90"))
        if estimate not in file.match.names:
            continue
        yield rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            year=number("YEAR").cast(pl.Int32),
            county_fips=pl.col("state").str.zfill(2) + pl.col("county").fill_null("000").str.zfill(3),
            name=pl.col("NAME"),
            postal_code=pl.lit(None, pl.String),
            measure=pl.lit(measure),
            estimate=number(estimate),
            ci90_low=pl.coalesce(number(low), number(estimate) - number(margin)),
            ci90_high=pl.coalesce(number(high), number(estimate) + number(margin)),
            unparsed=unparsed(estimate, margin, low, high, "YEAR"),
        )
