"""`lifegap inequality` on a user's own file."""

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest

from lifegap.methods.inequality import MEASURES
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
    assert "Set he_test_ordered: 1 without an estimate" in said
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
