"""Writing tables: all of the rows or none of them, and no row lost between parser and table."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from lifegap.catalog.tables import Table, declared_tables
from lifegap.errors import LifegapError
from lifegap.store import warehouse as module
from lifegap.store.ledger import MadeBefore
from lifegap.store.warehouse import Warehouse, new_warehouse, open_warehouse

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


def test_the_version_of_a_table_is_that_of_its_rows_in_any_order(warehouse: Warehouse) -> None:
    def version(query: str) -> str:
        warehouse.connection.execute(f"CREATE OR REPLACE TABLE sources.tried AS {query}")
        return warehouse.version("sources.tried")

    first = version("FROM (VALUES (1, 'a', NULL), (2, 'b', 0.5)) AS t (x, y, z)")
    assert version("FROM (VALUES (2, 'b', 0.5), (1, 'a', NULL)) AS t (x, y, z)") == first
    others = [
        "FROM (VALUES (1, 'a', NULL), (2, 'b', 0.25)) AS t (x, y, z)",
        "FROM (VALUES (1, 'a', 0.5), (2, 'b', NULL)) AS t (x, y, z)",
        "FROM (VALUES (1, 'a', NULL), (2, 'b', 0.5), (2, 'b', 0.5)) AS t (x, y, z)",
        "FROM (VALUES (1, 'a', NULL), (2, 'b', 0.5)) AS t (x, y, another)",
        "FROM (VALUES (1::BIGINT, 'a', NULL), (2, 'b', 0.5)) AS t (x, y, z)",
    ]
    assert len({first, *map(version, others)}) == 1 + len(others)


def test_a_run_forgets_the_tables_that_are_not_in_it_and_knows_the_others(warehouse: Warehouse) -> None:
    ledger = warehouse.ledger
    ledger.start([], [])
    for name in ("sources.kept", "sources.gone"):
        warehouse.connection.execute(f"CREATE TABLE {name} (x INTEGER)")
        ledger.remember(name, {"": MadeBefore("r", "v", ("sources", "indicators"))})
        ledger.remember_check(name, "c")
    ledger.start([], [], ["sources.kept"])
    warehouse.keep_only(["sources.kept"])
    assert ledger.made("sources.kept") == {"": MadeBefore("r", "v", ("indicators", "sources"))}
    assert ledger.checked_by("sources.kept") == "c"
    assert ledger.made("sources.gone") == {}
    assert ledger.checked_by("sources.gone") is None
    assert ledger.versions() == {"sources.kept": "v"}
    assert warehouse.count("sources.kept") == 0
    with pytest.raises(duckdb.CatalogException):
        warehouse.count("sources.gone")


def test_long_texts_of_one_hash_give_tables_of_two_versions(warehouse: Warehouse) -> None:
    """DuckDB 1.5.5 has one hash for these two (findings/duckdb-hash-of-long-texts.sh)."""
    versions = set[str]()
    for year, age in ((2019, 1), (2020, 0)):
        text = f"{'p' * 27}={year}{'m' * 102}={age}"
        warehouse.connection.execute(f"CREATE OR REPLACE TABLE sources.tried AS SELECT '{text}' AS key")
        versions.add(warehouse.version("sources.tried"))
    assert len(versions) == 2


def test_the_version_of_a_table_made_by_source_follows_that_of_each_source(warehouse: Warehouse) -> None:
    ledger = warehouse.ledger
    ledger.start([], [])
    made = {source: MadeBefore("r", f"rows of {source}", ()) for source in ("one", "two")}
    ledger.remember("warehouse.both", made)
    first = ledger.versions()["warehouse.both"]
    ledger.forget("warehouse.both", ["two"])
    assert ledger.made("warehouse.both") == {"one": made["one"]}
    ledger.remember("warehouse.both", {"two": MadeBefore("r", "other rows", ())})
    assert ledger.versions()["warehouse.both"] != first
    ledger.forget("warehouse.both", ["two"])
    ledger.remember("warehouse.both", {"two": made["two"]})
    assert ledger.versions()["warehouse.both"] == first


def test_rows_of_some_sources_are_replaced_and_those_of_a_kind_together(warehouse: Warehouse) -> None:
    table = declared_tables()["published.source_file"]
    names = [column.name for column in table.columns]

    def rows(*sources: str, file: str) -> pl.DataFrame:
        values = {name: (file if name == "file" else "") for name in names} | {"bytes": 1}
        return pl.DataFrame([values | {"source_id": source} for source in sources]).select(names)

    warehouse.write(table, rows("a", "b", "kind:x", "kind:y", file="old"))
    before = warehouse.versions_by_source(table.full_name, ["a", "b", "kind", "none"])
    warehouse.write(table, rows("b", "kind:x", file="new"), sources=["b", "kind"])
    after = warehouse.versions_by_source(table.full_name, ["a", "b", "kind", "none"])
    assert sorted(warehouse.relation(table.full_name).project("source_id, file").fetchall()) == [
        ("a", "old"), ("b", "new"), ("kind:x", "new"),
    ]  # fmt: skip
    assert {each for each in before if before[each] == after[each]} == {"a", "none"}


def test_a_ledger_of_another_shape_is_begun_anew(warehouse: Warehouse) -> None:
    warehouse.ledger.start([], [])
    warehouse.ledger.remember("sources.kept", {"": MadeBefore("r", "v", ())})
    warehouse.connection.execute("ALTER TABLE landing.row_account ADD COLUMN another INTEGER")
    warehouse.ledger.start([], [], ["sources.kept"])
    assert warehouse.ledger.versions() == {}


@pytest.mark.parametrize("damaged", ["no database at all", "a block overwritten", "cut short"])
def test_a_damaged_warehouse_is_named_with_what_helps(damaged: str, tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path, memory_limit="1GB", threads=1) as made:
        made.ledger.start([], [])
    whole = path.read_bytes()
    path.write_bytes(
        {
            "no database at all": b"not a database" * 1000,
            "a block overwritten": whole[:8192] + bytes(len(whole) - 8192),
            "cut short": whole[: len(whole) // 2],
        }[damaged]
    )
    with (
        pytest.raises(LifegapError) as refused,
        open_warehouse(path, memory_limit="1GB", threads=1) as opened,
    ):
        opened.ledger.start([], [], [])
    assert refused.value.code == "MACHINE"
    assert "delete it" in str(refused.value)
