"""Changed cells in sentences, for whoever quoted one."""

import duckdb

from lifegap.catalog.tables import declared_tables
from lifegap.releases.causes import CAUSES
from lifegap.releases.compare import CHANGED
from lifegap.releases.findings import OF_FIGURES
from lifegap.releases.side import Side

FIGURE_WORDS = {
    "life_expectancy.estimate": "Life expectancy",
    "life_expectancy_gap.gap": "The gap in life expectancy",
    "life_expectancy_gap.percent_of_baseline": "The gap as a share of its baseline",
    "indicator_comparison.difference": "The difference from the reference",
    "indicator_comparison.verdict": "The verdict against the reference",
    "gap_decomposition.years": "A part of the gap",
    "progress.latest_value": "The latest value of progress",
    "progress.status": "The status of the target",
    "coalition_scorecard.status": "The status of a metric",
    "coalition_scorecard.value": "A metric of the scorecard",
    "priority_index.score": "The priority score",
    "priority_index.rank": "The rank of priority",
    "premature_mortality.ypll75_rate": "Years of life lost before 75",
    "equity_review.level_change": "The change of the level",
    "equity_review.gap_change": "The change of the gap",
}
"""Table and column → how a sentence begins; of others they are named themselves."""

OF_INDICATOR = ("value", "latest_value")
"""Columns in the unit of the row's indicator. A difference of percents is not in percent and gets none."""

TO_QUOTE = {
    "no": " It may not be quoted.",
    "with_caveat": " It may be quoted with its caveat only.",
}
"""What is said of a figure or finding as it is now, by its `quotable`."""

OTHER = """CASE WHEN table_name = 'indicator_value' AND column_name = 'value' THEN 'the indicator'
    ELSE '`' || column_name || '` of ' || table_name END"""

TOLD_TO_QUOTE = (*OF_FIGURES, "finding")

LONGEST = 60
"""Characters of a text that a sentence cites."""

COLUMNS = (
    "table_name", "key", "column_name", "kind", "cause", "old", "new", "difference", "beyond_uncertainty",
    "flip", "source_id", "vintage", "coalition_id", "place_id", "indicator_id", "cells", "cells_beyond",
    "largest", "rows", "sentence",
)  # fmt: skip
"""What is told of each changed cell; with the columns of `compare.ROW` and the sentence."""


def told_cells(connection: duckdb.DuckDBPyConnection, before: Side, now: Side) -> duckdb.DuckDBPyRelation:
    """The changed cells that `compare` left, each with its sentence: columns as in COLUMNS."""
    about = _words(FIGURE_WORDS, "table_name || '.' || column_name", OTHER)
    return connection.sql(
        f"""
        WITH place_name AS ({_names("place", "place_id", "name", before, now)}),
        indicator_title AS ({_names("indicator", "indicator_id", "title", before, now)}),
        indicator_unit AS ({_names("indicator", "indicator_id", "unit", before, now)}),
        source_title AS ({_names("source", "source_id", "title", before, now)}),
        spoken AS (
            SELECT c.*, concat_ws(', ', i.name, p.name, nullif(population_group, 'all'), period)
                    || coalesce(' (' || s.name || ', ' || vintage || ')', '') AS about,
                {about} AS what, coalesce(' [' || {_unit()} || ']', '') AS unit
            FROM {CHANGED} AS c
            LEFT JOIN place_name AS p ON p.id = c.place_id
            LEFT JOIN indicator_title AS i ON i.id = c.indicator_id
            LEFT JOIN indicator_unit AS u ON u.id = c.indicator_id
            LEFT JOIN source_title AS s ON s.id = c.source_id
        ),
        named AS (
            SELECT *, CASE WHEN kind IN ('added', 'removed') THEN 'A row of ' || table_name
                WHEN key = '' THEN column_name || ' of ' || table_name
                ELSE upper(what[1]) || what[2:] || unit END AS subject,
                CASE WHEN key = '' THEN '' WHEN place_id IS NULL THEN ' (' || key || ')'
                    ELSE ' — ' || about END AS which
            FROM spoken
        )
        SELECT {", ".join(COLUMNS[:-1])},
            subject || which || {_what_happened()} || ' ' || {_words(CAUSES, "cause", "''")}
                || CASE WHEN kind IN {TOLD_TO_QUOTE} THEN {_words(TO_QUOTE, "quotable", "''")} ELSE '' END
                AS sentence
        FROM named
        """
    )


def _unit() -> str:
    """SQL of the unit of a changed figure: its column's, or that of the indicator."""
    columns = {
        f"{table.name}.{column.name}": column.unit
        for table in declared_tables().values()
        if table.layer == "published"
        for column in table.columns
        if column.type == "DOUBLE" and column.unit is not None
    }
    of_column = _words(columns, "table_name || '.' || column_name", "NULL")
    return f"coalesce({of_column}, CASE WHEN column_name IN {OF_INDICATOR} THEN u.name END)"


def _names(table: str, key: str, column: str, before: Side, now: Side) -> str:
    """id, name: as they are now, and of what is gone as they were."""
    known = [
        f"SELECT {key} AS id, any_value({column} ORDER BY {column}) AS name, {order} AS age "
        f"FROM {side.tables[table]} GROUP BY ALL"
        for order, side in enumerate((now, before))
        if table in side.tables
    ]
    if not known:
        return "SELECT NULL AS id, NULL AS name LIMIT 0"
    return f"SELECT id, arg_min(name, age) AS name FROM ({' UNION ALL '.join(known)}) GROUP BY id"


def _what_happened() -> str:
    """SQL of the sentence behind its subject."""
    was, is_ = _cited("old"), _cited("new")
    return f"""CASE kind
        WHEN 'added' THEN ' is new.'
        WHEN 'removed' THEN ' is gone.'
        WHEN 'table_added' THEN ': a table that was not there, or whose rows had another key.'
        WHEN 'table_removed' THEN ': the table is gone.'
        WHEN 'column_added' THEN ': the column is new.'
        WHEN 'column_removed' THEN ': the column is gone.'
        WHEN 'withheld' THEN ': not shown any more (' || coalesce(reason, 'no reason') || ').'
        WHEN 'released' THEN ': not shown before, ' || {is_} || ' now.'
        ELSE ': ' || {was} || ' before, ' || {is_} || ' now' || CASE
            WHEN beyond_uncertainty THEN ', outside the interval of before.'
            WHEN NOT beyond_uncertainty THEN ', inside the interval of before.'
            ELSE '.' END
    END"""


def _cited(column: str) -> str:
    """A value in a sentence: a long text is cut."""
    return (
        f"CASE WHEN {column} IS NULL THEN 'nothing' WHEN length({column}) > {LONGEST} "
        f"THEN {column}[:{LONGEST}] || '…' ELSE {column} END"
    )


def _words(words: dict[str, str], of: str, otherwise: str) -> str:
    """SQL that puts words for codes."""
    cases = " ".join(
        f"WHEN '{code}' THEN '{text.replace(chr(39), chr(39) * 2)}'" for code, text in words.items()
    )
    return f"CASE {of} {cases} ELSE {otherwise} END"
