"""The outcomes of checks through the releases: since when a rule holds or fails, and how often it did.

A row stands for as long as an outcome stayed the same. Its ends are named by releases of before: the last
that had another outcome, and the last that had this one. So a refresh after which every rule ends as it did
gives the same rows, whenever it runs and whatever its id.
"""

from pathlib import Path

import duckdb
import polars as pl

from lifegap.catalog.tables import declared_tables
from lifegap.releases.seal import altered
from lifegap.store.warehouse import Warehouse

TABLE = "published.check_history"
BEFORE = "outcomes_before"
"""What the rows of the release before are called while they are read."""

OUTCOMES = """
    SELECT table_name, expectation_id,
        CASE WHEN success THEN 'holds' WHEN NOT success THEN 'fails' ELSE 'not_tested' END AS outcome,
        severity, observed, unexpected_rows, rows, reason
    FROM {check_result}
"""
"""What the rules found, of the ledger or of a release."""

FIRST = """
    SELECT *, 1 AS position, NULL::VARCHAR AS changed_after, NULL::VARCHAR AS lasted_until FROM ({outcomes})
"""
"""A history that begins with these outcomes."""

GOES_ON = """
    WITH now AS ({outcomes}),
    before AS (SELECT * FROM ({history})),
    last AS (SELECT * FROM before QUALIFY row_number() OVER (
        PARTITION BY table_name, expectation_id ORDER BY position DESC) = 1),
    same AS (
        SELECT n.*, l.position, l.changed_after
        FROM now AS n JOIN last AS l USING (table_name, expectation_id)
        WHERE l.lasted_until IS NULL AND l.outcome = n.outcome
    )
    SELECT * FROM before WHERE lasted_until IS NOT NULL
    UNION ALL BY NAME
    SELECT * REPLACE ({previous} AS lasted_until)
    FROM before ANTI JOIN same USING (table_name, expectation_id)
    WHERE lasted_until IS NULL
    UNION ALL BY NAME
    SELECT *, NULL::VARCHAR AS lasted_until FROM same
    UNION ALL BY NAME
    SELECT n.*, coalesce(l.position, 0) + 1 AS position, {previous} AS changed_after,
        NULL::VARCHAR AS lasted_until
    FROM now AS n LEFT JOIN last AS l USING (table_name, expectation_id)
    ANTI JOIN same USING (table_name, expectation_id)
"""
"""The history with the outcomes of this refresh: those that stayed go on, others end and begin."""


def write_check_history(warehouse: Warehouse, previous: Path | None) -> None:
    """Write the history of checks into the warehouse.

    previous: folder of the release before, if there is one. Raises RELEASE-ALTERED where it cannot be read.
    """
    connection = warehouse.connection
    table = declared_tables()[TABLE]
    now = OUTCOMES.format(check_result="landing.check_result")
    query = FIRST.format(outcomes=now)
    if previous is not None and (before := _history(connection, previous)) is not None:
        connection.register(BEFORE, before)
        query = GOES_ON.format(outcomes=now, history=f"FROM {BEFORE}", previous=_text(previous.name))
    rows = connection.sql(query).pl().select([column.name for column in table.columns])
    connection.unregister(BEFORE)
    warehouse.write(table, rows)


def _history(connection: duckdb.DuckDBPyConnection, previous: Path) -> pl.DataFrame | None:
    """The history in a release; of a release of before one that begins with what its checks found.

    None where it tells nothing of checks in these columns.
    """
    if (known := _frame(previous, TABLE)) is not None:
        return known
    if (found := _frame(previous, "published.check_result")) is None:
        return None
    connection.register(BEFORE, found)
    begun = connection.sql(FIRST.format(outcomes=OUTCOMES.format(check_result=BEFORE))).pl()
    connection.unregister(BEFORE)
    return begun


def _frame(previous: Path, name: str) -> pl.DataFrame | None:
    """The rows of a table of a release; None where it has none, or other columns."""
    table = declared_tables()[name]
    path = previous / "parquet" / f"{table.name}.parquet"
    if not path.is_file():
        return None
    try:
        frame = pl.read_parquet(path, glob=False)
    except (OSError, pl.exceptions.PolarsError) as wrong:
        found = f"parquet/{path.name}: {str(wrong).splitlines()[0]}"
        raise altered(f"reading the history of checks in {previous.name}", [found]) from None
    columns = [column.name for column in table.columns]
    return frame.select(columns) if set(columns) <= set(frame.columns) else None


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
