"""A process that is killed while it publishes, and readers who look while it does."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from lifegap.releases.publish import make_latest, publish
from lifegap.releases.read import list_releases, open_release
from lifegap.releases.seal import content_hash
from tests.conftest import CHECKOUT
from tests.store.csv_texts import text_hashes
from tests.store.small_home import TITLE, home_settings, publish_titled, title_of, warehouse_titled

KILLED = """
import os, signal, sys
from pathlib import Path
from tests.store.small_home import publish_titled

_, home, owner, name = sys.argv
setattr({"os": os, "Path": Path}[owner], name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
publish_titled(Path(home), "second")
"""

STEPS = [
    pytest.param("os", "fsync", id="the tables are written, not yet flushed"),
    pytest.param("Path", "rename", id="all is flushed, and stands in the draft"),
    pytest.param("Path", "symlink_to", id="the release has its name, and is not the latest"),
    pytest.param("Path", "replace", id="the link to it stands beside the one to the first"),
]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one release. Not to be written to."""
    home = tmp_path_factory.mktemp("first")
    publish_titled(home, "first")
    return home


@pytest.fixture
def home(first: Path, tmp_path: Path) -> Path:
    """A copy of the home with one release."""
    return Path(shutil.copytree(first, tmp_path / "home", symlinks=True))


def _assert_whole(home: Path) -> None:
    """Every release that is listed has the tables whose hash it names."""
    for manifest in list_releases(home):
        folder = home / "releases" / manifest["release_id"]
        hashes = text_hashes(folder)
        assert content_hash(hashes) == manifest["content_hash"]
        assert hashes.keys() == {path.stem for path in folder.glob("parquet/*.parquet")}


@pytest.mark.slow
@pytest.mark.parametrize(("owner", "name"), STEPS)
def test_a_process_killed_while_it_publishes_leaves_the_last_release_and_the_next_is_published(
    home: Path, owner: str, name: str
) -> None:
    before = (home / "latest").readlink()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(home), owner, name],
        cwd=CHECKOUT, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert (home / "latest").readlink() == before
    assert title_of(home) == "first"
    _assert_whole(home)
    third = publish_titled(home, "third")
    assert not list((home / "releases").glob(".*"))
    assert (home / "latest").resolve().name == third
    assert title_of(home) == "third"
    assert {title_of(home, each["release_id"]) for each in list_releases(home)} >= {"first", "third"}
    _assert_whole(home)


def test_a_disk_that_is_full_leaves_the_last_release_and_no_draft(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Exception, match="free some space"):
        publish_titled(home, "second")
    assert title_of(home) == "first"
    assert [path.name for path in (home / "releases").iterdir()] == [(home / "latest").resolve().name]


def test_what_a_release_holds_is_on_the_disk_before_it_has_its_name_and_that_before_it_is_the_latest(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine may keep the order of its disk or not: what is not flushed can be lost when power is cut."""
    events: list[int | str] = []
    flush, rename, replace = os.fsync, Path.rename, Path.replace

    def flushed(handle: int) -> None:
        flush(handle)
        events.append(os.fstat(handle).st_ino)

    def named(path: Path, target: Path) -> Path:
        events.append("named")
        return rename(path, target)

    def swapped(path: Path, target: Path) -> Path:
        events.append("swapped")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "rename", named)
    monkeypatch.setattr(Path, "replace", swapped)
    release = home / "releases" / publish_titled(home, "second")
    first, second = events.index("named"), events.index("swapped")
    assert {path.stat().st_ino for path in release.rglob("*")} <= set(events[:first])
    assert (home / "releases").stat().st_ino in events[first:second]
    assert home.stat().st_ino in events[second:]


def _between_lines(of: str, look: Callable[[], None], run: Callable[[], Any]) -> Any:
    """Run something, and look before each line that it runs of one module."""

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename != of:
            return None
        if event == "line":
            look()
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        return run()
    finally:
        sys.settrace(before)


def test_whoever_looks_between_any_two_lines_of_publishing_sees_a_whole_release(home: Path) -> None:
    settings = home_settings(home)
    seen: list[str] = []

    def look() -> None:
        manifest = json.loads((home / "latest" / "release.json").read_text(encoding="utf-8"))
        assert manifest["tables"]["coalition"]["rows"] == 1
        assert (home / "latest" / "lifegap.duckdb").is_file()
        if manifest["release_id"] not in seen:
            seen.append(manifest["release_id"])
            title_of(home)

    with warehouse_titled(settings, "second") as warehouse:
        module = sys.modules[publish.__module__].__file__
        assert module is not None
        made = _between_lines(module, look, lambda: publish(warehouse, settings, {}))
    look()
    assert seen == [made.manifest["previous"], made.release_id]


def _swapping(home: Path, ids: list[str], times: int) -> threading.Thread:
    settings = home_settings(home)

    def swap() -> None:
        for number in range(times):
            make_latest(settings, ids[number % 2])

    return threading.Thread(target=swap)


def _read_while(running: threading.Thread, home: Path, whole: dict[str, str]) -> Iterator[str]:
    while running.is_alive():
        with open_release(home) as release:
            told = release.ask(TITLE).rows[0][0]
            assert whole[release.folder.name] == told
            assert release.manifest["release_id"] == release.folder.name
        for _ in range(50):
            manifest = json.loads((home / "latest" / "release.json").read_text(encoding="utf-8"))
            assert manifest["release_id"] in whole
        yield told


def test_readers_who_race_the_swap_see_one_release_or_the_other(home: Path) -> None:
    whole = {(home / "latest").resolve().name: "first", publish_titled(home, "second"): "second"}
    swapping = _swapping(home, list(whole), times=400)
    swapping.start()
    try:
        seen = set(_read_while(swapping, home, whole))
    finally:
        swapping.join()
    assert seen <= {"first", "second"}
    assert title_of(home) == "second"
    assert not [path for path in home.iterdir() if path.name.startswith(".latest-")]
