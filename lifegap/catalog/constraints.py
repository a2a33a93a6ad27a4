"""What the CHECKs of a table say of one column alone, for those who describe it: values, limits, patterns.

DuckDB parses each CHECK. What compares columns with each other, or holds on a condition, is left out: nothing
is claimed of a column that its table does not hold. `reason_columns` reads the one such rule that readers of
a figure need: which column says why the figure is missing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import duckdb

from lifegap.catalog.tables import Table

Node = dict[str, Any]
Number = int | float


@dataclass(frozen=True)
class Constraint:
    """What a value of a column is, where there is one: limits inclusive unless they say otherwise."""

    values: tuple[str, ...] = ()
    minimum: Number | None = None
    exclusive_minimum: Number | None = None
    maximum: Number | None = None
    exclusive_maximum: Number | None = None
    pattern: str | None = None

    @property
    def words(self) -> str:
        """For readers: the values, or the limits; '' where nothing is said."""
        signs = {
            ">=": self.minimum,
            ">": self.exclusive_minimum,
            "<=": self.maximum,
            "<": self.exclusive_maximum,
        }
        limits = [f"{sign} {limit:g}" for sign, limit in signs.items() if limit is not None]
        return "; ".join([*self.values, " and ".join(limits), self.pattern or ""]).strip("; ")


COMPARED = {
    "COMPARE_GREATERTHANOREQUALTO": "minimum",
    "COMPARE_GREATERTHAN": "exclusive_minimum",
    "COMPARE_LESSTHANOREQUALTO": "maximum",
    "COMPARE_LESSTHAN": "exclusive_maximum",
}


@cache
def constraints_of(table: Table) -> dict[str, Constraint]:
    """Column → what the CHECKs of its table say of it alone, where they say anything."""
    found: dict[str, Constraint] = {}
    for check in _parsed(table.checks):
        for part in _parts(check):
            if (said := _of_one_column(part)) is not None:
                column, limits = said
                found[column] = replace(found.get(column, Constraint()), **limits)
    return found


@cache
def reason_columns(table: Table) -> dict[str, str]:
    """Column that may be missing → column that says why, where a CHECK demands it."""
    return {
        figure: reason
        for check in _parsed(table.checks)
        for figure, reason in _excused(check)
        if table.column(figure).nullable
    }


def _parsed(checks: tuple[str, ...]) -> list[Node]:
    """The expression of each check."""
    if not checks:
        return []
    select = f"SELECT {', '.join(checks)}"
    with _parser().cursor() as own:
        (text,) = own.execute("SELECT json_serialize_sql(?)", [select]).fetchall()[0]
    return json.loads(text)["statements"][0]["node"]["select_list"]


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """A connection that does nothing but parse; each call, from any thread, takes a cursor of it.

    To open a database takes longer than to parse all the checks.
    """
    return duckdb.connect()


def _parts(check: Node) -> list[Node]:
    """What holds each for itself: the sides of an AND."""
    return check["children"] if check["type"] == "CONJUNCTION_AND" else [check]


def _of_one_column(node: Node) -> tuple[str, dict[str, Any]] | None:
    """The column, and what is said of it; None for an expression of another kind."""
    match node:
        case {"type": "COMPARE_IN", "children": [column, *given]}:
            values = [_constant(each) for each in given]
            limits = {"values": tuple(values)} if all(isinstance(each, str) for each in values) else {}
        case {"type": "COMPARE_BETWEEN", "input": column, "lower": lower, "upper": upper}:
            limits = {"minimum": _number(lower), "maximum": _number(upper)}
        case {"type": kind, "left": column, "right": right} if kind in COMPARED:
            limits = {COMPARED[kind]: _number(right)}
        case {"function_name": "regexp_full_match", "children": [column, pattern]}:
            limits = {"pattern": _constant(pattern)}
        case _:
            return None
    limits = {name: limit for name, limit in limits.items() if limit is not None}
    name = _column(column)
    return None if name is None or not limits else (name, limits)


def _excused(check: Node) -> Iterator[tuple[str, str]]:
    """Figures and the column of their reason.

    Of `figure IS NOT NULL OR reason IS NOT NULL`, or of a figure that is missing if and only if it has one.
    """
    match check:
        case {"type": "CONJUNCTION_OR", "children": sides}:
            present = [name for side in sides for name in _tested(side, "OPERATOR_IS_NOT_NULL")]
            complete = all(_tested(side, "OPERATOR_IS_NOT_NULL") for side in sides)
        case {"type": "COMPARE_EQUAL", "left": left, "right": right}:
            present = [*_tested(left, "OPERATOR_IS_NULL"), *_tested(right, "OPERATOR_IS_NOT_NULL")]
            complete = len(present) == 2
        case _:
            return
    reasons = [name for name in present if name.endswith("reason")]
    if complete and len(reasons) == 1:
        yield from ((name, reasons[0]) for name in present if name != reasons[0])


def _tested(node: Node, kind: str) -> list[str]:
    """Columns that a test for NULL of that kind names, alone or joined by AND."""
    if node["type"] == "CONJUNCTION_AND":
        return [name for side in node["children"] for name in _tested(side, kind)]
    names = [_column(each) for each in node.get("children", [])] if node["type"] == kind else []
    return [name for name in names if name is not None]


def _column(node: Node) -> str | None:
    return node["column_names"][-1] if node["type"] == "COLUMN_REF" else None


def _number(node: Node) -> Number | None:
    """A number as written, or a sum of two: limits of shares allow for what summing rounds."""
    if node.get("function_name") == "+":
        parts = [_number(each) for each in node["children"]]
        return None if None in parts else sum(each for each in parts if each is not None)
    value = _constant(node)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _constant(node: Node) -> Any:
    if node["type"] != "VALUE_CONSTANT":
        return None
    kind, value = node["value"]["type"], node["value"].get("value")
    return value / 10 ** kind["type_info"]["scale"] if kind["id"] == "DECIMAL" else value
