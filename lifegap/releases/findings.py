"""What the columns of published tables say: figures, their limits, and findings that a reader goes by.

A change that turns a finding round stops a release until a person has looked at it: a comparison or trend
that points the other way, a rank in another quarter, a target met or missed. Where the interval of before
held no direction, none is turned.
"""

from collections.abc import Collection, Mapping

from lifegap.releases.lineage import FIGURES

DIRECTED = frozenset({"gap", "difference", "level_change", "gap_change"})
"""Figures whose sign says who is better off, or where things go."""

OF_HOW_MANY = ("rank_of", "places")
"""Columns that say of how many a rank is."""

FINDINGS = frozenset({"verdict", "level_verdict", "gap_verdict", "status", "finding", "rank", "cluster",
                      "change_exceeds_noise", "priority"})  # fmt: skip
GRADES = frozenset({"reliability", "quotable", "reason", "pooling_needed", "trend_allowed"})
UNCERTAINTY = ("se", "moe90", "p_value", "q_value", "rank_low", "rank_high")

KINDS = {
    "added": "rows that are new",
    "removed": "rows that are gone",
    "moved": "figures that are other figures now",
    "withheld": "figures that are shown no more",
    "released": "figures that were not shown before",
    "newer": "cells of a series that goes on to a later period now",
    "finding": "findings (verdicts, statuses, ranks) that are others now",
    "grade": "reliability, reasons and what may be quoted",
    "limits": "standard errors, margins and limits",
    "wording": "texts",
    "other": "other cells",
    "table_added": "tables that are new",
    "table_removed": "tables that are gone",
    "column_added": "columns that are new",
    "column_removed": "columns that are gone",
}
"""Kind of a change → what it counts."""

OF_FIGURES = ("moved", "withheld", "released")
"""Kinds of changes of a figure itself."""


def figures_of(columns: Collection[str]) -> set[str]:
    """The columns of a table that are figures."""
    return {name for name in columns if name in FIGURES or name in DIRECTED}


def limits_of(figure: str, columns: Collection[str]) -> tuple[str | None, str | None]:
    """The columns with the 95 percent limits of a figure."""
    for low, high in ((f"{figure}_low", f"{figure}_high"), ("ci_low", "ci_high")):
        if low in columns and high in columns:
            return low, high
    return None, None


def kind_of(name: str, type_: str, columns: Collection[str], *, figure: bool) -> str:
    """SQL of the kind of a change; rows of before and now are `o` and `n`."""
    if figure:
        kind = (
            f"CASE WHEN n.\"{name}\" IS NULL THEN 'withheld' WHEN o.\"{name}\" IS NULL THEN 'released' "
            "ELSE 'moved' END"
        )
    elif name in FINDINGS:
        kind = "'finding'"
    elif name in GRADES:
        kind = "'grade'"
    elif name in UNCERTAINTY or name.endswith(("_low", "_high", "_se")):
        kind = "'limits'"
    else:
        kind = "'wording'" if type_ == "VARCHAR" else "'other'"
    if "latest_period" in columns:
        kind = f"CASE WHEN {_later()} THEN 'newer' ELSE {kind} END"
    return kind


def flip_of(table: str, name: str, columns: Mapping[str, str]) -> str:
    """SQL of what a change turns round, or NULL: `direction`, `rank` or `target_status`.

    A figure that might not be quoted was no finding, and what is told of a later period turns nothing round.
    """
    turned = _turned(table, name, columns)
    if turned is None:
        return "NULL::VARCHAR"
    told = ["o.quotable <> 'no'"] if "quotable" in columns else []
    same = [f"NOT ({_later()})"] if "latest_period" in columns else []
    held = " AND ".join([*told, *same]) or "true"
    return f"CASE WHEN {held} THEN {turned} END"


def _turned(table: str, name: str, columns: Collection[str]) -> str | None:
    if name in DIRECTED:
        low, high = limits_of(name, columns)
        sure = f'AND (o."{low}" > 0 OR o."{high}" < 0 OR o."{low}" IS NULL)' if low else ""
        return f'CASE WHEN sign(o."{name}") * sign(n."{name}") < 0 {sure} THEN \'direction\' END'
    of = next((of for of in OF_HOW_MANY if of in columns), None)
    if name == "rank" and of is not None:
        then, now = (f'ceil(4.0 * {side}."rank" / {side}."{of}")' for side in ("o", "n"))
        return f"CASE WHEN {then} <> {now} THEN 'rank' END"
    if name == "status" and table == "progress":
        ways = "('improving', 'getting_worse')"
        return (
            f"CASE WHEN o.status IN {ways} AND n.status IN {ways} AND o.status <> n.status THEN 'direction' "
            "WHEN (o.status = 'target_met') <> (n.status = 'target_met') THEN 'target_status' END"
        )
    if name == "status" and table == "coalition_scorecard":
        return "CASE WHEN (o.status = 'met') <> (n.status = 'met') THEN 'target_status' END"
    return None


def _later() -> str:
    """Whether the row tells of another period than before."""
    return "o.latest_period IS DISTINCT FROM n.latest_period"
