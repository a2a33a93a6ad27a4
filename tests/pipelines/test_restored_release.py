"""Going back to an earlier release, and on from there: what follows, what is kept, what goes."""

import json
import shutil
import time
from pathlib import Path

import pytest

from lifegap.releases.read import open_release
from lifegap.releases.seal import faults
from lifegap.reports.signoff import FIGURES
from tests.conftest import CHECKOUT, run_lifegap


def _ids(home: Path) -> set[str]:
    return {path.name for path in (home / "releases").iterdir() if path.is_dir()}


def _refreshed(home: Path, data: Path, word: str, **environment: str) -> str:
    """A refresh after a word of a comment has changed, so that there is something to do; the id it made."""
    card = data / "sources" / "chr_rankings.toml"
    card.write_text(f"{card.read_text(encoding='utf-8')}\n# {word}\n", encoding="utf-8")
    time.sleep(1)  # ids of releases count seconds
    ended = run_lifegap("refresh", home=home, LIFEGAP_DATA=str(data), **environment)
    assert ended.returncode == 0, ended.stderr
    return (home / "latest").resolve().name


@pytest.mark.slow
def test_after_going_back_the_next_release_follows_the_restored_one_which_is_kept(
    bundle_home: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(bundle_home, tmp_path / "home", symlinks=True))
    data = Path(shutil.copytree(CHECKOUT / "data", tmp_path / "data"))
    first = (home / "latest").resolve().name
    second = _refreshed(home, data, "second")
    third = _refreshed(home, data, "third")
    assert _ids(home) == {first, second, third}

    assert run_lifegap("releases", "restore", first, home=home).returncode == 0
    quoted = run_lifegap("quote", "West Garfield Park", home=home).stdout
    assert quoted == run_lifegap("quote", "West Garfield Park", home=bundle_home).stdout

    ended = run_lifegap("sign", second, "--name", "A. Signer", "--role", "chair", "--note", "", home=home)
    assert ended.returncode == 0, ended.stderr
    last = _refreshed(home, data, "last", LIFEGAP_KEEP_RELEASES="1")
    assert _ids(home) == {first, second, last}, (
        "the third is neither signed nor the one that was gone back to"
    )
    with open_release(home) as release, open_release(home, first) as before:
        assert release.manifest["previous"] == first
        for table in FIGURES:
            made, known = (each.manifest["tables"][table]["sha256"] for each in (release, before))
            assert made == known, table
    assert all(faults(home / "releases" / each) == [] for each in (first, second, last))
    listed = json.loads(run_lifegap("releases", "list", "--format", "json", home=home).stdout)
    assert [(each["release"], len(each["signed"])) for each in listed] == [(last, 0), (second, 1), (first, 0)]
