"""Sums that SQL makes for a release: of whole numbers, and of a type that the next step takes as a number.

Two threads add doubles in an order of their own, so that the last bits of a sum or mean change from run to
run, and places that are equal swap ranks (DuckDB 1.5). The sum of a BIGINT is a HUGEINT, which Polars takes
as a decimal without decimals: a rate computed from it is 0.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

WHOLE = {"population", "a.rows", "rows", "estimate::BIGINT"}
"""Counts: declared as whole numbers, or made whole (of people by age, which a survey prints whole)."""

AGGREGATE = re.compile(
    r"(?<![.\w])(sum|avg|mean|median|fsum|stddev\w*|var\w*|quantile\w*)\(([^()]*)\)"
    r"(?:\s*FILTER\s*\([^()]*\))?(?:,\s*0\))?(::\w+)?",
)
QUERY = re.compile(r"\b(SELECT|FROM|AS)\b")


def _texts() -> Iterator[tuple[Path, str]]:
    """The SQL of assets and views: string constants that hold a query, and files."""
    for path in sorted((CHECKOUT / "assets").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and QUERY.search(node.value):
                yield path, node.value
    for path in sorted((CHECKOUT / "sql" / "published" / "views").glob("*.sql")):
        yield path, path.read_text(encoding="utf-8")


def _wrong(text: str) -> list[str]:
    return [
        found[0]
        for found in AGGREGATE.finditer(text)
        if found[1] != "sum" or found[2].strip() not in WHOLE or found[3] not in ("::DOUBLE", "::BIGINT")
    ]


def test_sums_of_a_release_are_of_whole_numbers_and_have_a_plain_type() -> None:
    assert [(path.name, wrong) for path, text in _texts() for wrong in _wrong(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT sum(population) FROM t",
        "SELECT avg(rate)::DOUBLE FROM t",
        "SELECT sum(estimate)::DOUBLE FROM t",
    ],
)
def test_what_would_differ_from_run_to_run_is_found(text: str) -> None:
    assert len(_wrong(text)) == 1
