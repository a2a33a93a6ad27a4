"""`warehouse.death_count`: deaths and people by age band, of CDC WONDER and of coalitions' own files.

What stays in the source's table: deaths of people whose age is not stated, which belong to no band; those of
counties that an export adds up, since no place has that shape; five-year groups, which have no people from
85 on; races of another form than the bridged one; and years that are provisional, which editions revise.
Of what a coalition counts, a series with a small count has no counts here (`coalition_death`).
"""

import polars as pl

from assets.identifiers import NATION, population_group
from assets.table import table
from lifegap.methods.counts.suppression import HIDDEN
from lifegap.store.warehouse import Relation

RACES = {"Black or African American": "black", "White": "white"}
COLUMNS = (
    "place_id", "population_group", "period_start", "period_end", "source_id", "vintage", "cause",
    "age_start", "age_end", "deaths", "population", "reason", "source_file", "source_row",
)  # fmt: skip


@table("warehouse.death_count", death="sources.wonder_death", own="warehouse.coalition_death")
def death_count(death: Relation, own: pl.DataFrame) -> pl.DataFrame:
    """One row per place, group, period, cause and age band."""
    return pl.concat([_of_wonder(death), _of_coalitions(own)], how="vertical_relaxed")


def _of_coalitions(counted: pl.DataFrame) -> pl.DataFrame:
    """Counts of coalitions that may be shown; in place of the others the reason."""
    return counted.with_columns(
        deaths=pl.when("shown").then("deaths"),
        population=pl.col("population").round().cast(pl.Int64),
        reason=pl.when(~pl.col("shown")).then(pl.lit(HIDDEN)),
    ).select(COLUMNS)


def _of_wonder(death: Relation) -> pl.DataFrame:
    """Deaths of the nation and of states, of all people and by sex and race."""
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
