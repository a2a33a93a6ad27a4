"""Writing tables: all of the rows or none of them, and no row lost between parser and table."""

from collections.abc import Iterator

import duckdb
import polars as pl
import pytest

from lifegap.catalog.tables import Table, declared_tables
from lifegap.errors import LifegapError
from lifegap.store import warehouse as module
from lifegap.store.warehouse import Warehouse, new_warehouse

TABLE = declared_tables()["sources.tract_population"]


def _rows(first: int, last: int) -> pl.DataFrame:
    """Rows first to last of a file, as its parser would give them."""
    numbers = list(range(first, last + 1))
    columns = {
        column.name: numbers if column.type in module.INTEGERS else [f"{number}" for number in numbers]
        for column in TABLE.columns
    }
    whole = [column.name for column in TABLE.columns if column.type in module.INTEGERS]
    return pl.DataFrame(columns).with_columns(pl.col(whole).cast(pl.Int32))


@pytest.fixture
def warehouse() -> Warehouse:
    """A warehouse in memory."""
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS lifegap; USE lifegap")
    return new_warehouse(connection)


def _in_parts(table: Table, warehouse: Warehouse, parts: list[pl.DataFrame], *, ahead: bool) -> list[int]:
    warehouse.write(table, iter(parts), ahead=ahead)
    found = warehouse.connection.execute(f"SELECT source_row FROM {table.full_name} ORDER BY 1").fetchall()
    return [number for (number,) in found]


@pytest.mark.parametrize("ahead", [True, False], ids=["one ahead", "in turn"])
@pytest.mark.parametrize("at_once", [1, 7, 10, 1000], ids=lambda rows: f"{rows} rows at once")
def test_every_row_of_every_part_is_written(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, at_once: int, ahead: bool
) -> None:
    monkeypatch.setattr(module, "ROWS_AT_ONCE", at_once)
    parts = [_rows(1, 5), _rows(6, 6), _rows(7, 7).clear(), _rows(7, 20), _rows(21, 23)]
    assert _in_parts(TABLE, warehouse, parts, ahead=ahead) == list(range(1, 24))


def _breaking_off() -> Iterator[pl.DataFrame]:
    yield _rows(1, 5)
    yield _rows(6, 9).drop("source_row")


@pytest.mark.parametrize("ahead", [True, False], ids=["one ahead", "in turn"])
def test_a_table_that_fails_half_way_stays_as_it_was(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, ahead: bool
) -> None:
    monkeypatch.setattr(module, "ROWS_AT_ONCE", 1)
    warehouse.write(TABLE, _rows(1, 3))
    with pytest.raises(LifegapError, match="source_row is missing"):
        warehouse.write(TABLE, _breaking_off(), ahead=ahead)
    assert warehouse.count(TABLE.full_name) == 3


def test_a_first_table_that_fails_half_way_leaves_nothing(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROWS_AT_ONCE", 1)
    with pytest.raises(LifegapError):
        warehouse.write(TABLE, _breaking_off())
    with pytest.raises(duckdb.CatalogException):
        warehouse.count(TABLE.full_name)
    warehouse.write(TABLE, _rows(1, 2))
    assert warehouse.count(TABLE.full_name) == 2
