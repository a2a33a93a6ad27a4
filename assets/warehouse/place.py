"""`warehouse.place`: the union of all places that sources and coalitions speak of.

A place exists because some file has its code, never because a name looks familiar: every place of an
observation is here, beside those that only maps and lists name. Names of tracts are made from their codes.
"""

import polars as pl

from assets.county_changes import CHANGES, with_state
from assets.identifiers import NATION
from assets.table import table
from assets.warehouse import cities
from assets.warehouse.outlines import AREA_TYPE, places_of_outlines
from assets.warehouse.place_census import (
    census_units,
    cities_of_files,
    counties,
    smaller_units,
    states,
    tracts,
    with_parents,
    zip_codes,
)
from assets.warehouse.place_measures import land_and_points, people_of_places, with_measures
from lifegap.catalog.catalog import Catalog
from lifegap.errors import error
from lifegap.store.warehouse import Relation

COLUMNS = (
    "place_id", "place_type", "name", "vintage", "state_fips", "county_fips", "parent_place_id",
)  # fmt: skip


@table("warehouse.place_renamed")
def place_renamed() -> pl.DataFrame:
    """Counties that changed, one row for each that they became."""
    return pl.DataFrame(
        [
            {
                "old_place_id": each.old_place_id,
                "old_name": with_state(each.old_code, each.old_name),
                "place_id": each.place_id,
                "name": with_state(each.code, each.name),
                "changed": each.year,
                "kind": each.kind,
                "note": each.note,
            }
            for each in CHANGES
        ],
        schema_overrides={"changed": pl.Int32},
    )


@table(
    "warehouse.place",
    observation="warehouse.observation",
    cells="sources.acs_cell",
    prevalence="sources.places_estimate",
    county_code="sources.county_code",
    gazetteer="sources.county_gazetteer",
    shape="sources.boundary_shape",
    population="sources.tract_population",
    relationship="sources.tract_relationship",
    pair="sources.code_pair",
    **cities.tables_read(each for found in cities.registered() for each in (*found.listed, *found.areas)),
)
def place(
    observation: Relation,
    cells: Relation,
    prevalence: Relation,
    county_code: pl.DataFrame,
    gazetteer: pl.DataFrame,
    shape: Relation,
    population: pl.DataFrame,
    relationship: pl.DataFrame,
    pair: pl.DataFrame,
    catalog: Catalog,
    **tables: Relation,
) -> pl.DataFrame:
    """All places with their names and parents, people, land and a point inside."""
    census = census_units(cells)
    observed = observation.aggregate("place_id", "place_id").pl()["place_id"]
    of_tracts = [
        population.select(id=pl.format("tract{}:{}", "vintage", "tract_id"))["id"],
        "tract2010:" + relationship["tract_2010"],
        "tract2020:" + relationship["tract_2020"],
        *("tract2020:" + codes for codes in tracts_of_pairs(pair)),
        *(each.rows(tables) for found in cities.registered() for each in found.listed),
    ]
    ids = with_parents(pl.concat([observed, census["place_id"], *of_tracts]).drop_nulls())
    county = counties(ids, census, county_code, gazetteer)
    tract = tracts(ids, county)
    known = pl.concat(
        [
            _row(NATION, "United States", None),
            states(ids, county),
            county,
            tract,
            *(_of_city(found, tables) for found in cities.registered()),
            _drawn(catalog),
            zip_codes(ids),
            cities_of_files(ids, census, prevalence),
            smaller_units(ids, census, tract),
        ],
        how="diagonal_relaxed",
    ).select(COLUMNS)
    known = known.unique("place_id", keep="first", maintain_order=True)
    return with_measures(
        pl.concat([known, _footprints(catalog, known)], how="vertical_relaxed"),
        people=people_of_places(observation, prevalence, county_code),
        land=land_and_points(gazetteer, shape, prevalence, county_code),
    )


def tracts_of_pairs(pair: pl.DataFrame) -> list[pl.Series]:
    """Both codes of the tracts of 2020 that got another."""
    both = pair.filter(pl.col("from_level") == "tract")
    return [both["from_code"], both["to_code"]]


def _of_city(found: cities.City, tables: dict[str, Relation]) -> pl.DataFrame:
    """A city, which other files may not name, and its areas."""
    state = pl.lit(found.county_fips[:2])
    own = _row(found.place_id, found.name, f"state:{found.county_fips[:2]}").with_columns(state_fips=state)
    areas = [
        each.rows(tables).select(
            "place_id",
            "name",
            place_type=pl.col("place_id").str.extract(r"^(\w+):"),
            state_fips=state,
            county_fips=pl.lit(found.county_fips),
            parent_place_id=pl.lit(found.place_id),
        )
        for each in found.areas
    ]
    return pl.concat([own, *areas], how="diagonal_relaxed")


def _drawn(catalog: Catalog) -> pl.DataFrame:
    """The areas that coalitions draw themselves."""
    return places_of_outlines(catalog).select(
        "place_id",
        "name",
        place_type=pl.lit(AREA_TYPE),
        state_fips=pl.col("county").str.slice(0, 2),
        county_fips="county",
        parent_place_id="county:" + pl.col("county"),
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
            expected="ids of places that a source has, a type and a code: county:01001",
            todo='correct the id (lifegap sql "SELECT place_id, name FROM place" lists them)',
        )
    rows = []
    for coalition in catalog.coalitions.values():
        for footprint in coalition.footprints:
            kind = "" if footprint == coalition.footprint_id else f" as {_kind(footprint)}"
            rows.append(_row(footprint, f"{coalition.title}, all places{kind}", None))
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
            pl.lit(None, pl.String).alias(name) for name in ("vintage", "state_fips", "county_fips")
        )
        .select(COLUMNS)
    )
