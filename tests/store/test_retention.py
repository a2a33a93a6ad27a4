"""Which releases are pruned, and which never are."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lifegap.errors import LifegapError
from lifegap.releases.publish import make_latest
from lifegap.releases.read import list_releases
from lifegap.releases.retention import prune, to_prune
from lifegap.releases.signatures import sign
from lifegap.settings import read_settings
from tests.conftest import run_lifegap
from tests.store.small_home import home_settings, publish_titled

Give = Callable[[int], list[str]]
"""Gives a home so many releases; their ids, oldest first."""


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with six releases, each of a later day. Not to be written to."""
    home = tmp_path_factory.mktemp("six")
    for number in range(6):
        release = publish_titled(home, f"release {number}")
        folder = home / "releases" / release
        later = f"2026010{number + 1}T000000Z{release[16:]}"
        manifest = (folder / "release.json").read_text(encoding="utf-8").replace(release, later)
        (folder / "release.json").chmod(0o644)
        (folder / "release.json").write_text(manifest, encoding="utf-8")
        folder.rename(folder.with_name(later))
        make_latest(home_settings(home), later)
    return home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def published(six: Path, home: Path) -> Give:
    """Gives the home the first so many releases of the six; their ids, oldest first."""

    def publish(count: int) -> list[str]:
        folders = sorted((six / "releases").iterdir())[:count]
        for folder in folders:
            shutil.copytree(folder, home / "releases" / folder.name)
        make_latest(home_settings(home), folders[-1].name)
        return [folder.name for folder in folders]

    return publish


def _kept(home: Path) -> list[str]:
    return sorted(each["release_id"] for each in list_releases(home))


def _sign(home: Path, release: str) -> None:
    sign(home, release, name="A. Signer", role="chair", note="")


def test_the_newest_are_kept(home: Path, published: Give) -> None:
    ids = published(4)
    assert prune(home, 2) == [ids[1], ids[0]]
    assert _kept(home) == ids[2:]
    assert prune(home, 2) == []


def test_what_is_signed_is_never_pruned_and_does_not_count(home: Path, published: Give) -> None:
    ids = published(4)
    _sign(home, ids[0])
    _sign(home, ids[3])
    assert prune(home, 1) == [ids[1]]
    assert _kept(home) == [ids[0], ids[2], ids[3]]


def test_a_file_of_signatures_that_cannot_be_read_keeps_its_release(home: Path, published: Give) -> None:
    ids = published(2)
    (home / "releases" / f"{ids[0]}.signatures.jsonl").write_text("{", encoding="utf-8")
    assert prune(home, 1) == []


def test_the_latest_stays_where_it_is_an_older_one(home: Path, published: Give) -> None:
    ids = published(3)
    make_latest(home_settings(home), ids[0])
    assert prune(home, 1) == [ids[1]]
    assert _kept(home) == [ids[0], ids[2]]


def test_the_release_that_was_gone_back_to_stays_when_the_next_is_made(home: Path, published: Give) -> None:
    ids = published(3)
    make_latest(home_settings(home), ids[0])
    last = publish_titled(home, "after")
    assert to_prune(home, 1) == [ids[2], ids[1]]
    prune(home, 1)
    assert _kept(home) == sorted([ids[0], last])


def test_a_release_is_gone_whole_and_what_a_killed_run_left_goes_with_the_next(
    home: Path, published: Give, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = published(2)
    with monkeypatch.context() as killed:
        killed.setattr("shutil.rmtree", lambda *_, **__: None)
        prune(home, 1)
    assert _kept(home) == ids[1:]
    assert [path.name for path in (home / "releases").glob(".pruned-*")]
    publish_titled(home, "next")
    assert not list((home / "releases").glob(".*"))


def test_the_command_says_what_went_and_what_stays(home: Path, published: Give) -> None:
    ids = published(4)
    _sign(home, ids[0])
    ended = run_lifegap("releases", "prune", "--keep", "1", home=home)
    assert ended.stdout.splitlines() == [
        f"deleted {ids[2]}",
        f"deleted {ids[1]}",
        "2 deleted, 2 kept, 1 of them signed.",
    ]
    kept_by_setting = run_lifegap("releases", "prune", home=home, LIFEGAP_KEEP_RELEASES="1")
    assert "0 deleted" in kept_by_setting.stdout


def test_by_hand_five_stay_where_nothing_says_how_many(home: Path, published: Give) -> None:
    ids = published(6)
    assert f"deleted {ids[0]}" in run_lifegap("releases", "prune", home=home).stdout
    assert _kept(home) == ids[1:]


def test_without_the_setting_every_release_is_kept(tmp_path: Path) -> None:
    assert read_settings(home=tmp_path).keep_releases is None


@pytest.mark.parametrize("value", ["0", "-1", "many"])
def test_a_setting_that_is_no_number_of_releases_is_refused(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIFEGAP_KEEP_RELEASES", value)
    with pytest.raises(LifegapError, match="LIFEGAP_KEEP_RELEASES") as refused:
        read_settings(home=tmp_path)
    assert refused.value.exit_code == 2
