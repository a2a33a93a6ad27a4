"""A refresh with coalitions' own files: New Orleans' deaths by age and year, and two small places with a survey.

Deaths of the eight parishes of metropolitan New Orleans and of the nation by ten-year ages, 1999 to 2018, are those that
CDC WONDER gives (Underlying Cause of Death 1999-2018, bridged race); the small places are drawn.
"""

import math
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from lifegap.releases.read import Release, open_release
from tests.assets.own_files import COALITION, PLACES, REFERENCE, catalog_of
from tests.assets.test_own_deaths import BIG, SMALL, drawn_file
from tests.conftest import FIXTURES, run_lifegap

METRO, NATION = "footprint:new-orleans-metro", "nation:us"
OWN = f"coalition:{COALITION}"
ONE, TWO = PLACES
SCORES = (
    "metric_id,subject,period_start,period_end,title,value,unit,target,target_year,source,source_date,verified,"
    "other_value,other_source,choice,note\n"
    "committee_seats_residents,steering,2024,2024,Seats of residents,4,seats,,,Charter,2024-03,document,,,,\n"
    "committee_seats_total,steering,2024,2024,Seats,10,seats,,,Charter,2024-03,yes,,,,\n"
    "grants,,2024,2024,Grants,1000000,dollars,,,Report,2024-01-31,yes,1200000,Press,The report is audited,\n"
)
SURVEY = (
    "place_id,indicator_id,period_start,period_end,value,sample_size,design_effect,numerator,denominator,source\n"
    f"{ONE},poverty,2023,2023,42.5,400,1.6,,,Survey\n{REFERENCE},poverty,2023,2023,9.5,380,1.4,,,Survey\n"
    f"{TWO},poverty,2023,2023,30,25,,,,Survey\n{TWO},uninsured,2023,2023,30,,,6,20,Clinic\n"
)
LIVES = (
    "place_id,period_start,period_end,estimate,ci_low,ci_high,source,method\n"
    f"{ONE},2005,2005,70.5,68.5,72.5,Department,Chiang\n{REFERENCE},2005,2005,82.5,80.9,84.1,Department,Chiang\n"
    f"{TWO},2005,2005,115,,,Department,Chiang\n"
)
ASSETS = "asset_id,name,type,latitude,longitude\nlib-1,A library,library,41.88,-87.72\n"
TARGET = (
    '[[target]]\nid = "halve"\nadopted = 2019-06-01\nmetric = "life_expectancy_gap"\npercent = 50\nyear = 2030\n'
    'baseline_period = "2019"\nsource = "An example."\n'
)


@pytest.fixture(scope="module")
def own_home(bundle_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    coalitions = folder / "coalitions"
    shutil.copytree(FIXTURES / "coalitions", coalitions)
    people = {ONE: SMALL, TWO: 2 * SMALL, REFERENCE: BIG}
    catalog_of(
        coalitions,
        deaths=drawn_file(people, seed=1, causes=True, sexes=True),
        scorecard=SCORES,
        indicators=SURVEY,
        life_expectancy=LIVES,
        assets=ASSETS,
    )
    declared = coalitions / f"{COALITION}.toml"
    declared.write_text(declared.read_text(encoding="utf-8") + TARGET, encoding="utf-8")
    home = folder / "home"
    shutil.copytree(bundle_home, home, symlinks=True)
    ended = run_lifegap("refresh", home=home, LIFEGAP_COALITIONS=str(coalitions))
    assert ended.returncode == 0, ended.stderr
    return home


@pytest.fixture
def own_release(own_home: Path) -> Iterator[Release]:
    with open_release(own_home) as opened:
        yield opened


def _life_expectancy(rows: list[tuple[int, int, int]]) -> float:
    """Life expectancy at birth of (age, deaths, people), written out: infants live a tenth, others half."""
    survivors, lived = 1.0, 0.0
    for at, (age, deaths, people) in enumerate(rows):
        rate = deaths / people
        if at == len(rows) - 1:
            return lived + survivors / rate
        width = rows[at + 1][0] - age
        part = 0.1 if age == 0 else 0.5
        dying = width * rate / (1 + width * (1 - part) * rate)
        lived += survivors * width * (1 - dying * (1 - part))
        survivors *= 1 - dying
    return math.nan


def test_the_gap_of_metropolitan_new_orleans_is_that_of_its_deaths(own_release: Release) -> None:
    path = FIXTURES / "coalitions" / "new-orleans-metro" / "deaths.csv"
    deaths = pl.read_csv(path)
    found = own_release.ask(
        "SELECT period_start, place_estimate, reference_estimate, gap FROM life_expectancy_gap "
        f"WHERE coalition_id = 'new-orleans-metro' AND place_id = '{METRO}' AND method = 'life_table' ORDER BY 1"
    ).rows
    assert len(found) == 20
    for year, *figures in found:
        of_year = deaths.filter(pl.col("period_start") == year).sort("age_start")
        one, two = (
            _life_expectancy(
                of_year.filter(pl.col("place_id") == place).select("age_start", "deaths", "population").rows()
            )
            for place in (METRO, NATION)
        )
        assert figures == pytest.approx([one, two, two - one], abs=1e-9)


def test_progress_of_new_orleans_is_told_from_its_own_deaths(own_release: Release) -> None:
    gaps = dict(
        own_release.ask(
            "SELECT period_start, gap FROM life_expectancy_gap WHERE source_id = 'coalition:new-orleans-metro'"
        ).rows
    )
    (row,) = own_release.ask(
        f"SELECT * FROM progress WHERE target_id = 'halve-by-2030' AND place_id = '{METRO}' "
        "AND source_id = 'coalition:new-orleans-metro'"
    ).dicts()
    achieved = 100 * (gaps[1999] - gaps[2018]) / (gaps[1999] / 2)
    assert row["percent_achieved"] == pytest.approx(achieved)
    assert row["percent_low"] < achieved < row["percent_high"]
    assert (row["baseline_period"], row["latest_period"], row["periods"]) == ("1999", "2018", 20)
    assert row["status"] == "improving"


def test_years_of_the_gap_of_new_orleans_by_age_sum_to_it(own_release: Release) -> None:
    rows = own_release.ask(
        "SELECT d.period_start, sum(d.years), any_value(g.gap) FROM gap_decomposition AS d "
        "JOIN life_expectancy_gap AS g USING (coalition_id, place_id, reference_place_id, source_id, period_start, method) "
        "WHERE d.source_id = 'coalition:new-orleans-metro' GROUP BY 1"
    ).rows
    assert len(rows) == 20
    assert [each[1] for each in rows] == pytest.approx([each[2] for each in rows], abs=1e-9)


def test_no_table_of_a_release_holds_a_small_count(own_release: Release, own_home: Path) -> None:
    """In DuckDB, Parquet, CSV and every trace: deaths, and rates times people."""
    folder = own_release.folder
    for name in ("death_count", "life_table_input"):
        for frame in (
            pl.read_parquet(folder / "parquet" / f"{name}.parquet"),
            pl.read_csv(folder / "csv" / f"{name}.csv", infer_schema=False),
        ):
            mine = frame.filter(pl.col("source_id") == OWN)
            assert mine.height > 0
            assert mine["deaths"].cast(pl.Float64).drop_nulls().min() >= 10  # pyright: ignore[reportOperatorIssue]
    tables = own_release.ask(
        f"SELECT mx * people, nqx, lx FROM life_table WHERE source_id = '{OWN}' AND mx IS NOT NULL"
    ).rows
    assert tables
    assert min(row[0] for row in tables) > 9.5
    traced = [
        name
        for (name,) in own_release.ask(
            "SELECT view_name FROM duckdb_views() WHERE view_name LIKE 'trace_%' AND NOT internal"
        ).rows
    ]
    for view in traced:
        columns = {row[0] for row in own_release.ask(f"SELECT column_name FROM (DESCRIBE {view})").rows}
        if {"role", "value", "input_source_id"} <= columns:
            small = own_release.ask(
                f"SELECT * FROM {view} WHERE input_source_id = '{OWN}' AND role = 'deaths' AND value < 10"
            ).rows
            assert small == [], view
    assert not list(folder.rglob("deaths.csv"))


def test_hidden_places_have_rounded_figures_progress_and_no_parts_by_age(own_release: Release) -> None:
    rows = own_release.ask(
        f"SELECT estimate, se, caveat FROM life_expectancy WHERE source_id = '{OWN}' AND place_id = '{ONE}' "
        "AND population_group = 'all' AND method = 'life_table'"
    ).rows
    assert len(rows) == 3
    for estimate, se, caveat in rows:
        assert (estimate, se) == (round(estimate, 1), round(se, 2))
        assert "a count of deaths behind it is small" in caveat
    (status,) = own_release.ask(
        f"SELECT status, percent_achieved FROM progress WHERE target_id = 'halve' AND place_id = '{ONE}' "
        f"AND source_id = '{OWN}' AND method = 'life_table'"
    ).rows
    assert status[0] != "not_assessable"
    parts = own_release.ask(
        "SELECT dimension, count(years), max(reason) FROM gap_decomposition "
        f"WHERE source_id = '{OWN}' AND place_id = '{ONE}' GROUP BY 1 ORDER BY 1"
    ).rows
    assert parts[0] == ("age", 0, "withheld:small_count")
    assert parts[1][:1] == ("cause",)
    assert parts[1][1] > 0


def test_every_row_of_every_file_is_accounted_for(own_release: Release) -> None:
    files = dict(
        own_release.ask(f"SELECT file, sum(rows) FROM row_account WHERE source_id = '{OWN}' GROUP BY 1").rows
    )
    assert files[f"{COALITION}/scorecard.csv"] == 3
    assert files[f"{COALITION}/indicators.csv"] == 4
    assert files[f"{COALITION}/life_expectancy.csv"] == 3
    told = own_release.ask(f"SELECT reason FROM row_account WHERE file = '{COALITION}/assets.csv'").rows
    assert ("waits_for_a_use",) in told
    (source,) = own_release.ask(f"SELECT * FROM source WHERE source_id = '{OWN}'").dicts()
    assert (source["vintage"], source["obtained_from"]) == ("current", "the coalition's own file")


def test_survey_results_pass_the_gates_and_are_compared(own_release: Release) -> None:
    values = {
        (row["place_id"], row["indicator_id"]): row
        for row in own_release.ask(f"SELECT * FROM indicator_value WHERE source_id = '{OWN}'").dicts()
    }
    one = values[ONE, "poverty"]
    assert one["se"] == pytest.approx(100 * math.sqrt(0.425 * 0.575 / (400 / 1.6)))
    assert one["quotable"] == "with_caveat"
    assert values[TWO, "poverty"]["reason"] == "withheld:sample_too_small"
    assert values[TWO, "poverty"]["value"] is None
    assert values[TWO, "uninsured"]["reason"] == "withheld:small_count"
    assert values[TWO, "uninsured"]["value"] is None
    (verdict,) = own_release.ask(
        f"SELECT verdict FROM indicator_comparison WHERE source_id = '{OWN}' AND indicator_id = 'poverty' "
        f"AND place_id = '{ONE}' AND reference_place_id = '{REFERENCE}' AND coalition_id = '{COALITION}'"
    ).rows
    assert verdict == ("worse",)


def test_supplied_life_expectancies_give_gaps_and_impossible_ones_none(own_release: Release) -> None:
    gaps = dict(
        own_release.ask(
            f"SELECT place_id, gap FROM life_expectancy_gap WHERE source_id = '{OWN}' AND period_start = 2005 "
            f"AND reference_place_id = '{REFERENCE}' AND coalition_id = '{COALITION}'"
        ).rows
    )
    assert gaps[ONE] == pytest.approx(12.0)
    assert gaps[TWO] is None


def test_a_scorecard_is_published_with_its_shares_and_conflicts(own_release: Release) -> None:
    rows = {
        row["metric_id"]: row
        for row in own_release.ask(
            f"SELECT * FROM coalition_scorecard WHERE coalition_id = '{COALITION}'"
        ).dicts()
    }
    share = rows["resident_share"]
    assert (share["value"], share["target"], share["status"]) == (0.4, 0.5, "behind")
    assert share["verified"] == "document"
    assert rows["grants"]["status"] == "conflict"
    assert rows["grants"]["choice"] == "The report is audited"


def test_figures_of_publishers_stay_as_they_are(own_release: Release, release: Release) -> None:
    query = (
        "SELECT * FROM {table} WHERE NOT starts_with(source_id, 'coalition:') "
        "AND coalition_id IN ('west-side-united', 'together-for-west-philadelphia') ORDER BY ALL"
    )
    for table in ("life_expectancy_gap", "progress"):
        before, after = (each.ask(query.format(table=table)).rows for each in (release, own_release))
        assert before == after, table


def test_what_is_behind_a_hidden_figure_is_told_without_its_counts(own_home: Path) -> None:
    ended = run_lifegap(
        "explain",
        "life_expectancy",
        f"{ONE} {OWN} period_start=2019 period_end=2019 population_group=all",
        home=own_home,
    )
    assert ended.returncode == 0, ended.stderr
    assert f"{COALITION}/deaths.csv" in ended.stdout


def test_the_next_refresh_has_nothing_to_do(own_home: Path) -> None:
    ended = run_lifegap("refresh", home=own_home, LIFEGAP_COALITIONS=str(own_home.parent / "coalitions"))
    assert ended.returncode == 0, ended.stderr
    assert "Nothing has changed" in ended.stderr
