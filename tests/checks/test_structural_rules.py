"""Structural rules come from the declaration, hold on good rows and count bad ones."""

from typing import Any

import duckdb
import pytest

from lifegap.catalog.tables import Table, declared_tables
from lifegap.checks.rules import Rule, counted, no_row, structural_rules
from lifegap.checks.run import SqlChecker

TABLES = declared_tables()
GAP = TABLES["published.coverage"]
GOOD = ["c", "p", "s", "v", "tract2010", 5, 3, 0.5, None, None]


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """A connection with the tables of a coverage row and of what it refers to."""
    made = duckdb.connect()
    made.execute("CREATE SCHEMA published; CREATE SCHEMA landing")
    for name in ("coverage", "place", "coalition", "source"):
        made.execute(TABLES[f"published.{name}"].create_sql("published", constrained=False))
    made.execute("INSERT INTO published.place (place_id) VALUES ('p')")
    made.execute("INSERT INTO published.coalition (coalition_id) VALUES ('c')")
    made.execute("INSERT INTO published.source (source_id, vintage) VALUES ('s', 'v')")
    return made


def _failed(connection: duckdb.DuckDBPyConnection, *rows: list[object]) -> set[str]:
    for row in rows:
        connection.execute(f"INSERT INTO published.coverage VALUES ({', '.join('?' * len(row))})", row)
    outcomes = SqlChecker(connection).run("published.coverage", structural_rules(GAP))
    return {outcome.expectation_id for outcome in outcomes if not outcome.success}


def _row(**changes: object) -> list[object]:
    names = [column.name for column in GAP.columns]
    return [changes.get(name, value) for name, value in zip(names, GOOD, strict=True)]


def test_a_good_row_passes_every_rule(connection: duckdb.DuckDBPyConnection) -> None:
    assert _failed(connection, GOOD) == set()


def test_an_empty_table_passes(connection: duckdb.DuckDBPyConnection) -> None:
    assert _failed(connection) == set()


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (_row(units=None), "not_null:units"),
        (_row(place_id="q"), "reference:place_id"),
        (_row(vintage="w"), "reference:source_id,vintage"),
        (_row(population_share=float("nan")), "finite:population_share"),
        (_row(population_share=float("inf")), "finite:population_share"),
        (_row(units_with_value=6), "check:(units_with_value BETWEEN 0 AND units)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_row_fails_its_rule(
    row: list[object], rule: str, connection: duckdb.DuckDBPyConnection
) -> None:
    assert rule in _failed(connection, GOOD, row)


def test_a_second_row_with_the_same_key_fails(connection: duckdb.DuckDBPyConnection) -> None:
    assert _failed(connection, GOOD, GOOD) == {"key"}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.full_name)
def test_every_declared_fact_becomes_a_rule(table: Table) -> None:
    ids = [rule.id for rule in structural_rules(table)]
    assert len(ids) == len(set(ids))
    assert "key" in ids
    assert sum(each.startswith("not_null:") for each in ids) == sum(not c.nullable for c in table.columns)
    assert sum(each.startswith("finite:") for each in ids) == sum(c.type == "DOUBLE" for c in table.columns)
    assert sum(each.startswith("reference:") for each in ids) == len(table.references)
    assert ("rows_of_every_file" in ids) == (table.layer == "sources")


def test_severity_is_carried_and_a_broken_rule_is_not_silent(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"INSERT INTO published.coverage VALUES ({', '.join('?' * len(GOOD))})", GOOD)
    words: dict[str, Any] = {"reason": "Because.", "what_to_do": "Look at it closely."}
    rules: list[Rule] = [
        no_row("w", "units = 5", severity="warning", **words),
        counted("c", "count(*) - 1", **words),
        counted("t", "abs(count(*) - 2)", lists="SELECT 'one row'", **words),
    ]
    outcomes = {each.expectation_id: each for each in SqlChecker(connection).run("published.coverage", rules)}
    assert (outcomes["w"].success, outcomes["w"].severity) == (False, "warning")
    assert outcomes["c"].success
    assert outcomes["t"].observed == "1 of 1 rows break it"
    with pytest.raises(RuntimeError, match="no_such_column"):
        SqlChecker(connection).run("published.coverage", [no_row("x", "no_such_column = 1", **words)])


@pytest.mark.parametrize(
    ("low", "high", "kept"), [(1.0, 2.0, True), (None, None, True), (1.0, None, False), (None, 2.0, False)]
)
def test_half_an_interval_is_named_whatever_its_limits_are_called(
    low: float | None, high: float | None, kept: bool
) -> None:
    """Both sides of `low <= x AND x <= high` are taken as kept where one limit is missing."""
    for name, pairs in PAIRS.items():
        connection = duckdb.connect()
        connection.execute("CREATE SCHEMA published")
        connection.execute(TABLES[name].create_sql("published", constrained=False))
        names = ", ".join(f'"{each}"' for pair in pairs for each in pair)
        connection.execute(f"INSERT INTO {name} ({names}) VALUES ({', '.join('?' * 2 * len(pairs))})",
                           [low, high] * len(pairs))  # fmt: skip
        rules = [rule for rule in structural_rules(TABLES[name]) if rule.id.startswith("both_or_neither")]
        assert [rule.id for rule in rules] == [f"both_or_neither:{one},{two}" for one, two in pairs]
        assert {outcome.success for outcome in SqlChecker(connection).run(name, rules)} == {kept}


PAIRS = {
    "published.progress": [("percent_low", "percent_high"), ("projection_low", "projection_high")],
    "published.priority_index": [("rank_low", "rank_high")],
    "published.premature_mortality": [("ci_low", "ci_high"), ("excess_low", "excess_high")],
}
"""Table and its pairs of limits, in the order of its columns."""
