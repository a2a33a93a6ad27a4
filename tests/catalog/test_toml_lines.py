"""Lines of keys in TOML: a walk through the text finds every key that the reader finds."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from lifegap.catalog.toml_lines import Path as Way
from lifegap.catalog.toml_lines import line_of, lines_of
from tests.conftest import CHECKOUT

TEXT = '''\
# a comment with [[place]]
id = "a"
x.y = 3 # hm
[[place]]
id = "county:1"
references = ["a",
  "b", # ]
  "c"]
[[place]]
id = """
[[place]]
"""
[[area]]
[[area.needed]]
id = "n1"
[[area.needed]]
k = { a = 1, "b c" = [1, 2] }
[[area]]
[[area.needed]]
id='n3'
[cautions]
"o k" = "j"
'''


def _paths(value: Any, way: Way = ()) -> set[Way]:
    """Every key and position of what the reader gives."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {way} | {found for key, each in inside for found in _paths(each, (*way, key))}


def test_keys_stand_where_the_file_has_them() -> None:
    lines = lines_of(TEXT)
    assert lines["id",] == 2
    assert lines["place", 0, "references", 1] == 7
    assert lines["place", 1, "id"] == 10
    assert lines["area", 0, "needed", 1, "k", "b c"] == 17
    assert lines["area", 1, "needed", 0, "id"] == 20
    assert lines["cautions", "o k"] == 22


def test_what_is_not_there_has_the_line_of_what_is_around_it() -> None:
    assert line_of(lines_of(TEXT), ("place", 0, "note")) == 4
    assert line_of(lines_of(TEXT), ("nothing",)) is None


@pytest.mark.parametrize(
    "path", sorted((CHECKOUT / "data").rglob("*.toml")), ids=lambda path: str(path.relative_to(CHECKOUT))
)
def test_every_key_of_the_declarations_has_a_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = lines_of(text)
    assert _paths(tomllib.loads(text)) - {()} <= set(found)
    assert max(found.values()) <= text.count("\n") + 1
