"""`dictionary.csv`: every column of a release, of its tables and of its views, with what it means."""

import csv
from collections.abc import Iterator
from typing import NamedTuple

from lifegap.catalog.constraints import Constraint, constraints_of, reason_columns
from lifegap.catalog.tables import Column, Table, published_tables
from lifegap.releases.csv_form import Field, csv_fields
from lifegap.releases.read import Release

DICTIONARY = "dictionary.csv"

MANY = 40
"""Reasons of one column above which their details are left out."""


class Entry(NamedTuple):
    """A line of the dictionary, its fields in the order of the file's columns.

    kind: table or view. column_name: '' in the first line of each, which describes the whole. forms: all, or
    csv for the names that a CSV has beside ids, or duckdb for views. key_position: 1 for the first column of
    the key. refers_to: `table.column`, where every value has a row. allowed: values apart from each other by
    semicolons, or limits. missing: what an empty value means, '' where there is none.
    """

    table_name: str
    kind: str
    column_name: str
    type: str
    unit: str
    description: str
    key_position: int | str
    nullable: str
    refers_to: str
    allowed: str
    missing: str
    forms: str


def write_dictionary(release: Release) -> None:
    """Write the dictionary beside the tables of a release."""
    path = release.folder / DICTIONARY
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Entry._fields)
        for table in published_tables():
            writer.writerow(_heading(table.name, "table", table.comment, "all"))
            reasons = reasons_of(release, table)
            writer.writerows(_of_field(table, field, reasons) for field in csv_fields(table))
        writer.writerows(_views(release))


def references_of(table: Table) -> dict[str, str]:
    """Column → `table.column` that its values stand in."""
    return {
        here: f"{reference.table}.{there}"
        for reference in table.references
        for here, there in zip(reference.columns, reference.to_columns, strict=True)
    }


def _heading(name: str, kind: str, comment: str, forms: str) -> Entry:
    return Entry(name, kind, "", "", "", comment, "", "", "", "", "", forms)


def _of_field(table: Table, field: Field, reasons: dict[str, str]) -> Entry:
    """A column of a table, or the name that stands beside its ids in the CSV."""
    column = field.column
    if field.names is not None:
        said = f"Name of {column.name}: {'.'.join(field.names)}."
        empty = "empty" if column.nullable else ""
        heading = _heading(table.name, "table", said, "csv")
        return heading._replace(
            column_name=field.name, type="VARCHAR", nullable=_yes(column.nullable), missing=empty
        )
    return Entry(
        table_name=table.name,
        kind="table",
        column_name=column.name,
        type=column.type,
        unit=column.unit or "",
        description=column.description,
        key_position=table.key.index(column.name) + 1 if column.name in table.key else "",
        nullable=_yes(column.nullable),
        refers_to=references_of(table).get(column.name, ""),
        allowed=reasons.get(column.name) or constraints_of(table).get(column.name, Constraint()).words,
        missing=_missing(column, reason_columns(table)),
        forms="all",
    )


def _views(release: Release) -> Iterator[Entry]:
    """The views, and what else of the file is no published table, as the file itself describes them."""
    tables = {table.name for table in published_tables()}
    views = release.ask(
        "SELECT view_name AS name, comment FROM duckdb_views() WHERE NOT internal UNION ALL "
        "SELECT table_name, comment FROM duckdb_tables() ORDER BY 1"
    ).rows
    columns = release.ask(
        "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY table_name, column_index"
    ).rows
    for name, comment in views:
        if name in tables:
            continue
        yield _heading(name, "view", comment or "", "duckdb")
        for column, kind, said in (row[1:] for row in columns if row[0] == name):
            of = Column(column, kind, nullable=True, comment=said or "")
            yield Entry(
                name, "view", column, kind, of.unit or "", of.description, "", "yes", "", "", "", "duckdb"
            )


def _missing(column: Column, reasons: dict[str, str]) -> str:
    if not column.nullable:
        return ""
    return f"empty; {reasons[column.name]} says why" if column.name in reasons else "empty"


def reasons_of(release: Release, table: Table) -> dict[str, str]:
    """Column of reasons → those that are given in the release; by their codes alone where they are many."""
    found: dict[str, str] = {}
    for column in sorted({*reason_columns(table).values()}):
        query = f'SELECT DISTINCT "{column}" FROM "{table.name}" WHERE "{column}" IS NOT NULL ORDER BY 1'
        given = [reason for (reason,) in release.ask(query).rows]
        if len(given) > MANY:
            given = [f"{code}:..." for code in dict.fromkeys(reason.partition(":")[0] for reason in given)]
        found[column] = "; ".join(given)
    return found


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
