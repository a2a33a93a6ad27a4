"""Rules that a table must keep: those its declaration implies, and how domain rules are written.

A rule counts the rows that break it. `where` says which rows do (so that they can be named);
`counts` is an aggregate for rules about the table as a whole; `builtin` is a Great Expectations
expectation that says the rule more plainly.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from lifegap.catalog.tables import Reference, Table
from lifegap.landing.columns import COLUMN_NOT_USED

Severity = Literal["critical", "warning"]


@dataclass(frozen=True)
class Rule:
    """One expectation. reason and what_to_do are in the reader's words; needs names other tables.

    lists is a query that tells what breaks an aggregate rule, one text a row.
    """

    id: str
    severity: Severity
    reason: str
    what_to_do: str
    where: str | None = None
    counts: str | None = None
    builtin: str | None = None
    arguments: dict[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    lists: str | None = None

    @property
    def count_sql(self) -> str:
        """The SQL aggregate that counts what breaks the rule."""
        if self.where is not None:
            return f"count(*) FILTER (WHERE {self.where})"
        assert self.counts is not None
        return self.counts


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
) -> Rule:
    """The aggregate `counts` must be 0."""
    return Rule(id, severity, reason, what_to_do, counts=counts, needs=needs)


def built_in(
    id: str,
    expectation: str,
    *,
    reason: str,
    what_to_do: str,
    severity: Severity = "critical",
    **arguments: Any,
) -> Rule:
    """An expectation of Great Expectations itself, by its class name."""
    return Rule(id, severity, reason, what_to_do, builtin=expectation, arguments=arguments)


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
        key = ", ".join(f'"{name}"' for name in table.key)
        rules.append(
            counted(
                "key",
                # Hashes of the key need a third of the time; equal keys have equal hashes, so that
                # no repeated row is missed.
                f"count(*) - count(DISTINCT hash({key}))",
                reason=f"One row per {', '.join(table.key)}: a second one would count twice.",
                what_to_do="Find the rows that repeat; a source was read twice or a join multiplied.",
            )
        )
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
    if table.layer == "sources":
        rules += [_whole_file_rule(table), _known_columns_rule(table)]
    return rules


def _reference_rule(table: Table, reference: Reference, look: str) -> Rule:
    here = ", ".join(f'"{name}"' for name in reference.columns)
    there = ", ".join(f'"{name}"' for name in reference.to_columns)
    known = " AND ".join(f'"{name}" IS NOT NULL' for name in reference.columns)
    return no_row(
        f"reference:{','.join(reference.columns)}",
        f"{known} AND ({here}) NOT IN (SELECT ({there}) FROM {table.layer}.{reference.table})"
        if len(reference.columns) > 1
        else f"{known} AND {here} NOT IN (SELECT {there} FROM {table.layer}.{reference.table})",
        reason=f"What {', '.join(reference.columns)} names must stand in {reference.table}.",
        what_to_do=look,
    )


def _whole_file_rule(table: Table) -> Rule:
    """Every file of the table has as many rows as its card states for what was landed."""
    differing = (
        "FROM (SELECT source_id, file, sum(rows) AS rows "
        f"FROM landing.row_account WHERE table_name = '{table.full_name}' "
        "AND reason <> 'empty_line' GROUP BY ALL) "
        "JOIN landing.source_file USING (source_id, file) WHERE rows <> rows_expected"
    )
    return Rule(
        "rows_of_every_file",
        "critical",
        counts=f"(SELECT count(*) {differing})",
        lists="SELECT format('{}/{}: {} rows, expected {}', source_id, file, rows, rows_expected) "
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
