"""`lifegap inequality` on a user's own file."""

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest

from lifegap.methods.disparity.inequality import MEASURES
from tests.conftest import ANCHORS, run_lifegap

COLUMNS = ["set", "measure", "value", "se", "ci_low", "ci_high", "groups", "reason"]


def _own() -> pl.DataFrame:
    return pl.read_csv(ANCHORS / "inequality_inputs.csv").select(
        "order", "se", "reference", "scale", set="case_id", subgroup="group", estimate="est", population="pop",
        favorable="favourable",
    )  # fmt: skip


def _run(home: Path, rows: pl.DataFrame) -> tuple[list[dict[str, str]], str]:
    file = home / "own.csv"
    rows.write_csv(file)
    ended = run_lifegap("inequality", str(file), "--format", "csv", home=home)
    assert ended.returncode == 0, ended.stderr
    return list(csv.DictReader(io.StringIO(ended.stdout))), ended.stderr


def test_every_measure_of_every_set_as_published(tmp_path: Path) -> None:
    rows, said = _run(tmp_path, _own())
    assert list(rows[0]) == COLUMNS
    assert [row["measure"] for row in rows] == list(MEASURES) * 4
    found = {(row["set"], row["measure"]): row for row in rows}
    for case in pl.read_csv(ANCHORS / "inequality_expected.csv").to_dicts():
        row = found[case["case_id"], case["measure"].removesuffix("_wls")]
        assert float(row["value"]) == pytest.approx(case["estimate"], rel=1e-5)
    assert all(row["value"] or row["reason"].startswith("not_") for row in rows)
    assert said == ""
    again, _ = _run(tmp_path, _own())
    assert again == rows


def test_json_and_the_table_say_the_same(tmp_path: Path) -> None:
    rows, _ = _run(tmp_path, _own())
    file = str(tmp_path / "own.csv")
    objects = json.loads(run_lifegap("inequality", file, "--format", "json", home=tmp_path).stdout)
    assert [float(row["value"] or "nan") for row in rows] == pytest.approx(
        [float("nan") if each["value"] is None else each["value"] for each in objects], nan_ok=True
    )
    table = run_lifegap("inequality", file, home=tmp_path).stdout
    assert "unreliable:extremes_from_data:null_95=" in table
    assert "bgv_corrected" in table


def test_two_columns_are_enough_for_what_they_allow(tmp_path: Path) -> None:
    rows, said = _run(tmp_path, _own().filter(set="he_test_ordered").select("subgroup", "estimate", extra=1))
    found = {row["measure"]: row for row in rows}
    assert {row["set"] for row in rows} == {"all"}
    assert float(found["d"]["value"]) == 40
    assert found["d"]["reason"] == "not_published:standard_error"
    assert found["bgv"]["reason"] == "not_computable:population_missing"
    assert found["sii"]["value"] == ""
    assert "Not used: extra." in said


def test_a_group_without_an_estimate_is_left_out_and_told(tmp_path: Path) -> None:
    own = _own().filter(set="he_test_ordered")
    gap = own.with_columns(estimate=pl.when(pl.col("order") != 3).then("estimate"))
    rows, said = _run(tmp_path, gap)
    assert {row["groups"] for row in rows} == {"4"}
    assert "Set he_test_ordered: 1 without an estimate or people, left out." in said
    left, _ = _run(tmp_path, own.filter(pl.col("order") != 3))
    assert left == rows


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("subgroup,value\na,1\n", ["add estimate"]),
        ("subgroup,estimate,favorable\na,1,yes\nb,2,1\n", ["line 2: favorable is 'yes'"]),
        ("subgroup,estimate,scale\na,1,furlongs\nb,2,furlongs\n", ["'furlongs' is no scale"]),
        (
            "subgroup,estimate,se,population,reference,favorable\na,1,-1,1,2,1\na,2,1,0,1,0\n,3,1,-5,1,3\n",
            [
                "line 2: subgroup stands twice", "line 3: subgroup stands twice", "line 4: subgroup is empty",
                "line 2: se is negative", "line 3: population is negative, or 0 with",
                "line 4: population is negative", "line 2: reference is neither 0 nor 1",
                "line 4: favorable is neither 0 nor 1", "line 4: a second reference",
                "line 2: favorable differs", "and 2 more",
            ],
        ),
        (
            "set,subgroup,estimate,scale,order\nx,a,1,percent,1\nx,b,2,years,\ny,a,101,percent,1\ny,b,,,\n",
            [
                "line 2: scale differs", "line 3: scale differs", "line 4: scale differs",
                "line 4: estimate is not possible", "line 3: order is empty where others have one",
            ],
        ),
    ],
    ids=["columns", "numbers", "scale", "groups", "sets"],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_one_message(tmp_path: Path, text: str, said: list[str]) -> None:
    file = tmp_path / "own.csv"
    file.write_text(text)
    ended = run_lifegap("inequality", str(file), home=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.startswith("OWN-FILE")
    assert [words for words in said if words not in ended.stderr] == []
    assert ended.stdout == ""


def test_sets_do_not_share_subgroups_references_or_scales(tmp_path: Path) -> None:
    text = "set,subgroup,estimate,reference,scale,favorable\nx,a,1,1,percent,1\nx,b,2,0,percent,1\n"
    file = tmp_path / "own.csv"
    file.write_text(text + "y,a,101,1,years,0\ny,b,102,0,years,0\n")
    ended = run_lifegap("inequality", str(file), "--format", "json", home=tmp_path)
    assert ended.returncode == 0, ended.stderr
    found = {(row["set"], row["measure"]): row["value"] for row in json.loads(ended.stdout)}
    assert found["x", "d"] == -1
    assert found["y", "d"] == 1
    assert found["x", "mdru"] == found["y", "mdru"] == 0.5


def _text(home: Path, text: str, name: str = "own.csv") -> tuple[dict[tuple[str, str], dict[str, str]], str]:
    file = home / name
    file.write_text(text)
    ended = run_lifegap("inequality", str(file), "--format", "csv", home=home)
    assert ended.returncode == 0, ended.stderr
    rows = csv.DictReader(io.StringIO(ended.stdout))
    return {(row["set"], row["measure"]): row for row in rows}, ended.stderr


HEAT = """\
setting,year,source,indicator,dimension,subgroup,estimate,se,ci_lb,ci_ub,population,flag,setting_average,iso3,\
favourable_indicator,indicator_scale,ordered_dimension,subgroup_order,reference_subgroup
X,2020,S,Skilled attendance,wealth,Q1,40.5,2.1,,,900,,70,QQQ,1,100,1,1,0
X,2020,S,Skilled attendance,wealth,Q2,55.2,2.0,,,950,,70,QQQ,1,100,1,2,0
X,2020,S,Skilled attendance,wealth,Q3,66.1,1.9,,,1000,,70,QQQ,1,100,1,3,0
X,2020,S,Skilled attendance,wealth,Q4,78.4,1.6,,,1010,,70,QQQ,1,100,1,4,0
X,2020,S,Skilled attendance,wealth,Q5,92.3,0.9,,,990,,70,QQQ,1,100,1,5,0
X,2020,S,Skilled attendance,region,North,60,NA,55,65,1500,NA,70,QQQ,1,100,0,0,1
X,2020,S,Skilled attendance,region,South,75,NA,71,79,2400,NA,70,QQQ,1,100,0,0,0
"""
WEALTH, REGION = (f"X, 2020, S, Skilled attendance, {dimension}" for dimension in ("wealth", "region"))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_upload_form_of_heat_is_read_by_its_own_names(tmp_path: Path, separator: str) -> None:
    found, said = _text(tmp_path, HEAT.replace(",", separator))
    assert {each for each, _ in found} == {WEALTH, REGION}
    row = found[WEALTH, "d"]
    assert float(row["value"]) == pytest.approx(92.3 - 40.5)
    assert float(row["se"]) == pytest.approx((2.1**2 + 0.9**2) ** 0.5)
    mean = (40.5 * 900 + 55.2 * 950 + 66.1 * 1000 + 78.4 * 1010 + 92.3 * 990) / 4850
    assert float(found[WEALTH, "par"]["value"]) == pytest.approx(92.3 - mean)
    assert found[WEALTH, "mdrw"]["reason"] == "not_computable:no_reference"
    # Regions have no order; the reference is the one that the form names, and the errors are by the limits.
    assert found[REGION, "sii"]["reason"] == "not_computable:unordered"
    assert float(found[REGION, "d"]["value"]) == 60 - 75
    by_limits = (((65 - 55) / 3.919928) ** 2 + ((79 - 71) / 3.919928) ** 2) ** 0.5
    assert float(found[REGION, "d"]["se"]) == pytest.approx(by_limits, rel=1e-6)
    assert "Not used: flag, setting_average, iso3." in said
    assert "se of 2 groups from their 95 percent limits" in said


def test_both_names_of_an_indicator_and_a_date_tell_sets_apart(tmp_path: Path) -> None:
    head = (
        "setting,date,source,indicator_abbr,indicator_name,dimension,subgroup,estimate,favourable_indicator\n"
    )
    rows = (
        f"X,{date},S,a,Name,sex,{sex},{value},0\n"
        for date in (2019, 2020)
        for sex, value in (("f", 3), ("m", 5))
    )
    found, _ = _text(tmp_path, head + "".join(rows))
    assert {each for each, _ in found} == {f"X, {date}, S, a, Name, sex" for date in (2019, 2020)}


LIMITS = """\
subgroup,estimate,ci_low,ci_high,population,order,favorable,scale
Q1,40.5,36,45,900,1,1,percent
Q2,55.2,51,59,950,2,1,percent
Q3,66.1,62,70,1000,3,1,percent
"""


def test_limits_stand_in_place_of_a_standard_error(tmp_path: Path) -> None:
    found, said = _text(tmp_path, LIMITS)
    assert "se of 3 groups from their 95 percent limits: the width, divided by 3.92." in said
    assert "Not used" not in said
    z = 3.919927969080108
    given = LIMITS.replace("ci_low,ci_high", "se")
    for low, high in ((36, 45), (51, 59), (62, 70)):
        given = given.replace(f",{low},{high},", f",{(high - low) / z!r},")
    by_errors, _ = _text(tmp_path, given, "errors.csv")
    for key, row in found.items():
        for number in ("value", "se", "ci_low", "ci_high"):
            assert float(row[number] or "nan") == pytest.approx(
                float(by_errors[key][number] or "nan"), nan_ok=True
            )


def test_groups_that_are_alike_have_intervals_as_wide_as_their_errors(tmp_path: Path) -> None:
    head = "subgroup,estimate,se,population,order,favorable,scale\n"
    found, _ = _text(
        tmp_path, head + "A,50,1,100,1,1,percent\nB,50,1,100,2,1,percent\nC,50,1,100,3,1,percent\n"
    )
    for (_, measure), row in found.items():
        if row["ci_low"]:
            assert float(row["ci_high"]) - float(row["ci_low"]) > float(row["se"]) > 0, measure
    assert float(found["all", "d"]["ci_high"]) == pytest.approx(1.959964 * 2**0.5, abs=1e-6)


def test_a_row_says_what_was_assumed_and_where_its_interval_is_too_short(tmp_path: Path) -> None:
    head = "subgroup,estimate,population,order,favorable,scale\n"
    rows = "a,30,80000,1,1,percent\nb,50,80000,2,1,percent\n"
    assumed, _ = _text(tmp_path, head + rows)
    assert assumed["all", "par"]["reason"] == "unreliable:people_as_sample"
    known = head.replace("estimate,", "estimate,se,") + rows.replace("0,8", "0,5,8")
    found, _ = _text(tmp_path, known)
    par = found["all", "par"]
    assert [round(float(par[name]), 2) for name in ("value", "ci_low", "ci_high")] == [10.0, 3.07, 16.93]
    assert par["reason"] == ""


def test_blank_rows_totals_and_cells_that_are_not_known_leave_the_rest(tmp_path: Path) -> None:
    plain, _ = _text(tmp_path, LIMITS)
    found, said = _text(
        tmp_path, LIMITS + ",,,,,,,\nTotal,55,50,60,2850,,1,percent\nQ4,NA,NA,NA,NA,4,1,percent\n"
    )
    assert found == plain
    assert "Left out: 1 blank row." in said
    assert "Left out: line 6, Total, which is no group but all of them." in said
    assert "Set all: 1 without an estimate or people, left out." in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Q4,50,,60,1000,4,1,percent", "line 5: a limit without the other"),
        ("Q4,50,51,60,1000,4,1,percent", "line 5: the estimate is outside its limits"),
        ("Q4,50,40,60,0,4,1,percent", "line 5: population is negative, or 0"),
        ("Q4,fifty,40,60,1000,4,1,percent", "line 5: estimate is 'fifty'"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    file = tmp_path / "own.csv"
    file.write_text(f"{LIMITS}{row}\n")
    ended = run_lifegap("inequality", str(file), home=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("OWN-FILE")
    assert said in ended.stderr
