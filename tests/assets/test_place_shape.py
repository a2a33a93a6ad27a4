"""Shapes for maps: neighbors still meet, what is not valid is left out, and no shape passes for another place's."""

import re

import duckdb
import numpy as np
import polars as pl
import pytest
import shapely

from assets.analyses.place_shape import (
    BY_THE_BUREAU,
    NOT_MEETING,
    TOGETHER,
    place_shape,
    simplified,
    stand_ins,
)
from assets.warehouse.shapes import EQUAL_AREA, shapes
from lifegap.catalog.catalog import Catalog
from lifegap.releases.read import Release

HALF_PERCENT, TWO_PERCENT = 0.005, 0.02


def _winding(south: float, north: float, east: float, corners: int = 400) -> list[tuple[float, float]]:
    """A line northward along a longitude that winds by some meters at every corner."""
    along = np.linspace(south, north, corners)
    return [(east + 0.00007 * np.sin(97 * number), float(y)) for number, y in enumerate(along)]


def _frame(polygons: dict[str, shapely.Geometry]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "place_id": list(polygons),
            "drawn_with": "one map",
            "source_id": "s",
            "vintage": "2010",
            "note": None,
            "geometry": [shapely.to_wkb(each) for each in polygons.values()],
        },
        schema_overrides={"note": pl.String},
    )


def _read(rows: pl.DataFrame) -> dict[str, shapely.Geometry]:
    found = shapely.from_wkb(rows["geometry"].to_list())
    return dict(zip(rows["place_id"].to_list(), found, strict=True))


def test_neighbors_have_one_border_after_simplification() -> None:
    border = _winding(40.0, 40.1, -96.0)
    west = shapely.Polygon([*border, (-96.1, 40.1), (-96.1, 40.0)])
    east = shapely.Polygon([*border, (-95.9, 40.1), (-95.9, 40.0)])
    rows = simplified(_frame({"west": west, "east": east}))
    found = _read(rows)
    assert shapely.get_num_coordinates(found["west"]) < 100 < shapely.get_num_coordinates(west)
    assert shapely.coverage_is_valid(list(found.values()))
    assert shapely.intersection(found["west"], found["east"]).length == pytest.approx(0.1, rel=0.05)
    assert 0 < rows["border_shift"].max() < 40  # type: ignore[operator]
    assert rows["note"].to_list() == [None, None]


def test_a_shape_that_is_not_valid_is_left_out_and_its_neighbor_stays() -> None:
    square = shapely.box(-96.1, 40.0, -96.0, 40.1)
    bow_tie = shapely.Polygon([(-96, 40), (-95.9, 40.1), (-95.9, 40), (-96, 40.1)])
    line = shapely.LineString([(-96, 40), (-95, 40)])
    assert _read(simplified(_frame({"bow": bow_tie, "line": line, "square": square}))).keys() == {"square"}
    assert simplified(_frame({"bow": bow_tie})).is_empty()


def test_a_map_whose_places_overlap_says_so() -> None:
    one, other = shapely.box(-96.1, 40, -96, 40.1), shapely.box(-96.02, 40, -95.9, 40.1)
    rows = simplified(_frame({"one": one, "other": other, "apart": shapely.box(-90, 40, -89.9, 40.1)}))
    assert dict(rows.select("place_id", "note").iter_rows()) == {
        "one": NOT_MEETING, "other": NOT_MEETING, "apart": None,
    }  # fmt: skip


def test_a_zcta_is_drawn_as_the_zip_code_and_says_so_and_a_county_never_as_a_city() -> None:
    square = shapely.box(-96.1, 40, -96, 40.1)
    single = _frame({"zip:19104": square, "city:1": square})
    listed = pl.DataFrame(
        {
            "place_id": ["zcta2010:19104", "county:99001", "zip:19104"],
            "stands_for": ["zip:19104", "city:1", None],
        }
    )
    (row,) = stand_ins(single.with_columns(border_shift=3.0), listed).rows(named=True)
    assert (row["place_id"], row["shape_place_id"]) == ("zcta2010:19104", "zip:19104")
    assert "ZIP code 19104" in row["note"]
    assert row["note"].endswith("not the same.")


def _made_of(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> pl.DataFrame:
    return place_shape(
        connection.table("known"),
        connection.table("boundary"),
        connection.table("census"),
        pl.DataFrame(schema={"assigned": pl.Boolean, "places": pl.Int32, "within_place_id": pl.String,
                             "place_type": pl.String}),
        connection.table("named").pl(),
        catalog,
    )  # fmt: skip


@pytest.fixture
def of_the_bureau(catalog: Catalog) -> pl.DataFrame:
    """What is made of two maps of counties and one of ZCTAs, where a coalition names two of the counties."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE known (place_id VARCHAR, place_type VARCHAR, parent_place_id VARCHAR)")
    connection.execute(
        "CREATE TABLE boundary (place_id VARCHAR, source_id VARCHAR, vintage VARCHAR, geometry BLOB)"
    )
    connection.execute("CREATE TABLE census (level VARCHAR, code VARCHAR, vintage VARCHAR, geometry BLOB)")
    connection.execute(
        "CREATE TABLE named AS SELECT unnest(['county:99001', 'county:46102', 'zcta2010:99999']) AS place_id, "
        "NULL::VARCHAR AS stands_for"
    )
    rows = [
        ("county", "99001", "2010-reshaped", shapely.box(-96.1, 40, -96, 40.1)),
        ("county", "99001", "2018", shapely.box(-96.1, 40, -96, 40.2)),
        ("county", "99002", "2018", shapely.box(-96, 40, -95.9, 40.2)),
        ("county", "46113", "2010-reshaped", shapely.box(-102, 43, -101.9, 43.1)),
        ("zcta", "99999", "2010-reshaped", shapely.box(-96, 40, -95.9, 40.1)),
    ]
    for level, code, vintage, box in rows:
        connection.execute("INSERT INTO census VALUES (?, ?, ?, ?)", [level, code, vintage, box.wkb])
    return _made_of(connection, catalog)


def test_a_county_is_drawn_by_the_newest_map_and_says_who_simplified_it(of_the_bureau: pl.DataFrame) -> None:
    rows = {row["place_id"]: row for row in of_the_bureau.rows(named=True)}
    assert rows.keys() == {"county:99001", "county:46102", "zcta2010:99999"}
    assert rows["county:99001"]["vintage"] == "2018"
    assert shapely.from_wkt(rows["county:99001"]["geometry"]).bounds == (-96.1, 40, -96, 40.2)
    assert rows["county:99001"]["note"] == BY_THE_BUREAU
    assert rows["county:46102"]["vintage"] == "2010-reshaped", "a renamed county on a map of before"
    assert rows["zcta2010:99999"]["note"] is None


def _shapes(release: Release, where: str) -> dict[str, shapely.Geometry]:
    rows = release.ask(f"SELECT place_id, geometry FROM place_shape WHERE {where} ORDER BY place_id").rows
    return {place_id: shapely.from_wkt(text) for place_id, text in rows}


def test_all_community_areas_and_zip_codes_of_the_cities_are_there_and_meet(release: Release) -> None:
    for where, places in (("place_id LIKE 'neighborhood:chicago-%'", 77), ("place_id LIKE 'zip:%'", 48)):
        found = _shapes(release, where)
        assert len(found) == places
        assert shapely.is_valid(list(found.values())).all()
        assert shapely.coverage_is_valid(list(found.values()))


def test_places_keep_their_area(release: Release, warehouse: duckdb.DuckDBPyConnection) -> None:
    """Every area keeps its size within half a percent, a ZIP code of three city blocks within two."""
    rows = warehouse.execute(
        "SELECT place_id, area_km2 FROM warehouse.place_boundary WHERE place_id NOT LIKE 'tract%' ORDER BY place_id"
    ).fetchall()
    found = _shapes(release, "place_id LIKE 'neighborhood:%' OR place_id LIKE 'zip:%'")
    frame = pl.DataFrame(
        {"place_id": list(found), "geometry": [shapely.to_wkb(each) for each in found.values()]}
    )
    areas = dict(zip(found, shapes(frame, EQUAL_AREA).area / 1e6, strict=True))
    for place_id, area in rows:
        assert areas[place_id] == pytest.approx(area, rel=TWO_PERCENT if area < 0.1 else HALF_PERCENT), (
            place_id
        )


def test_a_footprint_and_a_city_are_their_areas_taken_together(release: Release) -> None:
    members = _shapes(
        release,
        "place_id IN (SELECT place_id FROM coalition_place WHERE coalition_id = 'west-side-united' AND role = 'member')",
    )
    areas = _shapes(release, "place_id LIKE 'neighborhood:chicago-%'")
    whole = _shapes(release, "place_id IN ('footprint:west-side-united', 'city:1714000')")
    assert len(members) == 10
    for place_id, parts in (("footprint:west-side-united", members), ("city:1714000", areas)):
        assert shapely.equals(whole[place_id], shapely.union_all(list(parts.values())))
    notes = release.ask(
        "SELECT DISTINCT note FROM place_shape WHERE place_id SIMILAR TO '(city|footprint):.*'"
    )
    assert notes.rows == [(TOGETHER,)]


def test_every_place_of_a_coalition_has_a_shape_or_is_of_a_kind_that_none_draws(release: Release) -> None:
    without = release.ask(
        "SELECT DISTINCT split_part(place_id, ':', 1) FROM coalition_place "
        "WHERE place_id NOT IN (SELECT place_id FROM place_shape) ORDER BY ALL"
    ).rows
    assert [kind for (kind,) in without] == ["city", "county", "county2022", "footprint", "nation", "state"]
    near = release.ask(
        "SELECT DISTINCT place_id FROM coalition_place WHERE coalition_id IN ('west-side-united', "
        "'together-for-west-philadelphia') AND place_id NOT IN (SELECT place_id FROM place_shape) ORDER BY ALL"
    ).rows
    assert [place_id for (place_id,) in near] == [
        "footprint:together-for-west-philadelphia-zcta2010", "nation:us", "state:17", "state:42",
    ]  # fmt: skip


def test_a_shape_of_another_place_or_another_hand_says_so(release: Release) -> None:
    silent = release.ask(
        "SELECT place_id FROM place_shape WHERE note IS NULL "
        "AND (shape_place_id <> place_id OR source_id = 'census_geography')"
    ).rows
    assert silent == []


def test_coordinates_have_five_decimals_at_most(release: Release) -> None:
    for (text,) in release.ask("SELECT geometry FROM place_shape").rows:
        assert not re.search(r"\.\d{6}", text)
