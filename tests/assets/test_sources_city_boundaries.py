"""Traps of the maps of neighborhoods, each on shapes of the real files."""

import io
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import polars as pl
import pytest

from assets.sources.city_boundaries import city_neighborhood
from lifegap.errors import DataError
from tests.assets.slices import CATALOG, parse, slices_of, source_file
from tests.conftest import FIXTURES

SOURCE = "city_boundaries"
SLICES = FIXTURES / SOURCE


def _city(name: str) -> pl.DataFrame:
    return parse(city_neighborhood, *slices_of(SOURCE)).filter(pl.col("city") == name)


def _shapes(rows: pl.DataFrame) -> gpd.GeoSeries:
    return gpd.GeoSeries.from_wkb(rows["geometry"].to_numpy(), crs=4326)


def test_nashville_associations_overlap() -> None:
    rows = _city("Nashville").filter(pl.col("name").is_in(["Waverly Place", "Sunnyside"]))
    one, other = _shapes(rows).to_crs(32136)
    assert one.intersection(other).area > 300_000  # square meters
    assert one.intersection(other).area < one.area


def test_a_name_may_stand_for_two_shapes() -> None:
    assert _city("Nashville")["name"].to_list().count("Oak Highlands") == 2
    assert _city("Oakland")["name"].to_list().count("Merriwood") == 2


def test_cities_number_their_neighborhoods_or_do_not() -> None:
    assert dict(_city("Boston").select("code", "name").iter_rows())["26"] == "Chinatown"
    assert dict(_city("Houston").select("code", "name").iter_rows())["63"] == "SECOND WARD"
    clusters = dict(_city("Washington").select("code", "name").iter_rows())
    assert clusters["Cluster 40"] == "Walter Reed"
    for city in ("Nashville", "New Orleans", "Oakland"):
        assert _city(city)["code"].null_count() == _city(city).height


def test_the_outline_of_detroit_lacks_the_digits_of_its_state() -> None:
    outline = _city("Detroit").filter(pl.col("level") == "city")
    assert outline["code"].to_list() == ["22000"]
    assert json.loads(outline["attributes"].item())["EditDate"] == "2019-09-09"


def test_coordinates_of_an_unregistered_system_stay_where_they_are() -> None:
    with zipfile.ZipFile(SLICES / "oakland_Neighborhoods.zip") as packed:
        (system,) = (packed.read(name) for name in packed.namelist() if name.endswith(".prj"))
    assert b"WGS84(DD)" in system
    bounds = _shapes(_city("Oakland")).total_bounds
    assert -122.35 < bounds[0] < bounds[2] < -122.11
    assert 37.69 < bounds[1] < bounds[3] < 37.89


def test_dates_and_empty_properties_are_kept() -> None:
    wards = {json.loads(each)["SNBNAME"]: json.loads(each) for each in _city("Houston")["attributes"]}
    assert wards["FOURTH WARD"]["RECOGNITIO"] is None
    assert wards["SECOND WARD"]["RECOGNITIO"] == "2008-05-13"


def test_new_orleans_without_its_technical_columns_is_not_taken_for_nashville(tmp_path: Path) -> None:
    text = (SLICES / "new_orleans_neighborhoods.geojson").read_bytes()
    path = tmp_path / "new_orleans_neighborhoods.geojson"
    path.write_bytes(text.replace(b'"cartodb_id"', b'"id_of_carto"'))
    file = source_file(SOURCE, path, "undated-reshaped")
    with pytest.raises(DataError, match="only there or only expected: created_at, id_of_carto"):
        parse(city_neighborhood, file)


def test_a_shapefile_without_its_table_is_refused(tmp_path: Path) -> None:
    whole = SLICES / "boston_Boston_Neighborhoods.zip"
    cut = io.BytesIO()
    with zipfile.ZipFile(whole) as packed, zipfile.ZipFile(cut, "w") as without:
        for name in packed.namelist():
            if not name.endswith(".dbf"):
                without.writestr(name, packed.read(name))
    path = tmp_path / whole.name
    path.write_bytes(cut.getvalue())
    with pytest.raises(DataError, match="SOURCE-HEADER"):
        source_file(SOURCE, path, "undated")


@pytest.mark.mirror
def test_neighborhoods_of_the_whole_files(mirror: Path) -> None:
    files = [
        source_file(SOURCE, mirror / each.mirror, each.vintage, each.file)
        for each in CATALOG.cards[SOURCE].files
        if each.mirror
    ]
    rows = parse(city_neighborhood, *files)
    counts = rows.filter(pl.col("level") == "neighborhood").group_by("city").len()
    assert dict(counts.iter_rows()) == {
        "Boston": 26, "Detroit": 208, "Houston": 88, "Nashville": 288, "New Orleans": 73, "Oakland": 137,
        "Washington": 46,
    }  # fmt: skip
    # Nashville's associations together are larger than what they cover, and leave holes.
    nashville = _shapes(rows.filter(pl.col("city") == "Nashville")).to_crs(32136).make_valid()
    covered = nashville.union_all()
    assert nashville.area.sum() - covered.area > 1_000_000  # square meters
    assert covered.convex_hull.area > 2 * covered.area
