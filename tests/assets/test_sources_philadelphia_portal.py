"""Traps of Philadelphia's open data, each on rows of the real files."""

import json
from pathlib import Path

import geopandas as gpd
import polars as pl
import pytest

from assets.sources.philadelphia_assessment import philadelphia_assessment
from assets.sources.philadelphia_portal import (
    philadelphia_area,
    philadelphia_lead,
    philadelphia_point,
    philadelphia_small_area,
    philadelphia_zip,
)
from lifegap.errors import DataError
from tests.assets.slices import BUNDLE, CATALOG, parse, source_file
from tests.conftest import FIXTURES

SOURCE = "philadelphia_portal"
SLICES = FIXTURES / SOURCE
FIVE_ZIPS = ("19104", "19131", "19139", "19143", "19151")
MARKETS = {"Farmers_Markets_62.geojson": "markets-62", "Farmers_Markets_49.geojson": "markets-49"}
EDITION = MARKETS | {"Healthy_Corner_Stores.geojson": "undated-reshaped"}


def _points(name: str) -> pl.DataFrame:
    return parse(philadelphia_point, source_file(SOURCE, SLICES / name, EDITION.get(name, "undated")))


def _assessment(year: int, name: str) -> pl.DataFrame:
    path = SLICES / "community_health_assessment" / str(year) / f"{name}.csv"
    return parse(philadelphia_assessment, source_file(SOURCE, path, f"assessment-{year}"))


def _attribute(rows: pl.DataFrame, id: str, name: str) -> object:
    return json.loads(rows.filter(pl.col("id") == id)["attributes"].item())[name]


def _in_polygons(points: pl.DataFrame, zips: pl.DataFrame) -> pl.DataFrame:
    """The points with the ZIP polygon each lies in; null outside of all."""
    located = gpd.GeoDataFrame(
        points.select("vintage", "kind", "zip").to_pandas(),
        geometry=gpd.GeoSeries.from_wkb(points["geometry"].to_numpy()),
        crs=4326,
    )
    polygons = gpd.GeoDataFrame(
        {"polygon": zips["zip"].to_list()},
        geometry=gpd.GeoSeries.from_wkb(zips["geometry"].to_numpy()),
        crs=4326,
    )
    joined = located.sjoin(polygons, predicate="within", how="left").drop(columns="geometry")
    return pl.from_pandas(joined).with_columns(pl.col("polygon", "zip").cast(pl.String))


def test_a_facility_may_lie_in_another_zip_polygon_than_its_address() -> None:
    path = BUNDLE / SOURCE / "Zipcodes_Poly.geojson.gz"
    zips = parse(philadelphia_zip, source_file(SOURCE, path, "2010"))
    centers = _in_polygons(_points("Health_Centers.geojson"), zips)
    assert [tuple(row) for row in centers.select("zip", "polygon").rows()][:2] == [
        ("19133", "19140"),
        ("19133", "19133"),
    ]


def test_zip_codes_are_five_digits_however_they_are_printed() -> None:
    assert set(_points("Health_Centers.geojson")["zip"]) == {"19123", "19124", "19133"}  # printed as numbers
    schools = _points("Schools.geojson")
    assert schools.filter(pl.col("id") == "2")["zip"].item() == "19143"
    assert _attribute(schools, "2", "ZIPCODE") == "19143 - 4111"
    markets = _points("Farmers_Markets_62.geojson")
    assert markets.filter(pl.col("id") == "15")["zip"].item() is None
    assert markets["unparsed"].null_count() == markets.height


def test_numbers_stay_whole_where_one_of_them_is_missing() -> None:
    schools = _points("Schools.geojson")
    assert (_attribute(schools, "1", "SCHOOL_NUM"), _attribute(schools, "2", "SCHOOL_NUM")) == (None, 3807)
    assert isinstance(_attribute(schools, "2", "ENROLLMENT"), int)


def test_two_schools_may_have_one_number() -> None:
    schools = _points("Schools.geojson")
    assert [_attribute(schools, number, "SCHOOL_NUM") for number in ("144", "492")] == [3731, 3731]


def test_corner_stores_are_lines_of_features() -> None:
    raw = (SLICES / "Healthy_Corner_Stores.geojson").read_bytes()
    assert b"FeatureCollection" not in raw
    assert all(line.endswith(b"},") for line in raw.splitlines())
    stores = _points("Healthy_Corner_Stores.geojson")
    assert stores.height == len(raw.splitlines())
    assert "Acai Berry Café" in set(stores["name"])
    assert _attribute(stores, "501", "CDC_STORE_LEVEL") is None
    assert stores["longitude"][0] == pytest.approx(-75.147734276360879)


def test_a_vendor_stands_where_yes_or_nothing_is_expected() -> None:
    markets = _points("Farmers_Markets_49.geojson")
    assert _attribute(markets, "30", "ACCEPT_PHILLY_FOOD_BUCKS_") == "McCanns Farm"
    assert _attribute(markets, "1", "ACCEPT_PHILLY_FOOD_BUCKS_") in ("Y", None)


def test_editions_of_the_markets_stay_apart() -> None:
    files = [source_file(SOURCE, SLICES / name, edition) for name, edition in MARKETS.items()]
    assert [file.layout.id for file in files] == ["farmers_markets_62", "farmers_markets_49"]
    rows = parse(philadelphia_point, *files)
    assert rows.select("vintage", "kind", "id").is_unique().all()
    assert rows.filter(pl.col("id") == "1")["name"].to_list() == [
        "18th and Christian*",
        "Greensgrow Farm Stand",
    ]


def test_hospitals_are_those_of_the_whole_state() -> None:
    hospitals = _points("Hospitals_PA.geojson")
    counties = {json.loads(each)["COUNTY"] for each in hospitals["attributes"]}
    assert "PHILADELPHIA" in counties
    assert len(counties) > 1
    # A property that a hospital does not have is left out of the file, and null here.
    assert any(json.loads(each)["FACILITY_I"] is None for each in hospitals["attributes"])


def test_older_adult_centers_include_two_that_are_none() -> None:
    sites = parse(philadelphia_point, source_file(SOURCE, SLICES / "PPR_Program_Sites.geojson", "2025-10"))
    centers = sites.filter(pl.col("attributes").str.contains("OLDER_ADULT_CENTER"))
    assert centers.height == 6
    assert {
        "Ramonita Negron Rivera Recreation and Community Center",
        "George C Pelbano Playground",
    } <= set(centers["name"])
    assert centers["zip"].null_count() == 6


def test_districts_and_their_labels_are_told_apart_by_shape() -> None:
    labels = source_file(SOURCE, SLICES / "planning_centroids.geojson", "undated")
    districts = source_file(SOURCE, SLICES / "Planning_Districts.geojson.gz", "undated")
    assert (labels.layout.id, districts.layout.id) == ("district_labels", "planning_districts")
    assert set(parse(philadelphia_area, districts)["name"]) == {"River Wards", "South"}


def test_the_map_has_seventeen_districts_and_spells_one_otherwise() -> None:
    names = set(_points("planning_centroids.geojson")["name"])
    columns = set(_assessment(2016, "planning_district")["breakdown"])
    assert len(names) == 17
    assert columns - names == {"Lower South", "University-Southwest"}
    assert names - columns == {"University Southwest"}


def test_suppressed_lead_is_empty_and_no_lead_is_zero() -> None:
    name = "bll_counts_and_rate_by_zip_2015_04202017.csv"
    rows = parse(philadelphia_lead, source_file(SOURCE, SLICES / name, "lead-2015"))
    cells = {row[0]: row[1:] for row in rows.select("code", "children_5_or_more", "sign").rows()}
    assert cells["19102"] == (None, "suppressed")
    assert cells["19127"] == (0, None)
    assert cells["19104"] == (28, None)


def test_tracts_print_a_percentage_beside_a_suppressed_count() -> None:
    name = "bll_counts_and_rate_by_ct_2013_2015_04202017.csv"
    rows = parse(philadelphia_lead, source_file(SOURCE, SLICES / name, "lead-2013-2015"))
    odd = rows.filter(pl.col("sign").is_not_null() & pl.col("percent_5_or_more").is_not_null())
    assert odd["percent_5_or_more"].to_list() == [0, 0]
    nobody = rows.filter(pl.col("code") == "42101980800")
    assert nobody["children_screened"].item() is None


def test_zero_of_the_survey_in_lower_south_is_a_sign() -> None:
    rows = _assessment(2017, "planning_district").filter(pl.col("breakdown") == "Lower South")
    told = {row[0]: row[1:] for row in rows.select("indicator", "value", "sign").rows()}
    assert told["Poor or Fair Health"] == (None, "0.000")
    assert told["New HIV Diagnoses From Injection Drug Use"] == (0, None)
    assert told["Homicide Mortality Rate per 100,000 People"] == (0, None)
    assert told["Life Expectancy in Years, Male"] == (None, None)  # an empty cell


def test_signs_and_thousands_of_2016_are_read() -> None:
    rows = _assessment(2016, "planning_district")
    years_lost = rows.filter(pl.col("indicator") == "Years of Life Lost Before Age 75")
    told = {row[0]: row[1:] for row in years_lost.select("breakdown", "value", "sign").rows()}
    assert told["Central"] == (5957.3, None)
    assert told["Lower South"] == (None, "N/A")
    chlamydia = rows.filter(pl.col("indicator").str.starts_with("Teen Chlamydia"))
    assert chlamydia.filter(pl.col("breakdown") == "Central")["value"].item() == 3596.7  # blanks around it
    assert rows.filter(pl.col("sign") == "<1")["breakdown"].to_list() == ["Upper Far Northeast"]
    assert set(_assessment(2017, "planning_district").filter(pl.col("sign") == ".")["breakdown"]) == {
        "River Wards",
        "Upper Far Northeast",
    }


def test_percentages_are_fractions_and_life_expectancy_a_count() -> None:
    rows = _assessment(2015, "citywide_over_time")
    assert rows.filter(pl.col("data_type") == "Percentage")["value"].max() < 1  # type: ignore[operator]
    assert set(rows.filter(pl.col("indicator").str.starts_with("Life"))["data_type"]) == {"Count"}


def test_an_edition_contradicts_itself() -> None:
    male = pl.col("indicator") == "Life Expectancy in Years, Male"
    over_time = _assessment(2017, "citywide_over_time").filter(male & (pl.col("breakdown") == "2014"))
    by_group = _assessment(2017, "racial_disparity").filter(
        male & (pl.col("breakdown") == "Total population")
    )
    assert (over_time["value"].item(), by_group["value"].item()) == (73.0, 70.3)
    assert by_group["data_years"].item() == "2014"


def test_an_indicator_that_is_printed_twice_stands_once() -> None:
    path = SLICES / "community_health_assessment" / "2017" / "top_10_cities.csv"
    file = source_file(SOURCE, path, "assessment-2017")
    rows = parse(philadelphia_assessment, file).filter(pl.col("indicator").str.starts_with("Child Mortality"))
    assert file.set_aside == {"repeat_without_figures": 1}
    assert rows.filter(pl.col("breakdown") == "Philadelphia")["value"].to_list() == [72.9]


def test_a_sample_column_that_stands_twice_is_of_the_local_source_first() -> None:
    raw = (SLICES / "community_health_assessment" / "2015" / "top_10_cities.csv").read_text(encoding="utf-8")
    assert raw.splitlines()[0].count("Philadelphia_SS") == 2
    rows = _assessment(2015, "top_10_cities")
    assert rows["sample_class"].unique().to_list() == [1]
    assert {"Philadelphia", "Philadelphia (local source)", "NYC-Bronx"} <= set(rows["breakdown"])


def test_classes_of_samples_stand_beside_their_figure() -> None:
    rows = _assessment(2016, "planning_district").filter(
        pl.col("indicator") == "Life Expectancy in Years, Male"
    )
    classes = dict(rows.select("breakdown", "sample_class").iter_rows())
    assert (classes["Central"], classes["Lower Southwest"], classes["Lower South"]) == (2, 3, None)


def test_a_renamed_district_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "planning_district.csv"
    text = (SLICES / "community_health_assessment" / "2017" / "planning_district.csv").read_bytes()
    path.write_bytes(text.replace(b",River Wards,", b",Riverwards,", 1))
    with pytest.raises(DataError, match="no figure: Riverwards"):
        parse(philadelphia_assessment, source_file(SOURCE, path, "assessment-2017"))


def test_a_shapefile_with_a_renamed_field_is_refused(tmp_path: Path) -> None:
    limits = gpd.read_file(SLICES / "City_Limits.zip").rename(columns={"Shape__Are": "area"})
    limits.to_file(tmp_path / "City_Limits.shp.zip", driver="ESRI Shapefile")
    with pytest.raises(DataError, match="missing against city_limits: Shape__Are"):
        source_file(SOURCE, tmp_path / "City_Limits.shp.zip", "undated")


def test_small_areas_keep_every_column() -> None:
    retail = source_file(SOURCE, SLICES / "NeighborhoodFoodRetail.geojson", "undated")
    rows = parse(philadelphia_small_area, retail).filter(pl.col("code") == "421010152001")
    words = {row[0]: row[1] for row in rows.select("measure", "text").rows()}
    figures = {row[0]: row[1] for row in rows.select("measure", "value").rows()}
    assert words["HPSS_ACCESS"] == "No Access"
    assert figures["TOTAL_HPSS"] == 0
    assert rows.height == len(retail.layout.columns) - 1
    heat = source_file(SOURCE, SLICES / "heat_vulnerability_ct.csv", "2023")
    scores = parse(philadelphia_small_area, heat).filter(pl.col("measure") == "hvi_score")
    assert dict(scores.select("code", "value").iter_rows())["42101980500"] is None


@pytest.mark.mirror
def test_points_in_the_five_zip_polygons(mirror: Path) -> None:
    files = [
        source_file(SOURCE, mirror / each.mirror, each.vintage, each.file)
        for each in CATALOG.cards[SOURCE].files
        if each.mirror
    ]
    located = _in_polygons(parse(philadelphia_point, *files), parse(philadelphia_zip, *files))
    inside = located.filter(pl.col("polygon").is_in(FIVE_ZIPS)).group_by("vintage", "kind").len()
    assert {(row[0], row[1]): row[2] for row in inside.rows()} == {
        ("undated", "health_center"): 8,
        ("undated", "school"): 98,
        ("undated-reshaped", "corner_store"): 107,
        ("markets-62", "farmers_market"): 13,
        ("markets-49", "farmers_market"): 12,
        ("undated", "hospital"): 7,
        ("undated", "planning_district_label"): 3,
        ("2025-10", "recreation_site"): 27,
    }
    # The address says another ZIP than the polygon.
    elsewhere = located.filter(pl.col("zip").is_null() | (pl.col("zip") != pl.col("polygon")))
    inside_city = elsewhere.filter(pl.col("polygon").is_not_null())
    differing = {(row[0], row[1]): row[2] for row in inside_city.group_by("vintage", "kind").len().rows()}
    assert differing[("undated", "health_center")] == 4
    assert differing[("undated", "school")] == 23
    assert differing[("undated-reshaped", "corner_store")] == 22
    assert differing[("markets-62", "farmers_market")] == 11
    # One market of each edition, and all but 31 hospitals, lie outside the city.
    outside = located.filter(pl.col("polygon").is_null()).group_by("vintage", "kind").len()
    assert {(row[0], row[1]): row[2] for row in outside.rows()} == {
        ("markets-62", "farmers_market"): 1,
        ("markets-49", "farmers_market"): 1,
        ("undated", "hospital"): 251 - 31,
    }


@pytest.mark.mirror
def test_suppressed_and_zero_lead_of_the_whole_files(mirror: Path) -> None:
    files = [
        source_file(SOURCE, mirror / each.mirror, each.vintage, each.file)
        for each in CATALOG.cards[SOURCE].files
        if each.mirror and each.file.startswith("bll_")
    ]
    rows = parse(philadelphia_lead, *files)
    counts = rows.group_by("level").agg(
        suppressed=pl.col("sign").is_not_null().sum(), none=(pl.col("children_5_or_more") == 0).sum()
    )
    assert {row[0]: row[1:] for row in counts.rows()} == {"zip": (10, 2), "tract": (129, 36)}
