"""The pages say what is so: commands run as shown, references are current, links and names lead somewhere."""

import ast
import re
import shlex
from pathlib import Path

import pytest

from assets.published.declared import INDICATOR_PAGE
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.reference import REFERENCE, pages
from lifegap.cli.app import EPILOG
from lifegap.errors import ERRORS, INTERRUPTED
from lifegap.releases.read import Release
from lifegap.settings import Settings
from tests.cli.test_commands import COMMANDS
from tests.conftest import CHECKOUT, run_lifegap

PAGES = [CHECKOUT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    path for folder in ("docs", "benchmarks", "changelog.d") for path in (CHECKOUT / folder).rglob("*.md")
)
RELEASE_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
CODE = re.compile(r"Code [0-9a-f]{64}")
CHECKS = re.compile(r"\d+ (?=passed|warned|hold on)")
"""How many rules there are moves with every table; that they hold does not."""
WITH_CONSOLE = [path for path in PAGES if "```console" in path.read_text(encoding="utf-8")]


def _named(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def _sessions(path: Path) -> list[tuple[str, str]]:
    """(command, what the page shows of its output) of every console block."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            found.append((command, shown))
    return found


def _words(text: str) -> list[str]:
    return CHECKS.sub("N ", CODE.sub("CODE", RELEASE_ID.sub("RELEASE", text))).split()


def _of_shown_coalitions(shown: str, printed: str, titles: set[str]) -> str:
    """What a refresh printed, without the headlines of coalitions that the page knows nothing of."""
    page = " ".join(shown.split())
    unknown = tuple(f"{title}: " for title in titles if f"{title}: " not in page)
    return "".join(line for line in printed.splitlines(keepends=True) if not line.startswith(unknown))


@pytest.mark.parametrize("path", WITH_CONSOLE, ids=_named)
def test_commands_print_what_the_page_shows(path: Path, bundle_home: Path, release: Release) -> None:
    titles = {title for (title,) in release.ask("SELECT title FROM coalition").rows}
    for command, shown in _sessions(path):
        if command.startswith("lifegap "):
            printed = run_lifegap(*shlex.split(command)[1:], home=bundle_home).stdout
        elif command == "make refresh":
            whole = (bundle_home / "stdout").read_text(encoding="utf-8")
            printed = _of_shown_coalitions(shown, whole, titles)
        else:
            assert command == "source .venv/bin/activate"
            continue
        assert _words(shown) == _words(printed), command


@pytest.mark.parametrize("name", sorted(pages(Catalog(CHECKOUT / "data"))))
def test_reference_pages_are_current(name: str, catalog: Catalog) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == pages(catalog)[name], "run `make docs`"


@pytest.mark.parametrize("path", PAGES, ids=_named)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target


def test_every_command_and_both_make_targets_are_in_the_readme() -> None:
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert "`make refresh`" in text
    assert "`make test`" in text
    for command in COMMANDS:
        assert f"`lifegap {command}" in text, command


def test_help_names_every_setting_and_exit_code() -> None:
    """It is written by hand, since reading the settings would cost every command its start."""
    for name in Settings.model_fields:
        assert f"LIFEGAP_{name.upper()}" in EPILOG, name
    for code in {kind.exit_code for kind, _ in ERRORS.values()} | {0, INTERRUPTED}:
        assert re.search(rf"\b{code} \w", EPILOG), code


def test_every_trap_names_tests_that_exist() -> None:
    named = set(re.findall(r"`(test_\w+)`", (REFERENCE / "traps.md").read_text(encoding="utf-8")))
    defined = {
        node.name
        for path in (CHECKOUT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert len(named) > 30
    assert named <= defined


def test_every_decision_is_listed() -> None:
    folder = CHECKOUT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    for path in folder.glob("0*.md"):
        text = path.read_text(encoding="utf-8")
        assert path.name in index
        assert all(word in text for word in ("**Context.**", "**Decision.**", "**Consequences.**"))


def test_the_method_page_that_a_release_names_exists() -> None:
    assert (CHECKOUT / INDICATOR_PAGE).exists()
