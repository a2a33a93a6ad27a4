"""Big Cities Health Inventory: indicators of large cities by year, sex and race.

Peculiar: a workbook that its source names .csv; a year is a number or a range (2008-2012); thirteen values
are empty and eleven keys stand twice, some with two values; one group of race has two names, some cities
stand for their county, and the words of an indicator change within an edition.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFiles, number, unparsed

SEX_AND_RACE = {
    "workbook": ("Gender", "Race/ Ethnicity"),
    "inventory": ("Gender", "Race/ Ethnicity"),
    "inventory_2019": ("Sex", "Race/Ethnicity"),
}
"""Layout → its columns of sex and race."""

LIMITS = {
    "ci95_low": "95% Confidence Level - Low",
    "ci95_high": "95% Confidence Level - High",
    "ci90_low": "90% Confidence Level - Low",
    "ci90_high": "90% Confidence Level - High",
}


@table("sources.big_city_value", source="bchi")
def big_city_value(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per place, indicator, year, sex and race, as printed."""
    for file in files.of(*SEX_AND_RACE):
        sex, race = SEX_AND_RACE[file.layout.id]
        rows = file.without_empty_lines(file.rows())
        rows = rows.with_columns(
            pl.lit(None, pl.String).alias(name) for name in LIMITS.values() if name not in rows.columns
        )
        years = (
            pl.col("Year").str.extract_groups(r"^(?<start>\d{4})(?:\.0)?(?: ?[-–] ?(?<end>\d{4}))?$").struct
        )
        yield rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            category=pl.col("Indicator Category"),
            indicator=pl.col("Indicator").str.replace_all(r"\s+", " ").str.strip_chars(),
            year_start=years.field("start").cast(pl.Int32),
            year_end=pl.coalesce(years.field("end"), years.field("start")).cast(pl.Int32),
            sex=pl.col(sex),
            race=pl.col(race),
            place=pl.col("Place"),
            value=number("Value"),
            **{name: number(column) for name, column in LIMITS.items()},
            methods=pl.col("Methods"),
            notes=pl.col("Notes"),
            unparsed=unparsed("Value", *LIMITS.values()),
        )
