"""From publishers' codes to place ids. The type of an id carries the vintage of its codes."""

import polars as pl

from assets.county_changes import RENAMED_CODES

FIRST_2020_VINTAGE = 2020
"""First ACS vintage on 2020 tracts and block groups."""


NATION = "nation:us"


def county_place(code: pl.Expr) -> pl.Expr:
    """Place id of a county code; Connecticut's planning regions (09110 to 09190) have their own type."""
    current = code.replace(RENAMED_CODES)
    region = current.str.starts_with("091")
    return pl.when(region).then("county2022:" + current).otherwise("county:" + current)


def county_or_above(code: pl.Expr) -> pl.Expr:
    """Place id of a five-digit code that may be the nation (00000) or a state (ends in 000)."""
    return (
        pl.when(code == "00000")
        .then(pl.lit(NATION))
        .when(code.str.ends_with("000"))
        .then("state:" + code.str.slice(0, 2))
        .otherwise(county_place(code))
    )


def tract_of(code: pl.Expr, year: pl.Expr) -> pl.Expr:
    """Place id of a tract in a table of that year, which decides the census that drew it."""
    return pl.format("tract{}:{}", _census_of(year, FIRST_2020_VINTAGE), code)


def _census_of(year: pl.Expr, first_2020: int) -> pl.Expr:
    return pl.when(year >= first_2020).then(pl.lit("2020")).otherwise(pl.lit("2010"))


def shape_place(level: pl.Expr, code: pl.Expr, year: pl.Expr) -> pl.Expr:
    """Place id of a county, tract or ZCTA on a map of that year."""
    drawn = _census_of(year, FIRST_2020_VINTAGE)
    return (
        pl.when(level == "county")
        .then(county_place(code))
        .otherwise(pl.format("{}{}:{}", level, drawn, code))
    )


def year_of_vintage() -> pl.Expr:
    """The year that a vintage of the survey begins with: the last of its period."""
    return pl.col("vintage").str.slice(0, 4).cast(pl.Int32)


def census_place(geo_id: pl.Expr, year: pl.Expr) -> pl.Expr:
    """Place id of a GEO_ID of the American Community Survey; null for a summary level not known here.

    year: the last of the period, which decides the census that drew the place.
    """
    level = geo_id.str.slice(0, 3)
    code = geo_id.str.split_exact("US", 1).struct.field("field_1")
    # ZCTAs of 2020 enter the five-year tables one year after tracts do.
    zcta = _census_of(year, FIRST_2020_VINTAGE + 1)
    return (
        pl.when(level == "010")
        .then(pl.lit(NATION))
        .when(level == "040")
        .then("state:" + code)
        .when(level == "050")
        .then(county_place(code))
        .when(level == "140")
        .then(tract_of(code, year))
        .when(level == "150")
        .then(pl.format("block_group{}:{}", _census_of(year, FIRST_2020_VINTAGE), code))
        .when(level == "160")
        .then("city:" + code)
        .when(level == "860")
        .then(pl.format("zcta{}:{}", zcta, code))
    )


def population_group(race: pl.Expr, sex: pl.Expr) -> pl.Expr:
    """Population group of a race and a sex; both at once are a dimension of their own."""
    return (
        pl.when(race.is_not_null() & sex.is_not_null())
        .then(pl.format("race_sex:{}_{}", race, sex))
        .when(race.is_not_null())
        .then("race:" + race)
        .when(sex.is_not_null())
        .then("sex:" + sex)
        .otherwise(pl.lit("all"))
    )


def kind_of(column: str) -> pl.Expr:
    """Type of a place, from its id."""
    return pl.col(column).str.extract(r"^(\w+):")
