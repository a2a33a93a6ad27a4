"""Deaths of Illinois counties by sex, age group and year, as the region's planners hold them.

Peculiar: the first group is called "0 to 1 years" and ends before the first birthday, since the next begins
at 1; groups of later ages name their last age; deaths of unknown age or sex are not in the file; there is no
population. A count below 10 is printed: it is read here and must not be published.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFiles, number, unparsed

INFANTS = "0 to 1 years"


@table("sources.illinois_death", source="illinois_deaths")
def illinois_death(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per county, year, sex and age group."""
    for file in files.of("county_deaths"):
        rows = file.without_empty_lines(file.rows())
        ages = pl.col("Age").str.extract_groups(
            r"^(?<start>\d+) (?:to (?<last>\d+) years|years and over)$"
        ).struct  # fmt: skip
        last = ages.field("last").cast(pl.Int32)
        yield rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            county_fips=pl.col("GEOID").str.zfill(5),
            year=number("Year").cast(pl.Int32),
            sex=pl.col("Sex"),
            age_group=pl.col("Age"),
            age_start=ages.field("start").cast(pl.Int32),
            age_end=pl.when(pl.col("Age") == INFANTS).then(1).otherwise(last + 1).cast(pl.Int32),
            deaths=number("Mortality").cast(pl.Int64),
            unparsed=unparsed("Mortality", "Year"),
        )
