"""A fragment of changelog.d says what changed, and which published figures moved by how much."""

import re
import tomllib
from pathlib import Path

from tests.conftest import CHECKOUT

FOLDER = CHECKOUT / "changelog.d"
FRAGMENTS = [path for path in sorted(FOLDER.iterdir()) if path.name != "README.md"]
NAME = re.compile(r"\+[a-z0-9]+(-[a-z0-9]+)*\.(added|changed|fixed|removed)\.md")


def _fault(name: str, text: str) -> str | None:
    """What is wrong with a fragment."""
    said, _, numbers = text.rstrip("\n").rpartition("\n\n")
    if not NAME.fullmatch(name):
        return "name"
    if not said.endswith("."):
        return "no sentence"
    if not numbers.startswith("numbers: "):
        return "no line on figures"
    moved = numbers.removeprefix("numbers: ")
    return None if moved == "none" or re.search(r"\d", moved) else "not by how much"


def test_fragments_say_which_figures_moved() -> None:
    faults = {path.name: _fault(path.name, path.read_text(encoding="utf-8")) for path in FRAGMENTS}
    assert {name: fault for name, fault in faults.items() if fault} == {}


def test_a_fragment_that_says_too_little_is_seen() -> None:
    assert _fault("+gaps.fixed.md", "A gap is right.\n\nnumbers: 3 gaps are 0.1 year larger\n") is None
    assert _fault("+gaps.fixed.md", "A gap is right.\n\nnumbers: none\n") is None
    assert _fault("gaps.md", "A gap is right.\n\nnumbers: none\n") == "name"
    assert _fault("+gaps.fixed.md", "A gap is right.\n") == "no sentence"
    assert _fault("+gaps.fixed.md", "A gap is right.\n\nSome moved.\n") == "no line on figures"
    assert _fault("+gaps.fixed.md", "A gap is right.\n\nnumbers: some gaps\n") == "not by how much"


def test_towncrier_finds_the_fragments_and_where_they_go() -> None:
    settings = tomllib.loads(Path(CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "towncrier"
    ]
    assert CHECKOUT / settings["directory"] == FOLDER
    assert settings["start_string"] in (CHECKOUT / settings["filename"]).read_text(encoding="utf-8")
    assert {each["directory"] for each in settings["type"]} == {"added", "changed", "fixed", "removed"}
