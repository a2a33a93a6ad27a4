"""Exhibits of indicators: a place against the one it is compared with, and places beside each other."""

from typing import Any

from lifegap.digits import carried
from lifegap.releases.read import Release
from lifegap.reports.exhibits import Column, Exhibit, distinct
from lifegap.reports.figures import QUOTABLE, Names, period_of
from lifegap.reports.interval_chart import Row, interval_chart

Figures = list[dict[str, Any]]

VERDICTS = {
    "better": "better",
    "similar": "similar",
    "worse": "worse",
    "higher": "higher",
    "lower": "lower",
    "not_compared": "not compared",
}
"""How a place stands to its reference, in a word; higher and lower where neither is better."""

JUDGED = ("better", "similar", "worse")
"""Verdicts on measures of which more, or less, is better."""

LETTERS = {"better": "B", "similar": "S", "worse": "W", "higher": "H", "lower": "L", "not_compared": "–"}
"""The same in a letter, for the cells of the overview."""

MOST_DRAWN = 18
"""Indicators of a chart; the table beside it has all."""

OF_ITS_UNIT = "in its unit"


def decimals(unit: str) -> int:
    """Decimals of a figure as people read it: whole dollars and ranks, tenths of all else."""
    return 0 if unit in ("US dollars", "rank") else 1


def comparisons_of(release: Release, coalition_id: str, names: Names) -> Figures:
    """The comparison to show first of each place, reference and indicator of a coalition.

    What could be compared and may be quoted goes before what could not, then the newest.
    """
    rows = release.ask(
        """
        SELECT f.* FROM indicator_comparison AS f
        JOIN source AS s ON (s.source_id, s.vintage) = (f.source_id, f.vintage)
        WHERE f.coalition_id = ? AND f.population_group = 'all'
        QUALIFY row_number() OVER (
            PARTITION BY f.place_id, f.reference_place_id, f.indicator_id
            ORDER BY f.verdict = 'not_compared', f.quotable = 'no', f.period_end DESC, f.period_start DESC,
                s.edition_order DESC, f.source_id, f.method
        ) = 1
        ORDER BY f.indicator_id, f.place_id, f.reference_place_id
        """,
        [coalition_id],
    ).dicts()
    told = []
    for row in rows:
        indicator = names.indicators[row["indicator_id"]]
        told.append(
            row
            | {
                "indicator": indicator["title"],
                "unit": indicator["unit"],
                "places": decimals(indicator["unit"]),
                "area": indicator["priority_area"].replace("_", " ").capitalize(),
                "period": period_of(row),
                "source": names.source(row["source_id"]),
                "verdict_words": VERDICTS[row["verdict"]],
                "may_be_quoted": QUOTABLE[row["quotable"]],
                "missing": names.why(row["reason"]) if row["place_value"] is None else "",
                "why": row["caveat"] or names.why(row["reason"]),
            }
        )
    return sorted(told, key=lambda row: (row["area"], row["indicator"], row["place_id"]))


def indicators_exhibit(id_: str, rows: Figures, names: Names) -> Exhibit | None:
    """One place against one other: every indicator in which they can be compared, by area."""
    compared = [row for row in rows if row["verdict"] != "not_compared"]
    if not compared:
        return None
    place = names.spoken(rows[0]["place_id"])
    reference = names.spoken(rows[0]["reference_place_id"])
    # What may not be quoted is in the table, and counts for nothing.
    firm = [row for row in compared if row["quotable"] != "no"]
    count = {word: sum(row["verdict"] == word for row in firm) for word in JUDGED}
    judged = sum(count.values())
    title = (
        f"Of {judged} measures {count['worse']} are worse in {place} than in {reference}, "
        f"{count['similar']} similar, {count['better']} better"
        if judged
        else f"No measure says for sure whether {place} stands better or worse than {reference}"
    )
    return Exhibit(
        f"{id_}-indicators",
        title,
        "The newest figure of each measure, by area. Similar: the difference may be chance. Drawn and "
        "counted is what may be quoted.",
        (
            Column("area", "Area"),
            Column("indicator", "Measure"),
            Column("unit", "Unit"),
            Column("period", "Period"),
            Column("place_value", "Here", OF_ITS_UNIT, None),
            Column("reference_value", "There", OF_ITS_UNIT, None),
            Column("difference", "There less here", OF_ITS_UNIT, None),
            Column("ci_low", "From", OF_ITS_UNIT, None),
            Column("ci_high", "To", OF_ITS_UNIT, None),
            Column("verdict_words", "Here it is"),
            Column("may_be_quoted", "May be quoted"),
            Column("source", "Source"),
            Column("why", "Caveat or reason"),
        ),
        compared,
        _ratios(firm, title),
        distinct([row["source"] for row in compared]),
    )


def _ratios(rows: Figures, title: str) -> str:
    """Each measure as a part of what it is there: shares and rates can stand on one scale as ratios."""
    known = [row for row in rows if row["ratio"] is not None and row["verdict"] in JUDGED]
    known.sort(key=lambda row: (row["ratio"], row["indicator"]))
    if len(known) > MOST_DRAWN:
        half = MOST_DRAWN // 2
        known = known[:half] + known[-half:]
    if not known:
        return ""
    marks = [
        Row(
            row["indicator"],
            1 / row["ratio"] if row["ratio"] else None,
            None,
            None,
            " : ".join(carried(row[key], row["places"]) for key in ("place_value", "reference_value")),
            row["verdict"],
            f"{row['unit']}, {row['period']}",
        )
        for row in known
    ]
    told = "; ".join(f"{mark.label} {mark.printed} {mark.below}, {mark.kind}" for mark in marks)
    return interval_chart(marks, name=f"{title}. {told}.", axis="times the figure there", multiples=True)


def overview(rows: Figures, order: list[str], names: Names) -> dict[str, Any] | None:
    """Places × indicators, a letter in every cell, with its figures a click away.

    rows: comparisons of a coalition; of a place with several references the first of its file.
    order: places as the coalition lists them.
    """
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(row["place_id"], row["reference_place_id"])
    kept = [row for row in rows if first[row["place_id"]] == row["reference_place_id"]]
    places = [each for each in order if each in first]
    cells = {(row["indicator_id"], row["place_id"]): row for row in kept}
    shown = []
    for indicator_id in distinct([row["indicator_id"] for row in kept]):
        line = [cells.get((indicator_id, place)) for place in places]
        if any(cell and cell["verdict"] != "not_compared" for cell in line):
            some = next(cell for cell in line if cell)
            shown.append(
                {
                    "title": some["indicator"],
                    "unit": some["unit"],
                    "area": some["area"],
                    "cells": [_cell(cell) for cell in line],
                }
            )
    if not shown:
        return None
    return {"places": [(each, names.place(each)) for each in places], "rows": shown}


def _cell(row: dict[str, Any] | None) -> dict[str, str]:
    if row is None:
        return {"letter": "", "kind": "none", "words": "no figure"}
    words = f"{VERDICTS[row['verdict']]}, {row['period']}"
    if row["place_value"] is not None and row["reference_value"] is not None:
        here, there = (carried(row[key], row["places"]) for key in ("place_value", "reference_value"))
        words = f"{here} against {there} {row['unit']}: {words}"
    elif row["why"]:
        words = f"{words}: {row['why']}"
    if row["verdict"] == "not_compared" or row["quotable"] != "no":
        return {"letter": LETTERS[row["verdict"]], "kind": row["verdict"], "words": words}
    return {"letter": f"{LETTERS[row['verdict']]}?", "kind": "unsure", "words": f"{words}; not to be quoted"}
