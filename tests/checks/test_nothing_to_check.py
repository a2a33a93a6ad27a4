"""A source without a file in the run: nothing is checked, and nothing is said to hold."""

import duckdb

from lifegap.catalog.tables import declared_tables
from lifegap.checks.rules import structural_rules
from lifegap.checks.run import SqlChecker, check_table
from lifegap.store.warehouse import new_warehouse

TABLE = declared_tables()["sources.usaleep_tract"]


def test_a_source_without_files_is_neither_checked_nor_said_to_hold() -> None:
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS lifegap; USE lifegap")
    warehouse = new_warehouse(connection)
    warehouse.ledger.start([], [])
    connection.execute(TABLE.create_sql(TABLE.layer, constrained=False))
    assert check_table(warehouse, SqlChecker(connection), TABLE, structural_rules(TABLE)) == []
    assert connection.execute("SELECT count(*) FROM landing.check_result").fetchone() == (0,)
