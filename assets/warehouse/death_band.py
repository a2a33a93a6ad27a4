"""`warehouse.death_band`: deaths of a county and the survey's people, in the age bands that both have.

Which people stand for which deaths: five years of deaths have five times the people of the survey of the
same five years; the deaths of one year have the people of the survey whose middle year it is, unless that
survey is weighted to a census that came after it. Other years have no people by age here, and no table. Of
the survey's children under 5 one fifth are taken as infants. A band begins where an age group of both
begins: where the survey has 25 to 34, so has the table.

Coalitions count deaths and people together: theirs are taken as they are (`coalition_death`).

A count below 10 is not to be told, nor what gives it away. All counts of the source are given to the search
for them, those that are never published with the rest; bands that are hidden say so.
"""

import polars as pl

from assets.concepts import PEOPLE
from assets.table import table
from assets.warehouse.coalition_death import ALL_CAUSES
from assets.warehouse.survey_ages import TABLE, people_by_age
from lifegap.methods.counts.suppression import HIDDEN, suppress
from lifegap.store.warehouse import Relation

INFANTS = 0.2
"""Part of the children under 5 who are under 1, as in the pooled tables of tracts."""

NEAR = 0.05
"""How far the people of a county's tracts may be from those of the county."""

LATEST_CENSUS = 2020
"""Editions of the survey that end after it are weighted to its count, which was two percent above the
estimates before it in Cook County."""

YEARS_APART = 5
"""How far from the survey's middle year the people of the whole county may be known."""

WHOLE_COUNTIES = (
    f"concept = '{PEOPLE}' AND source_id IN ('census_pep', 'chr_measures') "
    "AND place_id LIKE 'county:%' AND population_group = 'all' AND estimate > 0"
)
"""Observations of the people of counties that are not made of tracts."""

SEXES = pl.DataFrame(
    {"group": ["all", "all", "sex:male", "sex:female"], "sex": ["Male", "Female", "Male", "Female"]}
)
SERIES = ["place_id", "population_group", "period_start", "period_end"]
COLUMNS = {
    "place_id": pl.String, "population_group": pl.String, "period_start": pl.Int32, "period_end": pl.Int32,
    "source_id": pl.String, "vintage": pl.String, "age_start": pl.Int32, "age_end": pl.Int32,
    "deaths": pl.Int64, "person_years": pl.Float64, "reason": pl.String, "source_file": pl.String,
    "source_row": pl.Int32, "source_rows": pl.String, "population_source_id": pl.String,
    "population_vintage": pl.String, "population_file": pl.String, "population_rows": pl.String,
    "population_lines": pl.String, "tracts": pl.Int32,
}  # fmt: skip


@table(
    "warehouse.death_band",
    death="sources.illinois_death",
    observation="warehouse.observation",
    own="warehouse.coalition_death",
)
def death_band(death: pl.DataFrame, observation: Relation, own: pl.DataFrame) -> pl.DataFrame:
    """One row per place, group, period and age band."""
    bands = [_of_counties(death, observation), _of_coalitions(own)]
    return pl.concat(bands, how="vertical_relaxed").sort(*SERIES, "source_id", "age_start")


def _of_coalitions(counted: pl.DataFrame) -> pl.DataFrame:
    """All deaths as coalitions count them, with the people of the same rows."""
    numbers = pl.col("source_rows").str.split(", ").cast(pl.List(pl.Int32))
    return counted.filter(pl.col("cause") == ALL_CAUSES).select(
        "place_id", "population_group", "period_start", "period_end", "source_id", "vintage", "age_start",
        "age_end", "deaths", "source_file", "source_row", "source_rows",
        person_years="population",
        reason=pl.when(~pl.col("shown")).then(pl.lit(HIDDEN)),
        population_source_id="source_id",
        population_vintage="vintage",
        population_file="source_file",
        population_rows=pl.format("{}-{}", numbers.list.min(), numbers.list.max()),
        population_lines=pl.lit("population"),
        tracts=pl.lit(None, pl.Int32),
    ).select(*COLUMNS)  # fmt: skip


def _of_counties(death: pl.DataFrame, observation: Relation) -> pl.DataFrame:
    """Deaths of Illinois counties with the survey's people of their tracts."""
    if death.is_empty():
        return pl.DataFrame(schema=COLUMNS)
    counted = death.with_columns(place_id="county:" + pl.col("county_fips"))
    people = people_by_age(observation, death["county_fips"].unique().sort().to_list())
    surveyed = _finest(_infants_apart(people, counted)).with_columns(survey=pl.struct(TABLE).rank("dense"))
    surveys = _surveys(surveyed, observation)
    bands = surveyed.join(
        counted.select("place_id", "age_start").unique(), on=["place_id", "age_start"]
    ).select("survey", "age_start", band="age_start")
    of_people = _in_bands(surveyed, bands).group_by("survey", "band").agg(
        people=pl.col("people").sum(), population_lines=pl.col("lines").str.join(", ")
    )  # fmt: skip
    of_deaths = _in_bands(_deaths(surveys, counted), bands).group_by(
        "survey", "of_start", "of_end", "band", "source_file", "vintage", maintain_order=True
    ).agg(
        pl.col("deaths").sum(),
        pl.col("source_row").min(),
        source_rows=pl.col("source_row").sort().cast(pl.String).str.join(", "),
    )  # fmt: skip
    rows = of_deaths.join(of_people, on=["survey", "band"]).join(surveys, on="survey")
    return _without_small_counts(_as_declared(rows), counted).select(*COLUMNS)


def _infants_apart(people: pl.DataFrame, counted: pl.DataFrame) -> pl.DataFrame:
    """Children under 5 as infants and those of 1 to 4, where deaths are told so."""
    told_apart = counted.filter(pl.col("age_start") == 1)["place_id"].unique().to_list()
    young = (pl.col("age_start") == 0) & (pl.col("age_end") == 5) & pl.col("place_id").is_in(told_apart)
    children = people.filter(young)
    return pl.concat(
        [
            people.filter(~young),
            children.with_columns(people=pl.col("people") * INFANTS, age_end=pl.lit(1, pl.Int32)),
            children.with_columns(people=pl.col("people") * (1 - INFANTS), age_start=pl.lit(1, pl.Int32)),
        ]
    )


def _finest(people: pl.DataFrame) -> pl.DataFrame:
    """Of two tables of the same people, the one with more groups."""
    same = [name for name in TABLE if name != "table_id"]
    best = (
        people.group_by(TABLE)
        .len()
        .sort("len", "table_id", descending=[True, False])
        .unique(same, keep="first", maintain_order=True)
    )
    return people.join(best, on=TABLE, how="semi")


def _surveys(people: pl.DataFrame, observation: Relation) -> pl.DataFrame:
    """One row per table of people: what and where it is, and people of its tracts for one of the county."""
    surveys = people.group_by("survey", *TABLE).agg(
        whole=pl.col("people").sum(),
        population_file=pl.col("file").first(),
        population_rows=pl.format("{}-{}", pl.col("first_row").min(), pl.col("last_row").max()),
        tracts=pl.col("tracts").min(),
    )
    counties = observation.filter(WHOLE_COUNTIES).project(
        "place_id, (period_start + period_end) / 2 AS year, estimate AS of_county"
    ).pl()  # fmt: skip
    middle = (pl.col("period_start") + pl.col("period_end")) / 2
    share = (
        surveys.filter(pl.col("group") == "all")
        .join(counties, on="place_id")
        .with_columns(apart=(pl.col("year") - middle).abs())
        .filter(pl.col("apart") <= YEARS_APART)
        .sort("apart", "year", "of_county")
        .unique(["place_id", "period_start", "period_end"], keep="first")
        .select("place_id", "period_start", "period_end", share=pl.col("whole") / pl.col("of_county"))
    )
    return surveys.drop("whole").join(share, on=["place_id", "period_start", "period_end"], how="left")


def _deaths(surveys: pl.DataFrame, counted: pl.DataFrame) -> pl.DataFrame:
    """Deaths, each with every table of people that stands for its year, and the years they are taken with."""
    start, end = pl.col("period_start"), pl.col("period_end")
    known = surveys.join(counted.group_by("place_id").agg(years=pl.col("year").unique()), on="place_id")
    lacking = pl.int_ranges(start, end + 1, dtype=pl.Int32).list.set_difference("years")
    same_years = known.filter(lacking.list.len() == 0).with_columns(of_start=start, of_end=end)
    middle = ((start + end) // 2).cast(pl.Int32)
    recounted = (middle < LATEST_CENSUS) & (end > LATEST_CENSUS)
    one_year = known.filter((start + end) % 2 == 0, start < end, ~recounted).with_columns(
        of_start=middle, of_end=middle
    )
    return (
        pl.concat([same_years, one_year])
        .select("survey", "place_id", "group", "of_start", "of_end")
        .join(SEXES, on="group")
        .join(counted, on=["place_id", "sex"])
        .filter(pl.col("year").is_between("of_start", "of_end"))
    )


def _in_bands(rows: pl.DataFrame, bands: pl.DataFrame) -> pl.DataFrame:
    """The rows with the first age of the band they fall in."""
    return rows.sort("age_start").join_asof(
        bands.sort("age_start"), on="age_start", by="survey", check_sortedness=False
    )


def _as_declared(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows under the names of the table; reason where the tracts at hand are not the county."""
    covered = ((pl.col("share") - 1).abs() <= NEAR).fill_null(False)
    years = pl.col("of_end") - pl.col("of_start") + 1
    return rows.select(
        "place_id", "vintage", "deaths", "source_file", "source_row", "source_rows", "population_lines",
        "population_file", "population_rows", "tracts",
        population_group="group",
        period_start="of_start",
        period_end="of_end",
        source_id=pl.lit("illinois_deaths"),
        age_start="band",
        person_years=pl.col("people") * years,
        population_source_id=pl.lit("census_acs5"),
        population_vintage="vintage_right",
        reason=pl.when(~covered).then(pl.lit("withheld:coverage")),
    ).with_columns(age_end=pl.col("age_start").shift(-1).over(SERIES, order_by="age_start"))  # fmt: skip


def _without_small_counts(rows: pl.DataFrame, counted: pl.DataFrame) -> pl.DataFrame:
    """The rows, with a reason where a count is small or gives one away.

    A band is the sum of cells of the source, none of which is published.
    """
    shown = rows.filter(pl.col("reason").is_null()).with_row_index("band")
    cells = counted.with_row_index("cell").select(
        "place_id", "year", "sex", age="age_start", cell=pl.format("cell {}", "cell"), count="deaths"
    )
    groups = SEXES.rename({"group": "population_group"})
    parts = (
        shown.join(groups, on="population_group")
        .join(cells, on=["place_id", "sex"])
        .filter(
            pl.col("year").is_between("period_start", "period_end"),
            (pl.col("age") >= pl.col("age_start")) & (pl.col("age") < pl.col("age_end")).fill_null(True),
        )
    )
    named = pl.format("band {}", "band")
    found = suppress(
        pl.concat(
            [
                cells.select("cell", pl.col("count").cast(pl.Int64), latent=pl.lit(True)),
                shown.select(cell=named, count=pl.col("deaths").cast(pl.Int64), latent=pl.lit(False)),
            ]
        ),
        parts.select(total=named, part="cell"),
    )
    hidden = found.filter(~pl.col("latent")).select(cell="cell", hidden="reason")
    return pl.concat(
        [
            rows.filter(pl.col("reason").is_not_null()),
            shown.with_columns(cell=named)
            .join(hidden, on="cell", how="left")
            .with_columns(reason="hidden")
            .select(rows.columns),
        ]
    )
