"""`warehouse.death_count`: deaths and people by age band, from exports of CDC WONDER by age.

What stays in the source's table: deaths of people whose age is not stated, which belong to no band; those of
counties that an export adds up, since no place has that shape; five-year groups, which have no people from
85 on; races of another form than the bridged one; and years that are provisional, which editions revise.
"""

import polars as pl

from assets.identifiers import NATION, population_group
from assets.table import table
from lifegap.store.warehouse import Relation

RACES = {"Black or African American": "black", "White": "white"}
COLUMNS = (
    "place_id", "population_group", "period_start", "period_end", "source_id", "vintage", "cause",
    "age_start", "age_end", "deaths", "population", "reason", "source_file", "source_row",
)  # fmt: skip


@table("warehouse.death_count", death="sources.wonder_death")
def death_count(death: Relation) -> pl.DataFrame:
    """One row per place, group, year and age band."""
    rows = death.filter(
        "age_start IS NOT NULL AND age_form IN ('Ten-Year Age Groups', 'Single-Year Ages') "
        "AND place_type IN ('nation', 'state') AND cause = 'All' AND part_of_deaths = 'All' "
        "AND month = 'All' AND status IS NULL AND coalesce(race_form, 'Race') = 'Race' "
        "AND hispanic_origin = CASE race WHEN 'All' THEN 'All' ELSE 'Not Hispanic or Latino' END "
        f"AND race IN {('All', *RACES)}"
    ).pl()
    # The publisher's races are of people who are not Hispanic; with a sex the name leaves that out.
    race = pl.col("race").replace_strict(RACES, default=None, return_dtype=pl.String)
    sex = pl.when(pl.col("sex") != "All").then(pl.col("sex").str.to_lowercase())
    alone = pl.when(sex.is_null()).then(race + "_non_hispanic").otherwise(race)
    return rows.with_columns(
        place_id=pl.when(pl.col("place_type") == "nation")
        .then(pl.lit(NATION))
        .otherwise("state:" + pl.col("place_code")),
        population_group=population_group(alone, sex),
        source_id=pl.lit("cdc_wonder"),
        cause=pl.lit("all"),
        reason=pl.when(pl.col("deaths").is_null()).then(pl.lit("suppressed:too_few_cases")),
    ).select(COLUMNS)
