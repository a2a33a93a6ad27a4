"""Two states of the published tables compared: every cell that is not as it was.

A number that is shown no more is not shown here either: somebody may have had a reason to hide it.

Numbers are compared as people read them, with six significant digits: what differs behind those is noise of
binary fractions. Whole rows are told apart first; only those that differ are looked at column by column.
"""

from collections.abc import Iterable, Mapping

import duckdb

from lifegap.releases.causes import cause_of, find_causes
from lifegap.releases.findings import figures_of, flip_of, kind_of, limits_of
from lifegap.releases.side import Side

UNCOMPARED = frozenset({"change", "restatement", "source_edition", "check_result", "check_history"})
"""Tables of history, which tell of changes themselves."""

OF_THE_RUN = frozenset({"obtained_at", "obtained_from"})
"""Columns that say when and from where, which is another answer in every release."""

ABOUT = ("source_id", "vintage", "coalition_id", "place_id", "indicator_id", "population_group")
"""What a change is about, where its table has the column."""

CHANGED = "changed_cell"
"""The temporary table that `compare` leaves, with the columns of ROW."""

LISTED = 1000
"""Cells listed of a group: of one table, column, kind, cause, source and edition. The rest is counted."""

ROW = """(
    table_name VARCHAR, key VARCHAR, column_name VARCHAR, kind VARCHAR, cause VARCHAR, old VARCHAR,
    new VARCHAR, difference DOUBLE, beyond_uncertainty BOOLEAN, reason VARCHAR, flip VARCHAR,
    source_id VARCHAR, vintage VARCHAR, coalition_id VARCHAR, place_id VARCHAR, indicator_id VARCHAR,
    population_group VARCHAR, period VARCHAR, quotable VARCHAR, cells BIGINT, cells_beyond BIGINT,
    largest DOUBLE, rows BIGINT
)"""
"""A changed cell. difference: now less before. cells, cells_beyond, largest: of its group, also where not all
of it is listed. rows: of the table now, of the same source and edition where it has these."""

Types = dict[str, str]


def compare(
    connection: duckdb.DuckDBPyConnection,
    before: Side,
    now: Side,
    keys: Mapping[str, Iterable[str]],
    only: str | None = None,
) -> None:
    """Leave the temporary table `changed_cell` with every cell of `before` that is another one `now`.

    keys: table → the columns that tell its rows apart now. A table that only one side has is one row of kind
    `table_added` or `table_removed`, likewise a column; a table whose key is another is taken for a new one.
    only: a table, to leave out the others.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {CHANGED} {ROW}")
    find_causes(connection, before, now)
    tables = (before.tables.keys() | now.tables.keys()) - UNCOMPARED
    for table in sorted(tables if only is None else tables & {only}):
        old, new = (_types(connection, side, table) for side in (before, now))
        key = [*keys.get(table, ())]
        if not old or not new or not set(key) <= old.keys():
            _note_shape(connection, table, "table_added" if new else "table_removed", ["table"])
            continue
        _note_shape(connection, table, "column_added", sorted(new.keys() - old.keys() - OF_THE_RUN))
        _note_shape(connection, table, "column_removed", sorted(old.keys() - new.keys() - OF_THE_RUN))
        common = {name: kind for name, kind in new.items() if name in old and name not in OF_THE_RUN}
        _set_apart(connection, before.tables[table], now.tables[table], common)
        _count_rows(connection, now.tables[table], common)
        connection.execute(_rows(table, key, common))
        connection.execute(_cells(table, key, common))


def _types(connection: duckdb.DuckDBPyConnection, side: Side, table: str) -> Types:
    """Column → type, in the order of the table; empty where the side has no such table."""
    if table not in side.tables:
        return {}
    relation = connection.sql(f"SELECT * FROM {side.tables[table]} LIMIT 0")
    return dict(zip(relation.columns, map(str, relation.types), strict=True))


def _note_shape(connection: duckdb.DuckDBPyConnection, table: str, kind: str, columns: Iterable[str]) -> None:
    for name in columns:
        connection.execute(
            f"INSERT INTO {CHANGED} (table_name, key, column_name, kind, cause, cells) "
            "VALUES (?, '', ?, ?, 'method', 1)",
            [table, name, kind],
        )


def _set_apart(connection: duckdb.DuckDBPyConnection, before: str, now: str, common: Types) -> None:
    """Temporary tables of the rows that only one side has: `gone` and `come`."""
    columns = ", ".join(f'"{name}"' for name in common)
    cast = ", ".join(f'TRY_CAST("{name}" AS {kind}) AS "{name}"' for name, kind in common.items())
    # All columns are compared, and no hash of them: DuckDB's is the same for texts that differ in two places.
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE apart AS SELECT {columns}, sum(side) AS side FROM ("
        f"SELECT {cast}, 1 AS side FROM {before} UNION ALL SELECT {columns}, -1 AS side FROM {now}"
        f") GROUP BY {columns} HAVING sum(side) <> 0"
    )
    for name, side in (("gone", "> 0"), ("come", "< 0")):
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {columns} FROM apart WHERE side {side}"
        )


def _count_rows(connection: duckdb.DuckDBPyConnection, now: str, common: Types) -> None:
    """The temporary table `counted`: rows now, by source and edition where the table says them."""
    by = [name for name in ("source_id", "vintage") if name in common]
    grouped = f"GROUP BY {', '.join(by)}" if by else ""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE counted AS "
        f"SELECT {', '.join([*by, 'count(*) AS rows'])} FROM {now} {grouped}"
    )


def _rows(table: str, key: list[str], common: Types) -> str:
    """The statement that notes rows that came and went."""
    using = ", ".join(f'"{name}"' for name in key)
    each = " UNION ALL ".join(
        f"SELECT {_key(key, 'r')} AS key, '{kind}' AS kind, {_about(common, 'r')} "
        f"FROM {mine} AS r ANTI JOIN {other} USING ({using})"
        for mine, other, kind in (("come", "gone", "added"), ("gone", "come", "removed"))
    )
    return f"""
        INSERT INTO {CHANGED} BY NAME
        SELECT '{table}' AS table_name, key, 'row' AS column_name, kind, cause,
            {", ".join((*ABOUT, "period", "cells", "rows"))}
        FROM (
            SELECT *, count(*) OVER grouped AS cells FROM (SELECT *, {cause_of(table)} AS cause FROM ({each}))
            WINDOW grouped AS (PARTITION BY kind, cause, source_id, vintage)
            QUALIFY row_number() OVER (grouped ORDER BY coalition_id IS NULL, key) <= {LISTED}
        ) {_with_rows(common)}
    """


def _cells(table: str, key: list[str], common: Types) -> str:
    """The statement that notes cells of rows that both sides have."""
    figures = figures_of(common)
    structs = [
        _cell(table, name, kind, common, name in figures) for name, kind in common.items() if name not in key
    ]
    if not structs:
        return ""
    told = ", ".join(
        f"{f'n.{name}' if name in common else 'NULL::VARCHAR'} AS {name}" for name in ("reason", "quotable")
    )
    columns = ", ".join(
        (*ABOUT, "period", "cause", "cells", "cells_beyond", "largest", "rows", "reason", "quotable")
    )
    same = " AND ".join(f'o."{name}" = n."{name}"' for name in key)
    return f"""
        INSERT INTO {CHANGED} BY NAME
        SELECT '{table}' AS table_name, key, cell.column_name, cell.kind,
            CASE WHEN NOT (cell.number AND cell.new IS NULL) THEN cell.old END AS old, cell.new,
            cell.difference, cell.beyond AS beyond_uncertainty, cell.flip, {columns}
        FROM (
            SELECT *, count(*) OVER grouped AS cells,
                count(*) FILTER (cell.beyond) OVER grouped AS cells_beyond,
                max(abs(cell.difference)) OVER grouped AS largest
            FROM (
                SELECT *, {cause_of(table)} AS cause FROM (
                    SELECT {_key(key, "n")} AS key, {_about(common, "n")}, {told},
                        unnest([{", ".join(structs)}]) AS cell
                    FROM gone AS o JOIN come AS n ON {same}
                ) WHERE cell.old IS DISTINCT FROM cell.new
            )
            WINDOW grouped AS (PARTITION BY cell.column_name, cell.kind, cause, source_id, vintage)
            QUALIFY cell.flip IS NOT NULL OR row_number() OVER (
                grouped ORDER BY cell.beyond DESC NULLS LAST, coalition_id IS NULL,
                abs(cell.difference) DESC NULLS LAST, key
            ) <= {LISTED}
        ) {_with_rows(common)}
    """


def _with_rows(common: Types) -> str:
    """The join with how many rows the table has now, by source and edition where it says them."""
    if {"source_id", "vintage"} <= common.keys():
        return "LEFT JOIN counted USING (source_id, vintage)"
    return "CROSS JOIN (SELECT sum(rows)::BIGINT AS rows FROM counted)"


def _cell(table: str, name: str, type_: str, common: Types, figure: bool) -> str:
    """One column of a row on both sides, as a struct."""
    low, high = limits_of(name, common) if figure else (None, None)
    number = type_ == "DOUBLE" or type_ in ("BIGINT", "INTEGER")
    old, new = (f'{side}."{name}"' for side in ("o", "n"))
    fields = {
        "column_name": f"'{name}'",
        "kind": kind_of(name, type_, common, figure=figure),
        "number": str(number).lower(),
        "old": _text("o", name, type_),
        "new": _text("n", name, type_),
        "difference": f"({new} - {old})::DOUBLE" if number else "NULL::DOUBLE",
        "beyond": f'{new} NOT BETWEEN o."{low}" AND o."{high}"' if low else "NULL::BOOLEAN",
        "flip": flip_of(table, name, common),
    }
    return "{" + ", ".join(f"'{field}': {value}" for field, value in fields.items()) + "}"


def _text(side: str, name: str, type_: str) -> str:
    """A cell as text; a number with its significant digits, and none for a difference that is noise."""
    cell = f'{side}."{name}"'
    if type_ != "DOUBLE":
        return f"{cell}::VARCHAR"
    noise = f'abs(o."{name}" - n."{name}") <= 1e-9 * abs(o."{name}")'
    return f"format('{{:.6g}}', CASE WHEN {noise} THEN o.\"{name}\" ELSE {cell} END)"


def _key(key: list[str], side: str) -> str:
    """The key of a row as `lifegap explain` takes it."""
    return " || ', ' || ".join(f"'{name}=' || {side}.\"{name}\"" for name in key)


def _about(common: Types, side: str) -> str:
    """What a row is about, and its period in words."""
    columns = [
        f'{side}."{name}" AS {name}' if name in common else f"NULL::VARCHAR AS {name}" for name in ABOUT
    ]
    if {"period_start", "period_end"} <= common.keys():
        start, end = (f'{side}."{name}"' for name in ("period_start", "period_end"))
        period = f"CASE WHEN {start} = {end} THEN {end}::VARCHAR ELSE {start} || '–' || {end} END"
    else:
        period = f'{side}."latest_period"' if "latest_period" in common else "NULL"
    return ", ".join([*columns, f"{period} AS period"])
