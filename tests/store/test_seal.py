"""A release is as it was published, or the fault is named."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lifegap.errors import LifegapError
from lifegap.releases.read import list_releases, read_manifest
from lifegap.releases.seal import faults
from tests.conftest import run_lifegap
from tests.store.small_home import publish_titled, writable_copy


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one release. Not to be written to."""
    home = tmp_path_factory.mktemp("sealed")
    publish_titled(home, "first")
    return home


@pytest.fixture
def home(published: Path, tmp_path: Path) -> Path:
    """A copy of the home with one release, whose files may be written to."""
    return writable_copy(published, tmp_path / "home")


def _release(home: Path) -> Path:
    return (home / "latest").resolve()


def test_every_file_of_a_release_has_its_hash_in_the_manifest_and_cannot_be_written(published: Path) -> None:
    folder = _release(published)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert read_manifest(folder)["hashes"].keys() == files - {"release.json"}
    assert {"lifegap.duckdb", "signoff.html", "csv/coalition.csv", "parquet/coalition.parquet"} <= files
    assert all(not (folder / name).stat().st_mode & 0o222 for name in files)
    assert faults(folder) == []


def test_a_home_can_be_deleted_and_copied(published: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(published, tmp_path / "copy", symlinks=True))
    assert faults(_release(copy)) == []
    publish_titled(copy, "second")
    shutil.rmtree(copy)
    assert not copy.exists()


def _append(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / name).open("ab") as file:
            file.write(b"\n")

    return change


def _edit_manifest(folder: Path) -> None:
    path = folder / "release.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["tables"]["coalition"]["sha256"] = "0" * 64
    path.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_append("csv/coalition.csv"), "csv/coalition.csv was altered"),
        (_append("parquet/coalition.parquet"), "parquet/coalition.parquet was altered"),
        (_append("lifegap.duckdb"), "lifegap.duckdb was altered"),
        (_append("signoff.html"), "signoff.html was altered"),
        (lambda folder: (folder / "csv" / "place.csv").unlink(), "csv/place.csv is missing"),
        (_append("csv/another.csv"), "csv/another.csv is not of the release"),
        (_edit_manifest, "release.json was altered: its content hash is not that of its tables"),
        (lambda folder: (folder / "release.json").write_text("{"), "release.json cannot be read"),
    ],
)
def test_what_was_changed_is_named(home: Path, change: Callable[[Path], None], fault: str) -> None:
    change(_release(home))
    assert faults(_release(home)) == [fault]


def test_what_systems_leave_in_a_folder_is_no_fault(home: Path) -> None:
    for name in (".DS_Store", "csv/~$place.csv", "Thumbs.db"):
        (_release(home) / name).write_bytes(b"x")
    assert faults(_release(home)) == []


def test_a_release_of_before_is_checked_by_the_hashes_of_its_tables(home: Path) -> None:
    path = _release(home) / "release.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    del manifest["hashes"]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert faults(_release(home)) == []
    _append("csv/place.csv")(_release(home))
    assert faults(_release(home)) == ["csv/place.csv was altered"]


def test_commands_say_so_of_a_release_that_was_changed(home: Path) -> None:
    said = run_lifegap("releases", "check", home=home)
    assert (said.returncode, "is as it was published" in said.stdout) == (0, True)
    _append("csv/place.csv")(_release(home))
    for command in (("check",), ("show",), ("restore", _release(home).name)):
        ended = run_lifegap("releases", *command, home=home)
        assert ended.returncode == 1, command
        assert "RELEASE-ALTERED" in ended.stderr
        assert "csv/place.csv was altered" in ended.stderr
        assert "Traceback" not in ended.stderr


def test_a_manifest_that_somebody_broke_hides_no_other_release(home: Path) -> None:
    first = _release(home)
    second = publish_titled(home, "second")
    (first / "release.json").chmod(0o644)
    (first / "release.json").write_text("[]", encoding="utf-8")
    assert [each["release_id"] for each in list_releases(home)] == [second]
    with pytest.raises(LifegapError) as refused:
        read_manifest(first)
    assert refused.value.code == "RELEASE-ALTERED"
    ended = run_lifegap("releases", "list", home=home)
    assert ended.returncode == 1
    assert second in ended.stdout
    assert f"{first.name}: release.json cannot be read" in ended.stderr
