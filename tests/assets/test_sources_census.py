"""Traps of the American Community Survey, each on rows of the real files."""

from pathlib import Path

import polars as pl
import pytest

from assets.identifiers import census_place, county_or_above
from assets.sources.census_acs5 import acs_cell, label_path
from lifegap.errors import DataError
from tests.assets.slices import BUNDLE, parse, source_file
from tests.conftest import FIXTURES

SOURCE = "census_acs5"
COUNTY = FIXTURES / "acs" / "county"
TRACT = FIXTURES / "acs" / "tract"


def _county(year: int) -> pl.DataFrame:
    path = COUNTY / f"ACSST5Y{year}.S1901-Data.csv"
    return parse(acs_cell, source_file(SOURCE, path, str(year)))


MEDIAN = pl.col("label") == "Households!!Median income (dollars)"


def test_the_median_is_found_by_its_label_in_both_orders() -> None:
    old, new = _county(2010).filter(MEDIAN), _county(2023).filter(MEDIAN)
    assert old["line"].unique().to_list() == new["line"].unique().to_list() == ["S1901_C01_012"]
    cook = dict(new.select("geo_id", "estimate").iter_rows())
    assert cook["0500000US17031"] == 81_797


def test_new_york_state_stands_in_the_county_file_and_is_a_state() -> None:
    rows = _county(2010)
    placed = rows.select(
        "geo_id", place=census_place(pl.col("geo_id"), pl.col("vintage").cast(pl.Int32))
    ).unique()
    assert dict(placed.iter_rows())["0400000US36"] == "state:36"


def test_signs_written_as_numbers_become_the_sign() -> None:  # found in the county file of 2010
    rows = _county(2010)
    assert not (rows["moe90"] < 0).any()
    assert "(X)" in set(rows["moe_text"])


def test_the_word_null_and_a_sign_for_a_median_are_no_numbers() -> None:
    rio_arriba = _county(2018).filter(MEDIAN & (pl.col("geo_id") == "0500000US35039")).row(0, named=True)
    assert (rio_arriba["estimate"], rio_arriba["estimate_text"]) == (None, "null")
    loving = _county(2021).filter(MEDIAN & (pl.col("geo_id") == "0500000US48301")).row(0, named=True)
    assert loving["estimate"] is None
    assert loving["estimate_text"] in ("-", "**", "(X)")


def test_a_median_in_the_open_interval_keeps_its_bound_as_text() -> None:
    rows = parse(acs_cell, source_file(SOURCE, TRACT / "ACSST5Y2022.S1901-Data.csv", "2022"))
    bounds = rows.filter(pl.col("estimate_text").str.ends_with("+"))
    assert set(bounds["estimate_text"]) == {"250,000+"}
    assert set(bounds["moe_text"]) == {"***"}
    assert bounds["estimate"].null_count() == bounds.height


def test_a_byte_order_mark_and_a_trailing_comma_change_nothing() -> None:
    raw = (COUNTY / "ACSST5Y2023.S1901-Data.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.splitlines()[2].endswith(b",")
    assert _county(2023).filter(pl.col("line") == "S1901_C01_001").height == 2


def test_names_with_semicolons_or_a_question_mark_are_kept_as_printed() -> None:
    tracts = parse(acs_cell, source_file(SOURCE, TRACT / "ACSST5Y2022.S1901-Data.csv", "2022"))
    assert "Census Tract 101; Cook County; Illinois" in set(tracts["name"])
    assert any("a Ana County" in name for name in _county(2010)["name"])


def test_connecticut_and_renamed_counties_are_told_by_code() -> None:
    codes = pl.DataFrame({"code": ["09001", "09120", "46113", "02270", "17000", "00000", "17031"]})
    assert codes.select(county_or_above(pl.col("code"))).to_series().to_list() == [
        "county:09001", "county2022:09120", "county:46102", "county:02158", "state:17", "nation:us",
        "county:17031",
    ]  # fmt: skip


def test_tracts_and_zctas_carry_the_census_of_their_vintage() -> None:
    ids = pl.DataFrame(
        {
            "geo_id": ["1400000US17031010100"] * 2 + ["8600000US19104", "1500000US170310101001"],
            "vintage": ["2019", "2020", "2018", "2013"],
        }
    )
    assert ids.select(census_place(pl.col("geo_id"), pl.col("vintage").cast(pl.Int32))).to_series().to_list() == [
        "tract2010:17031010100", "tract2020:17031010100", "zcta2010:19104", "block_group2010:170310101001",
    ]  # fmt: skip


def test_factfinder_lines_get_the_labels_of_later_files() -> None:
    rows = parse(acs_cell, source_file(SOURCE, TRACT / "ACS_17_5YR_S1701_with_ann.csv", "2017"))
    assert "Below poverty level!!Population for whom poverty status is determined" in set(rows["label"])
    # The city's own row stands below its tracts, and is a place of its own.
    assert "1600000US1714000" in set(rows["geo_id"])


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("Households!!Estimate!!Total", "Households!!Total"),
        ("Estimate!!Households!!Total", "Households!!Total"),
        ("Margin of Error!!Households MOE!!Total", "Households!!Total"),
        ("Estimate!!Total:!!Not Hispanic or Latino:!!White alone", "Not Hispanic or Latino!!White alone"),
        ("Estimate; Male: - Under 5 years", "Male!!Under 5 years"),
        ("Estimate!!Median household income in the past 12 months (in 2020 inflation-adjusted dollars)",
         "Median household income in the past 12 months"),
    ],
)  # fmt: skip
def test_label_paths_are_the_same_in_all_years(label: str, path: str) -> None:
    assert label_path(label) == path


def _altered(tmp_path: Path, old: bytes, new: bytes, name: str = "ACSST5Y2023.S1901-Data.csv") -> Path:
    text = (COUNTY / "ACSST5Y2023.S1901-Data.csv").read_bytes()
    assert old in text
    (tmp_path / name).write_bytes(text.replace(old, new, 1))
    return tmp_path / name


def test_a_margin_without_its_estimate_is_refused(tmp_path: Path) -> None:
    path = _altered(tmp_path, b'"S1901_C01_012E"', b'"S1901_C01_912X"')
    with pytest.raises(DataError) as refused:
        parse(acs_cell, source_file(SOURCE, path, "2023"))
    assert refused.value.code == "SOURCE-COLUMN"
    assert "S1901_C01_012 has no estimate" in str(refused.value)


def test_a_dropped_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ACSDT5Y2013.B25003-Data.csv"
    path.write_text(
        '"GEO_ID","NAME","B25003_001E","B25003_001M","B25003_003E","B25003_003M"\n'
        '"Geography","Geographic Area Name","Estimate!!Total","Margin of Error!!Total",'
        '"Estimate!!Total!!Renter occupied","Margin of Error!!Total!!Renter occupied"\n'
        '"0500000US17031","Cook County, Illinois","1","1","1","1"\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="no line B25003_002"):
        parse(acs_cell, source_file(SOURCE, path, "2013"))


def test_a_table_under_another_name_is_refused(tmp_path: Path) -> None:
    path = _altered(tmp_path, b"Cook", b"Cook", name="ACSST5Y2023.S1701-Data.csv")
    with pytest.raises(DataError) as refused:
        parse(acs_cell, source_file(SOURCE, path, "2023"))
    assert refused.value.code == "SOURCE-VINTAGE"


def test_dollars_of_another_year_are_refused() -> None:
    path = BUNDLE / SOURCE / "blockgroup_cook_il" / "ACSDT5Y2013.B19013-Data.csv.gz"
    with pytest.raises(DataError, match="dollars of 2013"):
        parse(acs_cell, source_file(SOURCE, path, "2020", name="ACSDT5Y2013.B19013-Data.csv"))
