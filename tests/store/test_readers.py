"""Readers while releases are published and pruned: they never fail, and never see a part of a release."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lifegap.cli.releases import prune
from lifegap.releases.publish import publish
from lifegap.releases.read import open_release
from tests.conftest import CHECKOUT, run_lifegap
from tests.store.reader import KINDS
from tests.store.small_home import home_settings, warehouse_titled

TIMES = 20
READERS = [kind for kind in KINDS for _ in range(2)]
ROWS = 1_000


@pytest.fixture(autouse=True)
def _without_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers read the tables; a page, a pack and a workbook of a thousand coalitions would take minutes."""
    monkeypatch.setattr("lifegap.releases.publish.write_documents", lambda _: None)


def _publish_rows(home: Path, rows: int) -> str:
    """Publish a release of that many rows, each of which says how many there are; its id."""
    settings = home_settings(home)
    with warehouse_titled(settings, f"{rows} rows") as warehouse:
        warehouse.connection.execute(
            "INSERT INTO published.coalition BY NAME SELECT 'c' || i AS coalition_id, ? AS title, "
            "'draft' AS status FROM range(1, ?) AS r (i)",
            [f"{rows} rows", rows],
        )
        return publish(warehouse, settings, {}).release_id


def _read_while(home: Path, stop: Path, work: Callable[[], None]) -> list[dict[str, Any]]:
    """What eight readers saw while the work was done."""
    readers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.store.reader", str(home), kind, str(stop)],
            cwd=CHECKOUT, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        )
        for kind in READERS
    ]  # fmt: skip
    try:
        work()
    finally:
        stop.touch()
        said = [reader.communicate()[0] for reader in readers]
    return [json.loads(each) for each in said]


def _assert_nothing_failed(seen: list[dict[str, Any]]) -> None:
    assert len(seen) == len(READERS)
    assert [each["errors"] for each in seen] == [[]] * len(seen)
    assert all(each["reads"] > 0 for each in seen)


@pytest.mark.slow
def test_eight_readers_see_whole_releases_through_twenty_publishes_with_pruning(tmp_path: Path) -> None:
    home, published = tmp_path / "home", list[str]()
    _publish_rows(home, ROWS)

    def publish_and_prune() -> None:
        for number in range(1, TIMES + 1):
            published.append(_publish_rows(home, ROWS + number))
            prune(keep=1, home=home)

    seen = _read_while(home, tmp_path / "stop", publish_and_prune)
    _assert_nothing_failed(seen)
    assert len(set(published)) == TIMES
    assert [path.name for path in (home / "releases").iterdir()] == published[-1:]
    assert len({title for each in seen for title in each["titles"]}) > TIMES / 2


def test_a_release_that_is_held_open_can_be_read_on_when_it_has_been_pruned(tmp_path: Path) -> None:
    first = _publish_rows(tmp_path, 2)
    with open_release(tmp_path) as held:
        _publish_rows(tmp_path, 3)
        prune(keep=1, home=tmp_path)
        assert not (tmp_path / "releases" / first).exists()
        assert held.ask("SELECT count(*) FROM coalition").rows == [(2,)]
        assert held.manifest["release_id"] == first


def test_a_release_that_is_pruned_as_it_is_opened_gives_the_latest_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another is published, and this one deleted, between the look at `latest` and the opening."""
    from lifegap.releases import read

    first = _publish_rows(tmp_path, 2)
    looked, plain = list[Path](), read.release_folder

    def overtaken(home: Path, release_id: str | None = None) -> Path:
        folder = plain(home, release_id)
        if not looked:
            looked.append(folder)
            _publish_rows(home, 3)
            shutil.rmtree(folder)
        return folder

    monkeypatch.setattr(read, "release_folder", overtaken)
    with open_release(tmp_path) as release:
        assert looked[0].name == first != release.folder.name
        assert release.ask("SELECT count(*) FROM coalition").rows == [(3,)]


@pytest.mark.soak
def test_eight_readers_see_whole_releases_through_twenty_refreshes(bundle_home: Path, tmp_path: Path) -> None:
    """The true thing: everything is made, checked and published twenty times while others read."""
    home = Path(shutil.copytree(bundle_home, tmp_path / "home", symlinks=True))
    stop = tmp_path / "stop"
    asked = f"""
import json, pathlib, sys
from lifegap.releases.read import open_release
reads, wrong = 0, []
while not pathlib.Path({str(stop)!r}).exists():
    try:
        with open_release(pathlib.Path({str(home)!r})) as release:
            for name, facts in release.manifest["tables"].items():
                found = release.ask(f'SELECT count(*) FROM "{{name}}"').rows[0][0]
                assert found == facts["rows"], (name, found, facts)
            reads += 1
    except Exception as each:
        wrong.append(repr(each))
print(json.dumps([reads, wrong]))
"""
    readers = [
        subprocess.Popen([sys.executable, "-c", asked], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
        for _ in READERS
    ]
    try:
        for _ in range(TIMES):
            ended = run_lifegap("refresh", "--force", home=home)
            assert ended.returncode == 0, ended.stderr
            assert run_lifegap("releases", "prune", "--keep", "2", home=home).returncode == 0
    finally:
        stop.touch()
        said = [json.loads(reader.communicate()[0]) for reader in readers]
    assert [wrong for _, wrong in said] == [[]] * len(READERS)
    assert all(reads > 0 for reads, _ in said)
