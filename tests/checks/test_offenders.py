"""A failed check names up to ten rows; a rule whose other side is absent is not tested."""

from typing import Any

import duckdb
import pytest

from lifegap.catalog.tables import declared_tables
from lifegap.checks.outcome import offending_rows
from lifegap.checks.rules import Rule, counted, no_row, structural_rules
from lifegap.checks.run import SqlChecker, check_table
from lifegap.errors import MOST_FINDINGS
from lifegap.releases.publish import refuse_failed
from lifegap.store.warehouse import Warehouse, new_warehouse

WORDS: dict[str, Any] = {"reason": "Because.", "what_to_do": "Look at it closely."}


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """Twenty rows, two to a key from the fifteenth on, and a shape."""
    made = duckdb.connect()
    made.execute("CREATE SCHEMA s")
    made.execute(
        "CREATE TABLE s.t AS SELECT 'p' || least(i, 14) AS place, i AS number, "
        "repeat('long ', 40) AS note, 'shape'::BLOB AS shape FROM range(20) AS r(i)"
    )
    return made


def _named(connection: duckdb.DuckDBPyConnection, rule: Rule, key: tuple[str, ...] = ("place",)) -> list[str]:
    return offending_rows(connection, "s.t", key, rule)


def test_rows_are_named_by_their_key(connection: duckdb.DuckDBPyConnection) -> None:
    assert _named(connection, no_row("r", "number = 3", **WORDS), ("place", "number")) == [
        "place=p3, number=3"
    ]


def test_no_more_than_ten_are_named(connection: duckdb.DuckDBPyConnection) -> None:
    assert len(_named(connection, no_row("r", "true", **WORDS))) == MOST_FINDINGS == 10


def test_rows_of_a_table_without_a_key_are_named_in_few_characters(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    (told,) = _named(connection, no_row("r", "number = 3", **WORDS), ())
    assert told.startswith("place=p3, number=3, note=long long ")
    assert told.endswith("…, shape=(5 bytes)")
    assert len(told) < 150


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ("(SELECT count(*) FROM s.t WHERE number = 3)", "place=p3, number=3, "),
        (
            "(SELECT count(*) FROM (SELECT place, sum(number) AS n FROM s.t GROUP BY ALL) WHERE n > 20)",
            "place=p14, n=99",
        ),
        ("(SELECT count(DISTINCT place) FROM s.t WHERE number > 14)", "place=p14"),
        ("abs(count(*) - (SELECT count(*) FROM s.t WHERE number > 14))", None),
        ("(SELECT count(*) FROM s.t) - (SELECT count(DISTINCT place) FROM s.t)", None),
        ("count(*) - 20", None),
    ],
)
def test_aggregates_name_the_rows_that_they_count(
    connection: duckdb.DuckDBPyConnection, counts: str, told: str | None
) -> None:
    named = _named(connection, counted("r", counts, **WORDS))
    assert named == [] if told is None else named[0].startswith(told)


def test_keys_that_stand_twice_are_named_with_how_often() -> None:
    table = declared_tables()["published.coverage"]
    made = duckdb.connect()
    made.execute("CREATE SCHEMA published")
    made.execute(table.create_sql("published", constrained=False))
    for place in ("p", "q", "q", "q"):
        made.execute(
            "INSERT INTO published.coverage BY NAME SELECT ? AS place_id, 'c' AS coalition_id", [place]
        )
    (rule,) = (rule for rule in structural_rules(table) if rule.id == "key")
    (outcome,) = SqlChecker(made).run(table.full_name, [rule])
    assert outcome.failed
    (told,) = offending_rows(made, table.full_name, table.key, rule)
    assert "coalition_id=c, place_id=q" in told
    assert told.endswith("rows=3")


def test_rows_that_break_a_rule_are_counted(connection: duckdb.DuckDBPyConnection) -> None:
    (outcome,) = SqlChecker(connection).run("s.t", [no_row("r", "number > 15", **WORDS)])
    assert (outcome.success, outcome.unexpected_rows, outcome.rows) == (False, 4, 20)


OTHER = "sources.tract_population"
HERE = "sources.usaleep_tract"


@pytest.fixture
def warehouse() -> Warehouse:
    """Two tables without rows."""
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS lifegap; USE lifegap")
    made = new_warehouse(connection)
    made.ledger.start([], [])
    for name in (HERE, OTHER):
        made.write(declared_tables()[name], _no_rows(name))
    return made


def _no_rows(name: str) -> duckdb.DuckDBPyRelation:
    made = duckdb.connect()
    made.execute("CREATE SCHEMA sources")
    made.execute(declared_tables()[name].create_sql("sources", constrained=False))
    return made.sql(f"SELECT * FROM {name}").pl()  # pyright: ignore[reportReturnType]


def _obtained(warehouse: Warehouse, table: str, origin: str) -> None:
    """Say that a table was made of a file from `origin`."""
    warehouse.connection.execute(
        "INSERT INTO landing.source_file VALUES (?, ?, 'v', 'l', ?, '', '', 0, repeat('0', 64), NULL, NULL, "
        "NULL, NULL)",
        [table, origin, origin],
    )
    warehouse.connection.execute(
        "INSERT INTO landing.row_account VALUES (?, ?, 'v', ?, 'kept', 0)", [table, table, origin]
    )


@pytest.mark.parametrize(
    ("here", "other", "told"),
    [
        ("official", None, "not tested: sources.tract_population was not obtained"),
        ("official", "bundle", "not tested: of sources.tract_population there are the bundle's rows alone"),
        ("official", "official", "holds"),
        ("official", "hand", "holds"),
        ("bundle", "bundle", "holds"),
        ("bundle", "official", "holds"),
    ],
)
def test_a_rule_whose_other_side_was_not_obtained_is_not_tested(
    warehouse: Warehouse, here: str, other: str | None, told: str
) -> None:
    _obtained(warehouse, HERE, here)
    if other is not None:
        _obtained(warehouse, OTHER, other)
    rule = no_row("is_in_the_other", "true", needs=(OTHER,), **WORDS)
    (outcome,) = check_table(warehouse, SqlChecker(warehouse.connection), declared_tables()[HERE], [rule])
    assert outcome.observed == told
    assert outcome.success is (True if told == "holds" else None)
    assert not outcome.failed
    kept = warehouse.connection.execute("SELECT success, observed FROM landing.check_result").fetchall()
    assert kept == [(outcome.success, told)]
    refuse_failed(warehouse)


@pytest.mark.parametrize(("ages", "repeated"), [((1, 0), 0), ((1, 1), 1)])
def test_keys_of_one_hash_are_no_repeated_keys(
    warehouse: Warehouse, ages: tuple[int, int], repeated: int
) -> None:
    """DuckDB 1.5.5 has one hash for the first two (findings/duckdb-hash-of-long-texts.sh)."""
    declared = declared_tables()["published.place_renamed"]
    warehouse.connection.execute(declared.create_sql("published", constrained=False))
    for year, age in zip((2019, 2020) if repeated == 0 else (2019, 2019), ages, strict=True):
        text = f"{'p' * 27}={year}{'m' * 102}={age}"
        warehouse.connection.execute("INSERT INTO published.place_renamed (old_place_id) VALUES (?)", [text])
    key = next(rule for rule in structural_rules(declared) if rule.id == "key")
    (found,) = check_table(warehouse, SqlChecker(warehouse.connection), declared, [key])
    assert (found.success, found.unexpected_rows) == (repeated == 0, repeated)
