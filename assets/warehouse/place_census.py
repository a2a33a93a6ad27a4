"""Rows of `warehouse.place` for the units of the census: states, counties, cities, tracts and smaller."""

import polars as pl

from assets.warehouse.identifiers import NATION, STATE_NAMES, census_place, county_place, year_of_vintage
from lifegap.store.warehouse import Relation


def codes_of(ids: pl.Series, place_type: str) -> pl.Series:
    """The codes of the places of a type."""
    mine = ids.filter(ids.str.starts_with(f"{place_type}:"))
    return mine.str.slice(len(place_type) + 1)


def census_units(cells: Relation) -> pl.DataFrame:
    """Places of the ACS tables, each with its latest name."""
    latest = cells.aggregate("geo_id, vintage, arg_max(name, vintage) AS name", "geo_id, vintage")
    return (
        latest.pl()
        .with_columns(place_id=census_place(pl.col("geo_id"), year_of_vintage()))
        .sort("place_id", "vintage")
        .group_by("place_id", maintain_order=True)
        .agg(pl.col("name").last())
        .with_columns(
            place_type=pl.col("place_id").str.extract(r"^(\w+):"),
            code=pl.col("place_id").str.extract(r":(.+)$"),
        )
    )


def counties(ids: pl.Series, census: pl.DataFrame, county_code: pl.DataFrame) -> pl.DataFrame:
    """Counties of all sources; names from the latest survey, else from the list of codes."""
    surveyed = census.filter(pl.col("place_type").is_in(["county", "county2022"])).select("place_id", "name")
    listed = county_code.select(
        place_id=county_place(pl.col("county_fips")),
        name=pl.col("name") + ", " + pl.col("state"),
    )
    others = ids.filter(ids.str.contains(r"^county(2022)?:")).alias("place_id").to_frame()
    others = others.with_columns(name=pl.format("County {}", pl.col("place_id").str.extract(r":(\d+)$")))
    return (
        pl.concat([surveyed, listed, others])
        .unique("place_id", keep="first", maintain_order=True)
        .with_columns(code=pl.col("place_id").str.extract(r":(\d+)$"))
        .select(
            "place_id",
            place_type=pl.col("place_id").str.extract(r"^(\w+):"),
            name=pl.col("name"),
            state_fips=pl.col("code").str.slice(0, 2),
            county_fips=pl.col("code"),
            parent_place_id="state:" + pl.col("code").str.slice(0, 2),
        )
    )


def tracts(
    ids: pl.Series,
    population: pl.DataFrame,
    named_by: dict[str, list[pl.Series]],
    counties: pl.DataFrame,
) -> pl.DataFrame:
    """Tracts of both censuses, with the count of the census whose tracts they are."""
    counted = population.select(
        place_id=pl.format("tract{}:{}", "vintage", "tract_id"),
        population=pl.col("population").cast(pl.Int64),
        population_period=pl.col("vintage"),
    )
    named = [f"{kind}:" + codes for kind, lists in named_by.items() for codes in lists]
    seen = ids.filter(ids.str.starts_with("tract"))
    return (
        pl.DataFrame({"place_id": pl.concat([counted["place_id"], *named, seen]).unique()})
        .join(counted, on="place_id", how="left")
        .with_columns(
            place_type=pl.col("place_id").str.extract(r"^(\w+):"),
            code=pl.col("place_id").str.extract(r":(\d+)$"),
        )
        .with_columns(parent_place_id=county_place(pl.col("code").str.slice(0, 5)))
        .join(
            counties.select(parent_place_id="place_id", county="name"),
            on="parent_place_id",
            how="left",
        )
        .with_columns(
            # A county that no file lists is named by its code alone and has no row of its own.
            parent_place_id=pl.when(pl.col("county").is_not_null()).then("parent_place_id"),
            number=_tract_number(pl.col("code")),
        )
        .select(
            "place_id",
            "place_type",
            name=pl.format("Census Tract {}, {}", "number", _county_words()),
            vintage=pl.col("place_type").str.slice(-4),
            state_fips=pl.col("code").str.slice(0, 2),
            county_fips=pl.col("code").str.slice(0, 5),
            parent_place_id="parent_place_id",
            population="population",
            population_period="population_period",
        )
    )


def _county_words() -> pl.Expr:
    return pl.coalesce("county", pl.format("county {}", pl.col("code").str.slice(0, 5)))


def _tract_number(code: pl.Expr) -> pl.Expr:
    """Number of a tract as the Bureau prints it: 010100 is 101, 030201 is 302.01."""
    whole = code.str.slice(5, 4).cast(pl.Int32).cast(pl.String)
    part = code.str.slice(9, 2)
    return pl.when(part == "00").then(whole).otherwise(whole + "." + part)


def states(ids: pl.Series, counties: pl.DataFrame, tracts: pl.DataFrame) -> pl.DataFrame:
    """States of all sources and of all their counties and tracts."""
    codes = [counties["state_fips"], tracts["state_fips"], codes_of(ids, "state"),
             codes_of(ids, "city").str.slice(0, 2)]  # fmt: skip
    fips = pl.col("state_fips")
    return (
        pl.DataFrame({"state_fips": pl.concat(codes).drop_nulls().unique().sort()})
        .with_columns(name=fips.replace_strict(STATE_NAMES, default=pl.format("State {}", fips)))
        .select(
            place_id="state:" + fips,
            place_type=pl.lit("state"),
            name="name",
            state_fips="state_fips",
            parent_place_id=pl.lit(NATION),
        )
    )


def cities(ids: pl.Series, census: pl.DataFrame, prevalence: Relation) -> pl.DataFrame:
    """Cities by the survey's name, or by that of the health estimates."""
    state = pl.col("code").str.slice(0, 2).replace_strict(STATE_NAMES, default=None)
    listed = (
        prevalence.filter("level = 'city'")
        .aggregate("code, any_value(name) AS city", "code")
        .pl()
        .select("code", name=pl.format("{}, {}", "city", state))
    )
    surveyed = census.filter(pl.col("place_type") == "city").select("code", "name")
    others = codes_of(ids, "city").alias("code").to_frame().with_columns(name=pl.format("City {}", "code"))
    return (
        pl.concat([surveyed, listed, others])
        .drop_nulls()
        .unique("code", keep="first", maintain_order=True)
        .select(
            place_id="city:" + pl.col("code"),
            place_type=pl.lit("city"),
            name="name",
            state_fips=pl.col("code").str.slice(0, 2),
            parent_place_id="state:" + pl.col("code").str.slice(0, 2),
        )
    )


def smaller_units(census: pl.DataFrame) -> pl.DataFrame:
    """Block groups and ZCTAs of the survey."""
    code = pl.col("code")
    group = pl.col("place_type").str.starts_with("block_group")
    vintage = pl.col("place_type").str.extract(r"(\d{4})$")
    return census.filter(group | pl.col("place_type").str.starts_with("zcta")).select(
        "place_id",
        "place_type",
        name=pl.col("name").str.replace_all("; ", ", "),
        vintage=vintage,
        state_fips=pl.when(group).then(code.str.slice(0, 2)),
        county_fips=pl.when(group).then(code.str.slice(0, 5)),
        parent_place_id=pl.when(group).then(pl.format("tract{}:{}", vintage, code.str.slice(0, 11))),
    )
