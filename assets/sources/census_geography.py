"""The Bureau's county codes and its 2020-2010 tract relationships.

Peculiar: the list of codes has no header; the relationship file here has eight of the sixteen columns
and only the pairs that touch four states.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import SourceFiles, number, unparsed


@table("sources.county_code", source="census_geography")
def county_code(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per county of 2010."""
    for file in files.of("county_codes"):
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            state=pl.col("STATE"),
            state_fips=pl.col("STATEFP"),
            county_fips=pl.col("STATEFP") + pl.col("COUNTYFP"),
            name=pl.col("COUNTYNAME"),
            **{"class": pl.col("CLASSFP")},
        )


@table("sources.tract_relationship", source="census_geography")
def tract_relationship(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per pair of tracts that share land or water."""
    numbers = {
        "land_2020": "AREALAND_TRACT_20",
        "land_2010": "AREALAND_TRACT_10",
        "land_part": "AREALAND_PART",
        "water_part": "AREAWATER_PART",
    }
    for file in files.of("tract_relationship"):
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            tract_2020=pl.col("GEOID_TRACT_20"),
            tract_2010=pl.col("GEOID_TRACT_10"),
            **{name: number(printed) for name, printed in numbers.items()},
            unparsed=unparsed(*numbers.values()),
        )
