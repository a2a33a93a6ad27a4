"""A refresh that is interrupted or killed midway: the last release stands, and the history says what happened."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import dagster as dg
import pytest

from lifegap.releases.read import open_release
from tests.conftest import CHECKOUT, LIFEGAP, hashes_of_figures, run_lifegap


def _ended_midway(home: Path, by: signal.Signals) -> tuple[int, str]:
    """A refresh of everything that gets a signal when it has made places; its exit code and last words."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("LIFEGAP_")}
    with subprocess.Popen(
        [str(LIFEGAP), "refresh", "--force", "--home", str(home)],
        env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as refresh:  # fmt: skip
        assert refresh.stderr is not None
        while "warehouse.place " not in (line := refresh.stderr.readline()):
            assert line, "the refresh ended before it could be interrupted"
        refresh.send_signal(by)
        said = refresh.stderr.read()
        return refresh.wait(), said


@pytest.fixture
def home(bundle_home: Path, tmp_path: Path) -> Path:
    """A copy of the home that a test may change."""
    return Path(shutil.copytree(bundle_home, tmp_path / "home", symlinks=True))


@pytest.mark.slow
def test_an_interrupted_refresh_leaves_the_last_release_and_is_canceled_in_the_history(home: Path) -> None:
    before = (home / "latest").readlink()
    exit_code, said = _ended_midway(home, signal.SIGINT)
    assert exit_code == 130
    assert "the last release stands" in said
    assert (home / "latest").readlink() == before
    assert not list((home / "releases").glob(".*"))
    with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
        (run, *_) = instance.get_runs()
        assert run.status == dg.DagsterRunStatus.CANCELED


@pytest.mark.slow
def test_after_a_killed_refresh_the_next_goes_on_and_publishes_the_same(home: Path) -> None:
    """Tables that were finished are kept, that which was being written is made anew."""
    before = (home / "latest").readlink()
    with open_release(home) as release:
        content = hashes_of_figures(release.manifest)
    exit_code, _ = _ended_midway(home, signal.SIGKILL)
    assert exit_code == -signal.SIGKILL
    assert (home / "latest").readlink() == before
    # Nothing but a word of a comment changes, so that there is something to do.
    data = Path(shutil.copytree(CHECKOUT / "data", home.parent / "data"))
    card = data / "sources" / "chr_rankings.toml"
    card.write_text(card.read_text(encoding="utf-8") + "\n# Another word.\n", encoding="utf-8")
    ended = run_lifegap("refresh", home=home, LIFEGAP_DATA=str(data))
    assert ended.returncode == 0, ended.stderr
    assert (home / "latest").readlink() != before
    with open_release(home) as release:
        assert hashes_of_figures(release.manifest) == content
    with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
        last, killed, *_ = instance.get_runs()
        assert (last.status, killed.status) == (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE)
