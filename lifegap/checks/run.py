"""Putting a table's rules to it: every rule an aggregate, all of them one query inside DuckDB."""

from typing import Protocol

import duckdb

from lifegap.catalog.tables import Table
from lifegap.checks.outcome import Outcome, holds, not_tested, offending_rows, outcome
from lifegap.checks.rules import Rule
from lifegap.store.warehouse import Warehouse


class Checker(Protocol):
    """Puts rules to a table: in one query, or as a suite of Great Expectations."""

    def run(self, full_name: str, rules: list[Rule]) -> list[Outcome]: ...


class SqlChecker:
    """Rules as one query of a DuckDB connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def run(self, full_name: str, rules: list[Rule]) -> list[Outcome]:
        """The outcome of each rule, in their order. Raises RuntimeError for a rule that is no SQL."""
        if not rules:
            return []
        try:
            rows, *counts = self._counts(full_name, [rule.count_sql for rule in rules])
        except duckdb.Error as wrong:
            raise RuntimeError(f"{full_name}: {wrong}") from wrong
        return [
            outcome(full_name, rule, breaking=breaking, rows=rows)
            for rule, breaking in zip(rules, counts, strict=True)
        ]

    def _counts(self, full_name: str, aggregates: list[str]) -> list[int]:
        """The number of rows, and what each aggregate counts in them."""
        query = f"SELECT {', '.join(['count(*)', *aggregates])} FROM {full_name}"
        (found,) = self.connection.execute(query).fetchall()
        return [int(count or 0) for count in found]


def check_table(warehouse: Warehouse, checker: Checker, declared: Table, rules: list[Rule]) -> list[Outcome]:
    """Put the rules to a table and write the outcomes into the ledger.

    Of a source without any file in this run there is nothing to check, and nothing is said. A rule that
    compares with a table that was not obtained, or in part only, is recorded as not tested.
    """
    origins = warehouse.ledger.origins_of(declared.full_name)
    if declared.layer == "sources" and not origins:
        return []
    untested = {rule.id: why for rule in rules if (why := _untested(rule, origins, warehouse))}
    tested = {
        outcome.expectation_id: outcome
        for outcome in checker.run(declared.full_name, [rule for rule in rules if rule.id not in untested])
    }
    rows = warehouse.count(declared.full_name) if untested else 0
    told = [
        not_tested(declared.full_name, rule, rows, untested[rule.id])
        if rule.id in untested
        else _naming_offenders(tested[rule.id], rule, declared, warehouse)
        for rule in rules
    ]
    warehouse.ledger.record_checks(declared.full_name, [outcome.row for outcome in told])
    return told


def _naming_offenders(outcome: Outcome, rule: Rule, declared: Table, warehouse: Warehouse) -> Outcome:
    """The outcome with the rows that break the rule; where it may count too many and none does, it holds."""
    if not outcome.failed:
        return outcome
    offenders = offending_rows(warehouse.connection, declared.full_name, declared.key, rule)
    if rule.at_most and not offenders:
        return holds(declared.full_name, rule, outcome.rows)
    return outcome.naming(offenders)


def _untested(rule: Rule, origins: set[str], warehouse: Warehouse) -> str | None:
    """Why a rule cannot be put to a table whose files are of `origins`; None where it can.

    The bundle holds some rows of a file: whole files are not to be looked for in them.
    """
    for name in rule.needs:
        if not name.startswith("sources."):
            continue
        others = warehouse.ledger.origins_of(name)
        if not others:
            return f"{name} was not obtained"
        if "bundle" in others and origins - {"bundle"}:
            return f"of {name} there are the bundle's rows alone"
    return None
