"""Assets count where they stand and once; distances are those of people: two squares, made by hand."""

from collections.abc import Mapping
from types import SimpleNamespace

import duckdb
import polars as pl
import pytest
import shapely

from assets.analyses.asset import with_doubles, with_places
from assets.analyses.asset_access import asset_access
from lifegap.catalog.catalog import Catalog
from tests.conftest import CHECKOUT

DEGREE = 0.01
LATITUDE_KM = 111.05
"""Length of a degree of latitude at 40 degrees north, on the ellipsoid: NGA, 111.035 at 40."""

WEST, EAST = shapely.box(-75.02, 40.00, -75.01, 40.01), shapely.box(-75.01, 40.00, -75.00, 40.01)
LEFT_HALF, RIGHT_HALF = shapely.box(-75.02, 40.00, -75.015, 40.01), shapely.box(-75.015, 40.00, -75.01, 40.01)
CITY = "county:99001"
TRACTS = {
    # tract: shape, people, shares
    "1": (LEFT_HALF, 3000, {"zip:1": 1.0}),
    "2": (RIGHT_HALF, 1000, {"zip:1": 1.0}),
    "3": (EAST, 2000, {"zip:2": 0.5}),
}
"""Half of the third tract's people live outside the city."""


def _listed(*rows: Mapping[str, object]) -> pl.DataFrame:
    """Rows of one list; what a row does not say is usual."""
    usual = {
        "asset_type": "pharmacy", "number": None, "name": "Corner", "address": None, "stated_place": None,
        "status": None, "not_counted": None, "latitude": 40.005, "longitude": -75.015, "source_id": "a_source",
        "vintage": "2011", "source_file": "list.csv", "covered_place_id": CITY,
    }  # fmt: skip
    kinds = dict.fromkeys(usual, pl.String) | {"latitude": pl.Float64, "longitude": pl.Float64}
    made = [{**usual, "source_row": at, "asset_id": str(at), **row} for at, row in enumerate(rows, start=1)]
    return pl.DataFrame(made, schema=kinds | {"source_row": pl.Int32, "asset_id": pl.String})


AREAS = pl.DataFrame(
    {"place_id": ["zip:1", "zip:2"], "covered_place_id": CITY, "geometry": [WEST.wkb, EAST.wkb]}
)


def _counted_once(*rows: Mapping[str, object]) -> list[str | None]:
    return with_doubles(_listed(*rows)).sort("source_row")["not_counted"].to_list()


def test_a_name_within_fifty_meters_stands_twice_and_one_further_away_does_not() -> None:
    near, far = 40.005 + 0.0004, 40.005 + 0.0006  # 44 and 67 meters
    assert _counted_once({}, {"latitude": near}) == [None, "twice"]
    assert _counted_once({}, {"latitude": far}) == [None, None]
    assert _counted_once({"name": "A & R Food"}, {"name": "a&r food"}) == [None, "twice"]
    assert _counted_once({"name": "Aldi"}, {"name": "Trader"}) == [None, None], "neighbors in one building"


def test_a_number_stands_once_wherever_it_lies() -> None:
    assert _counted_once({"number": "7"}, {"number": "7", "name": "Other", "latitude": 41.0}) == [
        None,
        "twice",
    ]
    assert _counted_once({"number": None}, {"number": None, "name": "Other"}) == [None, None]


def test_editions_and_types_are_lists_of_their_own() -> None:
    assert _counted_once({}, {"vintage": "2013"}, {"asset_type": "school"}) == [None, None, None]


def test_without_coordinates_a_name_is_the_same_at_the_same_address() -> None:
    nowhere = {"latitude": None, "longitude": None}
    assert _counted_once({**nowhere, "address": "1 Main"}, {**nowhere, "address": "1 Main"}) == [
        None,
        "twice",
    ]
    assert _counted_once({**nowhere, "address": "1 Main"}, {**nowhere, "address": "2 Main"}) == [None, None]
    assert _counted_once(nowhere, nowhere) == [None, None]


def test_what_is_closed_does_not_hide_its_successor() -> None:
    assert _counted_once({"not_counted": "closed"}, {}) == ["closed", None]


def test_the_shape_decides_and_not_the_address() -> None:
    rows = _listed(
        {"stated_place": "zip:1"},
        {"stated_place": "zip:2"},
        {"longitude": -75.5, "stated_place": "zip:1"},
        {"latitude": None, "longitude": None},
    )
    placed = with_places(rows, AREAS).sort("source_row")
    assert placed["place_id"].to_list() == ["zip:1", "zip:1", None, None]
    assert placed["agrees"].to_list() == [True, False, None, None]
    assert placed["located"].to_list() == ["inside", "inside", "outside", "nowhere"]


def _access(*rows: Mapping[str, object], without_people: str | None = None) -> dict[str, dict[str, object]]:
    """place → its row, of a city of two areas and the list."""
    connection = duckdb.connect()
    for schema in ("warehouse",):
        connection.execute(f"CREATE SCHEMA {schema}")
    tract = {name: f"tract2010:9900100000{name}" for name in TRACTS}
    known = pl.DataFrame(
        [
            {"place_id": CITY, "place_type": "county", "parent_place_id": None, "population": None},
            {"place_id": "footprint:both", "place_type": "footprint", "parent_place_id": None, "population": None},
            *({"place_id": area, "place_type": "zip", "parent_place_id": CITY, "population": None} for area in AREAS["place_id"]),
            *(
                {"place_id": tract[name], "place_type": "tract2010", "parent_place_id": CITY,
                 "population": None if name == without_people else people}
                for name, (_, people, _) in TRACTS.items()
            ),
        ],
        schema={"place_id": pl.String, "place_type": pl.String, "parent_place_id": pl.String, "population": pl.Int64},
    )  # fmt: skip
    boundary = pl.concat(
        [
            AREAS.select("place_id", "geometry"),
            pl.DataFrame({"place_id": [tract[name] for name in TRACTS], "geometry": [each[0].wkb for each in TRACTS.values()]}),
        ]
    )  # fmt: skip
    shares = [
        {"from_place_id": tract[name], "to_place_id": area, "weight": weight}
        for name, (_, _, held) in TRACTS.items()
        for area, weight in held.items()
    ] + [
        {"from_place_id": area, "to_place_id": "footprint:both", "weight": 1.0} for area in AREAS["place_id"]
    ]
    crosswalk = pl.DataFrame(shares).with_columns(partition=pl.lit("areas"), basis=pl.lit("area"))
    connection.register("known", known.to_arrow())
    connection.register("boundary", boundary.to_arrow())
    asset = with_places(with_doubles(_listed(*rows)), AREAS)
    made = asset_access(
        asset,
        connection.table("known"),
        connection.table("boundary"),
        crosswalk,
        pl.DataFrame({"partition": ["areas"], "purpose": ["figures"]}),
        Catalog(CHECKOUT / "data"),
        SimpleNamespace(ledger=SimpleNamespace(origins=lambda _: {"mirror"})),  # type: ignore[arg-type]
    )
    return {row["place_id"]: row for row in made.iter_rows(named=True)}


NORTH_OF_WEST = {"latitude": 40.025, "longitude": -75.015}
"""Outside both areas, 0.02 degrees north of the middle of the western one."""


def test_a_count_is_divided_by_the_people_of_the_place() -> None:
    found = _access({}, {"name": "Second", "longitude": -75.012}, {"name": "Shut", "not_counted": "closed"})
    assert (found["zip:1"]["count"], found["zip:1"]["people"], found["zip:1"]["people_year"]) == (
        2,
        4000,
        2010,
    )
    assert found["zip:1"]["per_10000"] == pytest.approx(5.0)
    assert (found["zip:2"]["count"], found["zip:2"]["people"], found["zip:2"]["per_10000"]) == (0, 1000, 0)
    for whole in (CITY, "footprint:both"):
        assert (found[whole]["count"], found[whole]["people"]) == (2, 5000)
        assert found[whole]["per_10000"] == pytest.approx(4.0)
    assert found["zip:1"]["note"] == "Of 3 listed: 1 closed."


def test_distances_are_those_of_the_people_and_not_of_the_places_middle() -> None:
    # From the centers of the tracts, at -75.0175 (3,000 people) and -75.0125 (1,000), to a point at the first.
    found = _access({"longitude": -75.0175})
    longitude_km = 85.39  # a degree of longitude at 40.005 degrees north on the ellipsoid
    assert found["zip:1"]["nearest_km"] == pytest.approx(1000 * 0.005 * longitude_km / 4000, rel=0.002)
    assert found["zip:2"]["nearest_km"] == pytest.approx(0.0125 * longitude_km, rel=0.002)
    whole = (1000 * 0.005 + 1000 * 0.0125) * longitude_km / 5000
    assert found[CITY]["nearest_km"] == pytest.approx(whole, rel=0.002)


def test_an_asset_outside_every_place_is_the_nearest_and_counts_in_none() -> None:
    found = _access(NORTH_OF_WEST)
    assert {place: row["count"] for place, row in found.items()} == dict.fromkeys(found, 0)
    east_west = 0.0025 * 85.39
    expected = ((0.02 * LATITUDE_KM) ** 2 + east_west**2) ** 0.5
    assert found["zip:1"]["nearest_km"] == pytest.approx(expected, rel=0.002)
    assert found["zip:1"]["note"] == "Of 1 listed: 1 outside all areas."


def test_people_who_live_nearer_to_the_edge_than_to_an_asset_are_told() -> None:
    assert _access({"longitude": -75.0175})["zip:1"]["edge_share"] == pytest.approx(0.0)
    # From the middle of the east, 0.427 km from its eastern edge: the asset is in the west.
    found = _access({"longitude": -75.0175})
    assert found["zip:2"]["edge_share"] == pytest.approx(1.0)
    assert found[CITY]["edge_share"] == pytest.approx(1000 / 5000)


def test_an_asset_that_its_list_puts_elsewhere_is_told() -> None:
    found = _access({"stated_place": "zip:2"})
    assert (found["zip:1"]["count"], found["zip:1"]["stated_elsewhere"]) == (1, 1)
    assert found[CITY]["stated_elsewhere"] == 0, "both are in the city"
    assert "1 whose address or area code names another place" in str(found["zip:1"]["note"])


def test_without_people_there_is_no_rate_and_no_distance() -> None:
    found = _access({}, without_people="2")
    assert found["zip:1"]["count"] == 1
    for place in ("zip:1", CITY, "footprint:both"):
        row = found[place]
        assert (row["people"], row["per_10000"], row["nearest_km"]) == (None, None, None)
        assert row["reason"] == "not_computable:no_weights"
    assert found["zip:2"]["reason"] is None


def test_without_a_point_there_is_no_distance() -> None:
    found = _access({"latitude": None, "longitude": None})
    assert (found["zip:1"]["nearest_km"], found["zip:1"]["reason"]) == (None, "not_computable:no_distance")
    assert found["zip:1"]["per_10000"] == 0
