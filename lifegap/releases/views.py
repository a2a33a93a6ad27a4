"""The views of a release, with what each of their columns means."""

import re
from collections.abc import Sequence

import duckdb

from lifegap.catalog.tables import View, declared_traces, declared_views


def create_views(connection: duckdb.DuckDBPyConnection, identity: dict[str, str]) -> None:
    """Create the views in the attached database `release`, with comments on their columns.

    identity: id, time and hash of the release, which a view of the file says wherever it is copied to.
    """
    (database,) = connection.execute("SELECT current_database()").fetchall()[0]
    connection.execute("USE release.published")
    try:
        views = (*declared_views(), *declared_traces().values())
        titles = _titles(connection)
        given = {"indicators": ", ".join(map(_quoted, titles)) or "NULL"}
        given |= {name: _quoted(value) for name, value in identity.items()}
        for view in views:
            connection.execute(re.sub(r"\{(\w+)\}", lambda name: given[name[1]], view.sql))
        _comment_columns(connection, views, titles)
    finally:
        connection.execute(f'USE "{database}"')


def _titles(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Indicator → its unit and title, of all indicators of the release: a view may have a column for each."""
    rows = connection.execute("SELECT indicator_id, unit, title FROM indicator ORDER BY 1").fetchall()
    return {indicator: f"[{unit}] {title}" for indicator, unit, title in rows}


def _comment_columns(
    connection: duckdb.DuckDBPyConnection, views: Sequence[View], titles: dict[str, str]
) -> None:
    """Say of the columns of views what the views declare, or the title of an indicator."""
    named = {view.name: view for view in views}
    without = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE database_name = 'release' AND comment IS NULL"
    ).fetchall()
    for view, name in without:
        if view in named and (comment := named[view].comment_of(name) or titles.get(name)) is not None:
            connection.execute(f'COMMENT ON COLUMN "{view}"."{name}" IS {_quoted(comment)}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
