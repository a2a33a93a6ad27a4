"""Why a cell is another one: the first of the differences between two releases that touches what it is about.

A cause is what the two releases show, not a proof: where the files of its source and a computation changed
together, the source is named.
"""

import duckdb

from lifegap.releases.side import Side

CAUSES = {
    "correction": "A correction of the source's rows was declared, changed or withdrawn.",
    "source": "The files of the source are others now.",
    "boundary": "What the place is made of changed: its units, or their shares.",
    "declaration": "The declaration of the indicator, the coalition or the source changed.",
    "other_source": "The source's own files are the same; files of other sources behind it changed.",
    "method": "No file, boundary or declaration behind it changed: the computation did.",
}
"""Cause → its sentence, in the order in which they are looked for."""

DIFFERING = {
    "differing_correction": (
        "correction",
        "source_id, vintage",
        "source_id, vintage, correction_id, what, why",
    ),
    "differing_edition": ("source_file", "source_id, vintage", "source_id, vintage, file, sha256"),
    "differing_shape": ("crosswalk", "to_place_id", "to_place_id, from_place_id, weight"),
    "differing_indicator": ("indicator", "indicator_id", "indicator_id, formula, universe, unit, direction"),
    "differing_cell": ("indicator_cell", "indicator_id", "indicator_id, source_id, table_id, role, code"),
    "differing_target": ("coalition_target", "coalition_id", "coalition_id, target_id, percent, target_year"),
    "differing_member": (
        "coalition_place",
        "coalition_id",
        "coalition_id, place_id, role, valid_from, valid_to",
    ),
}
"""Temporary table → what it is found in: the published table, the ids that differ, and what is compared."""

DECLARED = ("coalition", "coalition_comparison", "coalition_conflict", "coalition_indicator",
            "coalition_place", "coalition_target", "indicator", "indicator_cell", "comparison_set",
            "source")  # fmt: skip
"""Tables that say what is declared."""


def find_causes(connection: duckdb.DuckDBPyConnection, before: Side, now: Side) -> None:
    """Leave a temporary table of ids for each difference that can be a cause."""
    for name, (table, ids, columns) in DIFFERING.items():
        both = table in before.tables and table in now.tables
        nothing = f"SELECT {_nothing(columns)} WHERE false"
        old, new = (
            f"SELECT {columns} FROM {side.tables[table]}" if both else nothing for side in (before, now)
        )
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT DISTINCT {ids} FROM "
            f"(({old} EXCEPT {new}) UNION ALL ({new} EXCEPT {old}))"
        )


def cause_of(table: str) -> str:
    """SQL of the cause of a cell of a table, whose row has source_id, vintage and the other ids."""
    declared = (
        "indicator_id IN (FROM differing_indicator) OR indicator_id IN (FROM differing_cell) "
        "OR coalition_id IN (FROM differing_target) OR coalition_id IN (FROM differing_member)"
    )
    return f"""CASE
        WHEN (source_id, vintage) IN (SELECT (source_id, vintage) FROM differing_correction) THEN 'correction'
        WHEN (source_id, vintage) IN (SELECT (source_id, vintage) FROM differing_edition) THEN 'source'
        WHEN place_id IN (FROM differing_shape) THEN 'boundary'
        WHEN {declared if table not in DECLARED else "true"} THEN 'declaration'
        WHEN EXISTS (FROM differing_edition) THEN 'other_source'
        ELSE 'method' END"""


def _nothing(columns: str) -> str:
    """The columns without a value, for a table that one side lacks."""
    names = [name.strip() for name in columns.split(",")]
    return ", ".join(f"NULL::VARCHAR AS {name}" for name in names)
