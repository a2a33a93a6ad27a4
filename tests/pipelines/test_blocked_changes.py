"""A finding that turns round stops a release until a person accepts it; what was restated stays in the log."""

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lifegap.home import MANIFEST
from lifegap.releases.read import open_release
from tests.conftest import run_lifegap

NORTH_LAWNDALE = (
    "coalition_id = 'west-side-united' AND place_id = 'neighborhood:chicago-29' "
    "AND source_id = 'nchs_usaleep' AND population_group = 'all'"
)
REASON = 'The list of tracts was corrected: "29" & <b>not</b> 92.'


@pytest.fixture
def home(bundle_home: Path, tmp_path: Path) -> Path:
    """A home with a release, which may be written to."""
    copy = tmp_path / "home"
    shutil.copytree(bundle_home, copy, symlinks=True, ignore=shutil.ignore_patterns("stdout", "lock"))
    return copy


def as_if_published(home: Path, table: str, cells: str, where: str) -> None:
    """Alter what the last release says, as if it had been made of other files: column = expression."""
    folder = (home / "latest").resolve()
    parquet, manifest = folder / "parquet" / f"{table}.parquet", folder / MANIFEST
    for path in (parquet, manifest):
        path.chmod(0o644)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t AS FROM '{parquet}'")
        connection.execute(f"UPDATE t SET {cells} WHERE {where}")
        connection.execute(f"COPY t TO '{parquet}' (FORMAT parquet)")
    told = json.loads(manifest.read_text())
    told["inputs"] = "other files"
    manifest.write_text(json.dumps(told))


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    with open_release(home) as release:
        return release.ask(query).rows


@pytest.mark.slow
def test_a_gap_that_turns_round_is_accepted_with_a_reason_and_stays_in_the_log(home: Path) -> None:
    as_if_published(
        home, "life_expectancy_gap", "gap = -gap, ci_low = -ci_high, ci_high = -ci_low", NORTH_LAWNDALE
    )
    before = (home / "latest").resolve()

    refused = run_lifegap("refresh", home=home)
    assert refused.returncode == 1, refused.stderr
    assert "CHANGE-BLOCKED" in refused.stderr
    assert "North Lawndale" in refused.stderr
    assert (home / "latest").resolve() == before
    (flip,) = {
        word.rstrip(":") for word in refused.stderr.split() if word.startswith("life_expectancy_gap.gap-")
    }

    unknown = run_lifegap("refresh", "--acknowledge", "gap-0", "--reason", REASON, home=home)
    assert (unknown.returncode, "gap-0" in unknown.stderr) == (2, True)
    assert (home / "latest").resolve() == before

    accepted = run_lifegap("refresh", "--acknowledge", flip, "--reason", REASON, home=home)
    assert accepted.returncode == 0, accepted.stderr
    log = (
        "SELECT restated_at, last_published_in, changes_direction, acknowledged_by_reason FROM restatement "
        "WHERE blocked_as IS NOT NULL"
    )
    assert rows(home, log) == [("this", before.name, True, REASON)]
    restating = (home / "latest").resolve().name
    assert f"against {before.name}" in run_lifegap("diff", home=home).stdout

    as_if_published(home, "place", "name = name || ' (old)'", "place_id = 'neighborhood:chicago-29'")
    assert run_lifegap("refresh", home=home).returncode == 0
    assert rows(home, log) == [(restating, before.name, True, REASON)]
    assert rows(home, "SELECT column_name, kind, cells FROM change_count WHERE table_name = 'place'") == [
        ("name", "wording", 1)
    ]


@pytest.mark.parametrize(
    "options", [["--acknowledge", "x-1"], ["--reason", "because"], ["--acknowledge", "x-1", "--reason", " "]]
)
def test_who_accepts_says_why_and_what(options: list[str], tmp_path: Path) -> None:
    refused = run_lifegap("refresh", *options, home=tmp_path / "home")
    assert refused.returncode == 2
    assert "--reason" in refused.stderr
    assert not (tmp_path / "home").exists()
