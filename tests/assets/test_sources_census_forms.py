"""Traps of the many forms of census tables, each on rows of the real files."""

import polars as pl
import pytest

from assets.sources.acs_lines import label_path
from assets.sources.census_acs5 import acs_cell
from assets.sources.census_decennial import decennial_cell
from lifegap.errors import LifegapError
from lifegap.landing.files import SourceFile
from tests.assets.slices import load, parse, slices_of


def _slice(name: str, source_id: str = "census_acs5") -> SourceFile:
    return next(file for file in slices_of(source_id) if name in file.name)


def _cells(name: str) -> pl.DataFrame:
    return parse(acs_cell, _slice(name))


def test_factfinder_without_labels_has_its_median_in_a_line_of_its_own_number() -> None:
    rows = _cells("ACS_17_5YR_S1901.csv")
    median = rows.filter(pl.col("label") == "Households!!Median income (dollars)")
    assert median["line"].unique().to_list() == ["S1901_HC01_VC13"]
    assert median.filter(pl.col("geo_id") == "1400000US42101000100")["estimate"].to_list() == [109738.0]


def test_census_reporter_shortens_ids_and_calls_margins_errors() -> None:
    rows = _cells("B23025_86000US19104")
    row = rows.filter((pl.col("geo_id") == "8600000US19104") & (pl.col("line") == "B23025_001"))
    assert row.select("estimate", "moe90").row(0) == (46818.0, 1702.0)
    tracts = _cells("acs2018_5yr_B02001")
    assert "0500000US42101" in tracts["geo_id"].to_list()


def test_labels_of_detailed_tables_come_from_files_that_print_them() -> None:
    labeled = next(file for file in slices_of("census_acs5") if "ACSDT5Y2013.B23025-Data" in file.name)
    both = parse(acs_cell, labeled, _slice("B23025_86000US19104"))
    labels = both.filter(pl.col("line") == "B23025_005")["label"].unique().to_list()
    assert labels == ["In labor force!!Civilian labor force!!Unemployed"]


def test_numbers_of_the_api_that_stand_for_signs_become_the_sign() -> None:
    rows = parse(acs_cell, _slice("acsdt5y2021-b19013.dat"))
    lake = rows.filter(pl.col("geo_id") == "1400000US17031990000")
    assert lake.select("estimate", "estimate_text", "moe90", "moe_text").row(0) == (None, "-", None, "**")
    assert rows.filter(pl.col("geo_id") == "0500000US17031").select("estimate", "moe90").row(0) == (
        72121,
        523,
    )


def test_unweighted_counts_have_no_margins() -> None:
    rows = _cells("B00001.json")
    assert rows["moe90"].null_count() == rows.height
    assert rows["estimate"].null_count() == 0


def test_the_order_of_a_lines_columns_does_not_matter() -> None:
    """DP03 of 2021: estimate, margin and annotations change places between variables."""
    rows = _cells("ACSDP5Y2021.DP03").sort("line")
    assert rows["geo_id"].unique().to_list() == ["860Z200US90001"]
    assert rows.select("line", "estimate", "moe90").rows()[:2] == [
        ("DP03_0001", 42397.0, 1994.0),
        ("DP03_0001P", 42397.0, None),
    ]
    assert rows.filter(pl.col("line") == "DP03_0002").select("estimate", "moe90").row(0) == (26856.0, 1378.0)


def test_a_code_that_moves_between_years_is_found_by_its_label() -> None:
    """DP05_0038 is Black in 2019 and Egyptian in 2024, where Black is DP05_0045."""
    labels = {
        year: dict(_cells(f"ACSDP5Y{year}.DP05").select("line", "label").unique().iter_rows())
        for year in (2019, 2024)
    }
    assert labels[2019]["DP05_0038"].endswith("Black or African American")
    assert labels[2024]["DP05_0038"].endswith("White!!Egyptian")
    assert labels[2024]["DP05_0045"].endswith("Black or African American")


def test_tables_as_displayed_are_read_with_their_indented_labels() -> None:
    rows = _cells("ACSST1Y2022.S1701")
    poor = rows.filter(
        pl.col("label") == label_path("Below poverty level!!Population for whom poverty status is determined")
    )
    assert poor.select("estimate", "moe90", "geo_id").row(0) == (40951625.0, 260310.0, "0100000US")
    assert (
        "Percent below poverty level!!Population for whom poverty status is determined!!AGE!!Under 18 years"
        in (rows["label"].to_list())
    )


def test_selected_lines_of_many_tables_stand_in_one_file() -> None:
    rows = _cells("chrr_acs_data_2019-2023.zip")
    assert rows["table_id"].n_unique() > 20
    assert {"0100000US", "0500000US42101"} <= set(rows["geo_id"].to_list())


def test_the_subset_of_another_table_is_refused() -> None:
    file = _slice("ACSDP5Y2019.DP05")
    file.receipt = type(file.receipt)(**{**vars(file.receipt), "file": "ACSDP5Y2019.DP03-Data.csv"})
    with pytest.raises(LifegapError, match="columns of DP05"):
        parse(acs_cell, file)


def test_poverty_of_the_health_department_divides_by_all_people() -> None:
    warehouse = load("ccdph_census", slices_of("ccdph_census"))
    ((share, people, poor),) = warehouse.connection.execute(
        "SELECT max(value) FILTER (measure = 'percent_poverty'), max(value) FILTER (measure = 'total_population'), "
        "max(value) FILTER (measure = 'total_poverty') FROM sources.ccdph_value "
        "WHERE place_code = '17031010100' AND dataset = 'poverty_tract'"
    ).fetchall()
    assert share == pytest.approx(poor / people)


def test_the_census_api_has_no_ids_and_writes_signs_as_numbers() -> None:
    rows = parse(decennial_cell, _slice("guam", "census_decennial"))
    assert rows["geo_id"].str.starts_with("1400000US66010").all()
    assert set(rows["sign"].drop_nulls()) <= {"-666666666", "-999999999"}


def test_limits_of_the_model_are_ninety_percent_limits_of_every_measure() -> None:
    warehouse = load("census_saipe", slices_of("census_saipe"))
    rows = warehouse.connection.execute(
        "SELECT estimate, ci90_low, ci90_high FROM sources.saipe_estimate "
        "WHERE county_fips = '00000' AND measure = 'Median Household Income'"
    ).fetchall()
    assert rows == [(77719.0, 77533.0, 77905.0)]
