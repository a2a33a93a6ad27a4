"""Traps of the portal's indicators, deaths, places and schools, on rows of the real files."""

import gzip
import json
from pathlib import Path

import polars as pl
import pytest
import shapely

from assets.sources.chicago_portal import chicago_community_area
from assets.sources.chicago_portal_areas import (
    chicago_cause_of_death,
    chicago_diabetes,
    chicago_indicator,
    chicago_survey_cell,
)
from assets.sources.chicago_portal_points import chicago_point
from assets.sources.chicago_portal_schools import chicago_school
from assets.warehouse.observed import OBSERVED
from lifegap.errors import LifegapError
from lifegap.landing.files import SourceFile
from tests.assets.slices import CATALOG, parse, slices_of, source_file
from tests.conftest import FIXTURES

SLICES = FIXTURES / "chicago_portal"


def _slice(name: str) -> SourceFile:
    return next(file for file in slices_of("chicago_portal") if file.name == name)


def _indicator(name: str) -> pl.DataFrame:
    return parse(chicago_indicator, _slice(name))


def _points(name: str) -> pl.DataFrame:
    return parse(chicago_point, _slice(name))


def _schools(name: str) -> pl.DataFrame:
    return parse(chicago_school, _slice(name))


# -- indicators, deaths, hospitalizations -----------------------------------------------------------------


def test_hardship_of_an_area_and_the_city_that_has_none() -> None:
    rows = _indicator("socioeconomic_indicators_2008_2012.csv")
    hardship = rows.filter(pl.col("indicator") == "HARDSHIP INDEX")
    assert hardship.filter(pl.col("area_number") == 26)["value"].to_list() == [92]
    city = hardship.filter(pl.col("area_number") == 0).row(0, named=True)
    assert (city["area_name"], city["value"], city["sign"]) == ("CHICAGO", None, "")


def test_a_header_loses_the_space_at_its_end() -> None:
    rows = _indicator("socioeconomic_indicators_2008_2012.csv")
    income = rows.filter(pl.col("indicator") == "PER CAPITA INCOME")
    assert income.height == 78
    assert income["value"].null_count() == 0


def test_suppressed_is_a_dot_in_one_column_and_nothing_in_the_next() -> None:
    rows = _indicator("public_health_indicators.csv").filter(pl.col("value").is_null())
    signs = dict(rows.group_by("indicator").agg(pl.col("sign").unique()).iter_rows())
    assert signs["Gonorrhea in Males"] == ["."]
    assert signs["Gonorrhea in Females"] == [""]
    assert rows.filter(pl.col("indicator").str.starts_with("Gonorrhea")).height == 24


def test_the_predominant_language_is_text_with_its_percent() -> None:
    rows = _indicator("languages_spoken_2008_2012.csv").filter(pl.col("text").is_not_null())
    assert rows.height == 78
    first = rows.filter(pl.col("area_number") == 1).row(0, named=True)
    assert (first["text"], first["value"]) == ("SPANISH (9.9%)", 9.9)


def test_names_are_spelled_differently_and_numbers_agree() -> None:
    hardship = _indicator("socioeconomic_indicators_2008_2012.csv")
    assert hardship.filter(pl.col("area_number") == 18)["area_name"].unique().to_list() == ["Montclaire"]
    assert hardship.filter(pl.col("area_number") == 73)["area_name"].unique().to_list() == [
        "Washington Height"
    ]
    assert hardship.filter(pl.col("area_number") == 23)["area_name"].unique().to_list() == ["Humboldt park"]


def test_an_area_without_number_is_not_taken_for_the_city(tmp_path: Path) -> None:
    text = (SLICES / "socioeconomic_indicators_2008_2012.csv").read_bytes()
    (tmp_path / "cut.csv").write_bytes(text.replace(b"\n26,West", b"\n,West"))
    rows = parse(chicago_indicator, source_file("chicago_portal", tmp_path / "cut.csv", "2008-2012"))
    assert rows.filter(pl.col("area_name") == "West Garfield Park")["area_number"].is_null().all()


def test_a_value_that_is_no_number_is_told(tmp_path: Path) -> None:
    text = (SLICES / "socioeconomic_indicators_2008_2012.csv").read_bytes()
    (tmp_path / "cut.csv").write_bytes(text.replace(b",10934,92", b",low,92"))
    rows = parse(chicago_indicator, source_file("chicago_portal", tmp_path / "cut.csv", "2008-2012"))
    assert rows["unparsed"].drop_nulls().to_list() == ["PER CAPITA INCOME =low"]


def test_a_renamed_column_is_refused(tmp_path: Path) -> None:
    text = (SLICES / "socioeconomic_indicators_2008_2012.csv").read_bytes()
    (tmp_path / "cut.csv").write_bytes(text.replace(b"PER CAPITA INCOME ,", b"INCOME,"))
    with pytest.raises(LifegapError) as refused:
        source_file("chicago_portal", tmp_path / "cut.csv", "2008-2012")
    assert "PER CAPITA INCOME" in str(refused.value.found)


def test_few_deaths_carry_the_publishers_warning_and_no_deaths_have_no_limits() -> None:
    rows = parse(chicago_cause_of_death, _slice("underlying_causes_of_death_2006_2010.csv"))
    warned = rows.filter(pl.col("warning").is_not_null())
    assert warned["deaths"].to_list() == [deaths for deaths in rows["deaths"] if deaths < 20]
    assert warned["warning"].str.contains("unreliable").all()
    none = rows.filter(pl.col("deaths") == 0)
    assert none.height == 3
    assert none["adjusted_low"].null_count() == none["crude_high"].null_count() == 3


def test_the_city_is_area_0_and_has_no_rank() -> None:
    rows = parse(chicago_cause_of_death, _slice("underlying_causes_of_death_2006_2010.csv"))
    city = rows.filter(pl.col("area_number") == 0)
    assert city["area_name"].unique().to_list() == ["Chicago"]
    assert (
        city.select("deaths_rank", "crude_rank", "adjusted_rank", "ypll_rank").null_count().row(0)
        == (18,) * 4
    )
    assert city.filter(pl.col("cause") == "All Causes")["deaths"].to_list() == [97_851]


def test_zip_codes_taken_together_stay_one_place() -> None:
    rows = parse(chicago_diabetes, _slice("diabetes_hospitalizations_2000_2011.csv"))
    assert rows.height == 49 * 12
    assert "60601, 60602, 60603, 60604, 60605 & 60611" in set(rows["zips"])
    empty = rows.filter(pl.col("crude_rate").is_null())
    assert empty.select("zips", "year").rows() == [("60707 & 60635", 2000), ("60707 & 60635", 2001)]
    city = rows.filter(pl.col("zips") == "CHICAGO")
    assert city["hospitalizations"].null_count() == 12
    assert city.filter(pl.col("year") == 2011)["adjusted_rate"].to_list() == [26.9]


def test_a_year_more_in_the_diabetes_file_is_refused(tmp_path: Path) -> None:
    text = gzip.decompress((SLICES / "diabetes_hospitalizations_2000_2011.csv.gz").read_bytes())
    (tmp_path / "cut.csv").write_bytes(text.replace(b",Crude Rate 2005,", b",Crude Rate 2055,"))
    file = source_file("chicago_portal", tmp_path / "cut.csv", "2000-2011")
    with pytest.raises(LifegapError) as refused:
        parse(chicago_diabetes, file)
    assert "Crude Rate 2055" in str(refused.value.found)


# -- places -----------------------------------------------------------------------------------------------


def test_a_clinic_in_kansas_is_kept_as_printed_and_said_to_lie_elsewhere() -> None:
    far = _points("primary_care_clinics.csv").filter(pl.col("located") == "elsewhere")
    assert far.select("name", "area_number").rows() == [("TCA Health, Inc", 54)]
    assert (round(far["longitude"][0], 2), round(far["latitude"][0], 2)) == (-99.11, 39.52)


def test_areas_of_clinics_stand_in_brackets_and_not_under_community_areas() -> None:
    clinic = _points("primary_care_clinics.csv").filter(pl.col("name") == "PrimeCare Northwest")
    assert clinic["area_number"].to_list() == [23]
    others = json.loads(clinic["attributes"][0])
    assert (others["Community Areas"], others["Community Area (#)"]) == ("24", "HUMBOLDT PARK (23)")
    assert clinic["address"].to_list() == ["1649 N. Pulaski"]
    assert others["Address"].startswith("1649 N. Pulaski60639\n(41.9114")


def test_a_license_that_stands_twice_is_two_rows() -> None:
    stores = _points("grocery_stores_2013.csv")
    twice = stores.filter(pl.col("id") == "1771242")
    assert twice.height == 2
    assert twice["address"].n_unique() == 1
    assert stores.filter(pl.col("id").is_null())["name"].to_list() == ["Walmart"]


def test_a_tract_code_without_its_county_is_kept_as_printed() -> None:
    codes = [json.loads(text)["CENSUS TRACT"] for text in _points("grocery_stores_2011.csv")["attributes"]]
    assert {"140500", "670300"} < set(codes)


def test_status_of_pharmacies_comes_in_one_case_and_as_printed() -> None:
    rows = _points("pharmacy_status.csv")
    assert set(rows["status"]) == {"open", "closed", "permanently closed", "unknown"}
    printed = {json.loads(text)["Status"] for text in rows["attributes"]}
    assert {"Open", "OPEN", "open", "CLOSED", "Permanently closed"} <= printed


def test_pharmacies_without_a_point_lie_nowhere() -> None:
    rows = _points("pharmacy_status.csv").filter(pl.col("located") == "nowhere")
    assert rows.height > 0
    assert rows["longitude"].null_count() == rows["latitude"].null_count() == rows.height


def test_a_point_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    text = (SLICES / "pharmacy_status.csv").read_bytes()
    (tmp_path / "cut.csv").write_bytes(text.replace(b"POINT (", b"POINT Z (", 1))
    rows = parse(chicago_point, source_file("chicago_portal", tmp_path / "cut.csv", "2025-03-08"))
    (told,) = rows["unparsed"].drop_nulls().to_list()
    assert told.startswith("printed_longitude=POINT Z (")


def test_a_name_that_contradicts_the_number_stays_beside_it() -> None:
    row = _points("affordable_rental_housing.csv").filter(pl.col("name") == "Madison Renaissance Apts.")
    assert row["area_number"].to_list() == [22]
    assert json.loads(row["attributes"][0])["Community Area Name"] == "Austin"


def test_clinics_of_each_type_and_list_have_one_kind() -> None:
    assert set(_points("cdph_clinics.geojson")["kind"]) == {
        "mental_health_clinic",
        "wic_clinic",
        "sti_clinic",
    }
    assert set(_points("wic_clinics.geojson")["kind"]) == {"wic_clinic"}
    sti = _points("sti_specialty_clinics.geojson")
    assert set(sti["kind"]) == {"sti_clinic"}
    assert sti["id"].null_count() == sti.height == 4


def test_every_property_of_a_place_is_an_attribute() -> None:
    library = _points("libraries.geojson").filter(pl.col("name") == "Albany Park").row(0, named=True)
    others = json.loads(library["attributes"])
    assert others["zip"] == "60625"
    assert json.loads(others["website"]) == {"url": "https://www.chipublib.org/locations/3/"}
    assert not {"printed_longitude", "geometry", "source_row"} & set(others)
    assert round(library["longitude"], 6) == -87.713613


# -- schools ----------------------------------------------------------------------------------------------


def test_no_data_available_is_a_sign_in_words_and_numbers_alike() -> None:
    rows = _schools("cps_report_cards_2011_2012.csv").filter(pl.col("sign") == "NDA")
    assert {"Graduation_Rate__", "Safety_Icon"} <= set(rows["attribute"])
    assert rows["value"].count() == rows["text"].count() == 0


def test_attainment_of_2022_23_is_there_and_empty() -> None:
    rows = _schools("cps_progress_reports_SY2223.csv")
    attainment = rows.filter(
        pl.col("attribute").str.contains(r"^(NWEA_.*|Attainment_(Reading|Math)_Pct_ES$)")
    )
    assert attainment["attribute"].n_unique() == 54
    assert attainment["value"].count() == attainment["text"].count() == attainment["sign"].count() == 0
    assert rows.filter(pl.col("attribute") == "Student_Attendance_Year_2_Pct")["value"].count() > 0


def test_bounds_and_dots_are_signs() -> None:
    rows = _schools("cps_progress_reports_SY1819.csv")
    shares = rows.filter(pl.col("attribute") == "School_Survey_Parent_Response_Rate_Pct")
    assert {".", "> 75%", "< 30%"} >= set(shares["sign"].drop_nulls()) >= {".", "> 75%"}
    assert shares["unparsed"].count() == 0


def test_percent_signs_and_days_are_taken_off() -> None:
    cards = _schools("cps_report_cards_2011_2012.csv")
    attendance = cards.filter(pl.col("attribute") == "AVERAGE_STUDENT_ATTENDANCE")["value"]
    assert attendance.is_between(50, 100).all()
    report = _schools("cps_progress_reports_SY2223.csv")
    length = report.filter(pl.col("attribute") == "Average_Length_Suspension_Avg_Pct")["value"]
    assert length.unique().to_list() == [2.2]


def test_codes_stay_text_and_every_cell_is_a_row() -> None:
    rows = _schools("cps_profiles_SY2223.csv")
    assert rows.height == 3 * (99 - 1)
    words = dict(rows.filter(pl.col("source_row") == 1).select("attribute", "text").iter_rows())
    assert words["Zip"].startswith("60")
    assert rows["school_id"].str.len_chars().unique().to_list() == [6]


def test_shares_above_100_are_kept_as_printed() -> None:
    truancy = _schools("cps_progress_reports_SY1819.csv").filter(pl.col("attribute") == "Chronic_Truancy_Pct")
    assert truancy["value"].max() == 199.4


# -- areas ------------------------------------------------------------------------------------------------


def test_the_shapefile_repeats_the_geojson_and_is_set_aside() -> None:
    first, second = _slice("community_areas.geojson"), _slice("community_areas_current_shapefile.zip")
    assert second.layout.id == "community_areas_shapefile"
    rows = parse(chicago_community_area, first, second)
    assert rows.height == 77
    assert dict(second.set_aside) == {"repeats_another_form": 2}
    alone = parse(chicago_community_area, _slice("community_areas_current_shapefile.zip"))
    assert alone["area_number"].sort().to_list() == [26, 36]


@pytest.mark.mirror
def test_anchors_of_the_portal(mirror: Path) -> None:
    def whole(name: str) -> SourceFile:
        listed = next(each for each in CATALOG.cards["chicago_portal"].files if each.file == name)
        assert listed.mirror is not None
        return source_file("chicago_portal", mirror / listed.mirror, listed.vintage, name)

    deaths = parse(chicago_cause_of_death, whole("underlying_causes_of_death_2006_2010.csv"))
    everyone = deaths.filter(pl.col("cause") == "All Causes")
    assert everyone.filter(pl.col("area_number") > 0)["deaths"].sum() == 97_055
    assert everyone.filter(pl.col("area_number") == 0)["deaths"].to_list() == [97_851]
    assert deaths["warning"].count() == 422

    shapes = whole("community_areas_current_shapefile.zip")
    areas = parse(chicago_community_area, whole("community_areas.geojson"), shapes)
    assert (areas.height, dict(shapes.set_aside)) == (77, {"repeats_another_form": 77})

    pharmacies = parse(chicago_point, whole("pharmacy_status.csv"))
    placed = pharmacies.filter(pl.col("located") != "nowhere")
    assert pharmacies.height - placed.height == 8
    city = shapely.union_all(shapely.from_wkb(areas["geometry"].to_numpy()))
    points = shapely.points(placed["longitude"].to_numpy(), placed["latitude"].to_numpy())
    assert int((~shapely.contains(city, points)).sum()) == 2

    houses = parse(chicago_point, whole("affordable_rental_housing.csv"))
    assert (houses["located"] == "nowhere").sum() == 40


# -- the survey by area, and the areas under another id ---------------------------------------------------


def test_the_citys_own_survey_table_has_too_few_people_in_oakland_and_makes_no_figure() -> None:
    rows = parse(chicago_survey_cell, _slice("acs_5_year_by_community_area_2023.csv"))
    people = rows.filter(pl.col("line") == "total_population")
    assert people["people"].sum() == 2_647_621
    assert people.filter(pl.col("area_name") == "OAKLAND")["people"].to_list() == [4_373]
    assert "sources.chicago_survey_cell" not in {name for each in OBSERVED for name in each.tables}


def test_the_areas_under_another_id_repeat_the_same_shapes() -> None:
    again = _slice("community_areas_2025.geojson")
    rows = parse(chicago_community_area, _slice("community_areas.geojson"), again)
    assert rows.height == 77
    assert again.set_aside["repeats_another_form"] == again.rows_read == 3
