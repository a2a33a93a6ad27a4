"""Small Area Health Insurance Estimates: people under 65 without insurance, by county and year.

Peculiar: answers of the Census API, an array whose first row names the columns; the code of a place stands
in two columns (state, county), or in none for the nation; limits are of 90 percent, and an answer may hold
margins in their place; Kalawao County has null for every number; a state or the nation has no county.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFiles, number, unparsed

CATEGORIES = {
    "age_category": "AGECAT",
    "race_category": "RACECAT",
    "sex_category": "SEXCAT",
    "income_category": "IPRCAT",
}
ESTIMATE, LOW, HIGH, MARGIN = "PCTUI_PT", "PCTUI_LB90", "PCTUI_UB90", "PCTUI_MOE"


@table("sources.sahie_estimate", source="census_sahie")
def sahie_estimate(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per place, year and category."""
    for file in files.of("api_json"):
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            year=number("time").cast(pl.Int32),
            county_fips=code_of_api(),
            name=pl.col("NAME"),
            **{name: number(column).cast(pl.Int32) for name, column in CATEGORIES.items()},
            uninsured=number(ESTIMATE),
            ci90_low=pl.coalesce(number(LOW), number(ESTIMATE) - number(MARGIN)),
            ci90_high=pl.coalesce(number(HIGH), number(ESTIMATE) + number(MARGIN)),
            unparsed=unparsed(ESTIMATE, LOW, HIGH, MARGIN, "time", *CATEGORIES.values()),
        )


def code_of_api() -> pl.Expr:
    """Five digits out of the columns state and county; 000 for a state, 00000 for the nation (us)."""
    state = pl.col("state").str.zfill(2)
    county = pl.col("county").str.zfill(3)
    nation = pl.when(pl.col("us").is_not_null()).then(pl.lit("00000"))
    return pl.coalesce(state + county, state + "000", nation)
