"""The warehouse: one DuckDB file, one connection, one writer.

Working tables have the declared columns, types and comments but no constraints, so that a check
can count what is wrong in them; a table that failed stays for inspection.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

import duckdb
import polars as pl

from lifegap.catalog.comments import LAYERS
from lifegap.catalog.tables import Table
from lifegap.disk import writing
from lifegap.errors import LifegapError, error
from lifegap.store.frames import ROW_GROUP, in_pieces
from lifegap.store.ledger import Ledger

Relation = duckdb.DuckDBPyRelation
Part = pl.DataFrame | Relation
Rows = Part | Iterable[Part]
Item = TypeVar("Item")
Result = TypeVar("Result")

AT_ONCE = 2
"""Threads that work for one table or release."""

ROWS_AT_ONCE = 4 * ROW_GROUP

SOURCE = "split_part(source_id, ':', 1)"
"""The source of a row of a table that is made by source; sources of a kind share what is before a colon."""

INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}


class Warehouse:
    """A live connection to the warehouse; `ledger` is what was read, mended and checked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.ledger = Ledger(connection)

    def apart(self) -> "Warehouse":
        """The same warehouse with a connection of its own, for another thread."""
        (database,) = self.connection.execute("SELECT current_database()").fetchall()[0]
        cursor = self.connection.cursor()
        cursor.execute(f'USE "{database}"')
        return Warehouse(cursor)

    def close(self) -> None:
        self.connection.close()

    def for_each(self, items: Iterable[Item], work: Callable[["Warehouse", Item], Result]) -> list[Result]:
        """What the work gives for each item, two at a time, each thread with a connection of its own."""
        free: SimpleQueue[Warehouse] = SimpleQueue()
        for _ in range(AT_ONCE):
            free.put(self.apart())

        def done(item: Item) -> Result:
            own = free.get()
            try:
                return work(own, item)
            finally:
                free.put(own)

        try:
            with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
                return [*pool.map(done, items)]
        finally:
            while not free.empty():
                free.get().close()

    def interrupt(self) -> None:
        """End the statement that another thread waits for."""
        self.connection.interrupt()

    def write(
        self, table: Table, rows: Rows, *, ahead: bool = False, sources: Collection[str] | None = None
    ) -> int:
        """Replace the table by `rows`; how many there are. Raises TABLE-COLUMNS on a difference.

        ahead: the next part may be made in another thread while one is written; parts that ask the
        warehouse must not be. sources: replace the rows of these alone.
        """
        with self._transaction():
            if sources is None:
                self.connection.execute(table.create_sql(table.layer, constrained=False))
            else:
                self.connection.execute(f"DELETE FROM {table.full_name} WHERE {of_sources(sources)}")
            parts = [rows] if isinstance(rows, pl.DataFrame | Relation) else _gathered(rows)
            for part in _one_ahead(parts) if ahead else parts:
                self._append(table, part)
        return self.count(table.full_name)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """One transaction for a table: a quarter faster than one for each part, and all or nothing."""
        self.connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def keep_only(self, full_names: Iterable[str]) -> None:
        """Remove the tables that an earlier run made and this one does not."""
        here = self.connection.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
            "WHERE database_name = current_database() AND schema_name <> 'landing'"
        ).fetchall()
        for (name,) in here:
            if name not in set(full_names):
                self.connection.execute(f"DROP TABLE {name}")

    def version(self, full_name: str) -> str:
        """Hash of a table: names and types of its columns, and its rows in any order.

        A million rows take a tenth of a second.
        """
        return self._versions(full_name, "''", "true")[""]

    def versions_by_source(self, full_name: str, sources: Collection[str]) -> dict[str, str]:
        """Source → hash of its rows in a table, as `version` makes it; of a source without rows too."""
        found = self._versions(full_name, SOURCE, of_sources(sources))
        none = self._versions(full_name, "''", "false")[""]
        return {source: found.get(source, none) for source in sources}

    def _versions(self, full_name: str, by: str, where: str) -> dict[str, str]:
        table = self.relation(full_name)
        columns = [*zip(table.columns, map(str, table.types), strict=True)]
        # DuckDB's hash can be one for long texts that differ in two places; not so where they are moved.
        texts = [f"concat('.', \"{name}\")" for name, kind in columns if kind == "VARCHAR"]
        moved = [f"sum(hash({', '.join(texts)}))"] if texts else []
        of_rows = ", ".join(["count(*)", "sum(hash(t))", *moved])
        grouped = "" if by == "''" else f"GROUP BY {by}"
        found = self.connection.execute(
            f"SELECT {by}, {of_rows} FROM {full_name} AS t WHERE {where} {grouped}"
        ).fetchall()
        return {
            key: hashlib.sha256(repr((columns, tuple(rows))).encode()).hexdigest() for key, *rows in found
        }

    def frame(self, full_name: str) -> pl.DataFrame:
        return self.relation(full_name).pl()

    def relation(self, full_name: str) -> Relation:
        return self.connection.sql(f"SELECT * FROM {full_name}")

    def count(self, full_name: str) -> int:
        return self._one(f"SELECT count(*) FROM {full_name}")

    def given(self, frame: pl.DataFrame) -> Relation:
        """A frame as a relation of this connection."""
        return in_pieces(self.connection, frame)

    def _append(self, table: Table, part: Any) -> None:
        incoming = part if isinstance(part, Relation) else in_pieces(self.connection, part)
        _refuse_other_columns(table, dict(zip(incoming.columns, incoming.types, strict=True)))
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        self.connection.execute(f"INSERT INTO {table.full_name} SELECT {names} FROM incoming")

    def _one(self, query: str) -> int:
        found = self.connection.execute(query).fetchone()
        return 0 if found is None else int(found[0])


def of_sources(sources: Iterable[str]) -> str:
    """The condition that a row is of one of the sources."""
    return f"{SOURCE} IN ({', '.join(repr(source) for source in sorted(sources))})"


def new_warehouse(connection: duckdb.DuckDBPyConnection) -> Warehouse:
    """A warehouse in the database of a connection, with a schema for each layer."""
    for layer in LAYERS:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {layer}")
    return Warehouse(connection)


@contextmanager
def open_warehouse(path: Path, *, memory_limit: str, threads: int) -> Iterator[Warehouse]:
    """Open the warehouse for writing, spilling beside it when memory runs out."""
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        spill = path.with_suffix(".spill")
        try:
            # A catalog takes the name of its file, and one called `warehouse` would hide the
            # schema of that name; so the file is attached under another.
            connection = duckdb.connect(
                config={
                    "memory_limit": memory_limit,
                    "threads": threads,
                    "temp_directory": str(spill),
                    "autoinstall_known_extensions": False,
                    "autoload_known_extensions": False,
                },
            )
            connection.execute(f"ATTACH '{_escaped(path)}' AS lifegap; USE lifegap")
        except (duckdb.IOException, duckdb.SerializationException) as wrong:
            raise _not_opened(path, str(wrong).split("\n")[0]) from None
    try:
        yield new_warehouse(connection)
    finally:
        connection.close()


def _not_opened(path: Path, found: str) -> LifegapError:
    """Another program has the file open; or it cannot be read, and is made anew when it is gone."""
    if "Could not set lock" in found:
        return error(
            "BUSY",
            doing=f"opening {path}",
            found=found,
            expected="a warehouse that no other program has open",
            todo="close the program that has it open; query releases, not the warehouse",
        )
    return error(
        "MACHINE",
        doing=f"opening {path}",
        found=found,
        expected="a file that DuckDB can read; this one is damaged, or of another version",
        todo="delete it: the next refresh makes it anew from the landed files, and releases are not touched",
    )


def _gathered(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts taken together until they are worth a statement: a small one costs as much as a large."""
    waiting: list[pl.DataFrame] = []
    for part in parts:
        if isinstance(part, Relation):
            yield part
            continue
        waiting.append(part)
        if sum(each.height for each in waiting) >= ROWS_AT_ONCE:
            yield pl.concat(waiting)
            waiting.clear()
    if waiting:
        yield pl.concat(waiting)


def _one_ahead(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, each made in another thread while the one before it is written."""
    source = iter(parts)
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, source, None)
        while (part := coming.result()) is not None:
            coming = pool.submit(next, source, None)
            yield part


def _refuse_other_columns(table: Table, incoming: dict[str, Any]) -> None:
    """Names must be the declared ones; types too, but for the width of integers and for NULL."""
    found = []
    for column in table.columns:
        kind = str(incoming.get(column.name, "missing"))
        widened = kind in INTEGERS and column.type in INTEGERS
        if kind not in (column.type, '"NULL"', "NULL") and not widened:
            found.append(f"{column.name} is {kind}, declared {column.type}")
    found += [f"{name} is not declared" for name in incoming if name not in _names(table)]
    if found:
        raise error(
            "TABLE-COLUMNS",
            doing=f"writing {table.full_name}",
            found=found,
            expected=f"the columns of sql/{table.layer}/{table.name}.sql",
            todo="bring the table's function and its declaration together",
        )


def _names(table: Table) -> set[str]:
    return {column.name for column in table.columns}


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
