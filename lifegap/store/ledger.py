"""The ledger of a run: its files, where their rows went, what was corrected, what the checks found.

Tables of the schema `landing`, kept beside the tables of the warehouse. Its files are those of the run;
what it says of a table stands until the table is made anew.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import polars as pl

from lifegap.catalog.cards import Correction, SourceCard
from lifegap.catalog.tables import Table, declared_tables
from lifegap.errors import error
from lifegap.landing.files import SourceFile
from lifegap.landing.receipts import Receipt
from lifegap.store.frames import in_pieces

OF_THE_RUN = ("source_file", "indicator_cell")
"""Tables of the ledger that each run writes anew."""

OF_A_TABLE = ("made_table", "put_check", "check_result", "row_account")
"""Tables of the ledger whose rows are each told of one table."""

TOLD_OF_FILES = ("source_file", "indicator_cell", "row_account", "correction_count")


@dataclass(frozen=True)
class MadeBefore:
    """What rows of a table were made of, their version, the declarations that their maker read."""

    recipe: str
    version: str
    declarations: tuple[str, ...]


class Ledger:
    """What was read, mended and checked, written and asked through one connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def start(
        self,
        receipts: Iterable[Receipt],
        indicator_cells: Iterable[tuple[str, ...]],
        tables: Iterable[str] | None = None,
    ) -> None:
        """Begin a run: its files and cells. What is told of tables that are not among `tables` goes."""
        declared = declared_tables()
        ledger = [table for table in declared.values() if table.layer == "landing"]
        anew = tables is None or not all(self._stands(table) for table in ledger)
        for table in ledger:
            if anew or table.name in OF_THE_RUN:
                self.connection.execute(table.create_sql("landing", constrained=True))
        columns = [column.name for column in declared["landing.source_file"].columns]
        rows = [[getattr(receipt, name) for name in columns] for receipt in receipts]
        self._insert("landing.source_file", rows)
        self._insert("landing.indicator_cell", [list(cell) for cell in indicator_cells])
        for name in OF_A_TABLE:
            self._delete(f"landing.{name}", "NOT list_contains(?, table_name)", [*(tables or ())])

    def _stands(self, table: Table) -> bool:
        """Whether a table of the ledger is there, in the shape that is declared."""
        found = self.connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = current_database() "
            "AND schema_name = 'landing' AND table_name = ? ORDER BY column_index",
            [table.name],
        ).fetchall()
        return found == [(column.name, column.type) for column in table.columns]

    def forget(self, table_name: str, sources: Iterable[str] | None = None) -> None:
        """Rows of a table, all or of these sources, are about to be made anew, of what is not known yet."""
        where = "table_name = ?" if sources is None else "table_name = ? AND list_contains(?, source_id)"
        self._delete("landing.made_table", where, table_name, *([] if sources is None else [[*sources]]))

    def remember(self, table_name: str, made: dict[str, MadeBefore]) -> None:
        """Write down what the rows of each source were made of, when they have been made."""
        self._insert(
            "landing.made_table",
            [
                [table_name, source, each.recipe, each.version, "; ".join(sorted(each.declarations))]
                for source, each in made.items()
            ],
        )

    def made(self, table_name: str) -> dict[str, MadeBefore]:
        """Source → what its rows of a table were made of; empty where the table has not been made."""
        found = self.connection.execute(
            "SELECT source_id, recipe, version, declarations FROM landing.made_table "
            f"WHERE table_name = {_text(table_name)}"
        ).fetchall()
        return {
            source: MadeBefore(recipe, version, tuple(filter(None, declarations.split("; "))))
            for source, recipe, version, declarations in found
        }

    def versions(self) -> dict[str, str]:
        """Table → version of its rows, of all that have been made."""
        made = self.versions_by_source()
        return {name: _one_of(each) for name, each in made.items()}

    def versions_by_source(self) -> dict[str, dict[str, str]]:
        """Table → source → version of its rows; a table that is made in one piece has the source ''."""
        made: dict[str, dict[str, str]] = {}
        for name, source, version in self.connection.execute(
            "SELECT table_name, source_id, version FROM landing.made_table ORDER BY ALL"
        ).fetchall():
            made.setdefault(name, {})[source] = version
        return made

    def accounts(self) -> str:
        """Hash of what is told of files: which they are, where their rows went, what was mended."""
        return self._digest(*(f"SELECT * FROM landing.{name}" for name in TOLD_OF_FILES))

    def accounts_of(self, table_name: str) -> str:
        """Hash of what the ledger tells of the files of one table."""
        return self._digest(
            "SELECT a.*, s.origin, s.rows_expected, s.rows_listed, s.rows_least "
            "FROM landing.row_account AS a "
            f"JOIN landing.source_file AS s USING (source_id, file) WHERE a.table_name = {_text(table_name)}"
        )

    def all_origins(self) -> str:
        """Hash of where the files of each source came from."""
        return self._digest("SELECT DISTINCT source_id, origin FROM landing.source_file")

    def _digest(self, *queries: str) -> str:
        digest = hashlib.sha256()
        for query in queries:
            digest.update(repr(self.connection.execute(f"{query} ORDER BY ALL").fetchall()).encode())
        return digest.hexdigest()

    def outcomes(self, table_name: str) -> list[tuple[Any, ...]]:
        """The outcomes of a table's rules, as they were recorded."""
        return self.connection.execute(
            "SELECT * FROM landing.check_result WHERE table_name = ?", [table_name]
        ).fetchall()

    def checked_by(self, table_name: str) -> str | None:
        """What the rules of a table were last put to (the hash given to `record_checks`)."""
        found = self.connection.execute(
            f"SELECT recipe FROM landing.put_check WHERE table_name = {_text(table_name)}"
        ).fetchone()
        return None if found is None else str(found[0])

    def remember_check(self, table_name: str, recipe: str) -> None:
        """Write down what the rules of a table were put to, when their outcomes have been recorded."""
        self._delete("landing.put_check", "table_name = ?", table_name)
        self._insert("landing.put_check", [[table_name, recipe]])

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


def _one_of(versions: dict[str, str]) -> str:
    """The version of a table, of those of its sources."""
    if len(versions) == 1:
        return next(iter(versions.values()))
    return hashlib.sha256(repr(sorted(versions.items())).encode()).hexdigest()


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
