"""What is installed without a clone: the wheel has all that it needs, and nothing under a name that others use."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import dagster as dg
import pytest

from lifegap.releases.read import open_release
from tests.conftest import CHECKOUT, FIXTURES, run_lifegap
from tests.serving import ask_ui

pytestmark = pytest.mark.xdist_group("wheel")

ROOMS = ("assets", "data", "expectations", "pipelines", "sql")
PROJECT = (".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "pyproject.toml")
TRACKED = subprocess.run(
    ["git", "ls-files", "--", *ROOMS, "lifegap"], cwd=CHECKOUT, capture_output=True, text=True, check=True
).stdout.splitlines()
LIES_ABOUT = ("assets/__pycache__/table.pyc", "build/lib/assets/table.py", ".lifegap/lock", "deaths.csv")
LARGEST_CODE = 1_250_000
"""Bytes of a wheel beside the bundle, which is compressed already and bounded by itself."""


@dataclass(frozen=True)
class Built:
    """A copy of the checkout, and what was built of it."""

    source: Path
    wheel: Path
    sdist: Path


@dataclass(frozen=True)
class Installed:
    """The wheel in an environment of its own that has our dependencies, but not the checkout.

    elsewhere: a folder with packages of the names of our rooms, none of which is ours.
    """

    folder: Path
    elsewhere: Path

    @property
    def packages(self) -> Path:
        return Path(sysconfig.get_path("purelib", vars={"base": str(self.folder)}))

    @property
    def application(self) -> Path:
        return self.packages / "lifegap" / "application"

    def run(self, *command: str, within: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """A command of the environment, in a folder, as somebody runs it who has packages of their own."""
        return subprocess.run(
            [str(self.folder / "bin" / command[0]), *command[1:]],
            cwd=within,
            env=self.variables() | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def variables(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LIFEGAP_")}
        return kept | {"NO_COLOR": "1", "PYTHONPATH": str(self.elsewhere)}

    def files(self) -> dict[str, int]:
        """The files of the package, but for bytecode, with their time of change."""
        found = (path for path in (self.packages / "lifegap").rglob("*") if path.is_file())
        return {str(path): path.stat().st_mtime_ns for path in found if path.suffix != ".pyc"}


def _build(folder: Path, into: Path, *targets: str) -> None:
    chosen = [word for target in targets for word in ("--target", target)]
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(into), *chosen],
        cwd=folder,
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Wheel and source archive of the tracked files, among what lies about where people work."""
    folder = tmp_path_factory.mktemp("built")
    source = folder / "source"
    for name in (*TRACKED, *PROJECT):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECKOUT / name, source / name)
    for name in LIES_ABOUT:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text("not to be handed on\n")
    _build(source, folder / "dist", "sdist", "wheel")
    (wheel,) = (folder / "dist").glob("*.whl")
    (sdist,) = (folder / "dist").glob("*.tar.gz")
    return Built(source, wheel, sdist)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel as pip installs it."""
    folder = tmp_path_factory.mktemp("installed")
    made = Installed(folder / "venv", folder / "elsewhere")
    venv.create(made.folder, with_pip=False, symlinks=True)
    # Lines name folders whose own .pth files, among them that of the checkout, are not read.
    ours = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (made.packages / "dependencies.pth").write_text("\n".join(sorted(ours)) + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(made.folder / "bin" / "python"), "install"]
    subprocess.run([*pip, "--quiet", "--no-deps", "--no-index", "--no-compile", str(built.wheel)], check=True)
    for room in ("assets", "expectations", "pipelines"):
        (made.elsewhere / room).mkdir(parents=True)
        (made.elsewhere / room / "__init__.py").write_text(
            "raise ImportError('a package of somebody else')\n"
        )
    return made


def test_a_wheel_has_every_tracked_file_inside_its_package_and_no_other(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as opened:
        names = set(opened.namelist())
    about = f"lifegap-{version('lifegap')}.dist-info/"
    expected = {name if name.startswith("lifegap/") else f"lifegap/application/{name}" for name in TRACKED}
    assert {name for name in names if not name.startswith(about)} == expected
    assert about + "licenses/LICENSE" in names
    bundle = sum((CHECKOUT / name).stat().st_size for name in TRACKED if name.startswith("data/bundle/"))
    assert built.wheel.stat().st_size - bundle <= LARGEST_CODE


def test_a_wheel_of_the_source_archive_is_the_wheel_of_the_checkout(built: Built, tmp_path: Path) -> None:
    with tarfile.open(built.sdist) as opened:
        opened.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    files = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()}
    assert files == {*TRACKED, *PROJECT, "PKG-INFO"}
    _build(source, tmp_path / "dist", "wheel")
    assert (tmp_path / "dist" / built.wheel.name).read_bytes() == built.wheel.read_bytes()


def test_what_is_installed_has_no_name_that_others_use(installed: Installed, tmp_path: Path) -> None:
    assert {path.name for path in installed.packages.iterdir()} == {
        "dependencies.pth", "lifegap", f"lifegap-{version('lifegap')}.dist-info",
    }  # fmt: skip
    program = (
        "import lifegap, sys\n"
        "from importlib.util import find_spec\n"
        "print(lifegap.__file__, lifegap.APPLICATION, lifegap.__version__, sep='\\n')\n"
        "print(find_spec('assets').origin)\n"
        "lifegap.find_application_first()\n"
        "print(find_spec('assets').origin)\n"
    )
    ended = installed.run("python", "-c", program, within=tmp_path)
    assert ended.stdout.splitlines() == [
        str(installed.packages / "lifegap" / "__init__.py"),
        str(installed.application),
        version("lifegap"),
        str(installed.elsewhere / "assets" / "__init__.py"),
        str(installed.application / "assets" / "__init__.py"),
    ]


def test_a_release_depends_on_the_same_code_and_declarations_wherever_these_lie(
    built: Built, installed: Installed, tmp_path: Path
) -> None:
    program = (
        "from lifegap.catalog.catalog import Catalog\n"
        "from lifegap.settings import read_settings\n"
        "from lifegap.releases.fingerprint import fingerprint\n"
        "settings = read_settings()\n"
        "print(settings.data, fingerprint(Catalog(settings.data), settings))\n"
    )
    from_wheel = installed.run("python", "-c", program, within=tmp_path).stdout.split()
    from_source = installed.run(
        "python", "-c", program, within=tmp_path, PYTHONPATH=str(built.source)
    ).stdout.split()
    assert [from_wheel[0], from_source[0]] == [
        str(installed.application / "data"),
        str(built.source / "data"),
    ]
    assert from_wheel[1] == from_source[1]


@pytest.mark.slow
def test_commands_that_need_no_release_work_in_an_empty_folder(installed: Installed, tmp_path: Path) -> None:
    assert "lifetable" in installed.run("lifegap", "--help", within=tmp_path).stdout
    export = FIXTURES / "cdc_wonder" / "wonder_ucd_neworleans_metro_black_deaths_by_age10_year_1999_2018.txt"
    arguments = ("lifetable", str(export), "--format", "csv")
    from_wheel = installed.run("lifegap", *arguments, within=tmp_path)
    assert from_wheel.returncode == 0, from_wheel.stderr
    assert from_wheel.stdout == run_lifegap(*arguments, home=tmp_path).stdout
    own = FIXTURES / "own" / "lifetable" / "semicolons.csv"
    assert installed.run("lifegap", "lifetable", str(own), within=tmp_path).returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("gap", "--format", "csv"),
        ("sources",),
        ("indicators",),
        ("quote", "neighborhood:chicago-26"),
        ("explain", "place", "county:17031"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_commands_on_a_release_answer_as_those_of_a_checkout(
    arguments: tuple[str, ...], installed: Installed, bundle_home: Path, tmp_path: Path
) -> None:
    from_wheel = installed.run("lifegap", *arguments, within=tmp_path, LIFEGAP_HOME=str(bundle_home))
    assert from_wheel.returncode == 0, from_wheel.stderr
    assert from_wheel.stdout == run_lifegap(*arguments, home=bundle_home).stdout


def test_without_a_release_a_command_says_how_to_get_one(installed: Installed, tmp_path: Path) -> None:
    ended = installed.run("lifegap", "gap", within=tmp_path)
    assert ended.returncode != 0
    assert str(tmp_path / ".lifegap") in ended.stderr
    assert "lifegap refresh" in ended.stderr


def test_a_data_folder_of_ones_own_is_read_instead(installed: Installed, tmp_path: Path) -> None:
    ended = installed.run("lifegap", "refresh", within=tmp_path, LIFEGAP_DATA=str(tmp_path / "mine"))
    assert ended.returncode == 2
    assert f"no file {tmp_path / 'mine' / 'sources'}" in ended.stderr


def test_the_bundle_of_the_package_is_not_written_over(installed: Installed, tmp_path: Path) -> None:
    before = installed.files()
    ended = installed.run("lifegap", "bundle", "--mirror", str(tmp_path), within=tmp_path)
    assert ended.returncode == 2
    assert str(installed.application / "data") in ended.stderr
    assert "LIFEGAP_DATA" in ended.stderr
    assert installed.files() == before


def _content_hash(home: Path) -> str:
    with open_release(home) as release:
        return release.manifest["content_hash"]


@pytest.mark.slow
def test_a_refresh_in_an_empty_folder_publishes_what_a_checkout_does(
    installed: Installed, bundle_home: Path, tmp_path: Path
) -> None:
    """Empty but for packages of somebody else, which have the names of ours."""
    shutil.copytree(installed.elsewhere, tmp_path, dirs_exist_ok=True)
    before = installed.files()
    ended = installed.run("lifegap", "refresh", within=tmp_path)
    assert ended.returncode == 0, ended.stderr
    with dg.DagsterInstance.from_config(str(tmp_path / ".lifegap" / "dagster")) as history:
        assert [run.status for run in history.get_runs()] == [dg.DagsterRunStatus.SUCCESS]
    assert _content_hash(tmp_path / ".lifegap") == _content_hash(bundle_home)
    assert {path.name for path in tmp_path.iterdir()} == {".lifegap", "assets", "expectations", "pipelines"}
    assert installed.files() == before


@pytest.mark.slow
def test_the_ui_loads_the_pipeline_of_the_wheel(installed: Installed, tmp_path: Path) -> None:
    query = "{ assetNodes { groupName } workspaceOrError { ... on Workspace { locationEntries { name } } } }"
    lifegap = installed.folder / "bin" / "lifegap"
    served = ask_ui(lifegap, query, cwd=tmp_path, environment=installed.variables())
    assert "<html" in served.page
    assert served.data["workspaceOrError"]["locationEntries"] == [{"name": "lifegap"}]
    groups = {node["groupName"] for node in served.data["assetNodes"]}
    assert {"sources", "warehouse", "indicators", "published"} <= groups
    assert [path.name for path in tmp_path.iterdir()] == [".lifegap"]
