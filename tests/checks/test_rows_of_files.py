"""Every row of every file: what the card states, what the parser counted, what stands in the table."""

import duckdb
import pytest

from lifegap.catalog.tables import Table, declared_tables
from lifegap.checks.outcome import Outcome, offending_rows
from lifegap.checks.rules import structural_rules
from lifegap.checks.run import SqlChecker

TABLES = declared_tables()
TRACTS = TABLES["sources.tract_population"]
WORKBOOK = TABLES["sources.chr_workbook_cell"]
RULES = ("rows_of_every_file", "rows_of_reissued_files", "kept_rows_are_here")


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """A ledger and two tables without rows."""
    made = duckdb.connect()
    made.execute("CREATE SCHEMA sources; CREATE SCHEMA landing")
    for name in ("landing.source_file", "landing.row_account"):
        made.execute(TABLES[name].create_sql("landing", constrained=False))
    for table in (TRACTS, WORKBOOK):
        made.execute(table.create_sql("sources", constrained=False))
    return made


def _file(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    *,
    kept: int,
    file: str = "a.csv",
    expected: int | None = None,
    listed: int | None = None,
    least: int | None = None,
    **set_aside: int,
) -> None:
    """Put a file and the account of its rows into the ledger."""
    connection.execute(
        "INSERT INTO landing.source_file BY NAME SELECT 's' AS source_id, ? AS file, "
        "?::BIGINT AS rows_expected, ?::BIGINT AS rows_listed, ?::BIGINT AS rows_least",
        [file, expected, listed, least],
    )
    for reason, rows in {"kept": kept, **set_aside}.items():
        connection.execute(
            "INSERT INTO landing.row_account BY NAME SELECT ? AS table_name, 's' AS source_id, 'v' AS vintage, "
            "? AS file, ? AS reason, ? AS rows",
            [table.full_name, file, reason, rows],
        )


def _rows(
    connection: duckdb.DuckDBPyConnection, table: Table, rows: list[tuple[str, int]], **more: str
) -> None:
    for file, number in rows:
        columns = {"source_file": f"'{file}'", "source_row": str(number)} | more
        told = ", ".join(f"{value} AS {name}" for name, value in columns.items())
        connection.execute(f"INSERT INTO {table.full_name} BY NAME SELECT {told}")


def _outcomes(connection: duckdb.DuckDBPyConnection, table: Table) -> dict[str, Outcome]:
    rules = [rule for rule in structural_rules(table) if rule.id in RULES]
    named = {rule.id: rule for rule in rules}
    return {
        each.expectation_id: each
        if each.success
        else each.naming(offending_rows(connection, table.full_name, table.key, named[each.expectation_id]))
        for each in SqlChecker(connection).run(table.full_name, rules)
    }


def _failed(connection: duckdb.DuckDBPyConnection, table: Table = TRACTS) -> set[str]:
    return {name for name, each in _outcomes(connection, table).items() if each.failed}


@pytest.mark.parametrize(("rows", "fails"), [(2, True), (3, False), (4, True)])
def test_a_file_has_the_rows_its_card_states_not_fewer_and_not_more(
    connection: duckdb.DuckDBPyConnection, rows: int, fails: bool
) -> None:
    _file(connection, TRACTS, kept=rows - 1, expected=3, total_row=1, empty_line=5)
    _rows(connection, TRACTS, [("a.csv", number) for number in range(1, rows)])
    outcome = _outcomes(connection, TRACTS)["rows_of_every_file"]
    assert (outcome.failed, outcome.severity) == (fails, "critical")
    if fails:
        assert f"s/a.csv: {rows} rows, expected 3" in outcome.observed


@pytest.mark.parametrize(
    ("rows", "failed"),
    [
        (89, {"rows_of_every_file"}),
        (90, {"rows_of_reissued_files"}),
        (99, {"rows_of_reissued_files"}),
        (100, set()),
        (250, {"rows_of_reissued_files"}),
    ],
)
def test_another_edition_is_a_warning_and_a_part_of_one_is_critical(
    connection: duckdb.DuckDBPyConnection, rows: int, failed: set[str]
) -> None:
    _file(connection, TRACTS, kept=rows, listed=100, least=90)
    _rows(connection, TRACTS, [("a.csv", number) for number in range(1, rows + 1)])
    outcomes = _outcomes(connection, TRACTS)
    assert {name for name, each in outcomes.items() if each.failed} == failed
    assert outcomes["rows_of_every_file"].severity == "critical"
    assert outcomes["rows_of_reissued_files"].severity == "warning"
    if rows == 89:
        assert "s/a.csv: 89 rows, at least 90" in outcomes["rows_of_every_file"].observed


def test_rows_that_the_parser_kept_and_the_table_has_not_are_seen(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    _file(connection, TRACTS, kept=3, file="a.csv")
    _file(connection, TRACTS, kept=2, file="b.csv")
    _rows(connection, TRACTS, [("a.csv", 1), ("a.csv", 2), ("a.csv", 3), ("b.csv", 1)])
    outcome = _outcomes(connection, TRACTS)["kept_rows_are_here"]
    assert outcome.observed == "1 of 4 rows break it; s/b.csv: 2 rows kept, 1 here"
    _rows(connection, TRACTS, [("b.csv", 2)])
    assert _failed(connection) == set()


def test_a_file_of_which_nothing_arrived_is_seen(connection: duckdb.DuckDBPyConnection) -> None:
    _file(connection, TRACTS, kept=2)
    assert _failed(connection) == {"kept_rows_are_here"}


def test_a_file_of_which_nothing_was_kept_needs_no_row(connection: duckdb.DuckDBPyConnection) -> None:
    _file(connection, TRACTS, kept=0, footnote=2)
    assert _failed(connection) == set()


def test_rows_that_no_file_has_are_seen(connection: duckdb.DuckDBPyConnection) -> None:
    _file(connection, TRACTS, kept=1)
    _rows(connection, TRACTS, [("a.csv", 1), ("a.csv", 2)])
    assert _failed(connection) == {"kept_rows_are_here"}


def test_one_row_of_a_file_may_be_several_of_the_table(connection: duckdb.DuckDBPyConnection) -> None:
    _file(connection, TRACTS, kept=2)
    _rows(connection, TRACTS, [("a.csv", 1), ("a.csv", 1), ("a.csv", 2), ("a.csv", 2)])
    assert _failed(connection) == set()


def test_rows_of_a_workbook_are_numbered_within_their_sheet(connection: duckdb.DuckDBPyConnection) -> None:
    _file(connection, WORKBOOK, kept=4)
    _rows(connection, WORKBOOK, [("a.csv", 1), ("a.csv", 2)], sheet="'Ranks'")
    _rows(connection, WORKBOOK, [("a.csv", 1)], sheet="'Measures'")
    assert _failed(connection, WORKBOOK) == {"kept_rows_are_here"}
    _rows(connection, WORKBOOK, [("a.csv", 2)], sheet="'Measures'")
    assert _failed(connection, WORKBOOK) == set()


def test_every_table_of_a_source_has_these_rules() -> None:
    for table in TABLES.values():
        ids = {rule.id for rule in structural_rules(table)}
        assert set(RULES) <= ids if table.layer == "sources" else not set(RULES) & ids
