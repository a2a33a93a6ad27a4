"""`lifegap lifetable` on a user's own file and on exports of CDC WONDER."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import ANCHORS, FIXTURES, run_lifegap

EXPORTS = FIXTURES / "cdc_wonder"
BLACK_METRO = "wonder_ucd_neworleans_metro_black_deaths_by_age10_year_1999_2018.txt"


def _table(home: Path, file: Path, *options: str) -> tuple[list[dict[str, str]], str]:
    ended = run_lifegap("lifetable", str(file), "--format", "csv", *options, home=home)
    assert ended.returncode == 0, ended.stderr
    return list(csv.DictReader(io.StringIO(ended.stdout))), ended.stderr


def _phe() -> pl.DataFrame:
    case = pl.read_csv(ANCHORS / "lifetable_cases.csv", null_values=[""]).filter(
        pl.col("case_id") == "phe_df1"
    )
    return case.select(age_start="age", deaths="deaths", population="pop", area=pl.lit("A"))


def test_a_csv_with_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_bytes(b"\xef\xbb\xbf" + _phe().write_csv().replace("\n", "\r\n").encode())
    rows, _ = _table(tmp_path, file)
    assert list(rows[0]) == [
        "area", "age_start", "age_end", "mx", "ax", "qx", "lx", "dx", "Lx", "Tx", "ex", "se", "ci_low",
        "ci_high", "reason",
    ]  # fmt: skip
    first = rows[0]
    assert [float(first[name]) for name in ("ex", "ci_low", "ci_high")] == pytest.approx(
        [80.1696081319, 79.8826907539, 80.45652551], abs=1e-6
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("age_start,deaths\n0,1\n", "add population"),
        ('age_start,deaths,population\n0,x,10\n1,2,"1,000"\n', "line 2: deaths is 'x'"),
        ("age_start,deaths,population\n0,nan,10\n", "line 2: deaths is 'nan'"),
        ("", "header"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_message(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "own.csv"
    file.write_text(text)
    ended = run_lifegap("lifetable", str(file), home=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.startswith("OWN-FILE")
    assert said in ended.stderr
    assert ended.stdout == ""


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    ended = run_lifegap("lifetable", str(tmp_path / "none.csv"), home=tmp_path)
    assert ended.returncode == 2
    assert "no such file" in ended.stderr


def test_an_export_with_a_hidden_age_band_is_refused_for_that_year_alone(tmp_path: Path) -> None:
    rows, said = _table(tmp_path, EXPORTS / BLACK_METRO)
    refused = {row["period_start"] for row in rows if row["reason"] == "not_computable:age_band_missing"}
    made = {row["period_start"] for row in rows if row["lx"]}
    assert refused <= {"2006", "2007", "2010"}
    assert refused
    assert made
    assert not refused & made
    assert "carry no table" in said
    assert all(not row["ex"] for row in rows if row["period_start"] in refused)


def test_an_export_by_race_and_sex_gives_a_table_for_each_and_tells_what_it_leaves_out(
    tmp_path: Path,
) -> None:
    rows, said = _table(tmp_path, EXPORTS / "wonder_ucd_us_deaths_by_race_sex_age10_year_1999_2020.txt")
    assert {"sex", "period_start"} <= set(rows[0])
    births = [row for row in rows if row["age_start"] == "0.0" and row["ex"]]
    assert {row["sex"] for row in births} == {"Female", "Male"}
    for woman in (row for row in births if row["sex"] == "Female"):
        men = [r for r in births if r["sex"] == "Male" and r["period_start"] == woman["period_start"]]
        assert all(float(woman["ex"]) > float(man["ex"]) for man in men)
    assert "deaths of no stated age are left out" in said


def test_an_export_saved_with_semicolons_gives_the_tables_of_the_export_itself(tmp_path: Path) -> None:
    written = EXPORTS / "from_documentation" / "1999-2018" / "us_white_deaths_by_age10_year_semicolons.csv"
    of_tabs, told = _table(tmp_path, EXPORTS / "wonder_ucd_us_white_deaths_by_age10_year_1999_2018.txt")
    of_semicolons, told_too = _table(tmp_path, written)
    assert of_semicolons == of_tabs
    assert any(row["ex"] for row in of_tabs)
    assert told_too.replace(str(written), "") == told.replace(
        str(EXPORTS / "wonder_ucd_us_white_deaths_by_age10_year_1999_2018.txt"), ""
    )


def test_a_count_with_a_thousands_sign_is_refused_not_read(tmp_path: Path) -> None:
    written = EXPORTS / "from_documentation" / "1999-2018" / "us_white_deaths_by_age10_year_semicolons.csv"
    file = tmp_path / "export.csv"
    file.write_text(written.read_text(encoding="utf-8").replace(";10341;", ";10.341;"), encoding="utf-8")
    ended = run_lifegap("lifetable", str(file), home=tmp_path)
    assert ended.returncode == 2
    assert "cells that are no numbers: deaths=10.341" in ended.stderr


def test_single_ages_of_which_some_are_missing_are_refused_not_guessed(tmp_path: Path) -> None:
    rows, _ = _table(tmp_path, EXPORTS / "wonder_ucd_us_deaths_by_race_sex_singleage_2014_2018.txt")
    assert {row["reason"] for row in rows} == {"not_computable:age_band_missing"}
    assert not any(row["ex"] for row in rows)


@pytest.mark.parametrize(
    ("command", "header"),
    [
        ("lifetable", "age_start,deaths,population"),
        ("decompose", "age_start,mx_1,mx_2"),
        ("inequality", "subgroup,estimate"),
    ],
)
def test_a_file_without_rows_is_refused_in_one_message(command: str, header: str, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(f"{header}\n", encoding="utf-8")
    ended = run_lifegap(command, str(file), home=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.startswith("OWN-FILE")
