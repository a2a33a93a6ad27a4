"""The warehouse: one DuckDB file, one connection, one writer.

Working tables have the declared columns, types and comments but no constraints, so that a check
can count what is wrong in them; a table that failed stays for inspection.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

from lifegap.catalog.cards import Correction, SourceCard
from lifegap.catalog.tables import LAYERS, Table, declared_tables
from lifegap.errors import error
from lifegap.landing.files import SourceFile
from lifegap.landing.receipts import Receipt, writing

Relation = duckdb.DuckDBPyRelation
Part = pl.DataFrame | Relation
Rows = Part | Iterable[Part]

ROW_GROUP = 122_880
"""Rows that DuckDB keeps together; what comes in one piece is taken by one thread alone."""

ROWS_AT_ONCE = 4 * ROW_GROUP

INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}


class Warehouse:
    """A live connection to the warehouse, and the ledger of what was read, mended and checked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def apart(self) -> "Warehouse":
        """The same warehouse with a connection of its own, for another thread."""
        (database,) = self.connection.execute("SELECT current_database()").fetchall()[0]
        cursor = self.connection.cursor()
        cursor.execute(f'USE "{database}"')
        return Warehouse(cursor)

    def close(self) -> None:
        self.connection.close()

    def interrupt(self) -> None:
        """End the statement that another thread waits for."""
        self.connection.interrupt()

    # -- tables -------------------------------------------------------------------------------

    def write(self, table: Table, rows: Rows, *, ahead: bool = False) -> int:
        """Replace the table by `rows`; how many there are. Raises TABLE-COLUMNS on a difference.

        ahead: the next part may be made in another thread while one is written; parts that ask the
        warehouse must not be.
        """
        with self._transaction():
            self.connection.execute(table.create_sql(table.layer, constrained=False))
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

    def drop(self, full_name: str) -> None:
        """Remove a table that an earlier run made and this one does not."""
        self.connection.execute(f"DROP TABLE IF EXISTS {full_name}")

    def frame(self, full_name: str) -> pl.DataFrame:
        return self.relation(full_name).pl()

    def relation(self, full_name: str) -> Relation:
        return self.connection.sql(f"SELECT * FROM {full_name}")

    def count(self, full_name: str) -> int:
        return self._one(f"SELECT count(*) FROM {full_name}")

    def given(self, frame: pl.DataFrame) -> Relation:
        """A frame as a relation, in pieces that several threads can take."""
        whole = frame.to_arrow()
        return self.connection.from_arrow(pa.Table.from_batches(whole.to_batches(ROW_GROUP), whole.schema))

    def _append(self, table: Table, part: Any) -> None:
        incoming = part if isinstance(part, Relation) else self.given(part)
        _refuse_other_columns(table, dict(zip(incoming.columns, incoming.types, strict=True)))
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        self.connection.execute(f"INSERT INTO {table.full_name} SELECT {names} FROM incoming")

    # -- the ledger ---------------------------------------------------------------------------

    def start_ledger(self, receipts: Iterable[Receipt], indicator_cells: Iterable[tuple[str, ...]]) -> None:
        """Begin a run: its files and cells, and no account, correction or check of an earlier run."""
        declared = declared_tables()
        for table in declared.values():
            if table.layer == "landing":
                self.connection.execute(table.create_sql("landing", constrained=True))
        columns = [column.name for column in declared["landing.source_file"].columns]
        rows = [[getattr(receipt, name) for name in columns] for receipt in receipts]
        self._insert("landing.source_file", rows)
        self._insert("landing.indicator_cell", [list(cell) for cell in indicator_cells])

    def origins(self, source_id: str) -> set[str]:
        """Where the files of a source came from in this run: bundle, mirror, project."""
        return {
            origin
            for (origin,) in self.connection.execute(
                "SELECT DISTINCT origin FROM landing.source_file WHERE source_id = ?", [source_id]
            ).fetchall()
        }

    def account_rows(self, table: Table, files: Iterable[SourceFile]) -> None:
        """Write down where each row of the files went."""
        self._delete("landing.row_account", "table_name = ?", table.full_name)
        rows = [
            [table.full_name, file.receipt.source_id, file.vintage.id, file.name, reason, count]
            for file in files
            for reason, count in file.account
        ]
        self._insert("landing.row_account", rows)

    def origins_of(self, table_name: str) -> set[str]:
        """Where the files that a table was made of came from in this run; empty where it read none."""
        return {
            origin
            for (origin,) in self.connection.execute(
                "SELECT DISTINCT origin FROM landing.row_account JOIN landing.source_file "
                "USING (source_id, file) WHERE table_name = ?",
                [table_name],
            ).fetchall()
        }

    def origins_of_edition(self, source_id: str, vintage: str) -> dict[str, str]:
        """File → where it came from in this run, for one edition of a source."""
        return dict(
            self.connection.execute(
                "SELECT file, origin FROM landing.source_file WHERE source_id = ? AND vintage = ?",
                [source_id, vintage],
            ).fetchall()
        )

    def correct(self, card: SourceCard, correction: Correction, *, expected: int | None) -> int:
        """Apply a declared correction to its table; the rows it hit, which the ledger keeps.

        expected: rows that it should hit; None where only some files of its edition are here, and nobody
        has counted theirs. Raises CORRECTION-COUNT when they are not as many as it was written for: the
        publisher has mended the file, or something else changed, and a person has to look.
        """
        hit = self._one(f"SELECT count(*) FROM {correction.table} WHERE {correction.where}")
        if expected is None and hit <= correction.rows:
            expected = hit
        if hit != expected:
            raise error(
                "CORRECTION-COUNT",
                doing=f"correcting {correction.table}: {card.id}/{correction.id}",
                found=f"{hit} rows where {correction.where}",
                expected=f"{correction.rows if expected is None else expected} rows ({correction.what})",
                todo="see whether the publisher mended the file; if so, remove the correction",
            )
        changes = ", ".join(f"{column} = {value}" for column, value in correction.set.items())
        self.connection.execute(f"UPDATE {correction.table} SET {changes} WHERE {correction.where}")
        self._delete(
            "landing.correction_count",
            "source_id = ? AND correction_id = ?",
            card.id,
            correction.id,
        )
        self._insert("landing.correction_count", [[card.id, correction.id, expected, hit]])
        return hit

    def record_checks(self, table_name: str, outcomes: Iterable[list[Any]]) -> None:
        """Replace the outcomes of a table's expectations by new ones (columns of check_result)."""
        self._delete("landing.check_result", "table_name = ?", table_name)
        self._insert("landing.check_result", outcomes)

    def failed_tables(self) -> list[str]:
        """Tables whose latest check failed critically."""
        return [
            name
            for (name,) in self.connection.execute(
                "SELECT DISTINCT table_name FROM landing.check_result "
                "WHERE severity = 'critical' AND NOT success ORDER BY 1"
            ).fetchall()
        ]

    def _insert(self, full_name: str, rows: Iterable[Sequence[Any]]) -> None:
        """All rows in one piece: a statement with a parameter for each value takes ten times as long."""
        if rows := list(rows):
            names = [column.name for column in declared_tables()[full_name].columns]
            frame = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
            self.given(frame).insert_into(full_name)

    def _delete(self, full_name: str, where: str, *values: Any) -> None:
        self.connection.execute(f"DELETE FROM {full_name} WHERE {where}", list(values))

    def _one(self, query: str) -> int:
        found = self.connection.execute(query).fetchone()
        return 0 if found is None else int(found[0])


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
            # A catalogue takes the name of its file, and one called `warehouse` would hide the
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
        except duckdb.IOException as wrong:
            raise error(
                "BUSY" if "lock" in str(wrong).lower() else "MACHINE",
                doing=f"opening {path}",
                found=str(wrong).split("\n")[0],
                expected="a warehouse that no other program has open",
                todo="close the program that has it open; query releases, not the warehouse",
            ) from None
    try:
        yield new_warehouse(connection)
    finally:
        connection.close()


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
