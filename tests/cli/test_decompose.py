"""`lifegap decompose` on a user's own file."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import ANCHORS, run_lifegap

AGES = [0, 1, 5, 15, 25, 35, 45, 55, 65, 75, 85]
DEATHS = [60, 8, 9, 30, 45, 60, 110, 220, 400, 700, 900]


def _counts(causes: int = 1) -> pl.DataFrame:
    parts = [
        pl.DataFrame(
            {
                "age_start": AGES,
                "cause": f"cause {cause}",
                "deaths_1": [2 * deaths + cause for deaths in DEATHS],
                "population_1": [90_000] * 11,
                "deaths_2": [deaths + 3 * cause for deaths in DEATHS],
                "population_2": [90_000] * 11,
            }
        )
        for cause in range(causes)
    ]
    return pl.concat(parts)


def _run(home: Path, rows: pl.DataFrame) -> tuple[list[dict[str, str]], str]:
    file = home / "own.csv"
    rows.write_csv(file)
    ended = run_lifegap("decompose", str(file), "--format", "csv", home=home)
    assert ended.returncode == 0, ended.stderr
    return list(csv.DictReader(io.StringIO(ended.stdout))), ended.stderr


def test_deaths_give_contributions_with_intervals_that_sum_to_the_difference(tmp_path: Path) -> None:
    rows, said = _run(tmp_path, _counts(2))
    columns = ["age_start", "age_end", "cause", "years", "percent", "se", "ci_low", "ci_high", "reason"]
    assert list(rows[0]) == columns
    assert len(rows) == 22
    assert sum(float(row["percent"]) for row in rows) == pytest.approx(100)
    assert f"{sum(float(row['years']) for row in rows):.2f} years" in said
    assert all(float(row["ci_low"]) < float(row["ci_high"]) for row in rows)
    again, _ = _run(tmp_path, _counts(2))
    assert again == rows


def test_rates_by_cause_as_documented_elsewhere(tmp_path: Path) -> None:
    cases = pl.read_csv(ANCHORS / "decomp_demodecomp_mxc.csv")
    rows, _ = _run(tmp_path, cases.select(age_start="age", cause="cause", mx_1="m1", mx_2="m2"))
    assert list(rows[0]) == ["age_start", "age_end", "cause", "years", "percent"]
    assert len(rows) == 114


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (pl.col("deaths_1") * -1, "negative"),
        (pl.when(pl.col("age_start") == 85).then(0).otherwise("deaths_2").alias("deaths_2"), "nobody died"),
        ((pl.col("age_start") + 5).alias("age_start"), "begin at 0"),
        (pl.col("age_start").replace({5: 1}), "stands twice"),
    ],
)
def test_what_cannot_be_decomposed_is_one_message(tmp_path: Path, change: pl.Expr, said: str) -> None:
    file = tmp_path / "own.csv"
    _counts().with_columns(change).write_csv(file)
    ended = run_lifegap("decompose", str(file), home=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.startswith("OWN-FILE")
    assert said in ended.stderr


def test_missing_columns_name_both_forms(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("age_start,mx_1\n0,0.01\n")
    ended = run_lifegap("decompose", str(file), home=tmp_path)
    assert ended.returncode == 2
    assert "mx_1 and mx_2, or deaths_1" in ended.stderr


def test_a_part_on_few_deaths_says_so(tmp_path: Path) -> None:
    rows, _ = _run(tmp_path, _counts())
    counts = {
        float(row["age_start"]): min(row["deaths_1"], row["deaths_2"])
        for row in _counts().iter_rows(named=True)
    }
    marked = {float(row["age_start"]) for row in rows if row["reason"] == "unreliable:few_deaths"}
    assert marked == {age for age, deaths in counts.items() if deaths < 10}
    few = _counts().with_columns(deaths_1=pl.when(pl.col("age_start") == 5).then(3).otherwise("deaths_1"))
    marked_again = [row for row in _run(tmp_path, few)[0] if float(row["age_start"]) == 5]
    assert [row["reason"] for row in marked_again] == ["unreliable:few_deaths"]
