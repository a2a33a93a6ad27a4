"""Traps of PLACES and 500 Cities, each on rows of the real files."""

import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from assets.sources.cdc_places import places_estimate
from assets.warehouse.observed.cdc import modeled_health
from lifegap.errors import DataError
from tests.assets.slices import CATALOG, parse, relation, source_file
from tests.conftest import FIXTURES

PLACES = FIXTURES / "cdc_places"
LISTED = {listed.file: listed for listed in CATALOG.cards["cdc_places"].files}
COUNTIES_2020 = "PLACES__County_Data_(GIS_Friendly_Format),_2020_release.csv"
CITIES_2016 = "500_cities_city_level_gis_dxpw-cm5u_rows.json"
HEAD_2018 = "500_Cities__Local_Data_for_Better_Health__2018_release_sample.csv"
CITIES_2018 = "500_cities_2018_cities_3_measures_reshaped.csv"
TRACTS_2018 = "500_cities_2018_tracts_IL_MI_PA_TN_3_measures_reshaped.csv"
VALUES = ("estimate", "ci_low", "ci_high")


def _rows(name: str) -> pl.DataFrame:
    path = next(each for each in (PLACES / name, PLACES / f"{name}.gz") if each.is_file())
    return parse(places_estimate, source_file("cdc_places", path, LISTED[name].vintage, name))


def _values(rows: pl.DataFrame, code: str, measure: str, kind: str = "crude") -> tuple:
    return rows.filter(code=code, measure=measure, data_value_type=kind).select(VALUES).row(0)


def test_intervals_are_one_text_and_populations_have_commas() -> None:
    rows = _rows(COUNTIES_2020)
    assert _values(rows, "17031", "ACCESS2") == (18.3, 16.1, 20.8)
    assert _values(rows, "42101", "ACCESS2") == (14.2, 12.4, 16.4)
    assert _values(rows, "01001", "CANCER") == (7.4, 7.0, 7.7)  # printed ( 7.0,  7.7)
    assert rows.filter(code="17031")["population"].unique().to_list() == [5180493]
    assert rows.height == 3 * 28 * 2
    assert rows["ci_low"].null_count() == rows["unparsed"].drop_nulls().len() == 0


def test_measures_with_an_underscore_keep_their_name() -> None:
    assert "COLON_SCREEN" in set(_rows(COUNTIES_2020)["measure"])


def test_text_that_is_no_interval_is_found(tmp_path: Path) -> None:
    text = (PLACES / COUNTIES_2020).read_bytes().replace(b'"(16.1, 20.8)"', b'"16.1 to 20.8"')
    (tmp_path / "changed.csv").write_bytes(text)
    rows = parse(places_estimate, source_file("cdc_places", tmp_path / "changed.csv", "2020"))
    assert rows["unparsed"].drop_nulls().to_list() == ["ci_low=16.1 to 20.8; ci_high=16.1 to 20.8"]


def test_a_renamed_column_is_refused(tmp_path: Path) -> None:
    text = (PLACES / COUNTIES_2020).read_bytes().replace(b"ACCESS2_CrudePrev", b"ACCESS3_CrudePrev")
    (tmp_path / "renamed.csv").write_bytes(text)
    with pytest.raises(DataError, match="SOURCE-HEADER"):
        source_file("cdc_places", tmp_path / "renamed.csv", "2020")
    text = gzip.decompress((PLACES / f"{CITIES_2016}.gz").read_bytes())
    (tmp_path / "renamed.json").write_bytes(text.replace(b'"CHD_Adj95CI"', b'"CHD_AdjustedCI"'))
    with pytest.raises(DataError, match="CHD_AdjustedCI"):
        parse(places_estimate, source_file("cdc_places", tmp_path / "renamed.json", "500-cities-2016"))


def test_socrata_keeps_the_columns_apart_from_the_rows(tmp_path: Path) -> None:
    rows = _rows(CITIES_2016)
    assert _values(rows, "1714000", "ACCESS2") == (20.2, 20.1, 20.4)
    assert set(rows["level"]) == {"city"}
    assert rows.height == 3 * 28 * 2
    document = json.loads(gzip.decompress((PLACES / f"{CITIES_2016}.gz").read_bytes()))
    document["data"][0].pop()
    (tmp_path / "ragged.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(DataError, match="a row of 124 cells under 125 columns"):
        parse(places_estimate, source_file("cdc_places", tmp_path / "ragged.json", "500-cities-2016"))


def test_codes_of_cities_tracts_and_counties_get_their_leading_zeros_back() -> None:
    head = _rows(HEAD_2018)
    assert set(head.filter(level="city")["code"]) == {"0107000"}
    assert head.filter(level="tract")["code"].str.starts_with("01073").all()
    assert set(head.filter(level="tract")["city_code"]) == {"0107000"}
    saved_by_r = _rows("CHD2021.csv")
    assert set(saved_by_r.filter(level="county")["code"]) == {"01001", "17031", "42101"}
    assert set(saved_by_r.filter(level="nation")["code"]) == {"59"}
    assert _values(saved_by_r, "17031", "CHD") == (5.4, 4.7, 6.2)
    assert _values(saved_by_r, "42101", "CHD", "age_adjusted") == (5.8, 5.1, 6.5)
    assert saved_by_r["footnote"].null_count() == saved_by_r.height


def test_honolulu_has_the_code_of_its_county() -> None:
    for name in (CITIES_2016, CITIES_2018):
        assert set(_rows(name).filter(name="Honolulu")["code"]) == {"15003"}


def test_withheld_estimates_have_a_footnote() -> None:
    withheld = _rows(HEAD_2018).filter(pl.col("estimate").is_null())
    assert set(withheld["footnote_symbol"]) == {"*", "~"}
    assert withheld["ci_low"].null_count() == withheld.height == 6
    nation = _rows(HEAD_2018).filter(level="nation", measure="PAPTEST", data_value_type="crude")
    assert nation.select("estimate", "footnote_symbol").row(0) == (79.5, "#")


def test_a_tract_stands_under_each_city_it_lies_in() -> None:
    rows = _rows(TRACTS_2018)
    shared = rows.filter(code="17031803017", measure="OBESITY").sort("city_code")
    assert shared.select("city_code", "estimate", "population").rows() == [
        ("1702154", 24.3, 4073),
        ("1757225", 22.8, 1440),
    ]
    empty = rows.filter(pl.col("estimate").is_null())
    assert set(empty["population"]) == {25}
    assert rows["ci_low"].null_count() == rows.height


def test_the_three_measures_are_crude_prevalences() -> None:
    rows = _rows(CITIES_2018)
    assert _values(rows, "1714000", "CASTHMA") == (9.9, None, None)
    assert _values(rows, "4260000", "CSMOKING") == (22.5, None, None)
    assert _values(rows, "4260000", "OBESITY") == (29.3, None, None)
    birmingham = _values(_rows(HEAD_2018), "0107000", "CASTHMA")
    assert _values(rows, "0107000", "CASTHMA")[0] == birmingham[0] == 10.5


def test_zctas_of_nashville_lose_the_padding() -> None:
    zctas, tracts = _rows("health_zip_nashville_msa.csv"), _rows("health_tract_nashville_msa.csv")
    assert set(zctas["code"]) == {"37010", "37206"}
    assert set(zctas["level"]) == {"zcta"}
    assert set(tracts["level"]) == {"tract"}
    assert _values(zctas, "37010", "BPHIGH") == (35.6, None, None)


def test_a_release_holds_measures_of_two_years() -> None:
    rows = _rows("places_census_tract_long_format_sample_CA_HI.csv")
    assert set(rows.filter(measure="COLON_SCREEN")["year"]) == {2018}
    assert set(rows.filter(measure="BPHIGH")["year"]) == {2019}


def test_the_newest_layout_states_adults() -> None:
    rows = _rows("PLACES_Dataset_5counties.csv")
    assert rows.filter(code="04013").select("population", "population_18plus").row(0) == (4585871, 3572375)


def _written(name: str) -> pl.DataFrame:
    path = FIXTURES / "cdc_places" / "from_documentation" / "2024" / name
    return parse(places_estimate, source_file("cdc_places", path, "2024"))


def test_objects_of_the_api_lack_what_is_empty() -> None:
    rows = _rows("places_county_2025_release_BINGE_ageadj.json")
    alabama = rows.row(by_predicate=pl.col("code") == "01015", named=True)
    assert (alabama["level"], alabama["estimate"], alabama["data_value_type"]) == (
        "county",
        15.6,
        "age_adjusted",
    )
    assert (alabama["year"], alabama["name"], alabama["ci_low"]) == (2023, "Calhoun", None)
    nation = rows.row(by_predicate=pl.col("level") == "nation", named=True)
    assert (nation["code"], nation["name"]) == ("59", None)


def test_tracts_with_adults_and_zctas_are_read_as_the_publisher_gives_them() -> None:
    tract, zcta = _written("PLACES_tract_2024.csv"), _written("PLACES_zcta_2024.csv")
    columns = ("level", "code", "measure", "estimate", "ci_low", "ci_high", "population_18plus")
    assert tract.select(columns).rows() == [("tract", "17031010100", "DIABETES", 11.2, 9.9, 12.6, 3700)]
    assert zcta.select(columns).rows() == [("zcta", "19104", "DIABETES", 9.2, 8.0, 10.5, 45000)]


def test_the_api_gives_the_same_table_in_small_letters_and_without_footnotes() -> None:
    rows = _written("PLACES_county_soda_api.csv")
    assert rows.select("level", "code", "estimate", "population").rows() == [
        ("county", "17031", 11.2, 5100000)
    ]


def test_a_file_of_another_release_is_told_by_the_year_of_its_survey() -> None:
    path = FIXTURES / "cdc_places" / "from_documentation" / "2024" / "PLACES_tract_2024.csv"
    with pytest.raises(DataError) as refused:
        parse(places_estimate, source_file("cdc_places", path, "2021"))
    assert refused.value.code == "SOURCE-VINTAGE"
    assert "year 2022" in str(refused.value)


def test_tracts_and_zctas_have_places_of_the_census_that_drew_them() -> None:
    rows = pl.concat([_rows("health_zip_nashville_msa.csv"), _rows("health_tract_nashville_msa.csv")])
    seen = modeled_health(relation(rows), CATALOG)
    assert seen["place_id"].null_count() == 0
    assert seen["period_start"].null_count() == 0
    assert "zcta2020:37010" in set(seen["place_id"])
    assert {place.split(":")[0] for place in seen["place_id"]} == {"zcta2020", "tract2020"}


@pytest.mark.mirror
def test_anchors_on_the_whole_files(mirror: Path) -> None:
    whole = {
        name: parse(places_estimate, source_file("cdc_places", mirror / str(each.mirror), each.vintage, name))
        for name, each in LISTED.items()
    }
    counties = whole[COUNTIES_2020]
    assert counties["code"].n_unique() == 3142
    assert _values(counties, "17031", "ACCESS2") == (18.3, 16.1, 20.8)
    assert _values(counties, "42101", "ACCESS2")[0] == 14.2
    saved_by_r = whole["CHD2021.csv"]
    codes = saved_by_r.filter(level="county").select("code", "state_abbr").unique()
    assert codes.height == 3076
    assert codes.filter(pl.col("code").str.starts_with("0")).height * 2 == 634
    assert "FL" not in set(codes["state_abbr"])
    tracts = whole[TRACTS_2018].filter(measure="OBESITY")
    assert (tracts.height, tracts["code"].n_unique()) == (3228, 3219)
    assert tracts["estimate"].null_count() == 77
    assert tracts.filter(name="Chicago")["population"].sum() == 2695598


@pytest.mark.mirror
def test_counties_of_2025_lack_two_states(mirror: Path) -> None:
    for name, each in LISTED.items():
        if each.vintage == "2025-selected":
            rows = parse(
                places_estimate, source_file("cdc_places", mirror / str(each.mirror), each.vintage, name)
            )
            states = set(rows.filter(level="county")["state_abbr"])
            assert not states & {"KY", "PA"}
            assert ("TX" in states) == (rows.height == 2958)
            assert rows.filter(level="nation").height == 1
