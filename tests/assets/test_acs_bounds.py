"""Medians in open intervals are bounds, never estimates, however a layout says so."""

from pathlib import Path

import polars as pl
import pytest

from assets.sources.acs_bounds import ANNOTATED, bound
from assets.sources.census_acs5 import acs_cell
from lifegap.errors import DataError
from tests.assets.slices import parse, source_file
from tests.conftest import FIXTURES

BOUNDS = FIXTURES / "acs_bounds"


def _cells(path: Path, vintage: str = "2023") -> dict[str, tuple]:
    rows = parse(acs_cell, source_file("census_acs5", path, vintage))
    return {row[0]: row[1:] for row in rows.select("geo_id", "estimate", "estimate_text", "moe90").rows()}


@pytest.mark.parametrize("name", ["B19013_tracts_api.json", "acsdt5y2023-b19013.dat"])
def test_incomes_beyond_the_limits_are_no_numbers_in_the_api_and_the_summary_file(name: str) -> None:
    cells = _cells(BOUNDS / name)
    assert cells["1400000US17031081403"] == (None, "250,000+", None)
    assert cells["1400000US17031081404"] == (None, "2,500-", None)
    assert cells["1400000US17031980000"] == (None, "-", None)


def test_incomes_within_the_limits_stay_numbers() -> None:
    assert _cells(BOUNDS / "B19013_tracts_api.json")["1400000US17031010100"] == (61234.0, None, 5321.0)
    assert _cells(BOUNDS / "acsdt5y2023-b19013.dat")["0500000US17031"] == (81797.0, None, 639.0)


def _api(path: Path, line: str, *cells: tuple[str | None, str | None, str | None]) -> Path:
    """An answer of the API: estimate, annotation and margin of one line, a county a row."""
    rows = ", ".join(
        f'["{estimate or ""}", "{note or ""}", "{margin or ""}", "0500000US17{at:03}"]'
        for at, (estimate, note, margin) in enumerate(cells)
    )
    path.write_text(f'[["{line}E", "{line}EA", "{line}M", "GEO_ID"], {rows}]', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("estimate", "note", "margin", "text"),
    [
        ("0", None, None, "1939-"),
        ("1938", None, None, "1939-"),
        ("1939", None, "-333333333", "1939-"),
        ("1938", "1939-", "***", "1939-"),
        ("18", None, "-222222222", "18+"),
        ("2021", None, None, "2020+"),
        ("2021", "2020+", "-333333333", "2020+"),
        ("2019", None, "-333333333", "2020-"),
    ],
)
def test_years_built_beyond_the_limits_are_no_years(
    tmp_path: Path, estimate: str, note: str | None, margin: str | None, text: str
) -> None:
    cells = _cells(
        _api(tmp_path / "B25035.json", "B25035_001", (estimate, note, margin), ("1968", None, "2"))
    )
    assert cells["0500000US17000"][:2] == (None, text)
    assert cells["0500000US17001"] == (1968.0, None, 2.0)


@pytest.mark.parametrize(
    ("line", "vintage", "estimate", "text"),
    [
        ("B19013B_001", "2023", "2499", "2,500-"),
        ("B20004_001", "2019", "250001", "250,000+"),
        ("B25064_001", "2023", "3501", "3,500+"),
        ("B25064_001", "2023", "2001", None),
        ("B25064_001", "2012", "2001", "2,000+"),
        ("B25077_001", "2023", "2000001", "2,000,000+"),
        ("B25077_001", "2023", "1000001", None),
        ("B25077_001", "2014", "1000001", "1,000,000+"),
        ("B25077_001", "2023", "9999", "10,000-"),
        ("B25071_001", "2023", "50.1", "50+"),
        ("B25071_001", "2023", "9.9", "10-"),
        ("B25105_001", "2023", "4001", "4,000+"),
        ("B01003_001", "2023", "2499", None),
        ("B25034_001", "2023", "18", None),
    ],
)
def test_a_number_that_stands_for_a_limit_is_one_in_its_own_table_and_years_alone(
    line: str, vintage: str, estimate: str, text: str | None
) -> None:
    assert _bound(line, line, estimate, None, vintage) == text


@pytest.mark.parametrize(
    "label", ["Households!!Median income (dollars)", "Median household income (dollars)"]
)
def test_medians_of_subject_tables_and_profiles_have_the_limits_of_income(label: str) -> None:
    assert _bound("S1901_C01_012", label, "250001", None) == "250,000+"
    assert _bound("S1901_C01_012", label, "81797", None) is None


@pytest.mark.parametrize(
    ("estimate", "margin", "text"),
    [("86.1", "-333333333", "86+"), ("7.9", "***", "8-"), ("501", "***", "500+"), ("5", "**", None)],
)
def test_the_margin_says_so_of_a_median_whose_limits_are_not_listed(
    estimate: str, margin: str, text: str | None
) -> None:
    assert _bound("B99999_001", "Median of something", estimate, margin) == text


def _bound(line: str, label: str, estimate: str, margin: str | None, vintage: str = "2023") -> str | None:
    cell = pl.DataFrame(
        {"line": [line], "label": [label], "estimate": [estimate], "moe": [margin], ANNOTATED: [None]},
        schema_overrides={"moe": pl.String, ANNOTATED: pl.String},
    )
    return cell.select(bound(vintage)).item()


def test_an_answer_of_the_api_without_ids_has_its_places_by_their_codes() -> None:
    assert _cells(BOUNDS / "B19013_county_without_geo_id.json")["0500000US17031"][0] == 81797.0
    assert _cells(BOUNDS / "B01003_state_api.json")["0400000US17"] == (12700000.0, None, 0.0)


@pytest.mark.parametrize(
    ("columns", "codes", "geo_id"),
    [
        (["us"], ["1"], "0100000US"),
        (["state"], ["17"], "0400000US17"),
        (["state", "county", "tract"], ["17", "031", "081403"], "1400000US17031081403"),
        (["state", "county", "tract", "block group"], ["17", "031", "081403", "2"], "1500000US170310814032"),
        (["state", "place"], ["17", "14000"], "1600000US1714000"),
        (["zip code tabulation area"], ["19104"], "860Z200US19104"),
    ],
)
def test_codes_in_parts_make_the_bureaus_id(
    tmp_path: Path, columns: list[str], codes: list[str], geo_id: str
) -> None:
    header, row = (", ".join(f'"{each}"' for each in cells) for cells in (columns, codes))
    path = tmp_path / "B01003.json"
    path.write_text(f'[["B01003_001E", "B01003_001M", {header}], ["5", "2", {row}]]', encoding="utf-8")
    assert list(_cells(path)) == [geo_id]
    rows = parse(acs_cell, source_file("census_acs5", path, "2023"))
    assert rows["name"].to_list() == [geo_id]


def test_places_that_are_known_by_no_code_are_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "B01003.json"
    path.write_text(
        '[["B01003_001E", "B01003_001M", "state", "congressional district"], ["5", "2", "17", "07"]]'
    )
    with pytest.raises(DataError, match="places by state, congressional district"):
        _cells(path)
