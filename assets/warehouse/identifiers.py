"""From publishers' codes to place ids. The type of an id carries the vintage of its codes."""

import polars as pl

RENAMED_COUNTIES = {
    "46113": ("46102", 2015, "Shannon County, South Dakota, became Oglala Lakota County."),
    "02270": ("02158", 2015, "Wade Hampton Census Area, Alaska, became Kusilvak Census Area."),
}
"""Old county code → new code, first year, what happened. The place is the same."""

FIRST_2020_VINTAGE = 2020
"""First ACS vintage on 2020 tracts and block groups."""

CHICAGO = "city:1714000"
PHILADELPHIA = "county:42101"


def county_place(code: pl.Expr) -> pl.Expr:
    """Place id of a county code; Connecticut's planning regions (09110 to 09190) have their own type."""
    current = code.replace({old: new for old, (new, _, _) in RENAMED_COUNTIES.items()})
    region = current.str.starts_with("091")
    return pl.when(region).then("county2022:" + current).otherwise("county:" + current)


def county_or_above(code: pl.Expr) -> pl.Expr:
    """Place id of a five-digit code that may be the nation (00000) or a state (ends in 000)."""
    return (
        pl.when(code == "00000")
        .then(pl.lit("nation:us"))
        .when(code.str.ends_with("000"))
        .then("state:" + code.str.slice(0, 2))
        .otherwise(county_place(code))
    )


def neighborhood(area_number: pl.Expr) -> pl.Expr:
    """Place id of a community area of Chicago."""
    return pl.format("neighborhood:chicago-{}", area_number)


def year_of_vintage() -> pl.Expr:
    """The year that a vintage of the survey begins with: the last of its period."""
    return pl.col("vintage").str.slice(0, 4).cast(pl.Int32)


def census_place(geo_id: pl.Expr, year: pl.Expr) -> pl.Expr:
    """Place id of a GEO_ID of the American Community Survey; null for a summary level not known here.

    year: the last of the period, which decides the census that drew the place.
    """
    level = geo_id.str.slice(0, 3)
    code = geo_id.str.split_exact("US", 1).struct.field("field_1")
    census = pl.when(year >= FIRST_2020_VINTAGE).then(pl.lit("2020")).otherwise(pl.lit("2010"))
    # ZCTAs of 2020 enter the five-year tables one year after tracts do.
    zcta = pl.when(year > FIRST_2020_VINTAGE).then(pl.lit("2020")).otherwise(pl.lit("2010"))
    return (
        pl.when(level == "010")
        .then(pl.lit("nation:us"))
        .when(level == "040")
        .then("state:" + code)
        .when(level == "050")
        .then(county_place(code))
        .when(level == "140")
        .then(pl.format("tract{}:{}", census, code))
        .when(level == "150")
        .then(pl.format("block_group{}:{}", census, code))
        .when(level == "160")
        .then("city:" + code)
        .when(level == "860")
        .then(pl.format("zcta{}:{}", zcta, code))
    )
