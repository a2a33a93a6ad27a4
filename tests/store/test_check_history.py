"""Since when a rule holds or fails, and how often it did: the outcomes of checks through the releases."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lifegap.errors import LifegapError
from lifegap.releases.publish import publish
from lifegap.releases.read import open_release
from tests.conftest import run_lifegap
from tests.store.small_home import FACTS, home_settings, warehouse_titled

Found = dict[str, bool | None]
"""Rule → whether it holds; None where it was not tested."""


def _publish(home: Path, number: int, found: Found) -> str:
    """Publish a release in which the rules of a table ended so; its id."""
    settings = home_settings(home)
    with warehouse_titled(settings, f"release {number}") as warehouse:
        outcomes = [
            ["t", rule, "warning", success, f"seen in {number}", 1 - bool(success), 9, "Why.", "Look."]
            for rule, success in found.items()
        ]
        warehouse.ledger.record_checks("t", outcomes)
        return publish(warehouse, settings, FACTS).release_id


def _history(home: Path, release_id: str | None = None) -> list[tuple[Any, ...]]:
    columns = "expectation_id, position, outcome, changed_after, lasted_until, observed"
    with open_release(home, release_id) as release:
        return release.ask(f"SELECT {columns} FROM check_history ORDER BY ALL").rows


def test_the_first_release_knows_of_no_other_outcome(tmp_path: Path) -> None:
    _publish(tmp_path, 1, {"a": True, "b": False, "c": None})
    assert _history(tmp_path) == [
        ("a", 1, "holds", None, None, "seen in 1"),
        ("b", 1, "fails", None, None, "seen in 1"),
        ("c", 1, "not_tested", None, None, "seen in 1"),
    ]


def test_an_outcome_that_stays_goes_on_and_another_ends_it(tmp_path: Path) -> None:
    first = _publish(tmp_path, 1, {"stays": True, "falls": True, "returns": False})
    second = _publish(tmp_path, 2, {"stays": True, "falls": False, "returns": True})
    third = _publish(tmp_path, 3, {"stays": True, "falls": False, "returns": False})
    assert first < second < third or len({first, second, third}) == 3
    assert _history(tmp_path) == [
        ("falls", 1, "holds", None, first, "seen in 1"),
        ("falls", 2, "fails", first, None, "seen in 3"),
        ("returns", 1, "fails", None, first, "seen in 1"),
        ("returns", 2, "holds", first, second, "seen in 2"),
        ("returns", 3, "fails", second, None, "seen in 3"),
        ("stays", 1, "holds", None, None, "seen in 3"),
    ]


def test_rules_come_go_and_come_back(tmp_path: Path) -> None:
    first = _publish(tmp_path, 1, {"old": True})
    second = _publish(tmp_path, 2, {"new": False})
    third = _publish(tmp_path, 3, {"new": False, "old": True})
    assert _history(tmp_path, second) == [
        ("new", 1, "fails", first, None, "seen in 2"),
        ("old", 1, "holds", None, first, "seen in 1"),
    ]
    assert _history(tmp_path, third) == [
        ("new", 1, "fails", first, None, "seen in 3"),
        ("old", 1, "holds", None, first, "seen in 1"),
        ("old", 2, "holds", second, None, "seen in 3"),
    ]


def test_the_same_outcomes_give_the_same_bytes_however_often(tmp_path: Path) -> None:
    found: Found = {"a": True, "b": False}
    paths = []
    for number in (1, 2):
        release = _publish(tmp_path / str(number), 1, found)
        again = _publish(tmp_path / str(number), 1, found)
        paths += [tmp_path / str(number) / "releases" / each for each in (release, again)]
    for name in ("csv/check_history.csv", "parquet/check_history.parquet"):
        assert len({(path / name).read_bytes() for path in paths}) == 1


def test_the_history_goes_on_from_the_release_that_was_restored(tmp_path: Path) -> None:
    first = _publish(tmp_path, 1, {"a": True})
    _publish(tmp_path, 2, {"a": False})
    assert run_lifegap("releases", "restore", first, home=tmp_path).returncode == 0
    _publish(tmp_path, 3, {"a": True})
    assert _history(tmp_path) == [("a", 1, "holds", None, None, "seen in 3")]


def test_a_release_of_before_without_a_history_begins_one(tmp_path: Path) -> None:
    first = _publish(tmp_path, 1, {"a": True, "b": True})
    (tmp_path / "releases" / first / "parquet" / "check_history.parquet").unlink()
    _publish(tmp_path, 2, {"a": True, "b": False})
    assert _history(tmp_path) == [
        ("a", 1, "holds", None, None, "seen in 2"),
        ("b", 1, "holds", None, first, "seen in 1"),
        ("b", 2, "fails", first, None, "seen in 2"),
    ]


def test_a_release_of_before_with_other_columns_does_not_break(tmp_path: Path) -> None:
    first = _publish(tmp_path, 1, {"a": True})
    folder = tmp_path / "releases" / first / "parquet"
    for name in ("check_history", "check_result"):
        path = folder / f"{name}.parquet"
        path.unlink()
        duckdb.sql("SELECT 'a' AS expectation_id").write_parquet(str(path))
    _publish(tmp_path, 2, {"a": False})
    assert _history(tmp_path) == [("a", 1, "fails", None, None, "seen in 2")]


def test_a_release_of_before_that_is_damaged_is_named(tmp_path: Path) -> None:
    first = _publish(tmp_path, 1, {"a": True})
    path = tmp_path / "releases" / first / "parquet" / "check_history.parquet"
    path.chmod(0o644)
    path.write_bytes(b"damaged")
    with pytest.raises(LifegapError, match=r"parquet/check_history\.parquet") as refused:
        _publish(tmp_path, 2, {"a": True})
    assert refused.value.code == "RELEASE-ALTERED"
    assert (tmp_path / "latest").resolve().name == first


def test_names_of_folders_are_no_patterns(tmp_path: Path) -> None:
    home = tmp_path / "a[b] {c} it's *"
    first = _publish(home, 1, {"a": True})
    _publish(home, 2, {"a": False})
    assert _history(home)[0][4] == first


def test_the_command_tells_what_fails_since_when_and_how_often(tmp_path: Path) -> None:
    first = _publish(tmp_path, 1, {"a": False, "b": True})
    second = _publish(tmp_path, 2, {"a": True, "b": True})
    _publish(tmp_path, 3, {"a": False, "b": True})
    rows = json.loads(run_lifegap("releases", "checks", "--format", "json", home=tmp_path).stdout)
    assert [(row["expectation_id"], row["changed_after"], row["times_failed"]) for row in rows] == [
        ("a", second, 2)
    ]
    everything = run_lifegap("releases", "checks", "--all", "--format", "json", home=tmp_path)
    assert len(json.loads(everything.stdout)) == 2
    earlier = run_lifegap("releases", "checks", first, "--format", "json", home=tmp_path)
    assert [row["changed_after"] for row in json.loads(earlier.stdout)] == [None]


def test_every_rule_of_the_bundle_stands_in_the_history(bundle_home: Path) -> None:
    with open_release(bundle_home) as release:
        assert release.ask(
            "SELECT count(*) FROM check_result FULL JOIN (FROM check_history WHERE lasted_until IS NULL) AS h "
            "USING (table_name, expectation_id) WHERE success IS DISTINCT FROM CASE outcome "
            "WHEN 'holds' THEN true WHEN 'fails' THEN false END"
        ).rows == [(0,)]
        assert release.ask("SELECT count(*) FROM check_history").rows[0][0] > 1000
