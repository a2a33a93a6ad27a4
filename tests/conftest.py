"""What tests share: a refresh of the bundle, made once, and the mirror of public files."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock
from hypothesis import settings

from assets.table import registered
from lifegap.catalog.catalog import Catalog
from lifegap.releases.before import Before
from lifegap.releases.read import Release, open_release

CHECKOUT = Path(__file__).resolve().parent.parent
TESTS = CHECKOUT / "tests"
ANCHORS = TESTS / "anchors"
FIXTURES = TESTS / "fixtures"
LIFEGAP = Path(sys.executable).with_name("lifegap")

# No test fails because a machine is slow, and every run tries the same examples.
settings.register_profile("lifegap", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("lifegap")


QUICK_SEED, CASES = 20_261_130, 1


settings.register_profile("quick", settings.get_profile("lifegap"), max_examples=10)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--quick",
        action="store_true",
        help="Few cases of the tests that need no refresh and no process.",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The fast tests first: those that need no refresh, then the bundle's, the slow, the mirror's."""
    if config.getoption("quick"):
        settings.load_profile("quick")
        quick = _quick(items)
        config.hook.pytest_deselected(items=[item for item in items if item not in quick])
        items[:] = [item for item in items if item in quick]

    def cost(item: pytest.Item) -> tuple[bool, ...]:
        fixtures = getattr(item, "fixturenames", ())
        slow = item.get_closest_marker("slow") is not None
        return "mirror_home" in fixtures, slow, "bundle_home" in fixtures

    items.sort(key=cost)


def _quick(items: list[pytest.Item]) -> set[pytest.Item]:
    """One case each, drawn by a seed, of the tests that need no refresh, start no process and are not slow."""
    drawn = random.Random(QUICK_SEED)
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        needs = {"bundle_home", "mirror"} & set(getattr(item, "fixturenames", ()))
        starts = {"run_lifegap", "subprocess", "keeper"} & set(dir(getattr(item, "module", None)))
        if not needs | starts and not any(item.get_closest_marker(name) for name in ("slow", "soak")):
            cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    return {each for same in cases.values() for each in drawn.sample(same, min(CASES, len(same)))}


def run_lifegap(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, in a process of its own."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("LIFEGAP_")}
    return subprocess.run(
        [str(LIFEGAP), *arguments],
        env=variables | {"LIFEGAP_HOME": str(home), "NO_COLOR": "1"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _made_once(folder: Path, name: str, *arguments: str, **environment: str) -> Path:
    """A home folder that the first worker to ask makes with `lifegap refresh`."""
    home = folder / name
    with FileLock(folder / f"{name}.lock"):
        if not (home / "stdout").exists():
            shutil.rmtree(home, ignore_errors=True)
            ended = run_lifegap("refresh", *arguments, home=home, **environment)
            assert ended.returncode == 0, ended.stderr
            (home / "stdout").write_text(ended.stdout, encoding="utf-8")
    return home


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run of the tests share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def bundle_home(shared: Path) -> Path:
    """LIFEGAP_HOME after `lifegap refresh` on the bundle. Not to be written to.

    While a test is being written, LIFEGAP_BUNDLE_HOME may name one that is there already.
    """
    if named := os.environ.get("LIFEGAP_BUNDLE_HOME"):
        return Path(named).absolute()
    return _made_once(shared, "bundle-home")


@pytest.fixture
def release(bundle_home: Path) -> Iterator[Release]:
    """The release of the bundle."""
    with open_release(bundle_home) as opened:
        yield opened


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The public files; tests that need them are skipped, loudly, without."""
    named = os.environ.get("LIFEGAP_MIRROR")
    if not named:
        pytest.skip("LIFEGAP_MIRROR is not set: the tests on the whole public files did not run")
    return Path(named).absolute()


@pytest.fixture(scope="session")
def mirror_home(shared: Path, mirror: Path) -> Path:
    """LIFEGAP_HOME after `lifegap refresh --sources mirror`; LIFEGAP_MIRROR_HOME likewise."""
    if named := os.environ.get("LIFEGAP_MIRROR_HOME"):
        return Path(named).absolute()
    return _made_once(shared, "mirror-home", "--sources", "mirror", LIFEGAP_MIRROR=str(mirror))


@pytest.fixture
def mirror_release(mirror_home: Path) -> Iterator[Release]:
    """The release of the whole public files."""
    with open_release(mirror_home) as opened:
        yield opened


def tables_of_history() -> set[str]:
    """Published tables that tell of the release before, or of what was checked in tables that do."""
    history = {maker.table.name for maker in registered().values() if Before in maker.takes}
    return history | {"check_result", "check_history"}


def hashes_of_figures(manifest: dict[str, Any]) -> dict[str, str]:
    """Table → hash of its rows in a release, of those that tell nothing of the release before."""
    history = tables_of_history()
    return {name: facts["sha256"] for name, facts in manifest["tables"].items() if name not in history}


def attach_warehouse(home: Path, copy: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection to a warehouse: a copy that may be changed, or the original read-only."""
    connection = duckdb.connect()
    if copy is None:
        connection.execute(f"ATTACH '{home / 'warehouse.duckdb'}' AS lifegap (READ_ONLY); USE lifegap")
    else:
        shutil.copyfile(home / "warehouse.duckdb", copy)
        connection.execute(f"ATTACH '{copy}' AS lifegap; USE lifegap")
    return connection


@pytest.fixture
def warehouse(bundle_home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of the bundle, read-only."""
    with attach_warehouse(bundle_home) as connection:
        yield connection


@pytest.fixture
def mirror_warehouse(mirror_home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of the whole public files, read-only."""
    with attach_warehouse(mirror_home) as connection:
        yield connection


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The declarations of the repository."""
    return Catalog(CHECKOUT / "data")
