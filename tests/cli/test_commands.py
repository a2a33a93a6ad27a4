"""The commands, as a user runs them."""

import csv
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from lifegap.cli.app import exit_code_of
from lifegap.errors import INTERRUPTED, error, interrupted
from lifegap.releases.read import Release, open_release
from tests.conftest import LIFEGAP, hashes_of_figures, run_lifegap
from tests.serving import ask_ui

COMMANDS = (
    "refresh",
    "allocate",
    "coalition",
    "gap",
    "quote",
    "explain",
    "sources",
    "indicators",
    "sql",
    "releases",
    "diff",
    "sign",
    "dev",
    "bundle",
    "lifetable",
    "decompose",
    "inequality",
)


def _ran(home: Path, *arguments: str) -> str:
    ended = run_lifegap(*arguments, home=home)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_help_names_every_command_and_the_exit_codes(tmp_path: Path) -> None:
    text = _ran(tmp_path, "--help")
    assert all(command in text for command in COMMANDS)
    assert "LIFEGAP_HOME" in text
    assert "130 interrupted" in " ".join(text.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(command: str, tmp_path: Path) -> None:
    text = _ran(tmp_path, command, "--help")
    if command in ("releases", "coalition"):
        text = _ran(tmp_path, command, "list", "--help")
    assert "xample" in text
    assert f"lifegap {command}" in text


def test_refresh_prints_release_headlines_and_checks(bundle_home: Path) -> None:
    lines = (bundle_home / "stdout").read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"Release \d{8}T\d{6}Z-[0-9a-f]{8}", lines[0])
    headlines = {title: text for title, _, text in (line.partition(": ") for line in lines[1:])}
    west_side = headlines["West Side United"]
    assert west_side.startswith("In 2010-2015, life expectancy in West Garfield Park was 70.4 years")
    assert "11.6 years shorter than in the Loop" in west_side
    assert "16.2 years for 2010" in west_side
    assert "Together for West Philadelphia" in headlines
    assert re.fullmatch(r"\d+ passed, \d+ warned\.", headlines["Checks"])


def test_gap_prints_a_table_csv_and_json_that_agree(bundle_home: Path) -> None:
    arguments = ("gap", "--place", "West Garfield Park", "--period", "2010")
    table = _ran(bundle_home, *arguments)
    assert "13.88 to 18.52" in table
    rows = list(csv.DictReader(io.StringIO(_ran(bundle_home, *arguments, "--format", "csv"))))
    objects = json.loads(_ran(bundle_home, *arguments, "--format", "json"))
    assert len(rows) == len(objects) == 2
    assert float(rows[0]["gap"]) == objects[0]["gap"] == pytest.approx(16.2)
    assert objects[0]["place_id"] == "neighborhood:chicago-26"


def test_gap_of_one_coalition_lists_its_comparisons(bundle_home: Path) -> None:
    rows = json.loads(
        _ran(bundle_home, "gap", "--coalition", "together-for-west-philadelphia", "--format", "json")
    )
    assert {row["coalition_id"] for row in rows} == {"together-for-west-philadelphia"}
    assert {row["reference_place_id"] for row in rows} == {"county:42091", "county:42101"}


@pytest.mark.parametrize(
    "name", ["West Garfield Park", "west garfield park", "neighborhood:chicago-26", "chicago-26"]
)
def test_quote_tells_figure_interval_period_and_source(name: str, bundle_home: Path) -> None:
    text = _ran(bundle_home, "quote", name)
    for words in (
        "2010-2015",
        "70.4 years",
        "11.6 years shorter than in the Loop",
        "95 % interval 8.4 to 14.7",
        "National Center for Health Statistics",
    ):
        assert words in text


def test_quote_says_why_nothing_may_be_quoted(bundle_home: Path) -> None:
    text = _ran(bundle_home, "quote", "footprint:together-for-west-philadelphia-zcta2010")
    assert "No figure" in text
    assert "no source has a life expectancy" in text


def test_explain_leads_to_file_hash_and_row(bundle_home: Path) -> None:
    text = _ran(
        bundle_home, "explain", "life_expectancy_gap",
        "place_id=neighborhood:chicago-26,period_end=2010,source_id=chicago_life_expectancy",
    )  # fmt: skip
    for words in (
        "16.2", "le_community_area_qjr3-bm53.csv", " 26 ", "reference less place", "Checks:", "compare_places: yes",
        "4ebaf2891c503a7482f04ce03f5bdfb7da0697bd4f407b3c68536475df48b853", "lifegap 0.1.0",
    ):  # fmt: skip
        assert words in text


def test_explain_lists_the_cells_of_an_indicator_and_the_tracts_of_a_pooled_figure(bundle_home: Path) -> None:
    cells = _ran(
        bundle_home, "explain", "indicator_value",
        "place_id=footprint:together-for-west-philadelphia-zcta2010,indicator_id=poverty",
    )  # fmt: skip
    assert "S1701_C02_001" in cells
    assert "18,259" in cells
    tracts = _ran(
        bundle_home,
        "explain",
        "life_expectancy",
        "place_id=neighborhood:chicago-32,source_id=nchs_usaleep",
        "--all",
    )
    assert "tract2010:17031839100" in tracts
    assert "IL_B.CSV" in tracts


def test_explain_takes_the_key_of_every_row_of_what_changed_also_with_blanks_and_commas(
    bundle_home: Path, release: Release
) -> None:
    """Keys as the table `change` has them: here of a subject with commas in it."""
    (row,) = release.ask(
        "SELECT coalition_id, metric_id, period_start, period_end, subject FROM coalition_scorecard "
        "WHERE contains(subject, ', ') ORDER BY ALL LIMIT 1"
    ).dicts()
    text = _ran(bundle_home, "explain", "coalition_scorecard", ", ".join(f"{k}={v}" for k, v in row.items()))
    assert f"subject              {row['subject']}" in text


def test_explain_takes_plain_values_in_any_order(bundle_home: Path) -> None:
    text = _ran(bundle_home, "explain", "indicator_value", "poverty zcta2010:19104")
    assert "S1701_C02_001" in text


def test_sources_and_indicators_are_listed(bundle_home: Path) -> None:
    assert "nchs_usaleep" in _ran(bundle_home, "sources")
    assert {row["source_id"] for row in json.loads(_ran(bundle_home, "sources", "--format", "json"))} >= {
        "census_acs5", "chr_rankings",
    }  # fmt: skip
    needed = _ran(bundle_home, "indicators", "--coalition", "west-side-united", "--area", "education")
    assert "data_needed" in needed
    assert "kindergarten_readiness" in needed


def test_sql_answers_from_an_argument_and_from_standard_input(bundle_home: Path) -> None:
    query = "SELECT count(*) AS n FROM coalition WHERE coalition_id = 'west-side-united'"
    assert _ran(bundle_home, "sql", query, "--format", "csv") == "n\n1\n"
    piped = subprocess.run(
        [str(LIFEGAP), "sql", "--format", "csv", "--home", str(bundle_home)],
        input=f"{query}; SELECT 1 AS one;",
        capture_output=True,
        text=True,
        check=True,
    )
    assert piped.stdout == "n\n1\none\n1\n"


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("gap", "--nope"), "OPTION", 2),
        (("frobnicate",), "OPTION", 2),
        (("quote",), "OPTION", 2),
        (("quote", "Nowhere at all"), "UNKNOWN-NAME", 2),
        (("sql", "SELEKT 1"), "QUERY", 2),
    ],
)
def test_every_refusal_is_one_object_for_programs_and_four_parts_for_people(
    arguments: tuple[str, ...], code: str, exit_code: int, bundle_home: Path
) -> None:
    ended = run_lifegap(*arguments, "--json-logs", home=bundle_home)
    assert ended.returncode == exit_code
    (line,) = ended.stderr.splitlines()
    told = json.loads(line)
    assert (told["event"], told["code"], told["exit_code"]) == ("error", code, exit_code)
    assert told["doing"]
    assert told["found"]
    assert told["expected"]
    assert told["next"]
    words = run_lifegap(*arguments, home=bundle_home).stderr
    assert words.startswith(f"{code}: ")
    assert all(part in words for part in ("found:", "expected:", "next:"))


def test_nothing_to_do_is_said_as_the_logs_are_asked_for(home: Path) -> None:
    ended = run_lifegap("refresh", "--json-logs", home=home)
    assert ended.returncode == 0
    assert [json.loads(line)["event"] for line in ended.stderr.splitlines()]


def test_results_go_to_stdout_and_the_rest_to_stderr(bundle_home: Path) -> None:
    ended = run_lifegap("gap", "--place", "Austin", "--format", "json", home=bundle_home)
    json.loads(ended.stdout)
    assert ended.stderr == ""


@pytest.fixture
def home(bundle_home: Path, tmp_path: Path) -> Path:
    """A copy of the home that a test may change."""
    copy = tmp_path / "home"
    shutil.copytree(bundle_home, copy, symlinks=True)
    return copy


def test_a_refresh_of_what_has_not_changed_is_nothing_to_do(home: Path) -> None:
    latest = (home / "latest").readlink()
    ended = run_lifegap("refresh", home=home)
    assert ended.returncode == 0
    assert "Nothing has changed" in ended.stderr
    assert "11.6 years shorter" in ended.stdout
    assert (home / "latest").readlink() == latest


@pytest.mark.slow
def test_a_forced_refresh_publishes_the_same_figures_and_either_release_can_be_the_latest(home: Path) -> None:
    before = (home / "latest").resolve()
    time.sleep(1)  # ids of releases count seconds
    ended = run_lifegap("--json-logs", "refresh", "--force", home=home)
    assert ended.returncode == 0, ended.stderr
    assert all(json.loads(line)["event"] for line in ended.stderr.splitlines())
    after = (home / "latest").resolve()
    assert after != before
    first, second = (json.loads((each / "release.json").read_text()) for each in (before, after))
    assert hashes_of_figures(second) == hashes_of_figures(first)
    listed = json.loads(_ran(home, "releases", "list", "--format", "json"))
    assert [row["latest"] for row in listed] == ["latest", ""]
    _ran(home, "releases", "restore", before.name)
    assert (home / "latest").resolve() == before
    assert "0 deleted" in _ran(home, "releases", "prune", "--keep", "1")
    _ran(home, "releases", "restore", after.name)
    assert "1 deleted" in _ran(home, "releases", "prune", "--keep", "1")
    assert not before.exists()


@pytest.mark.slow
def test_a_dry_run_publishes_nothing(home: Path) -> None:
    releases = sorted((home / "releases").iterdir())
    ended = run_lifegap("--quiet", "refresh", "--dry-run", home=home)
    assert ended.returncode == 0, ended.stderr
    assert "nothing was published" in ended.stdout
    assert sorted((home / "releases").iterdir()) == releases


def test_a_second_refresh_at_once_is_refused(home: Path) -> None:
    running = subprocess.Popen(
        [str(LIFEGAP), "refresh", "--force", "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        deadline = time.monotonic() + 60
        while not (home / "lock.pid").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        ended = run_lifegap("refresh", home=home)
        assert ended.returncode == 4
        assert str(running.pid) in ended.stderr
    finally:
        running.send_signal(2)
        _, words = running.communicate(timeout=120)
    assert running.returncode == 130
    assert b"Interrupted" in words
    assert b"Traceback" not in words
    assert not (home / "lock.pid").exists()
    assert [path.name for path in (home / "releases").iterdir()] == [(home / "latest").readlink().name]


HOURS = "SELECT count(*) FROM range(1000000000) AS a, range(1000) AS b WHERE (a.range * b.range) % 7 = 3"


def test_a_query_ends_when_it_is_interrupted(bundle_home: Path) -> None:
    """Whichever thread of DuckDB is at work on it."""
    running = subprocess.Popen(
        [str(LIFEGAP), "sql", "--home", str(bundle_home), HOURS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(6)  # it has begun by then
    running.send_signal(signal.SIGINT)
    told = running.communicate(timeout=60)
    assert running.returncode == INTERRUPTED
    assert told == ("", "Interrupted; nothing was published, the last release stands.\n")


def test_an_interruption_is_told_as_one_whatever_it_was_raised_as() -> None:
    """DuckDB, interrupted in its own code, raises a RuntimeError that has the interruption as its cause."""
    raised = RuntimeError("Query interrupted")
    assert not interrupted(raised)
    raised.__cause__ = KeyboardInterrupt()
    refusal = error("QUERY", doing="", found="", expected="", todo="")
    refusal.__context__ = raised
    assert interrupted(raised)
    assert interrupted(refusal)
    assert exit_code_of(refusal) == INTERRUPTED


def test_dev_refuses_a_port_that_another_program_uses(bundle_home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = run_lifegap("dev", "--port", str(port), home=bundle_home)
    assert ended.returncode == 5
    assert f"port {port}" in ended.stderr
    assert "http://" not in ended.stderr


@pytest.mark.slow
def test_dev_serves_the_history_on_loopback_alone(home: Path) -> None:
    query = "{ runsOrError { ... on Runs { results { jobName status } } } assetNodes { groupName } }"
    served = ask_ui(LIFEGAP, query, cwd=home, environment=os.environ | {"LIFEGAP_HOME": str(home)})
    assert not Path("/proc").is_dir() or len(served.started) > 1
    for _ in range(100):
        left = [pid for pid in served.started if Path(f"/proc/{pid}").exists()]
        if not left:
            break
        time.sleep(0.1)
    assert left == []
    runs = served.data["runsOrError"]["results"]
    assert {"jobName": "refresh", "status": "SUCCESS"} in runs
    groups = {node["groupName"] for node in served.data["assetNodes"]}
    assert {"sources", "warehouse", "indicators", "published"} <= groups


@pytest.mark.parametrize(
    ("table", "key", "said"),
    [
        ("gap_decomposition", "neighborhood:chicago-26 age_start=45 nchs_usaleep", "both ways averaged"),
        ("indicator_comparison", "", "reference less place"),
        ("progress", "neighborhood:chicago-26 halve-by-2030 chicago_health_atlas own_first", "Series"),
        ("inequality", "zip/county:42101 bgv place", "Places of zip/county:42101"),
        ("priority_index", "neighborhood:chicago-26 health_and_health_care", "Indicators of the place"),
        ("spatial_cluster", "neighborhood:chicago-26 life_expectancy chicago_health_atlas", "The map"),
    ],
)
def test_explain_leads_from_what_is_made_of_figures_back_to_them(
    table: str, key: str, said: str, bundle_home: Path
) -> None:
    if not key:
        with open_release(bundle_home) as release:
            columns = release.manifest["tables"][table]["key"]
            query = f"SELECT * FROM {table} WHERE verdict = 'worse' ORDER BY ALL LIMIT 1"
            row = release.ask(query).dicts()[0]
        key = ",".join(f"{name}={row[name]}" for name in columns)
    ended = run_lifegap("explain", table, key, home=bundle_home)
    assert ended.returncode == 0, ended.stderr
    assert said in ended.stdout
