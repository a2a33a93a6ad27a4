"""County Health Rankings: life expectancy (v147) of counties, states and the nation, with intervals.

Peculiar: no names, only codes (00 000 is the nation, county 000 a state); blank is missing; impossible
values stand in the files (107.92 for Oliver County, 172.0 for Alabama's two-or-more-races) and are kept
here as printed: they are withheld where figures are made, never capped.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import SourceFiles, number, unparsed

MEASURE = "v147"
RACES = {
    "white": "race:white",
    "black": "race:black",
    "aian": "race:american_indian_alaska_native",
    "asian": "race:asian",
    "nhopi": "race:native_hawaiian_pacific_islander",
    "tom": "race:two_or_more",
    "hispanic": "race:hispanic",
}
"""Race as abbreviated in column names → population group."""

ALL_PEOPLE = (
    "all",
    f"{MEASURE}_rawvalue",
    f"{MEASURE}_cilow",
    f"{MEASURE}_cihigh",
    f"{MEASURE}_flag_CT",
)
BY_RACE = [
    (
        group,
        f"{MEASURE}_race_{short}",
        f"{MEASURE}_race_{short}_cilow",
        f"{MEASURE}_race_{short}_cihigh",
        f"{MEASURE}_race_flag_CT",
    )
    for short, group in RACES.items()
]
COLUMNS = {"life_expectancy": [ALL_PEOPLE], "life_expectancy_by_race": BY_RACE}


@table("sources.chr_measure", source="chr_measures")
def chr_measure(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per release, county and population group."""
    for file in files.of(*COLUMNS):
        rows = file.without_empty_lines(file.rows())
        for group, estimate, low, high, flag in COLUMNS[file.layout.id]:
            yield rows.select(
                "source_file",
                "source_row",
                pl.lit(file.vintage.id).alias("vintage"),
                measure=pl.lit(MEASURE),
                county_fips=pl.col("statecode") + pl.col("countycode"),
                population_group=pl.lit(group),
                estimate=number(estimate),
                ci_low=number(low),
                ci_high=number(high),
                flag_ct=pl.col(flag),
                unparsed=unparsed(estimate, low, high),
            )
