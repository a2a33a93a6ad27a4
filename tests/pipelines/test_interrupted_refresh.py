"""A refresh that is interrupted midway: the last release stands, and the history says what happened."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import dagster as dg
import pytest

from tests.conftest import LIFEGAP


@pytest.mark.slow
def test_an_interrupted_refresh_leaves_the_last_release_and_is_canceled_in_the_history(
    bundle_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(bundle_home, home, symlinks=True)
    before = (home / "latest").readlink()
    variables = {name: value for name, value in os.environ.items() if not name.startswith("LIFEGAP_")}
    with subprocess.Popen(
        [str(LIFEGAP), "refresh", "--force", "--home", str(home)],
        env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as refresh:  # fmt: skip
        assert refresh.stderr is not None
        while "warehouse.place " not in (line := refresh.stderr.readline()):
            assert line, "the refresh ended before it could be interrupted"
        refresh.send_signal(signal.SIGINT)
        said = refresh.stderr.read()
        assert refresh.wait() == 130
    assert "the last release stands" in said
    assert (home / "latest").readlink() == before
    assert not list((home / "releases").glob(".*"))
    with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
        (run, *_) = instance.get_runs()
        assert run.status == dg.DagsterRunStatus.CANCELED
