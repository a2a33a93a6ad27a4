"""A release of years ago, of which only the folder is left: its figures can be asked for and explained."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from lifegap.home import MANIFEST
from lifegap.releases.read import Release
from tests.conftest import run_lifegap

KEY = (
    "place_id=neighborhood:chicago-26,reference_place_id=neighborhood:chicago-32,source_id=nchs_usaleep,"
    "coalition_id=west-side-united,population_group=all,reference_group=all"
)


@pytest.fixture(scope="module")
def archive(bundle_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release, copied alone to where nothing else is; not to be written to."""
    folder = (bundle_home / "latest").resolve()
    return Path(shutil.copytree(folder, tmp_path_factory.mktemp("archive") / folder.name))


@pytest.fixture
def home(archive: Path, tmp_path: Path) -> Path:
    """A home folder that has the release of before, and nothing else: no link, landed file or warehouse."""
    (tmp_path / "releases").mkdir()
    shutil.copytree(archive, tmp_path / "releases" / archive.name)
    return tmp_path


def _ran(home: Path, *arguments: str) -> str:
    """What a command says where there is no folder of declarations."""
    ended = run_lifegap(*arguments, home=home, LIFEGAP_DATA=str(home / "no data"))
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.parametrize("named_by", ["id", "folder"])
def test_a_gap_is_explained_down_to_files_and_rows_from_the_release_alone(
    home: Path, archive: Path, named_by: str
) -> None:
    release = archive.name if named_by == "id" else str(archive)
    where = home if named_by == "id" else home / "an empty home"
    told = _ran(where, "explain", "life_expectancy_gap", KEY, "--all", "--release", release)
    manifest = json.loads((archive / MANIFEST).read_text(encoding="utf-8"))
    files = {each["file"]: each["sha256"] for each in manifest["files"]}
    # The figure, its file with hash and row, the share of a tract, the formula.
    assert "gap                  11.556" in told
    assert " IL_B.CSV" in told
    assert files["IL_B.CSV"] in told
    assert "tract2010:17031260200" in told
    assert "Weights of the units" in told
    assert "method               pooled_a_prime" in told
    assert "M(x) = sum of people(x) m(x) / sum of people(x)" in told
    # What it may be used for, of its source and of those behind it; what was checked; by which code.
    assert told.count("fitness ") >= 1
    assert "rank: no" in told
    assert "hold on life_expectancy_gap" in told
    assert f"checks {manifest['checks']['passed']} passed and {manifest['checks']['warned']} warned" in told
    assert f"Code {manifest['code']}; of all its checks" in told


def test_what_sources_lie_behind_an_index_is_told_with_what_they_are_fit_for(
    home: Path, archive: Path
) -> None:
    query = (
        "SELECT place_id, priority_area, method FROM priority_index WHERE score IS NOT NULL AND "
        "coalition_id = 'west-side-united' ORDER BY ALL LIMIT 1"
    )
    (row,) = json.loads(_ran(home, "sql", query, "--format", "json", "--release", archive.name))
    key = ",".join(f"{name}={value}" for name, value in row.items()) + ",coalition_id=west-side-united"
    told = _ran(home, "explain", "priority_index", key, "--release", archive.name)
    assert "Source of numbers behind it" in told
    assert "evaluate_program: no" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("quote", "West Garfield Park"), "11.6 years shorter"),
        (("gap", "--coalition", "west-side-united"), "West Garfield Park"),
        (("indicators", "--area", "education"), "education"),
        (("sources",), "nchs_usaleep"),
        (("sql", "SELECT count(*) AS places FROM place"), "places"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_every_question_can_be_put_to_a_release_of_before(
    home: Path, archive: Path, arguments: tuple[str, ...], said: str
) -> None:
    ended = run_lifegap(*arguments, "--release", archive.name, home=home, LIFEGAP_DATA=str(home / "none"))
    assert ended.returncode == 0, ended.stderr
    assert said in ended.stdout
    assert f"From release {archive.name}." in ended.stderr


def test_of_a_release_that_is_not_the_latest_that_is_said(bundle_home: Path, archive: Path) -> None:
    ended = run_lifegap("quote", "West Garfield Park", "--release", str(archive), home=bundle_home)
    latest = (bundle_home / "latest").resolve().name
    assert f"From release {archive.name}; the latest is {latest}." in ended.stderr
    ended = run_lifegap("quote", "West Garfield Park", "--release", latest, home=bundle_home)
    assert "From release" not in ended.stderr


def test_a_release_that_is_nowhere_is_refused_with_those_that_are_there(home: Path, archive: Path) -> None:
    ended = run_lifegap("quote", "West Garfield Park", "--release", "20200101T000000Z-00000000", home=home)
    assert ended.returncode == 2
    assert archive.name in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [("lifegap.duckdb", None), ("lifegap.duckdb", b"half a file"), ("release.json", b"{")],
    ids=["no database", "half a database", "half a manifest"],
)
def test_a_folder_that_is_no_whole_release_is_refused(
    archive: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    folder = Path(shutil.copytree(archive, tmp_path / "part"))
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    ended = run_lifegap("sql", "SELECT 1", "--release", str(folder), home=tmp_path)
    altered = name == "release.json"
    assert ended.returncode == (1 if altered else 2)
    assert ("RELEASE-ALTERED" if altered else "a whole release") in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_release_of_another_version_without_a_table_says_which_version_made_it(
    home: Path, archive: Path
) -> None:
    folder = home / "releases" / archive.name
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    with duckdb.connect(str(folder / "lifegap.duckdb")) as connection:
        connection.execute("DROP TABLE published.check_result CASCADE")
    ended = run_lifegap("explain", "life_expectancy_gap", KEY, "--release", archive.name, home=home)
    assert ended.returncode == 2
    assert "was made by lifegap" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_release_is_known_by_its_manifest_when_its_folder_is_gone(release: Release) -> None:
    assert release.manifest["release_id"] == release.folder.name
