"""A city that nobody has heard of: registered, it has places, shares, shapes and life tables like the others."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest
import shapely

from assets.table import registered
from assets.warehouse import cities
from assets.warehouse.cities import City, Partition, city, tables_read
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from lifegap.store.warehouse import Relation, Warehouse, new_warehouse
from tests.conftest import CHECKOUT

TRACTS = {f"99001000{number}00": number for number in range(1, 5)}
EAST, WEST, COUNTY = "district:tinytown-east", "district:tinytown-west", "county:99001"
FOOTPRINT = "footprint:both-sides"
AREA = {1: "east", 2: "east", 3: "west"}
"""The fourth tract lies in the county, outside the city."""

COALITION = f"""
id = "both-sides"
title = "Both Sides"
[[place]]
id = "{EAST}"
references = ["{COUNTY}"]
[[place]]
id = "{WEST}"
references = ["{COUNTY}"]
"""


@pytest.fixture(scope="module")
def tinytown() -> Iterator[City]:
    """The city, registered beside the others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cities, "CITIES", [*cities.registered()])
        yield _tinytown()


def _tinytown() -> City:
    """What a module of the city would hold."""
    town = city(
        City("tinytown", "city:9900001", "Tinytown", county_fips="99001", projection=5070, square_meters=1.0)
    )
    sides = Partition("tinytown_side", "Sides of Tinytown", "district", assigned=True, areas=2)

    @town.units("sources.tinytown_tract")
    def tracts(tract: Relation) -> pl.Series:
        return "tract2010:" + tract.pl()["tract_id"]

    @town.places("sources.tinytown_tract")
    def areas(tract: Relation) -> pl.DataFrame:
        side = tract.pl()["side"].drop_nulls().unique(maintain_order=True).to_frame()
        return side.select(
            place_id=town.area("district", pl.col("side")),
            name=pl.format("{} Tinytown", pl.col("side").str.to_titlecase()),
        )

    @town.shares(sides, "sources.tinytown_tract")
    def shares(tract: Relation) -> pl.DataFrame:
        return tract.pl().filter(pl.col("side").is_not_null()).select(
            from_place_id="tract2010:" + pl.col("tract_id"),
            to_place_id=town.area("district", pl.col("side")),
            weight=pl.lit(1.0), basis=pl.lit("published"), source_id=pl.lit("tinytown"), vintage=pl.lit("2010"),
        )  # fmt: skip

    @town.boundaries("sources.tinytown_tract")
    def shapes(tract: Relation) -> pl.DataFrame:
        return tract.pl().select(
            "geometry",
            place_id="tract2010:" + pl.col("tract_id"), source_id=pl.lit("tinytown"), vintage=pl.lit("2010"),
        )  # fmt: skip

    return town


@pytest.fixture(scope="module")
def coalition_of_tinytown(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The declarations with one coalition, of both sides of the town."""
    data = tmp_path_factory.mktemp("tinytown") / "data"
    shutil.copytree(CHECKOUT / "data", data, ignore=shutil.ignore_patterns("bundle", "coalitions"))
    (data / "coalitions").mkdir()
    (data / "coalitions" / "both-sides.toml").write_text(COALITION, encoding="utf-8")
    return Catalog(data)


@pytest.fixture(scope="module")
def made(tinytown: City, coalition_of_tinytown: Catalog, bundle_home: Path) -> Iterator[Warehouse]:
    """A warehouse without any file but the town's, its tables made in order."""
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS lifegap; USE lifegap")
    warehouse = new_warehouse(connection)
    for table in declared_tables().values():
        connection.execute(table.create_sql(table.layer, constrained=False))
    connection.execute("CREATE TABLE sources.tinytown_tract (tract_id VARCHAR, side VARCHAR, geometry BLOB)")
    for code, number in TRACTS.items():
        square = shapely.box(-96 + number / 100, 40, -96 + (number + 1) / 100, 40.01)
        connection.execute(
            "INSERT INTO sources.tinytown_tract VALUES (?, ?, ?)", [code, AREA.get(number), square.wkb]
        )
    connection.execute(
        "INSERT INTO sources.tract_population BY NAME SELECT 'f' AS source_file, row_number() OVER () AS source_row, "
        "'2010' AS vintage, tract_id, 1000 * right(tract_id, 3)::INTEGER // 100 AS population FROM sources.tinytown_tract"
    )
    _tables_of_four_tracts(connection, bundle_home)
    for name in (
        "warehouse.observation", "warehouse.partition", "warehouse.place", "warehouse.crosswalk", "warehouse.place_boundary",
        "indicators.pooled_life_table",
    ):  # fmt: skip
        maker = registered()[name]
        own = tables_read((*tinytown.listed, *tinytown.areas, *tinytown.crosswalks, *tinytown.maps))
        if (
            maker.reads.keys()
            & tables_read(each for found in cities.registered() for each in found.maps).keys()
        ):
            maker = replace(maker, reads=maker.reads | own)
        warehouse.write(maker.table, maker.rows(warehouse, coalition_of_tinytown, None))
        if name == "warehouse.observation":
            connection.execute(f"INSERT INTO {name} BY NAME SELECT 'zip:48201' AS place_id, 'x' AS measure")
    yield warehouse
    connection.close()


def _tables_of_four_tracts(connection: duckdb.DuckDBPyConnection, bundle_home: Path) -> None:
    """Life tables of four real tracts, under the codes of the town's."""
    connection.execute(f"ATTACH '{bundle_home / 'warehouse.duckdb'}' AS bundle (READ_ONLY)")
    connection.execute(
        """
        INSERT INTO warehouse.life_table
        WITH real AS (SELECT DISTINCT place_id FROM bundle.warehouse.life_table WHERE place_id LIKE 'tract2010:%'),
            numbered AS (SELECT place_id, row_number() OVER (ORDER BY place_id) AS number FROM real)
        SELECT t.* REPLACE (format('tract2010:99001000{}00', number) AS place_id)
        FROM bundle.warehouse.life_table AS t JOIN numbered USING (place_id) WHERE number <= 4
        """
    )
    connection.execute("DETACH bundle")


def _rows(warehouse: Warehouse, query: str) -> list[tuple]:
    return warehouse.connection.execute(query).fetchall()


def test_a_registered_city_has_its_places_under_their_names_with_their_parents(made: Warehouse) -> None:
    places = "SELECT place_id, name, state_fips, county_fips, parent_place_id FROM warehouse.place WHERE "
    assert _rows(made, f"{places} place_id IN ('city:9900001', '{EAST}', '{WEST}') ORDER BY 1") == [
        ("city:9900001", "Tinytown", "99", None, "state:99"),
        (EAST, "East Tinytown", "99", "99001", "city:9900001"),
        (WEST, "West Tinytown", "99", "99001", "city:9900001"),
    ]
    assert _rows(made, f"{places} place_type = 'tract2010' ORDER BY 1")[3][1:] == (
        "Census Tract 4, County 99001", "99", "99001", COUNTY,
    )  # fmt: skip


def test_a_zip_code_that_no_city_lists_lies_in_none(made: Warehouse) -> None:
    assert _rows(
        made, "SELECT name, state_fips, parent_place_id FROM warehouse.place WHERE place_id = 'zip:48201'"
    ) == [("ZIP code 48201", None, None)]


def test_its_partition_is_declared_beside_those_of_the_other_cities(made: Warehouse) -> None:
    found = dict(
        _rows(
            made,
            "SELECT partition, within_place_id FROM warehouse.partition WHERE within_place_id IS NOT NULL",
        )
    )
    assert found == {
        "chicago_community_area": "city:1714000",
        "philadelphia_zip": "county:42101",
        "tinytown_side": "city:9900001",
    }


def test_its_tracts_are_shared_out_among_its_areas_its_county_and_the_footprint(made: Warehouse) -> None:
    of_tracts = (
        "SELECT to_place_id, list(right(from_place_id, 3) ORDER BY 1) FROM warehouse.crosswalk "
        "WHERE from_place_id LIKE 'tract2010:%' GROUP BY ALL"
    )
    shares = dict(_rows(made, of_tracts))
    assert shares == {
        EAST: ["100", "200"], WEST: ["300"], COUNTY: ["100", "200", "300", "400"], FOOTPRINT: ["100", "200", "300"],
    }  # fmt: skip


def test_its_tracts_have_a_shape_and_an_area_on_the_ground(made: Warehouse) -> None:
    areas = [area for (area,) in _rows(made, "SELECT area_km2 FROM warehouse.place_boundary")]
    # A hundredth of a degree at 40 degrees north: 0.854 km by 1.110 km.
    assert areas == [pytest.approx(0.854 * 1.110, rel=0.005)] * 4


def test_its_areas_have_pooled_life_tables(made: Warehouse) -> None:
    pooled = dict(
        _rows(
            made,
            "SELECT place_id, ex FROM indicators.pooled_life_table WHERE age_start = 0 AND less_place_id = ''",
        )
    )
    own = dict(_rows(made, "SELECT right(place_id, 3), ex FROM warehouse.life_table WHERE age_start = 0"))
    assert set(pooled) == {EAST, WEST, COUNTY, FOOTPRINT}
    # Of one tract nothing is pooled.
    assert pooled[WEST] == pytest.approx(own["300"], abs=0.05)
    assert min(own["100"], own["200"]) < pooled[EAST] < max(own["100"], own["200"])
    less = _rows(
        made,
        f"SELECT DISTINCT less_place_id FROM indicators.pooled_life_table WHERE place_id = '{COUNTY}' ORDER BY 1",
    )
    assert less == [("",), (EAST,), (WEST,), (FOOTPRINT,)]
