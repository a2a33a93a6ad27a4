"""A table's rules as a suite of Great Expectations, run inside DuckDB.

The suite and `SqlChecker` put the same aggregates to the same connection; a test holds them to the
same outcomes. The library takes seconds to import, so it is imported when the first suite runs.
"""

import os
from functools import cached_property
from typing import Any

import duckdb

from lifegap.checks.outcome import Outcome, outcome
from lifegap.checks.rules import Rule


class SuiteChecker:
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
        found = {result.expectation_config.meta["id"]: result for result in validated}
        return [_outcome(full_name, rule, found[rule.id]) for rule in rules]

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


def _expectation(rule: Rule) -> Any:
    from great_expectations.expectations.metadata_types import FailureSeverity

    from lifegap.checks.expect_no_row import ExpectNoRow

    return ExpectNoRow(
        counts=rule.count_sql,
        severity=FailureSeverity(rule.severity),
        description=rule.reason,
        meta={"id": rule.id, "what_to_do": rule.what_to_do},
    )


def _outcome(full_name: str, rule: Rule, result: Any) -> Outcome:
    if raised := _raised(result.exception_info):
        raise RuntimeError(f"{full_name}, expectation {rule.id}: {raised}")
    counted = result.result
    return outcome(full_name, rule, breaking=counted["unexpected_count"], rows=counted["element_count"])


def _raised(exception_info: Any) -> str | None:
    """The message of an exception the library swallowed; it nests them by metric."""
    if not exception_info:
        return None
    if exception_info.get("raised_exception"):
        return str(exception_info.get("exception_message"))
    nested = [each for each in exception_info.values() if isinstance(each, dict)]
    return next((message for each in nested if (message := _raised(each))), None)
