"""`warehouse.place`: the union of all places that sources and coalitions speak of.

A place exists because some file has its code, never because a name looks familiar. Names of states
are those at the end of county names, names of tracts are made from their codes.
"""

import polars as pl

from assets.table import table
from assets.warehouse.identifiers import (
    CHICAGO,
    PHILADELPHIA,
    RENAMED_COUNTIES,
    census_place,
    county_place,
    neighborhood,
    year_of_vintage,
)
from lifegap.catalog.catalog import Catalog
from lifegap.errors import error
from lifegap.store.warehouse import Relation

COLUMNS = (
    "place_id", "place_type", "name", "vintage", "state_fips", "county_fips", "parent_place_id",
    "population", "population_period",
)  # fmt: skip


@table("warehouse.place_renamed")
def place_renamed() -> pl.DataFrame:
    """The renamed county codes."""
    return pl.DataFrame(
        [
            {"old_code": old, "place_id": f"county:{new}", "since": since, "why": why}
            for old, (new, since, why) in RENAMED_COUNTIES.items()
        ]
    )


@table(
    "warehouse.place",
    cells="sources.acs_cell",
    county_code="sources.county_code",
    population="sources.tract_population",
    usaleep="sources.usaleep_tract",
    chicago_tract="sources.chicago_tract",
    paral="sources.paral_tract2020",
    relationship="sources.tract_relationship",
    area="sources.chicago_community_area",
    zip_polygon="sources.philadelphia_zip",
    category="sources.chr_category",
    measure="sources.chr_measure",
)
def place(
    cells: Relation,
    county_code: pl.DataFrame,
    population: pl.DataFrame,
    usaleep: pl.DataFrame,
    chicago_tract: pl.DataFrame,
    paral: pl.DataFrame,
    relationship: pl.DataFrame,
    area: pl.DataFrame,
    zip_polygon: pl.DataFrame,
    category: pl.DataFrame,
    measure: pl.DataFrame,
    catalog: Catalog,
) -> pl.DataFrame:
    """All places with their names and parents; tracts with their census counts."""
    census = census_units(cells)
    chr_codes = pl.concat([category["county_fips"], measure["county_fips"]]).unique()
    counties = _counties(census, county_code, chr_codes)
    tracts = _tracts(
        census,
        population,
        {
            "tract2010": [
                usaleep["tract_id"], chicago_tract["tract_id"], relationship["tract_2010"],
            ],
            "tract2020": [paral["tract_id"], relationship["tract_2020"]],
        },
        counties,
    )  # fmt: skip
    states = _states(census, counties, tracts, chr_codes)
    known = pl.concat(
        [
            _row("nation:us", "United States", None),
            states,
            counties,
            tracts,
            _smaller_units(census),
            _chicago(area),
            _zips(zip_polygon),
        ],
        how="diagonal_relaxed",
    ).select(COLUMNS)
    known = known.unique("place_id", keep="first", maintain_order=True)
    return pl.concat([known, _footprints(catalog, known)], how="vertical_relaxed")


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


def _counties(census: pl.DataFrame, county_code: pl.DataFrame, chr_codes: pl.Series) -> pl.DataFrame:
    """Counties of all sources; names from the latest survey, else from the list of codes."""
    surveyed = census.filter(pl.col("place_type").is_in(["county", "county2022"])).select("place_id", "name")
    listed = county_code.select(
        place_id=county_place(pl.col("county_fips")),
        name=pl.col("name") + ", " + pl.col("state"),
    )
    ranked = (
        pl.DataFrame({"code": chr_codes})
        .filter(~pl.col("code").str.ends_with("000"))
        .select(place_id=county_place(pl.col("code")), name=pl.format("County {}", "code"))
    )
    return (
        pl.concat([surveyed, listed, ranked])
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


def _tracts(
    census: pl.DataFrame,
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
    ids = [
        counted["place_id"],
        *(f"{kind}:" + codes for kind, lists in named_by.items() for codes in lists),
    ]
    surveyed = census.filter(pl.col("place_type").str.starts_with("tract"))["place_id"]
    return (
        pl.DataFrame({"place_id": pl.concat([*ids, surveyed]).unique()})
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


def _states(
    census: pl.DataFrame, counties: pl.DataFrame, tracts: pl.DataFrame, chr_codes: pl.Series
) -> pl.DataFrame:
    """States of all sources; a name is what follows the last comma of a county's name."""
    surveyed = census.filter(pl.col("place_type") == "state").select(state_fips="code", name="name")
    named = counties.select("state_fips", name=pl.col("name").str.extract(r", ([^,]+)$"))
    coded = pl.concat([tracts["state_fips"], chr_codes.str.slice(0, 2)]).unique()
    others = pl.DataFrame({"state_fips": coded}).filter(pl.col("state_fips") != "00")
    return (
        pl.concat([surveyed, named, others.with_columns(name=pl.format("State {}", "state_fips"))])
        .drop_nulls("name")
        .unique("state_fips", keep="first", maintain_order=True)
        .select(
            place_id="state:" + pl.col("state_fips"),
            place_type=pl.lit("state"),
            name="name",
            state_fips="state_fips",
            parent_place_id=pl.lit("nation:us"),
        )
    )


def _smaller_units(census: pl.DataFrame) -> pl.DataFrame:
    """Block groups, ZCTAs and cities of the survey."""
    code = pl.col("code")
    group = pl.col("place_type").str.starts_with("block_group")
    vintage = pl.col("place_type").str.extract(r"(\d{4})$")
    within_county = pl.when(group).then(code.str.slice(0, 5))
    return census.filter(
        group | pl.col("place_type").str.starts_with("zcta") | (pl.col("place_type") == "city")
    ).select(
        "place_id",
        "place_type",
        name=pl.col("name").str.replace_all("; ", ", "),
        vintage=vintage,
        state_fips=pl.when(group | (pl.col("place_type") == "city")).then(code.str.slice(0, 2)),
        county_fips=within_county,
        parent_place_id=pl.when(group)
        .then(pl.format("tract{}:{}", vintage, code.str.slice(0, 11)))
        .when(pl.col("place_type") == "city")
        .then("state:" + code.str.slice(0, 2)),
    )


def _chicago(area: pl.DataFrame) -> pl.DataFrame:
    """The community areas, and the city, which other files may not name."""
    city = _row(CHICAGO, "Chicago, Illinois", "state:17").with_columns(state_fips=pl.lit("17"))
    areas = area.select(
        place_id=neighborhood(pl.col("area_number")),
        place_type=pl.lit("neighborhood"),
        name=pl.col("name").replace("OHARE", "O'HARE").str.to_titlecase().replace("O'hare", "O'Hare"),
        state_fips=pl.lit("17"),
        county_fips=pl.lit("17031"),
        parent_place_id=pl.lit(CHICAGO),
    )
    return pl.concat([city, areas], how="diagonal_relaxed")


def _zips(zip_polygon: pl.DataFrame) -> pl.DataFrame:
    return zip_polygon.select(
        place_id="zip:" + pl.col("zip"),
        place_type=pl.lit("zip"),
        name=pl.format("ZIP code {} (Philadelphia)", "zip"),
        state_fips=pl.lit("42"),
        county_fips=pl.lit("42101"),
        parent_place_id=pl.lit(PHILADELPHIA),
    )


def _footprints(catalog: Catalog, known: pl.DataFrame) -> pl.DataFrame:
    """The coalitions' places taken together. Raises UNKNOWN-PLACE for a place that no source has."""
    ids = set(known["place_id"])
    unknown = [
        f"{catalog.data}/coalitions/{coalition.id}.toml names {each}"
        for coalition in catalog.coalitions.values()
        for each in sorted(coalition.named_places)
        if each not in ids
    ]
    if unknown:
        raise error(
            "UNKNOWN-PLACE",
            doing="reading the coalitions",
            found=unknown,
            expected="ids of places that a source has, e.g. neighborhood:chicago-26, county:17031",
            todo='correct the id (lifegap sql "SELECT place_id, name FROM place" lists them)',
        )
    rows = []
    for coalition in catalog.coalitions.values():
        rows.append(_row(coalition.footprint_id, f"{coalition.title}, all places", None))
        rows += [
            _row(footprint, f"{coalition.title}, all places as {_kind(footprint)}", None)
            for footprint in coalition.stand_in_footprints
        ]
    return pl.concat(rows) if rows else known.clear()


def _kind(footprint: str) -> str:
    return {
        "zcta2010": "ZIP code tabulation areas (2010)",
        "zcta2020": "ZIP code tabulation areas (2020)",
    }.get(footprint.rsplit("-", 1)[1], footprint.rsplit("-", 1)[1])


def _row(place_id: str, name: str, parent: str | None) -> pl.DataFrame:
    return (
        pl.DataFrame(
            {
                "place_id": [place_id],
                "place_type": [place_id.split(":", maxsplit=1)[0]],
                "name": [name],
                "parent_place_id": [parent],
            },
            schema_overrides={"parent_place_id": pl.String},
        )
        .with_columns(
            *(pl.lit(None, pl.String).alias(name) for name in ("vintage", "state_fips", "county_fips")),
            population=pl.lit(None, pl.Int64),
            population_period=pl.lit(None, pl.String),
        )
        .select(COLUMNS)
    )
