"""However a run ends, the history that the UI shows says so."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

import dagster as dg
import pytest
from filelock import FileLock

from lifegap.errors import LifegapError, error
from lifegap.settings import Settings, read_settings
from pipelines.history import History, keeper, kept
from pipelines.step import LAND, Step

TABLE = "sources.usaleep_tract"
MADE = {
    "rows": 3, "seconds": 0.5, "preview": "| tract_id |", "hashes": {"US_A.CSV": "0" * 64},
    "version": "v" * 64, "kept": False,
}  # fmt: skip
RULES = [
    {"rule": "key", "severity": "critical", "observed": "2 of 3 rows break it", "reason": "One row each."}
]
FOUND = {"failed": 1, "untested": 0, "critical": True, "rules": RULES}


def _id(letter: str) -> str:
    """An id of a run."""
    return str(UUID(letter * 32))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(home=tmp_path / "home")


@contextmanager
def _ended(settings: Settings) -> Iterator[tuple[dg.DagsterRun, list[dg.DagsterEvent]]]:
    """The only run of the history, and what happened in it."""
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        (run,) = instance.get_runs()
        yield run, [entry.dagster_event for entry in instance.all_logs(run.run_id) if entry.dagster_event]


def _begun(history: History) -> None:
    history.done(LAND, time.time(), {"files": 1, "bytes": 10, "origin": "bundle"})
    history.done(Step("make", TABLE), time.time(), MADE)


def test_a_table_that_was_kept_is_an_observation_of_the_version_that_was_made(settings: Settings) -> None:
    with keeper(settings) as history, kept(history, _id("e"), [TABLE], "bundle", "g"):
        _begun(history)
        history.done(Step("make", TABLE), time.time(), MADE | {"kept": True})
    with _ended(settings) as (run, events):
        assert run.status == dg.DagsterRunStatus.SUCCESS
        of_table = [each for each in events if each.asset_key == dg.AssetKey(TABLE.split("."))]
        (made,) = [each for each in of_table if each.is_step_materialization]
        (seen,) = [each for each in of_table if each.event_type == dg.DagsterEventType.ASSET_OBSERVATION]
        versions = {
            (each.tags or {})["dagster/data_version"]
            for each in (made.materialization, seen.asset_observation_data.asset_observation)
        }
        assert versions == {MADE["version"]}


def test_a_run_of_the_graph_of_an_earlier_one_is_in_the_history_as_that_is(settings: Settings) -> None:
    for letter in "ab":
        with keeper(settings) as history, kept(history, _id(letter), [TABLE], "bundle", "one graph"):
            _begun(history)
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        second, first = instance.get_runs()
        assert (second.run_id, first.run_id) == (_id("b"), _id("a"))
        assert second.job_snapshot_id == first.job_snapshot_id is not None
        assert second.execution_plan_snapshot_id == first.execution_plan_snapshot_id is not None
        assert second.asset_selection == first.asset_selection
        kinds = [
            Counter(
                (entry.dagster_event.event_type, entry.dagster_event.step_key)
                for entry in instance.all_logs(run.run_id)
                if entry.dagster_event
            )
            for run in (first, second)
        ]
        assert kinds[0] == kinds[1]
        assert len(kinds[0]) > 6


def test_a_failed_check_and_what_it_found_are_in_the_history(settings: Settings) -> None:
    refusal = error("CHECK-FAILED", doing="checking", found="two keys alike", expected="one", todo="look")
    with suppress(LifegapError), keeper(settings) as history, kept(history, _id("a"), [TABLE], "bundle", "g"):
        _begun(history)
        history.done(Step("check", TABLE), time.time(), FOUND)
        raise refusal
    with _ended(settings) as (run, events):
        assert run.status == dg.DagsterRunStatus.FAILURE
        (checked,) = [e for e in events if e.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION]
        assert not checked.asset_check_evaluation_data.passed
        assert "2 of 3 rows break it" in str(checked.asset_check_evaluation_data.metadata["rules"])
        assert "two keys alike" in (events[-1].message or "")


def test_a_step_that_raised_is_named_with_its_error(settings: Settings) -> None:
    with suppress(OSError), keeper(settings) as history, kept(history, _id("b"), [TABLE], "bundle", "g"):
        history.failed(Step("make", TABLE), time.time(), "the disk is full")
        raise OSError
    with _ended(settings) as (run, events):
        assert run.status == dg.DagsterRunStatus.FAILURE
        (failed,) = [event for event in events if event.is_step_failure]
        assert failed.step_key == "sources__usaleep_tract"
        assert failed.step_failure_data.error is not None
        assert "the disk is full" in failed.step_failure_data.error.message


def test_an_interrupted_run_is_canceled(settings: Settings) -> None:
    with (
        suppress(KeyboardInterrupt),
        keeper(settings) as history,
        kept(history, _id("c"), [TABLE], "bundle", "g"),
    ):
        _begun(history)
        raise KeyboardInterrupt
    with _ended(settings) as (run, events):
        assert run.status == dg.DagsterRunStatus.CANCELED
        assert [e for e in events if e.is_step_materialization]


KILLED = """
import os, signal, sys, time
from pathlib import Path
from lifegap.settings import read_settings
from pipelines.step import Step
from pipelines.history import keeper, kept
settings = read_settings(home=Path(sys.argv[1]))
with keeper(settings) as history, kept(history, sys.argv[3], [sys.argv[2]], "bundle", "g"):
    history.done(Step("make", sys.argv[2]), time.time(), {made})
    while not history.all_sent:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_run_whose_process_was_killed_is_failed_and_not_running_for_ever(settings: Settings) -> None:
    script = KILLED.replace("{made}", repr(MADE))
    ended = subprocess.run([sys.executable, "-c", script, str(settings.home), TABLE, _id("d")], check=False)
    assert ended.returncode < 0
    with keeper(settings) as history, kept(history, _id("e"), [TABLE], "bundle", "g"):
        pass
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        # The keeper of the run that was killed may still be at its imports, and writes when it is done.
        while len(instance.get_runs()) < 2:
            time.sleep(0.1)
        with FileLock(settings.dagster_home / "keeper.lock"):
            after = {run.run_id: run.status for run in instance.get_runs()}
        assert after == {_id("d"): dg.DagsterRunStatus.FAILURE, _id("e"): dg.DagsterRunStatus.SUCCESS}
        made = instance.get_latest_materialization_event(dg.AssetKey(TABLE.split(".")))
        assert made is not None
