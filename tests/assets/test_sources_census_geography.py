"""Traps of census geography, each on rows of the real files."""

import json
from pathlib import Path

import geopandas as gpd
import polars as pl
import pytest

from assets.sources.census_geography import (
    boundary_shape,
    code_pair,
    county_code,
    county_gazetteer,
    tract_relationship,
)
from lifegap.errors import DataError
from tests.assets.slices import CATALOG, parse, slices_of, source_file
from tests.conftest import FIXTURES

SOURCE = "census_geography"
SLICES = FIXTURES / SOURCE
CONNECTICUT = {"09001", "09003", "09005", "09007", "09009", "09011", "09013", "09015"}


def _shapes() -> pl.DataFrame:
    return parse(boundary_shape, *slices_of(SOURCE))


def _pairs(name: str, vintage: str) -> pl.DataFrame:
    return parse(code_pair, source_file(SOURCE, SLICES / name, vintage))


def test_counties_of_2010_are_read_as_latin_1() -> None:
    raw = (SLICES / "gz_2010_us_050_00_20m.json").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    counties = _shapes().filter((pl.col("level") == "county") & (pl.col("vintage") == "2010-reshaped"))
    names = dict(counties.select("code", "name").iter_rows())
    assert (names["72045"], names["35013"]) == ("Comerío", "Doña Ana")


def test_renamed_counties_stand_in_their_year() -> None:
    counties = _shapes().filter(pl.col("level") == "county")
    codes = {vintage: set(rows["code"]) for (vintage,), rows in counties.group_by("vintage")}
    assert {"46113", "51515"} <= codes["2010-reshaped"]
    assert {"46102", "02158"} <= codes["2018"]
    assert not {"46113", "02270", "51515"} & codes["2018"]


def test_connecticut_has_counties_and_its_tracts_get_planning_regions() -> None:
    path = SLICES / "2019_Gaz_counties_national.txt"
    gazetteer = parse(county_gazetteer, source_file(SOURCE, path, "2019-reshaped"))
    assert set(gazetteer.filter(pl.col("state") == "CT")["county_fips"]) == CONNECTICUT
    pairs = _pairs("ct_tract_crosswalk.csv", "2022")
    assert set(pairs["from_code"].str.head(5)) <= CONNECTICUT
    assert set(pairs["to_code"].str.head(5)) == {"09130", "09140", "09150", "09160", "09190"}


def test_texts_printed_as_bytes_are_read_and_names_stay_cut_short() -> None:
    rows = _pairs("ct_tract_crosswalk.csv", "2022").filter(pl.col("to_code") == "09150708100")
    assert rows["from_code"].to_list() == ["09011708100"]
    texts = json.loads(rows["attributes"].item())
    assert (texts["county_name"], texts["tract_name"]) == ("New Londo", "7081.0")
    assert texts["county_fipscode_2022"] == "09150"


def test_a_text_that_is_not_printed_as_bytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ct_tract_crosswalk.csv"
    text = (SLICES / path.name).read_bytes()
    path.write_bytes(text.replace(b"b'09009350400'", b"9009350400", 1))
    with pytest.raises(DataError, match="not printed as bytes"):
        parse(code_pair, source_file(SOURCE, path, "2022"))


def test_files_marked_reshaped_have_four_states() -> None:
    zips = _pairs("HUD_ZIP_COUNTY_IL_MI_PA_TN.csv", "hud-undated")
    assert set(zips["to_code"].str.head(2)) == {"17", "26", "42", "47"}


def test_a_zip_code_where_nobody_lives_has_no_residential_share() -> None:
    zips = _pairs("HUD_ZIP_COUNTY_IL_MI_PA_TN.csv", "hud-undated")
    nobody = zips.filter(pl.col("from_code") == "15004").row(0, named=True)
    assert (nobody["residential_share"], nobody["total_share"]) == (0, 1)
    parted = zips.filter(pl.col("from_code") == "37211")
    assert dict(parted.select("to_code", "residential_share").iter_rows()) == {
        "47037": 0.999889822,
        "47187": 0.000110178,
    }


def test_tracts_of_zctas_have_no_share() -> None:
    pairs = _pairs("zcta_tract_rel_10_IL_MI_PA_TN.csv", "2010-reshaped")
    assert pairs["total_share"].null_count() == pairs.height
    assert pairs.filter(pl.col("from_code") == "19151").height == 9


def test_the_state_before_a_zcta_is_no_part_of_its_code() -> None:
    zctas = _shapes().filter(pl.col("level") == "zcta")
    texts = [json.loads(each) for each in zctas["attributes"]]
    assert [text["GEOID10"][2:] for text in texts] == zctas["code"].to_list()
    assert len({text["SHAPE_AREA"] for text in texts}) == 1  # the same for every shape


def test_simplified_tracts_are_read_from_their_arcs() -> None:
    tracts = _shapes().filter(pl.col("source_file") == "philadelphia_metro_tracts_2018.topojson")
    assert dict(tracts.select("code", "name").iter_rows()) == {"10003000300": None, "42101000100": None}
    delaware, philadelphia = gpd.GeoSeries.from_wkb(
        tracts["geometry"].to_numpy(), crs=4326
    ).representative_point()
    assert (delaware.x, delaware.y) == pytest.approx((-75.53, 39.75), abs=0.05)
    assert (philadelphia.x, philadelphia.y) == pytest.approx((-75.15, 39.95), abs=0.01)


def test_a_shape_on_the_continents_datum_is_brought_to_that_of_the_world() -> None:
    cook = _shapes().filter((pl.col("code") == "17031") & (pl.col("vintage") == "2018"))
    (shape,) = gpd.GeoSeries.from_wkb(cook["geometry"].to_numpy(), crs=4326).to_crs(26916)
    printed = cook["land_area"].item() + cook["water_area"].item()
    assert cook["water_area"].item() > 1e9  # Lake Michigan, which the cartographic shape leaves out
    assert cook["land_area"].item() * 0.98 < shape.area < printed


def test_columns_of_the_gazetteer_are_told_by_their_first_line(tmp_path: Path) -> None:
    path = tmp_path / "2019_Gaz_counties_national.txt"
    path.write_bytes(b"AL,01001,Autauga County,1539602137,25706961,594.444,9.926,32.532237,-86.64644\n")
    with pytest.raises(DataError, match="SOURCE-HEADER"):
        source_file(SOURCE, path, "2019-reshaped")


WRITTEN = SLICES / "from_documentation"


def test_the_bureaus_own_files_say_what_the_copies_say() -> None:
    pairs = parse(
        tract_relationship, source_file(SOURCE, WRITTEN / "2020" / "tab20_tract20_tract10_st17.txt", "2020")
    )
    cut = pairs.filter(pl.col("tract_2010") == "17031010202").select("tract_2020", "land_part")
    assert cut.rows() == [("17031010202", 351_253.0), ("17031010300", 505.0)]
    gazetteer = parse(
        county_gazetteer, source_file(SOURCE, WRITTEN / "2023" / "2023_Gaz_counties_national.txt", "2023")
    ).filter(pl.col("county_fips") == "17031")
    assert gazetteer.select("name", "land", "longitude").rows() == [
        ("Cook County", 2_447_357_982.0, -87.645455)
    ]
    codes = parse(county_code, source_file(SOURCE, WRITTEN / "2020" / "national_county2020.txt", "2020"))
    assert dict(codes.select("county_fips", "name").iter_rows())["35013"] == "Doña Ana County"


def test_the_gazetteer_is_read_out_of_its_zip() -> None:
    file = source_file(SOURCE, WRITTEN / "2019" / "2019_Gaz_counties_national.zip", "2019")
    zipped = parse(county_gazetteer, file)
    copied = parse(
        county_gazetteer, source_file(SOURCE, SLICES / "2019_Gaz_counties_national.txt", "2019-reshaped")
    )
    assert zipped.height == file.rows_kept == 6
    told_alike = ["state", "county_fips", "ansi_code", "name", "land", "water", "latitude", "longitude"]
    assert zipped.select(told_alike).equals(copied.head(6).select(told_alike))


def test_tracts_of_the_2020_zctas_are_pairs_but_for_those_outside() -> None:
    file = source_file(SOURCE, WRITTEN / "2020" / "tab20_zcta520_tract20_natl.txt", "2020")
    pairs = parse(code_pair, file)
    assert pairs.select("from_level", "from_code", "to_level", "to_code").rows() == [
        ("zcta", "19104", "tract", "42101036903"),
        ("zcta", "19104", "tract", "42101009100"),
        ("zcta", "19139", "tract", "42101009100"),
    ]
    assert dict(file.set_aside) == {"outside_every_zcta": 1}
    assert json.loads(pairs["attributes"][1])["AREALAND_PART"] == "300000"
    assert pairs["total_share"].null_count() == pairs.height


def test_tracts_of_the_2010_zctas_keep_the_shares_of_the_bureau_as_texts() -> None:
    file = source_file(SOURCE, WRITTEN / "2010" / "zcta_tract_rel_10.txt", "2010")
    pairs = parse(code_pair, file)
    assert pairs.height == file.rows_kept == 3
    assert not file.columns_not_used
    assert json.loads(pairs["attributes"][0])["ZPOPPCT"] == "22.7"


def test_every_file_of_the_bureau_stands_before_the_parts_that_others_cut_from_it() -> None:
    card = CATALOG.cards[SOURCE]
    parts = {each.file: each.part_of for each in card.files if each.part_of}
    assert parts == {
        "tab20_tract20_tract10_IL_MI_PA_TN.txt": "tab20_tract20_tract10_natl.txt",
        "tab20_tract20_tract10_coalition_counties.txt": "tab20_tract20_tract10_natl.txt",
        "zcta_tract_rel_10_IL_MI_PA_TN.csv": "zcta_tract_rel_10.txt",
        "2019_Gaz_counties_national.txt": "2019_Gaz_counties_national.zip",
    }
    assert {card.vintages[each.vintage].reshaped for each in card.files if each.file in parts} == {True}
    assert not any(card.vintages[each.vintage].reshaped for each in card.files if each.official)


@pytest.mark.parametrize("name", ["ZIP_COUNTY_122023.csv", "ZIP_COUNTY_122023.xlsx"])
def test_zip_codes_are_read_from_both_forms_that_hud_publishes(name: str) -> None:
    file = source_file(SOURCE, WRITTEN / "hud-2023-q4" / name, "hud-2023-q4")
    rows = parse(code_pair, file)
    assert rows.height == file.rows_kept == 8
    assert not file.columns_not_used
    assert set(rows["from_code"].str.len_chars()) == {5}
    assert rows["total_share"].is_not_null().all()


def test_zip_codes_get_back_the_zeros_that_a_spreadsheet_took(tmp_path: Path) -> None:
    path = tmp_path / "ZIP_COUNTY_032024.csv"
    path.write_text(
        "zip,county,res_ratio,bus_ratio,oth_ratio,tot_ratio\n2139,25017,1,1,1,1\n603,1001,1,1,1,1\n"
    )
    rows = parse(code_pair, source_file(SOURCE, path, "hud-2023-q4"))
    assert rows.select("from_code", "to_code").rows() == [("02139", "25017"), ("00603", "01001")]


def test_a_pair_that_two_files_have_is_kept_once(tmp_path: Path) -> None:
    written = WRITTEN / "2020" / "tab20_tract20_tract10_st17.txt"
    first = source_file(SOURCE, written, "2020")
    (tmp_path / "national.txt").write_bytes(written.read_bytes())
    second = source_file(SOURCE, tmp_path / "national.txt", "2020")
    rows = parse(tract_relationship, first, second)
    assert rows.height == first.rows_kept
    assert dict(second.set_aside) == {"repeats_another_file": second.rows_read}


@pytest.mark.mirror
def test_shapes_of_the_whole_files(mirror: Path) -> None:
    files = [
        source_file(SOURCE, mirror / each.mirror, each.vintage, each.file)
        for each in CATALOG.cards[SOURCE].files
        if each.mirror
    ]
    rows = parse(boundary_shape, *files).select("vintage", "level", "code")
    counts = {row[:2]: row[2] for row in rows.group_by("vintage", "level").len().rows()}
    assert counts == {
        ("2010-reshaped", "county"): 3221,
        ("2018", "county"): 3220,
        ("2018-reshaped", "tract"): 3121 + 2772 + 1497 + 1476 + 1557,
        ("2021", "tract"): 408,
        ("2010-reshaped", "zcta"): 84,
    }
    # The tract of the lake has no cartographic shape; both codes of two counties, each in its year.
    cook = rows.filter(pl.col("code").str.starts_with("17031") & (pl.col("level") == "tract"))
    assert cook.height == 1318
    assert "17031990000" not in set(cook["code"])
    for code, vintage in (
        ("46113", "2010-reshaped"),
        ("02270", "2010-reshaped"),
        ("46102", "2018"),
        ("02158", "2018"),
    ):
        assert rows.filter(pl.col("code") == code)["vintage"].to_list() == [vintage]
    for _, counties in rows.filter(pl.col("level") == "county").group_by("vintage"):
        assert {code for code in counties["code"] if code.startswith("09")} == CONNECTICUT
    homes = parse(code_pair, *files).filter(pl.col("from_level") == "zip").group_by("from_code")
    assert homes.agg(pl.col("residential_share").sum()).filter(pl.col("residential_share") == 0).height == 645
