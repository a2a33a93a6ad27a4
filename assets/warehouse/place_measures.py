"""People, land and a point inside, for the rows of `warehouse.place`.

People are those of the newest count or yearly estimate that names the place: the Census Bureau's estimates of
counties, the census, the estimates that County Health Rankings print. Where there is none they are those of
the newest edition of the American Community Survey, or of the census of 2010 as 500 Cities prints it. A tract
has the count of the census that drew it and no other, because shares are made of it. A state and the nation
are the sum of their counties where the Bureau's file has all of them.
"""

import polars as pl

from assets.concepts import PEOPLE
from assets.county_changes import CHANGES
from assets.identifiers import NATION, county_place, shape_place
from assets.state_codes import TERRITORIES
from lifegap.store.warehouse import Relation

COUNTED = ("census_pep", "census_decennial", "chr_measures")
OTHERWISE = ("census_acs5", "500_cities")
"""Sources of one year's people, and those that speak where none of these does; the first of equal years."""

TOTALS = (
    f"concept = '{PEOPLE}' AND population_group = 'all' AND estimate IS NOT NULL "
    f"AND source_id IN {(*COUNTED, *OTHERWISE)}"
)
"""Which observations are of all people of a place."""

CITIES = "level = 'city' AND starts_with(vintage, '500-cities') AND population IS NOT NULL"
POINT = (
    r"^(?:POINT \((?<longitude>-?[\d.]+) (?<latitude>-?[\d.]+)\)|\((?<north>-?[\d.]+), *(?<east>-?[\d.]+)\))$"
)
SQUARE_KILOMETER = 1e6
"""In square meters."""

STATES_AND_DC = 51


def with_measures(places: pl.DataFrame, people: pl.DataFrame, land: pl.DataFrame) -> pl.DataFrame:
    """The places with their population and its period, a point and land where a file has them."""
    return places.join(people, on="place_id", how="left", maintain_order="left").join(
        land, on="place_id", how="left", maintain_order="left"
    )


def people_of_places(observation: Relation, prevalence: Relation, county_code: pl.DataFrame) -> pl.DataFrame:
    """place_id, population, population_period: a year, or the first and last of a survey's."""
    told = observation.filter(TOTALS).project("place_id, source_id, period_start, period_end, estimate").pl()
    drawn = pl.col("place_id").str.extract(r"^tract(\d{4}):")
    of_its_census = (pl.col("source_id") == "census_decennial") & (
        pl.col("period_end").cast(pl.String) == drawn
    )
    cities = (
        prevalence.filter(CITIES)
        .aggregate("code, max(population)::DOUBLE AS estimate", "code")
        .pl()
        .select(
            place_id="city:" + pl.col("code"),
            source_id=pl.lit("500_cities"),
            period_start=pl.lit(2010, pl.Int32),
            period_end=pl.lit(2010, pl.Int32),
            estimate="estimate",
        )
    )
    told = told.filter(drawn.is_null() | of_its_census)
    return (
        pl.concat([told, cities, _sums(told, county_code)])
        .with_columns(
            otherwise=pl.col("source_id").is_in(OTHERWISE),
            rank=pl.col("source_id").replace_strict(
                {name: at for at, name in enumerate((*COUNTED, *OTHERWISE))}
            ),
        )
        .sort("place_id", "otherwise", "period_end", "rank", descending=[False, False, True, False])
        .unique("place_id", keep="first", maintain_order=True)
        .select(
            "place_id",
            population=pl.col("estimate").round().cast(pl.Int64),
            population_period=pl.when(pl.col("period_start") == pl.col("period_end"))
            .then(pl.col("period_end").cast(pl.String))
            .otherwise(pl.format("{}-{}", "period_start", "period_end")),
        )
    )


def _sums(told: pl.DataFrame, county_code: pl.DataFrame) -> pl.DataFrame:
    """States and the nation as the sum of all their counties in the Bureau's estimates."""
    edition = ["source_id", "period_start", "period_end"]
    counted = told.filter(
        pl.col("place_id").str.contains(r"^county(2022)?:"), pl.col("source_id") == "census_pep"
    )
    parts = [
        complete_states(part, county_code, int(part["period_end"][0])).group_by(
            "state", *edition, maintain_order=True
        ).agg(pl.col("estimate").sum())
        for part in counted.partition_by(edition, maintain_order=True)
    ]  # fmt: skip
    if not parts:
        return told.clear()
    states = pl.concat(parts)
    nation = (
        states.filter(~pl.col("state").is_in(TERRITORIES))
        .group_by(edition, maintain_order=True)
        .agg(pl.col("estimate").sum(), states=pl.len())
        .filter(pl.col("states") == STATES_AND_DC)
        .with_columns(place_id=pl.lit(NATION))
    )
    named = states.with_columns(place_id="state:" + pl.col("state"))
    return pl.concat([each.select(told.columns) for each in (named, nation)])


def complete_states(counties: pl.DataFrame, county_code: pl.DataFrame, year: int) -> pl.DataFrame:
    """The rows of counties of those states of which no county of that year lacks, with their `state`."""
    state = pl.col("place_id").str.extract(r":(\d\d)")
    wanted = pl.DataFrame(
        {"place_id": sorted(counties_of(county_code, year))}, schema={"place_id": pl.String}
    )
    lacking = wanted.join(counties, on="place_id", how="anti").select(state=state).unique()
    return (
        counties.join(wanted, on="place_id", how="semi", maintain_order="left")
        .with_columns(state=state)
        .join(lacking, on="state", how="anti", maintain_order="left")
    )


def counties_of(county_code: pl.DataFrame, year: int) -> set[str]:
    """Ids of all counties of a year: those of the oldest list here, as they changed until then."""
    oldest = county_code.filter(pl.col("vintage") == pl.col("vintage").min())
    found = set(oldest.select(county_place(pl.col("county_fips"))).to_series())
    until = [each for each in CHANGES if each.year <= year and each.kind != "renamed"]
    here = [each for each in until if each.old_place_id in found]
    return (found - {each.old_place_id for each in here}) | {each.place_id for each in here}


def land_and_points(
    gazetteer: pl.DataFrame, shape: Relation, prevalence: Relation, county_code: pl.DataFrame
) -> pl.DataFrame:
    """place_id, latitude, longitude (degrees, a point inside), land_area_km2, of places that a file has."""
    newest = gazetteer["vintage"].max()
    each = gazetteer.sort("vintage", descending=True).select(
        "vintage", "latitude", "longitude", place_id=county_place(pl.col("county_fips")),
        land_area_km2=pl.col("land") / SQUARE_KILOMETER,
    )  # fmt: skip
    columns = ["place_id", "latitude", "longitude", "land_area_km2"]
    parts = [each.select(columns), _of_shapes(shape), _cities(prevalence)]
    if isinstance(newest, str):
        latest = each.filter(pl.col("vintage") == newest)
        parts.append(_centers(complete_states(latest, county_code, int(newest[:4]))))
    return (
        pl.concat([part.select(columns) for part in parts])
        .with_columns(land_area_km2=pl.when(pl.col("land_area_km2") > 0).then("land_area_km2"))
        .unique("place_id", keep="first", maintain_order=True)
    )


def _centers(counties: pl.DataFrame) -> pl.DataFrame:
    """States: the land of their counties, and its center (which may lie in water between its parts)."""
    north, east = (pl.col(name).radians() for name in ("latitude", "longitude"))
    land = pl.col("land_area_km2")
    return (
        counties.group_by("state", maintain_order=True)
        .agg(
            x=(north.cos() * east.cos() * land).sum(),
            y=(north.cos() * east.sin() * land).sum(),
            z=(north.sin() * land).sum(),
            land_area_km2=land.sum(),
        )
        .select(
            place_id="state:" + pl.col("state"),
            latitude=pl.arctan2("z", (pl.col("x") ** 2 + pl.col("y") ** 2).sqrt()).degrees(),
            longitude=pl.arctan2("y", "x").degrees(),
            land_area_km2="land_area_km2",
        )
    )


def _of_shapes(shape: Relation) -> pl.DataFrame:
    """Tracts and ZCTAs: land and the point that the Bureau prints with their shape, where it does."""
    told = shape.filter("level <> 'county' AND land_area IS NOT NULL").project(
        """level, code, left(vintage, 4)::INTEGER AS year, vintage, land_area,
        coalesce(attributes->>'$.INTPTLAT', attributes->>'$.INTPTLAT10') AS north,
        coalesce(attributes->>'$.INTPTLON', attributes->>'$.INTPTLON10') AS east"""
    )
    return (
        told.pl()
        .sort("vintage", "code")
        .select(
            place_id=shape_place(pl.col("level"), pl.col("code"), pl.col("year")),
            latitude=pl.col("north").cast(pl.Float64, strict=False),
            longitude=pl.col("east").cast(pl.Float64, strict=False),
            land_area_km2=pl.col("land_area") / SQUARE_KILOMETER,
        )
    )


def _cities(prevalence: Relation) -> pl.DataFrame:
    """Cities: the point that the health estimates print."""
    told = prevalence.filter("level = 'city' AND point IS NOT NULL").aggregate(
        "code, any_value(point ORDER BY vintage DESC) AS point", "code"
    )
    found = pl.col("point").str.extract_groups(POINT)
    return told.pl().select(
        place_id="city:" + pl.col("code"),
        latitude=pl.coalesce(found.struct["latitude"], found.struct["north"]).cast(pl.Float64),
        longitude=pl.coalesce(found.struct["longitude"], found.struct["east"]).cast(pl.Float64),
        land_area_km2=pl.lit(None, pl.Float64),
    ).sort("place_id")  # fmt: skip
