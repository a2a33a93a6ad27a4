"""Frames on their way into DuckDB."""

import duckdb
import polars as pl
import pyarrow as pa

ROW_GROUP = 122_880
"""Rows that DuckDB keeps together; what comes in one piece is taken by one thread alone."""


def in_pieces(connection: duckdb.DuckDBPyConnection, frame: pl.DataFrame) -> duckdb.DuckDBPyRelation:
    """A frame as a relation, in pieces that several threads can take."""
    whole = frame.to_arrow()
    return connection.from_arrow(pa.Table.from_batches(whole.to_batches(ROW_GROUP), whole.schema))
