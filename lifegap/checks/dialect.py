"""The DuckDB dialect that Great Expectations runs on: the pipeline's own connection, rows read at once.

Great Expectations reads a result after it has closed the connection, and DuckDB drops unread rows
then. This dialect reads them as soon as a statement has run, and hands out cursors of a connection
that is already open instead of opening the file again (a second opening is refused).
"""

from typing import Any

import duckdb
from duckdb_sqlalchemy import ConnectionWrapper, Dialect, DuckDBExecutionContext
from sqlalchemy.dialects import registry
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy


class _ReadAtOnce(DuckDBExecutionContext):
    def post_exec(self) -> None:
        super().post_exec()
        if self.cursor.description:
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                self.cursor, initial_buffer=self.cursor.fetchall()
            )


class LiveDuckDB(Dialect):
    """`duckdb+live://`: cursors of the connection given to `use_connection`."""

    execution_ctx_cls = _ReadAtOnce
    supports_statement_cache = True
    live: duckdb.DuckDBPyConnection | None = None

    def connect(self, *_args: Any, **_kwargs: Any) -> Any:
        assert LiveDuckDB.live is not None, "use_connection comes first"
        cursor = LiveDuckDB.live.cursor()
        (database,) = LiveDuckDB.live.execute("SELECT current_database()").fetchall()[0]
        cursor.execute(f'USE "{database}"')
        return ConnectionWrapper(cursor)


CONNECTION_STRING = "duckdb+live:///:memory:"


def use_connection(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the dialect hand out cursors of `connection`."""
    registry.register("duckdb.live", __name__, "LiveDuckDB")
    LiveDuckDB.live = connection
