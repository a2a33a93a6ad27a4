"""Tables as people open them in a spreadsheet: names beside ids, numbers with the digits they carry.

A text that a spreadsheet would run as a formula stands behind an apostrophe: names come from files of others.
Parquet and DuckDB hold the same rows with every digit.
"""

from dataclasses import dataclass

from lifegap.catalog.constraints import Constraint, constraints_of
from lifegap.catalog.tables import Column, Table
from lifegap.spreadsheets import harmless_sql

NAMES = {"place": "name", "indicator": "title", "coalition": "title"}
"""Tables whose ids people do not know by heart → the column that says what is meant."""

READ_BY_PROGRAMS = ("crosswalk", "figure_input", "indicator_cell", "life_table")
"""What figures are made of: millions of rows, in which names would only take space."""

DIGITS = 6
"""Significant digits of a number with a fraction; later ones are noise of binary fractions."""


def csv_select(table: Table, schema: str) -> str:
    """The query behind a CSV: the rows of a table of `schema` in the order of its key."""
    columns: list[str] = []
    joins: list[str] = []
    for column in table.columns:
        columns.append(_value(table, column))
        if (refers := _refers(table, column)) is not None:
            there, key = refers
            alias = f'"of_{column.name}"'
            name = f'{alias}."{NAMES[there]}"'
            columns.append(f'{harmless_sql(name)} AS "{_name_of(column)}"')
            joins.append(f'LEFT JOIN {schema}."{there}" AS {alias} ON {alias}."{key}" = t."{column.name}"')
    rows = f'SELECT {", ".join(columns)} FROM {schema}."{table.name}" AS t {" ".join(joins)}'
    if not joins:
        # What is copied as it lies is in order already.
        return rows
    order = ", ".join(f't."{name}"' for name in table.key)
    return f"{rows} ORDER BY {order}"


@dataclass(frozen=True)
class Field:
    """A column of a CSV: one of its table, or the name of what the ids of one mean.

    names: the table and the column whose names stand here; None for a column of the table itself.
    """

    name: str
    column: Column
    names: tuple[str, str] | None = None


def csv_fields(table: Table) -> list[Field]:
    """The columns of a CSV in order: behind an id stands the name of what it means (`place_name`)."""
    fields: list[Field] = []
    for column in table.columns:
        fields.append(Field(column.name, column))
        if (refers := _refers(table, column)) is not None:
            fields.append(Field(_name_of(column), column, (refers[0], NAMES[refers[0]])))
    return fields


def csv_columns(table: Table) -> list[str]:
    """The header of a CSV."""
    return [field.name for field in csv_fields(table)]


def _refers(table: Table, column: Column) -> tuple[str, str] | None:
    """The table that a column's ids stand in, and its key, where the CSV says their names."""
    if table.name in READ_BY_PROGRAMS:
        return None
    return next(
        (
            (each.table, each.to_columns[0])
            for each in table.references
            if each.columns == (column.name,) and each.table in NAMES
        ),
        None,
    )


def _name_of(column: Column) -> str:
    return f"{column.name.removesuffix('_id')}_name"


def _value(table: Table, column: Column) -> str:
    """What stands in a cell. Ids that are looked up, and words of a list, begin with no sign."""
    if column.type == "DOUBLE":
        return _digits(column)
    name = f't."{column.name}"'
    known = {each for reference in table.references for each in reference.columns}
    listed = constraints_of(table).get(column.name, Constraint()).values
    if column.type != "VARCHAR" or column.name in known or listed:
        return name
    return f'{harmless_sql(name)} AS "{column.name}"'


def _digits(column: Column) -> str:
    """A number with its significant digits, and never less than its whole part."""
    number = f't."{column.name}"'
    places = f"greatest(0, {DIGITS - 1} - floor(log10(abs({number}))))::INTEGER"
    return f'CASE WHEN {number} = 0 THEN {number} ELSE round({number}, {places}) END AS "{column.name}"'
