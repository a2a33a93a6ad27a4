"""Running a table's suite: rules in, outcomes out, all of it inside DuckDB."""

import os
from dataclasses import astuple, dataclass, replace
from functools import cached_property
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


class Checker:
    """Great Expectations on one DuckDB connection. Made once per run, dropped with its connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._known: dict[str, Any] = {}

    def run(self, full_name: str, rules: list[Rule]) -> list[Outcome]:
        """Validate a table against its rules. Raises what Great Expectations raised, if it did."""
        import great_expectations as gx

        if not rules:
            return []
        suite = gx.ExpectationSuite(name=full_name, expectations=[_expectation(rule) for rule in rules])
        validated = self._whole(full_name).get_batch().validate(suite, result_format="BASIC").results
        rows = _count(self.connection, full_name)
        found = {result.expectation_config.meta["id"]: result for result in validated}
        return [_outcome(full_name, rule, found[rule.id], rows) for rule in rules]

    def _whole(self, full_name: str) -> Any:
        """The batch of all rows of a table; a name can be added to the library only once."""
        if full_name not in self._known:
            asset = self._data_source.add_query_asset(full_name, query=f"SELECT * FROM {full_name}")
            self._known[full_name] = asset.add_batch_definition("whole")
        return self._known[full_name]

    @cached_property
    def _data_source(self) -> Any:
        os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        from lifegap.checks.dialect import CONNECTION_STRING, use_connection

        use_connection(self.connection)
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        return context.data_sources.add_sql("warehouse", connection_string=CONNECTION_STRING)


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


def _expectation(rule: Rule) -> Any:
    from great_expectations import expectations

    from lifegap.checks.expect_no_row import ExpectNoRow

    described = {
        "severity": rule.severity,
        "description": rule.reason,
        "meta": {"id": rule.id, "what_to_do": rule.what_to_do},
    }
    if rule.builtin is None:
        return ExpectNoRow(counts=rule.count_sql, **described)
    return getattr(expectations, rule.builtin)(**rule.arguments, **described)


def _outcome(full_name: str, rule: Rule, result: Any, rows: int) -> Outcome:
    if raised := _raised(result.exception_info):
        raise RuntimeError(f"{full_name}, expectation {rule.id}: {raised}")
    broken = int(result.result.get("unexpected_count") or (not result.success))
    observed = result.result.get("observed_value")
    words = (
        f"{broken:,} of {rows:,} rows break it"
        if rule.builtin is None or observed is None
        else f"observed {observed}"
    )
    return Outcome(
        table_name=full_name,
        expectation_id=rule.id,
        severity=rule.severity,
        success=bool(result.success),
        observed="holds" if result.success else words,
        unexpected_rows=broken if not result.success else 0,
        rows=rows,
        reason=rule.reason,
        what_to_do=rule.what_to_do,
    )


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


def _raised(exception_info: Any) -> str | None:
    """The message of an exception the library swallowed; it nests them by metric."""
    if not exception_info:
        return None
    if exception_info.get("raised_exception"):
        return str(exception_info.get("exception_message"))
    nested = [each for each in exception_info.values() if isinstance(each, dict)]
    return next((message for each in nested if (message := _raised(each))), None)


def _count(connection: duckdb.DuckDBPyConnection, full_name: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {full_name}").fetchone()
    return 0 if found is None else int(found[0])
