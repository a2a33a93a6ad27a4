"""Tables as declared in `sql/<layer>/<table>.sql`: the one place that says what a table is.

The files are run in an in-memory DuckDB and read back from its own catalog; only comments are read
by a pattern, since DuckDB takes each as an alteration of its table, and 1,500 of them take half a second.
Schemas, structural rules, Dagster's column schemas and the data dictionary all come from these objects.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from lifegap import APPLICATION
from lifegap.catalog.comments import (
    CARRIES_ON,
    COMMENT,
    LAYERS,
    Comments,
    declared_comments,
    files_of,
    without_comments,
)

UNIT = re.compile(r"^\[([^]]+)]\s*")


@dataclass(frozen=True)
class Column:
    """A column as declared."""

    name: str
    type: str
    nullable: bool
    comment: str

    @property
    def unit(self) -> str | None:
        """The text in brackets that the comment begins with, if it does."""
        match = UNIT.match(self.comment)
        return match[1] if match else None

    @property
    def description(self) -> str:
        """The comment without its unit."""
        return UNIT.sub("", self.comment, count=1)


@dataclass(frozen=True)
class Reference:
    """A foreign key within the layer."""

    columns: tuple[str, ...]
    table: str
    to_columns: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table as declared: the source of its schema, its structural rules and its documentation."""

    layer: str
    name: str
    comment: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    checks: tuple[str, ...]

    @property
    def full_name(self) -> str:
        return f"{self.layer}.{self.name}"

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def create_sql(self, schema: str, *, constrained: bool) -> str:
        """CREATE TABLE under `schema`.

        constrained=False gives types only, so that a check can count what is wrong; constrained=True
        adds NOT NULL, CHECK and the comments. Keys and references are verified by checks and never built:
        as indexes they triple the file.
        """
        lines = [
            f'"{column.name}" {column.type}{" NOT NULL" * (constrained and not column.nullable)}'
            for column in self.columns
        ]
        if constrained:
            lines += [f"CHECK ({check})" for check in self.checks]
        statements = [
            f'CREATE OR REPLACE TABLE {schema}."{self.name}" (\n    ' + ",\n    ".join(lines) + "\n)"
        ]
        if constrained:
            statements.append(f'COMMENT ON TABLE {schema}."{self.name}" IS {_quoted(self.comment)}')
            statements += [
                f'COMMENT ON COLUMN {schema}."{self.name}"."{column.name}" IS {_quoted(column.comment)}'
                for column in self.columns
            ]
        return ";\n".join(statements) + ";"


@dataclass(frozen=True)
class View:
    """A convenience of the published schema, made of its tables: its name and its CREATE and COMMENT text.

    Tables in it are named with their schema, so that each release answers from its own file when several
    are attached. One that takes long to compute is created as a table.
    """

    name: str
    sql: str
    comments: tuple[tuple[str, str], ...] = ()
    """Column → what it holds, where it is not a column of a table carried on."""
    carries_on: tuple[str, ...] = ()
    """Published tables whose columns mean the same here, nearest first."""
    is_trace: bool = False
    """Whether it leads from the rows of the table that it carries on, whose key it has."""

    def comment_of(self, column: str) -> str | None:
        """What a column holds that its COMMENT text does not name; None where nothing is declared."""
        tables = [declared_tables()[f"published.{name}"] for name in self.carries_on]
        own = dict(self.comments)
        if self.is_trace and column in tables[0].key:
            own.pop(column, None)
        carried = (each.comment for table in tables for each in table.columns if each.name == column)
        return own.get(column) or next(carried, None)


@cache
def declared_tables(folder: Path = APPLICATION / "sql") -> dict[str, Table]:
    """All tables under `folder`, keyed by `layer.table`, layers in order and names sorted."""
    connection = duckdb.connect()
    for layer in LAYERS:
        connection.execute(f"CREATE SCHEMA {layer}")
        texts = [without_comments(path.read_text(encoding="utf-8")) for path in files_of(folder, layer)]
        _run_in_order_of_references(connection, layer, texts)
    tables = _read_back(connection, declared_comments(folder))
    order = sorted(tables, key=lambda table: (LAYERS.index(table.layer), table.name))
    return {table.full_name: table for table in order}


def published_tables() -> list[Table]:
    """The tables of a release, names sorted."""
    return [table for table in declared_tables().values() if table.layer == "published"]


@cache
def declared_views(folder: Path = APPLICATION / "sql") -> tuple[View, ...]:
    """The views of `sql/published/views`, in the order of their file names."""
    return tuple(
        View(
            name=path.stem.split("_", 1)[1],
            sql=path.read_text(encoding="utf-8"),
            carries_on=tuple(name for _, name in CARRIES_ON.findall(path.read_text(encoding="utf-8"))),
        )
        for path in sorted((folder / "published" / "views").glob("*.sql"))
    )


PARTS = re.compile(r"WITH (\w+_part AS \(\n.*?\n\))\n\{numbers\}", re.DOTALL)
PART = re.compile(r"(\w+)_part AS \(\n(.*?)\n\)", re.DOTALL)


@cache
def declared_traces(folder: Path = APPLICATION / "sql") -> dict[str, View]:
    """The view of each published table that leads from its rows to files, by the table's name.

    A trace of figures names the published figures that they are made of, `<kind>_part`; what is behind those
    is the same for all tables, `shared/numbers_of_<kind>.sql`. It is written out wherever it is used, since
    DuckDB makes all of a WITH that is used twice, whatever is asked.
    """
    traces = folder / "published" / "traces"
    shared = {
        path.stem: path.read_text(encoding="utf-8").rstrip() for path in (traces / "shared").glob("*.sql")
    }

    comments = tuple((name, text.replace("''", "'")) for _, name, text in COMMENT.findall(shared["columns"]))

    def filled(text: str, given: dict[str, str]) -> str:
        texts = shared | given
        return re.sub(r"\{(\w+)\}", lambda name: f"({filled(texts[name[1]], given)})", text)

    def behind(parts: re.Match[str]) -> str:
        numbers = [filled(f"{{numbers_of_{kind}}}", {"part": part}) for kind, part in PART.findall(parts[1])]
        return filled(shared["explained"], {"every": "\nUNION ALL BY NAME ".join(numbers)})

    return {
        path.stem: View(
            name=f"trace_{path.stem}",
            sql=PARTS.sub(behind, path.read_text(encoding="utf-8")),
            comments=comments,
            carries_on=(path.stem,),
            is_trace=True,
        )
        for path in sorted(traces.glob("*.sql"))
    }


def _run_in_order_of_references(connection: duckdb.DuckDBPyConnection, layer: str, texts: list[str]) -> None:
    """Run CREATE TABLE texts; one that refers to a table not there yet waits for the next round."""
    connection.execute(f"SET schema = '{layer}'")
    waiting = texts
    while waiting:
        postponed: list[str] = []
        refusal: duckdb.CatalogException | None = None
        for text in waiting:
            try:
                connection.execute(text)
            except duckdb.CatalogException as missing:
                postponed.append(text)
                refusal = missing
        if refusal is not None and len(postponed) == len(waiting):
            raise refusal
        waiting = postponed


def _read_back(connection: duckdb.DuckDBPyConnection, comments: Comments) -> list[Table]:
    """All tables of the layers, from DuckDB's own catalog, each with its comments."""
    columns: dict[tuple[str, str], list[Column]] = {}
    for schema, name, column, *facts in connection.execute(
        "SELECT schema_name, table_name, column_name, data_type, is_nullable "
        "FROM duckdb_columns() WHERE NOT internal ORDER BY column_index"
    ).fetchall():
        comment = comments.of_column(schema, name, column)
        columns.setdefault((schema, name), []).append(Column(column, *facts, comment=comment))
    constraints: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for schema, name, *constraint in connection.execute(
        "SELECT schema_name, table_name, constraint_type, expression, constraint_column_names, "
        "referenced_table, referenced_column_names FROM duckdb_constraints() "
        "ORDER BY constraint_index"
    ).fetchall():
        constraints.setdefault((schema, name), []).append(tuple(constraint))
    names = connection.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
    return [
        _table(
            schema,
            name,
            comments.of_table(schema, name),
            columns[schema, name],
            constraints.get((schema, name), []),
        )
        for schema, name in names
    ]


def _table(
    layer: str,
    name: str,
    comment: str,
    columns: list[Column],
    constraints: list[tuple[Any, ...]],
) -> Table:
    return Table(
        layer=layer,
        name=name,
        comment=comment,
        columns=tuple(columns),
        key=next((tuple(row[2]) for row in constraints if row[0] == "PRIMARY KEY"), ()),
        references=tuple(
            Reference(tuple(row[2]), row[3], tuple(row[4])) for row in constraints if row[0] == "FOREIGN KEY"
        ),
        checks=tuple(row[1] for row in constraints if row[0] == "CHECK"),
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
