"""The views of a release, with what each of their columns means."""

from collections.abc import Sequence

import duckdb

from lifegap.catalog.tables import View, declared_traces, declared_views


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the views in the attached database `release`, with comments on their columns."""
    (database,) = connection.execute("SELECT current_database()").fetchall()[0]
    connection.execute("USE release.published")
    try:
        views = (*declared_views(), *declared_traces().values())
        titles = _titles(connection)
        indicators = ", ".join(f"'{each}'" for each in titles) or "NULL"
        for view in views:
            connection.execute(view.sql.replace("{indicators}", indicators))
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
            said = comment.replace("'", "''")
            connection.execute(f'COMMENT ON COLUMN "{view}"."{name}" IS \'{said}\'')
