"""The ledger of a run: its files, where their rows went, what was corrected, what the checks found.

Tables of the schema `landing`, kept beside the tables of the warehouse and begun anew by each run.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import polars as pl

from lifegap.catalog.cards import Correction, SourceCard
from lifegap.catalog.tables import Table, declared_tables
from lifegap.errors import error
from lifegap.landing.files import SourceFile
from lifegap.landing.receipts import Receipt
from lifegap.store.frames import in_pieces


class Ledger:
    """What was read, mended and checked, written and asked through one connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def start(self, receipts: Iterable[Receipt], indicator_cells: Iterable[tuple[str, ...]]) -> None:
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

    def _insert(self, full_name: str, rows: Iterable[Sequence[Any]]) -> None:
        """All rows in one piece: a statement with a parameter for each value takes ten times as long."""
        if rows := list(rows):
            names = [column.name for column in declared_tables()[full_name].columns]
            frame = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
            in_pieces(self.connection, frame).insert_into(full_name)

    def _delete(self, full_name: str, where: str, *values: Any) -> None:
        self.connection.execute(f"DELETE FROM {full_name} WHERE {where}", list(values))

    def _one(self, query: str) -> int:
        found = self.connection.execute(query).fetchone()
        return 0 if found is None else int(found[0])
