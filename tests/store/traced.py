"""The law of traces: every published figure leads to a file, a row of it and its hash."""

from lifegap.catalog.tables import published_tables
from lifegap.releases.lineage import FIGURES
from lifegap.releases.read import Release

COLUMNS = ("step", "source_file", "source_row", "sha256")
"""Columns of every trace beside the key of its table."""

OF_FIGURES = [
    table.name
    for table in published_tables()
    if {column.name for column in table.columns} & {*FIGURES, "estimate"} and table.name != "place"
]
"""Tables of figures; what is declared, and what tells of files, has none."""

RESTS_ON_NOTHING = {"coverage": "units_with_value = 0"}
"""Table → rows whose figure is a nought for want of any row: Wisconsin's tracts have no life table."""


def without_file(release: Release, table: str, condition: str = "true") -> list[tuple]:
    """Up to ten keys of rows with a figure of which no number of a file is known."""
    columns = {column.name for each in published_tables() if each.name == table for column in each.columns}
    figures = " OR ".join(f'"{name}" IS NOT NULL' for name in FIGURES if name in columns)
    key = ", ".join(f'"{name}"' for name in release.manifest["tables"][table]["key"])
    return release.ask(
        f"""
        SELECT {key} FROM "{table}" WHERE ({figures}) AND ({condition})
            AND NOT ({RESTS_ON_NOTHING.get(table, "false")})
        EXCEPT
        SELECT {key} FROM "trace_{table}"
        WHERE source_file IS NOT NULL AND source_row >= 1 AND length(sha256) = 64 AND ({condition})
        LIMIT 10
        """
    ).rows
