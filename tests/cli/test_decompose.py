"""`lifegap decompose` on a user's own file."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import ANCHORS, FIXTURES, run_lifegap

OWN = FIXTURES / "own" / "decompose"
EXPORTS = FIXTURES / "cdc_wonder"
COLUMNS = ["age_start", "age_end", "cause", "years", "percent", "se", "ci_low", "ci_high", "reason"]
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
    assert list(rows[0]) == COLUMNS
    assert len(rows) == 22
    assert sum(float(row["percent"]) for row in rows) == pytest.approx(100)
    assert f"{sum(float(row['years']) for row in rows):.2f} years" in said
    assert all(float(row["ci_low"]) < float(row["ci_high"]) for row in rows)
    again, _ = _run(tmp_path, _counts(2))
    assert again == rows


def test_rates_by_cause_as_documented_elsewhere(tmp_path: Path) -> None:
    cases = pl.read_csv(ANCHORS / "decomp_demodecomp_mxc.csv")
    rows, _ = _run(tmp_path, cases.select(age_start="age", cause="cause", mx_1="m1", mx_2="m2"))
    assert list(rows[0]) == COLUMNS
    assert len(rows) == 114
    assert {row["reason"] for row in rows} == {"not_published:standard_error"}
    assert not any(row["se"] or row["ci_low"] for row in rows)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (pl.col("deaths_1") * -1, "negative"),
        (
            pl.when(pl.col("age_start") == 85).then(0).otherwise("deaths_2").alias("deaths_2"),
            "side 2: not_comp",
        ),
        (pl.col("age_start").replace({5: 1}), "stands twice"),
        (pl.col("deaths_1") * 200, "side 1: not_computable:deaths_above_population"),
        (pl.lit(60).alias("population_1"), "side 1: not_computable:deaths_above_population"),
        (pl.lit(0).alias("population_2"), "side 2: not_computable:zero_population"),
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


def test_few_person_years_carry_no_decomposition_unless_asked_for(tmp_path: Path) -> None:
    rows = _counts().with_columns(deaths_1=pl.lit(2), population_1=pl.lit(66))
    rows.write_csv(tmp_path / "own.csv")
    ended = run_lifegap("decompose", str(tmp_path / "own.csv"), home=tmp_path)
    assert ended.returncode == 2
    assert "side 1: withheld:low_population" in ended.stderr


def test_the_difference_may_be_of_those_who_live_to_65(tmp_path: Path) -> None:
    rows, said = _run(tmp_path, _counts().filter(pl.col("age_start") >= 65))
    assert len(rows) == 3
    assert "of life expectancy at 65" in said


def test_a_missing_band_is_named(tmp_path: Path) -> None:
    ended = run_lifegap("decompose", str(OWN / "band_missing.csv"), home=tmp_path)
    assert ended.returncode == 2
    assert "ages 1 to 15 are wider than those beside" in ended.stderr


def test_a_band_without_people_is_one_message_without_warnings(tmp_path: Path) -> None:
    ended = run_lifegap("decompose", str(OWN / "population_zero.csv"), home=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.startswith("OWN-FILE")
    assert "side 1: not_computable:zero_population" in ended.stderr
    assert "Warning" not in ended.stderr


def test_a_cause_that_is_the_sum_of_the_others_is_left_out_and_told(tmp_path: Path) -> None:
    parts = _counts(3)
    total = parts.group_by("age_start", maintain_order=True).agg(
        pl.lit("everything").first().alias("cause"), pl.col("deaths_1").sum(), pl.col("population_1").first(),
        pl.col("deaths_2").sum(), pl.col("population_2").first(),
    )  # fmt: skip
    rows, said = _run(tmp_path, pl.concat([parts, total.select(parts.columns)]))
    assert "'everything' is the sum of the others: left out" in said
    assert rows == _run(tmp_path, parts)[0]


def test_a_total_that_is_not_the_sum_of_its_causes_is_refused(tmp_path: Path) -> None:
    ended = run_lifegap("decompose", str(OWN / "row_of_all_causes.csv"), home=tmp_path)
    assert ended.returncode == 2
    assert "'All causes' beside causes that are part of it" in ended.stderr


def test_causes_that_cancel_at_one_age_take_no_interval_away(tmp_path: Path) -> None:
    rows = _counts(2).with_columns(
        deaths_1=pl.when(pl.col("age_start") == 35).then(pl.when(cause="cause 0").then(70).otherwise(50))
        .otherwise("deaths_1"),
        deaths_2=pl.when(pl.col("age_start") == 35).then(pl.when(cause="cause 0").then(50).otherwise(70))
        .otherwise("deaths_2"),
    )  # fmt: skip
    found, _ = _run(tmp_path, rows)
    assert all(row["se"] for row in found)
    at = [float(row["years"]) for row in found if row["age_start"] == "35.0"]
    assert at[0] > 0 > at[1]
    assert sum(at) == pytest.approx(0, abs=1e-9)


def test_another_convention_moves_the_first_years(tmp_path: Path) -> None:
    _counts().write_csv(tmp_path / "own.csv")
    sums = []
    for convention in ("phe", "cd_female"):
        ended = run_lifegap(
            "decompose",
            str(tmp_path / "own.csv"),
            "--convention",
            convention,
            "--format",
            "csv",
            home=tmp_path,
        )
        sums.append([float(row["years"]) for row in csv.DictReader(io.StringIO(ended.stdout))])
    assert sums[0][0] != sums[1][0]
    assert sum(sums[0]) == pytest.approx(sum(sums[1]), abs=0.02)


def _exports(home: Path, *arguments: str) -> tuple[list[dict[str, str]], str]:
    ended = run_lifegap("decompose", *arguments, "--format", "csv", home=home)
    assert ended.returncode == 0, ended.stderr
    return list(csv.DictReader(io.StringIO(ended.stdout))), ended.stderr


CAUSES = EXPORTS / "wonder_ucd_us_deaths_by_age10_icdsubchapter_2020.txt"


def _of_2019(folder: Path) -> Path:
    """The export by cause as of another year, with a tenth fewer deaths of cancer."""
    file = folder / "other.txt"
    text = CAUSES.read_text(encoding="utf-8").replace('"Year/Month: 2020"', '"Year/Month: 2019"')
    file.write_text(text.replace('"C00-C97"\t102413', '"C00-C97"\t92413'), encoding="utf-8")
    return file


def test_two_exports_by_cause_tell_what_they_hide_as_one(tmp_path: Path) -> None:
    rows, said = _exports(tmp_path, str(CAUSES), str(_of_2019(tmp_path)))
    causes = {row["cause"] for row in rows}
    assert {"Malignant neoplasms", "all other causes"} <= causes
    assert len({row["age_start"] for row in rows}) == 11
    old = {row["cause"]: float(row["years"]) for row in rows if row["age_start"] == "85.0"}
    assert old["Malignant neoplasms"] > 0.02
    assert old["all other causes"] == pytest.approx(-old["Malignant neoplasms"])
    assert sum(float(row["years"]) for row in rows) == pytest.approx(0, abs=1e-9)
    assert "68 deaths of no stated age" in said


def test_a_rest_of_few_deaths_takes_the_next_cause_with_it(tmp_path: Path) -> None:
    text = CAUSES.read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if '"5-14 years"' in line and not line.startswith('"Total"')]
    shown = sum(int(line.split("\t")[5]) for line in lines)
    few = text.replace('"5-14"\t\t\t5623', f'"5-14"\t\t\t{shown + 4}')
    assert few != text
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text(few, encoding="utf-8")
    second.write_text(few.replace('"Year/Month: 2020"', '"Year/Month: 2019"'), encoding="utf-8")
    rows, _ = _exports(tmp_path, str(first), str(second))
    told = {row["cause"] for row in rows if row["age_start"] == "5.0"}
    # The smallest cause of 49 deaths is not told beside a rest of four.
    assert "Provisional assignment of new diseases of uncertain etiology" not in told
    assert "all other causes" in told


def test_an_export_by_cause_beside_one_without_is_told_by_age(tmp_path: Path) -> None:
    everyone = EXPORTS / "wonder_ucd_us_white_deaths_by_age10_year_1999_2018.txt"
    rows, said = _exports(tmp_path, str(CAUSES), str(everyone))
    assert "has no causes: by age alone" in said
    assert {row["cause"] for row in rows} == {"all"}
    assert f"{sum(float(row['years']) for row in rows):.2f} years" in said


def test_an_export_of_one_cause_beside_all_deaths_is_a_part_of_them(tmp_path: Path) -> None:
    folder = FIXTURES / "own" / "wonder"
    one, whole = folder / "one_cause.txt", folder / "year_then_age.txt"
    others = []
    for file in (one, whole):
        other = tmp_path / file.name
        text = file.read_text(encoding="utf-8").replace('"2019"', '"2018"')
        other.write_text(text.replace("\t2600\t", "\t2500\t"), encoding="utf-8")
        others.append(str(other))
    rows, _ = _exports(tmp_path, str(one), str(whole), *others)
    assert {row["cause"] for row in rows} == {"Malignant neoplasms", "all other causes"}
    assert sum(float(row["years"]) for row in rows) > 0


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([CAUSES, CAUSES], "1 side"),
        ([FIXTURES / "own" / "wonder" / "one_cause.txt", CAUSES], "without the deaths of all causes"),
        ([OWN / "band_missing.csv", CAUSES], "no export of CDC WONDER"),
        ([EXPORTS / "wonder_provisional_us_hispanic_deaths_by_year_age5_20220716.txt", CAUSES], "not over"),
    ],
)
def test_what_are_no_two_sides_is_one_message(files: list[Path], said: str, tmp_path: Path) -> None:
    ended = run_lifegap("decompose", *map(str, files), home=tmp_path)
    assert ended.returncode == 2
    assert "OWN-FILE" in ended.stderr
    assert said in ended.stderr
