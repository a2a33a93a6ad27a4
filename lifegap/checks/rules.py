"""Rules that a table must keep: those its declaration implies, and how domain rules are written.

A rule counts the rows that break it. `where` says which rows do (so that they can be named);
`counts` is an aggregate for rules about the table as a whole.
"""

import re
from dataclasses import dataclass
from typing import Literal

from lifegap.catalog.tables import Reference, Table
from lifegap.landing.columns import COLUMN_NOT_USED

Severity = Literal["critical", "warning"]


COUNTED = re.compile(r"\(SELECT count\((?:\*|DISTINCT ([\w.]+))\) FROM (.+)\)", re.DOTALL)
"""An aggregate that counts rows of a query."""


@dataclass(frozen=True)
class Rule:
    """One expectation. reason and what_to_do are in the reader's words; needs names other tables.

    lists is a query that tells what breaks an aggregate rule, where its text does not say it. at_most: the
    aggregate may count what breaks nothing, and `lists` decides.
    """

    id: str
    severity: Severity
    reason: str
    what_to_do: str
    where: str | None = None
    counts: str | None = None
    needs: tuple[str, ...] = ()
    lists: str | None = None
    at_most: bool = False

    @property
    def count_sql(self) -> str:
        """The SQL aggregate that counts what breaks the rule."""
        if self.where is not None:
            return f"count(*) FILTER (WHERE {self.where})"
        assert self.counts is not None
        return self.counts

    def offenders_sql(self, full_name: str, key: tuple[str, ...]) -> str | None:
        """A query of what breaks the rule, a row each: its own, or what `where` or `counts` counts.

        None where neither says it: an aggregate that compares two sums has no rows of its own.
        """
        if self.lists is not None:
            return self.lists
        if self.where is not None:
            return f"SELECT {_names(key) or '*'} FROM {full_name} WHERE {self.where}"
        counted = COUNTED.fullmatch(self.counts or "")
        if counted is None or not _is_whole(counted[2]):
            return None
        return f"SELECT {'DISTINCT ' + counted[1] if counted[1] else '*'} FROM {counted[2]}"


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _is_whole(query: str) -> bool:
    """Whether every bracket that the text opens is closed in it, and none before."""
    depth = 0
    for sign in query:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


def no_row(
    id: str,
    where: str,
    *,
    reason: str,
    what_to_do: str,
    severity: Severity = "critical",
    needs: tuple[str, ...] = (),
) -> Rule:
    """No row of the table may satisfy `where`."""
    return Rule(id, severity, reason, what_to_do, where=where, needs=needs)


def counted(
    id: str,
    counts: str,
    *,
    reason: str,
    what_to_do: str,
    severity: Severity = "critical",
    needs: tuple[str, ...] = (),
    lists: str | None = None,
) -> Rule:
    """The aggregate `counts` must be 0."""
    return Rule(id, severity, reason, what_to_do, counts=counts, needs=needs, lists=lists)


def structural_rules(table: Table) -> list[Rule]:
    """Everything `sql/` declares of the table: not-null, key, references, checks, finite numbers."""
    look = "Look at the rows in the warehouse; mend the table's function or its declaration."
    rules = [
        no_row(
            f"not_null:{column.name}",
            f'"{column.name}" IS NULL',
            reason=f"Every row must say its {column.name}.",
            what_to_do=look,
        )
        for column in table.columns
        if not column.nullable
    ]
    rules += [
        no_row(
            f"finite:{column.name}",
            f'NOT isfinite("{column.name}")',
            reason=f"{column.name} is a number or empty with a reason; never infinite or undefined.",
            what_to_do=look,
        )
        for column in table.columns
        if column.type == "DOUBLE"
    ]
    if table.key:
        rules.append(_key_rule(table))
    rules += [_reference_rule(table, reference, look) for reference in table.references]
    rules += [
        no_row(
            f"check:{check}",
            f"NOT ({check})",
            reason=f"The declaration says {check}.",
            what_to_do=look,
        )
        for check in table.checks
    ]
    rules += [_pair_rule(table, low, high, look) for low, high in _pairs(table)]
    if table.layer == "sources":
        rules += [
            _whole_file_rule(table),
            _reissue_rule(table),
            _kept_rows_rule(table),
            _known_columns_rule(table),
        ]
    return rules


def _key_rule(table: Table) -> Rule:
    """No two rows have the same key."""
    key = _names(table.key)
    return Rule(
        "key",
        "critical",
        # Hashes of the key need a third of the time; equal keys have equal hashes, so that no repeated
        # row is missed. Other keys may have equal ones, too: long texts that differ in two places do.
        counts=f"count(*) - count(DISTINCT hash({key}))",
        at_most=True,
        lists=f"SELECT {key}, count(*) AS rows FROM {table.full_name} GROUP BY {key} HAVING count(*) > 1 "
        "ORDER BY ALL",
        reason=f"One row per {', '.join(table.key)}: a second one would count twice.",
        what_to_do="Find the rows that repeat; a source was read twice or a join multiplied.",
    )


def _reference_rule(table: Table, reference: Reference, look: str) -> Rule:
    here, there = _names(reference.columns), _names(reference.to_columns)
    known = " AND ".join(f'"{name}" IS NOT NULL' for name in reference.columns)
    return no_row(
        f"reference:{','.join(reference.columns)}",
        f"{known} AND ({here}) NOT IN (SELECT ({there}) FROM {table.layer}.{reference.table})"
        if len(reference.columns) > 1
        else f"{known} AND {here} NOT IN (SELECT {there} FROM {table.layer}.{reference.table})",
        reason=f"What {', '.join(reference.columns)} names must stand in {reference.table}.",
        what_to_do=look,
    )


def _pairs(table: Table) -> list[tuple[str, str]]:
    """The columns of a table that are the two limits of one interval, by their names."""
    names = [column.name for column in table.columns]
    return [(name, high) for name in names if (high := re.sub(r"low(?=_|$)", "high", name)) in names
            and high != name]  # fmt: skip


def _pair_rule(table: Table, low: str, high: str, look: str) -> Rule:
    """Half an interval is none: SQL would take the missing limit as kept."""
    return no_row(
        f"both_or_neither:{low},{high}",
        f'("{low}" IS NULL) <> ("{high}" IS NULL)',
        # What a publisher prints is kept as printed; no half interval goes on from there.
        severity="warning" if table.layer == "sources" else "critical",
        reason=f"{low} and {high} are the limits of one interval: both are known or neither is.",
        what_to_do=look,
    )


ROWS_OF_FILES = (
    "FROM (SELECT source_id, file, sum(rows) FILTER (reason <> 'empty_line') AS rows, "
    "coalesce(sum(rows) FILTER (reason = 'kept'), 0) AS kept "
    "FROM landing.row_account WHERE table_name = '{table}' GROUP BY ALL) "
    "JOIN landing.source_file USING (source_id, file)"
)
"""Of each file of a table: the rows that its parser read, and those that it kept."""


def _whole_file_rule(table: Table) -> Rule:
    """Every file has the rows its card states; another edition of one is not shorter than the card allows."""
    differing = (
        f"{ROWS_OF_FILES.format(table=table.full_name)} WHERE rows <> rows_expected OR rows < rows_least"
    )
    return Rule(
        "rows_of_every_file",
        "critical",
        counts=f"(SELECT count(*) {differing})",
        lists="SELECT format('{}/{}: {} rows, {} {}', source_id, file, rows, "
        "if(rows_expected IS NULL, 'at least', 'expected'), coalesce(rows_expected, rows_least)) "
        + differing,
        reason="A file that lost or gained rows is cut short, or is not the file it is named as.",
        what_to_do="Obtain the file again; if the publisher re-issued it, update the counts of the card.",
    )


def _known_columns_rule(table: Table) -> Rule:
    """Files with columns that nothing is read from: publishers add them, and one may matter."""
    unused = (
        f"FROM landing.row_account WHERE table_name = '{table.full_name}' "
        f"AND starts_with(reason, '{COLUMN_NOT_USED}')"
    )
    return Rule(
        "columns_of_every_file",
        "warning",
        counts=f"(SELECT count(*) {unused})",
        lists="SELECT format('{}/{}: {}', source_id, file, "
        f"substr(reason, {len(COLUMN_NOT_USED) + 1})) {unused} ORDER BY 1",
        reason="A column that no layout of the card knows was left out; row_account names it.",
        what_to_do="See whether it is of use or changes what rows mean; add it to the layout in the card.",
    )


def _reissue_rule(table: Table) -> Rule:
    """Another edition of a file has as many rows as the one its card was written for."""
    differing = (
        f"{ROWS_OF_FILES.format(table=table.full_name)} WHERE rows <> rows_listed AND rows >= rows_least"
    )
    return Rule(
        "rows_of_reissued_files",
        "warning",
        counts=f"(SELECT count(*) {differing})",
        lists="SELECT format('{}/{}: {} rows, the card says {}', source_id, file, rows, rows_listed) "
        + differing,
        reason="The publisher has issued the file again, with more or a few less rows than the card knows.",
        what_to_do="Compare it with the file before; if it is right, update the counts of the card.",
    )


def _kept_rows_rule(table: Table) -> Rule:
    """The rows of every file that its parser kept are those in the table.

    One row of a file may be several rows of the table; rows are numbered within the sheet of a workbook.
    """
    names = {column.name for column in table.columns}
    numbered = "(sheet, source_row)" if "sheet" in names else "source_row"
    differing = (
        f"{ROWS_OF_FILES.format(table=table.full_name)} LEFT JOIN (SELECT source_file AS file, "
        f"count(DISTINCT {numbered}) AS here FROM {table.full_name} GROUP BY ALL) USING (file) "
        "WHERE kept <> coalesce(here, 0)"
    )
    return Rule(
        "kept_rows_are_here",
        "critical",
        counts=f"(SELECT count(*) {differing})",
        lists="SELECT format('{}/{}: {} rows kept, {} here', source_id, file, kept, coalesce(here, 0)) "
        + differing,
        reason="Every row that is read stands in a table or is counted with the reason why it does not.",
        what_to_do="Look at the table's function: rows were lost, or made up, after they were counted.",
    )
