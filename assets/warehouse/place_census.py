"""Rows of `warehouse.place` for the units of the census: states, counties, cities, tracts and smaller."""

import polars as pl

from assets.county_changes import KNOWN_NAMES, RENAMED_CODES
from assets.identifiers import NATION, census_place, county_place, year_of_vintage
from assets.state_codes import STATE_NAMES
from lifegap.store.warehouse import Relation

TRACT_ID = len("tract2010:01001020100")


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


def with_parents(ids: pl.Series) -> pl.Series:
    """The ids, and the tracts and counties that their codes say they lie in, named by a file or not."""
    group = ids.filter(ids.str.starts_with("block_group"))
    tract = pl.concat([ids, group.str.replace("block_group", "tract").str.slice(0, TRACT_ID)])
    county = tract.filter(tract.str.starts_with("tract")).to_frame("id")
    held = county.select(county_place(pl.col("id").str.slice(len("tract2010:"), 5)))
    return pl.concat([tract, held.to_series()]).unique().sort()


def counties(
    ids: pl.Series, census: pl.DataFrame, county_code: pl.DataFrame, gazetteer: pl.DataFrame
) -> pl.DataFrame:
    """Counties of all sources, and those that changed; each under one name, whichever files are here.

    A name is that of the list of codes, whole in every refresh, where it is right to this day; else the
    latest of the survey, else that of the gazetteer, else the code.
    """
    code, state = pl.col("county_fips"), pl.col("county_fips").str.slice(0, 2)
    listed = [
        each.sort("vintage", descending=True).select(
            code=code.replace(RENAMED_CODES),
            name=pl.format("{}, {}", "name", state.replace_strict(STATE_NAMES, default="state " + state)),
        )
        for each in (county_code, gazetteer)
    ]
    known = pl.DataFrame({"code": list(KNOWN_NAMES), "name": list(KNOWN_NAMES.values())})
    known = known.filter(~pl.col("code").is_in(list(RENAMED_CODES)))
    surveyed = census.filter(pl.col("place_type").is_in(["county", "county2022"])).select("code", "name")
    others = ids.filter(ids.str.contains(r"^county(2022)?:")).str.slice(-5).alias("code").to_frame()
    others = others.with_columns(name=pl.format("County {}", "code"))
    return (
        pl.concat([known, listed[0], surveyed, listed[1], others])
        .unique("code", keep="first", maintain_order=True)
        .with_columns(place_id=county_place(pl.col("code")))
        .select(
            "place_id",
            place_type=pl.col("place_id").str.extract(r"^(\w+):"),
            name=pl.col("name"),
            state_fips=pl.col("code").str.slice(0, 2),
            county_fips=pl.col("code"),
            parent_place_id="state:" + pl.col("code").str.slice(0, 2),
        )
    )


def tracts(ids: pl.Series, counties: pl.DataFrame) -> pl.DataFrame:
    """Tracts of both censuses, named by their number and their county."""
    return (
        pl.DataFrame({"place_id": ids.filter(ids.str.starts_with("tract"))})
        .with_columns(
            place_type=pl.col("place_id").str.extract(r"^(\w+):"),
            code=pl.col("place_id").str.extract(r":(\d+)$"),
        )
        .with_columns(parent_place_id=county_place(pl.col("code").str.slice(0, 5)))
        .join(counties.select(parent_place_id="place_id", county="name"), on="parent_place_id", how="left")
        .select(
            "place_id",
            "place_type",
            name=pl.format("Census Tract {}, {}", _tract_number(pl.col("code")), "county"),
            vintage=pl.col("place_type").str.slice(-4),
            state_fips=pl.col("code").str.slice(0, 2),
            county_fips=pl.col("code").str.slice(0, 5),
            parent_place_id="parent_place_id",
        )
    )


def _tract_number(code: pl.Expr) -> pl.Expr:
    """Number of a tract as the Bureau prints it: 010100 is 101, 030201 is 302.01."""
    whole = code.str.slice(5, 4).cast(pl.Int32).cast(pl.String)
    part = code.str.slice(9, 2)
    return pl.when(part == "00").then(whole).otherwise(whole + "." + part)


def states(ids: pl.Series, counties: pl.DataFrame) -> pl.DataFrame:
    """States of all sources and of all counties and cities."""
    codes = [counties["state_fips"], codes_of(ids, "state"), codes_of(ids, "city").str.slice(0, 2)]
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


def cities_of_files(ids: pl.Series, census: pl.DataFrame, prevalence: Relation) -> pl.DataFrame:
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


def zip_codes(ids: pl.Series) -> pl.DataFrame:
    """ZIP codes that no city lists among its areas: a ZIP code lies in no county or city by its digits."""
    return (
        codes_of(ids, "zip")
        .unique(maintain_order=True)
        .alias("code")
        .to_frame()
        .select(
            place_id="zip:" + pl.col("code"),
            place_type=pl.lit("zip"),
            name=pl.format("ZIP code {}", "code"),
        )
    )


def smaller_units(ids: pl.Series, census: pl.DataFrame, tracts: pl.DataFrame) -> pl.DataFrame:
    """Block groups and ZCTAs: by the survey's name, else by their number."""
    seen = ids.filter(ids.str.contains(r"^(block_group|zcta)\d{4}:"))
    code, group = pl.col("code"), pl.col("place_type").str.starts_with("block_group")
    vintage = pl.col("place_type").str.extract(r"(\d{4})$")
    return (
        pl.DataFrame({"place_id": seen})
        .join(census.select("place_id", "name"), on="place_id", how="left", maintain_order="left")
        .with_columns(
            place_type=pl.col("place_id").str.extract(r"^(\w+):"),
            code=pl.col("place_id").str.extract(r":(.+)$"),
        )
        .with_columns(
            tract=pl.when(group).then(pl.format("tract{}:{}", vintage, code.str.slice(0, 11))),
        )
        .join(tracts.select(tract="place_id", of="name"), on="tract", how="left", maintain_order="left")
        .select(
            "place_id",
            "place_type",
            name=pl.coalesce(
                pl.col("name").str.replace_all("; ", ", "),
                pl.format("Block Group {}, {}", code.str.slice(11), "of"),
                pl.format("ZCTA5 {}", code),
            ),
            vintage=vintage,
            state_fips=pl.when(group).then(code.str.slice(0, 2)),
            county_fips=pl.when(group).then(code.str.slice(0, 5)),
            parent_place_id="tract",
        )
    )
