"""What a rule found, and which rows break it."""

from dataclasses import astuple, dataclass, replace
from typing import Any

import duckdb

from lifegap.checks.rules import Rule, Severity
from lifegap.errors import MOST_FINDINGS

LONGEST_VALUE = 80
"""Characters of a value that a message shows."""


@dataclass(frozen=True)
class Outcome:
    """What an expectation found, in the columns of `check_result`; success None where it was not tested."""

    table_name: str
    expectation_id: str
    severity: Severity
    success: bool | None
    observed: str
    unexpected_rows: int
    rows: int
    reason: str
    what_to_do: str

    @property
    def row(self) -> list[Any]:
        return list(astuple(self))

    @property
    def failed(self) -> bool:
        return self.success is False

    def naming(self, offenders: list[str]) -> "Outcome":
        """The same outcome with the keys of rows that break the rule."""
        return replace(self, observed="; ".join([self.observed, *offenders]))


def outcome(full_name: str, rule: Rule, *, breaking: int, rows: int) -> Outcome:
    """The outcome of a rule that was put to a table of `rows` rows."""
    return Outcome(
        table_name=full_name,
        expectation_id=rule.id,
        severity=rule.severity,
        success=breaking == 0,
        observed="holds" if breaking == 0 else f"{breaking:,} of {rows:,} rows break it",
        unexpected_rows=breaking,
        rows=rows,
        reason=rule.reason,
        what_to_do=rule.what_to_do,
    )


def holds(full_name: str, rule: Rule, rows: int) -> Outcome:
    """The outcome of a rule that no row of a table breaks."""
    return outcome(full_name, rule, breaking=0, rows=rows)


def not_tested(full_name: str, rule: Rule, rows: int, why: str) -> Outcome:
    """The outcome of a rule that was not put to the table, and why."""
    return Outcome(
        table_name=full_name,
        expectation_id=rule.id,
        severity=rule.severity,
        success=None,
        observed=f"not tested: {why}",
        unexpected_rows=0,
        rows=rows,
        reason=rule.reason,
        what_to_do=rule.what_to_do,
    )


def offending_rows(
    connection: duckdb.DuckDBPyConnection, full_name: str, key: tuple[str, ...], rule: Rule
) -> list[str]:
    """What breaks a rule, `column=value` each (a lone text as it is); as many as are shown, at most."""
    query = rule.offenders_sql(full_name, key)
    if query is None:
        return []
    found = connection.execute(f"SELECT * FROM ({query}) LIMIT {MOST_FINDINGS}")
    names = [column[0] for column in found.description or ()]
    rows = found.fetchall()
    if len(names) == 1 and rule.lists is not None:
        return [str(text) for (text,) in rows]
    return [
        ", ".join(f"{name}={_shown(value)}" for name, value in zip(names, row, strict=True)) for row in rows
    ]


def _shown(value: Any) -> str:
    """A value in few characters; shapes are named, not printed."""
    if isinstance(value, bytes):
        return f"({len(value):,} bytes)"
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
