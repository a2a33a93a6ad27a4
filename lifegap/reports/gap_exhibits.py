"""Exhibits of gaps in life expectancy: of places, of one pair in every source, over the years, and by age."""

from functools import lru_cache
from typing import Any

from lifegap.digits import digits
from lifegap.releases.quoted import QUOTED_FIRST
from lifegap.releases.read import Release
from lifegap.reports.exhibits import Column, Exhibit, distinct
from lifegap.reports.figures import QUOTABLE, Names, period_of, point_of, printed
from lifegap.reports.interval_chart import Row, interval_chart
from lifegap.reports.pages import shortened
from lifegap.reports.time_chart import HOLLOW, Series, series_words, time_chart
from lifegap.wording import period_words

Figures = list[dict[str, Any]]

YEARS = (
    Column("gap", "Gap", "years"),
    Column("ci_low", "From", "years"),
    Column("ci_high", "To", "years"),
)

ABOUT = (
    Column("period", "Period"),
    Column("source", "Source"),
    Column("may_be_quoted", "May be quoted"),
    Column("caveat", "Caveat"),
)

LONGEST_SOURCE = 56
"""Characters of a source in the legend of a chart."""

TO_READ = "Above 0 lives are shorter than in the place compared with. The line is the 95 % interval."


def gaps_of(release: Release, coalition_id: str, names: Names) -> Figures:
    """The gap to quote first of each comparison that a coalition names, in the order of its file."""
    rows = release.ask(
        f"""
        SELECT f.*, c.position, s.title, s.publisher FROM life_expectancy_gap AS f
        JOIN coalition_comparison AS c ON (c.coalition_id, c.place_id, c.reference_place_id)
            = (f.coalition_id, f.place_id, f.reference_place_id)
        JOIN source AS s ON (s.source_id, s.vintage) = (f.source_id, f.vintage)
        WHERE f.coalition_id = ? AND f.population_group = 'all' AND f.reference_group = 'all'
        QUALIFY row_number() OVER (
            PARTITION BY f.place_id, f.reference_place_id ORDER BY {QUOTED_FIRST}, f.gap IS NULL, f.method
        ) = 1
        ORDER BY c.position, f.place_id, f.reference_place_id
        """,
        [coalition_id],
    ).dicts()
    return [named(row, names) for row in rows]


def gaps_of_pair(release: Release, place_id: str, reference_id: str, names: Names) -> Figures:
    """Every gap of two places, of all sources and periods, the earliest first; none twice."""
    return [named(row, names) for row in _gaps_of_pairs(release).get((place_id, reference_id), [])]


@lru_cache(maxsize=1)
def _gaps_of_pairs(release: Release) -> dict[tuple[str, str], Figures]:
    """The gaps of all pairs of places in one query: there are as many pages as pairs."""
    rows = release.ask(
        f"""
        SELECT f.*, s.title, s.publisher FROM life_expectancy_gap AS f
        JOIN source AS s ON (s.source_id, s.vintage) = (f.source_id, f.vintage)
        WHERE f.population_group = 'all' AND f.reference_group = 'all'
        QUALIFY row_number() OVER (
            PARTITION BY f.place_id, f.reference_place_id, f.source_id, f.vintage, f.period_start,
                f.period_end, f.method
            ORDER BY f.coalition_id
        ) = 1
        ORDER BY f.period_end, f.period_start, {QUOTED_FIRST}, f.source_id, f.vintage, f.method
        """
    ).dicts()
    pairs: dict[tuple[str, str], Figures] = {}
    for row in rows:
        pairs.setdefault((row["place_id"], row["reference_place_id"]), []).append(row)
    return pairs


def named(row: dict[str, Any], names: Names) -> dict[str, Any]:
    """A gap with what people read in place of ids: places, period, source, whether it may be quoted."""
    return row | {
        "place": names.place(row["place_id"]),
        "reference": names.place(row["reference_place_id"]),
        "period": period_of(row),
        "source": names.source(row["source_id"]),
        "may_be_quoted": QUOTABLE[row["quotable"]],
        "missing": names.why(row["reason"]),
    }


def places_exhibit(coalition_id: str, gaps: Figures, names: Names) -> Exhibit | None:
    """Each place against the first that it is compared with, the largest gap first."""
    first: dict[str, dict[str, Any]] = {}
    for gap in gaps:
        first.setdefault(gap["place_id"], gap)
    rows = sorted(first.values(), key=lambda gap: (gap["gap"] is None, -(gap["gap"] or 0), gap["place"]))
    known = [gap for gap in rows if gap["gap"] is not None]
    if not known:
        return None
    references = distinct([gap["reference_place_id"] for gap in rows])
    one = names.spoken(references[0], coalition_id) if len(references) == 1 else ""
    # All places together are none of them.
    apart = [gap for gap in rows if not gap["place_id"].startswith("footprint:")] or rows
    below = [gap for gap in apart if gap["ci_low"] is not None and gap["ci_low"] > 0]
    many = f"{len(below)} of {len(apart)} places" if len(apart) > 1 else names.spoken(rows[0]["place_id"])
    than = one or "in the place that each is compared with"
    title = (
        f"In {many} lives are shorter than {'in ' if one else ''}{than}, beyond chance"
        if below
        else f"In no place is the gap to {one or 'the place compared with'} clear of chance"
    )
    marks = [
        Row(
            gap["place"],
            gap["gap"],
            gap["ci_low"],
            gap["ci_high"],
            printed(gap["gap"], gap),
            "open" if gap["quotable"] == "no" else "firm",
            gap["period"] if one else f"against {gap['reference']}, {gap['period']}",
        )
        for gap in rows
    ]
    told = "; ".join(f"{mark.label} {mark.printed}" for mark in marks)
    return Exhibit(
        f"{coalition_id}-gaps",
        title,
        f"Gap in life expectancy at birth in years{f' to {one}' if one else ''}, largest first. {TO_READ}",
        (Column("place", "Place"), Column("reference", "Compared with"), *YEARS, *ABOUT),
        rows,
        interval_chart(
            marks, name=f"{title}. Gap in years: {told}.", axis="years of life", zero=one or "no gap"
        ),
        distinct([gap["source"] for gap in known]),
    )


def sources_exhibit(id_: str, gaps: Figures, names: Names) -> Exhibit | None:
    """One pair of places in every source and period, side by side."""
    known = [gap for gap in gaps if gap["gap"] is not None]
    if len(known) < 2:
        return None
    place, reference = names.spoken(known[0]["place_id"]), names.spoken(known[0]["reference_place_id"])
    values = sorted(gap["gap"] for gap in known)
    sources = distinct([gap["source"] for gap in known])
    title = f"The gap is {digits(values[0], 1)} to {digits(values[-1], 1)} years, as source and period differ"
    marks = [
        Row(
            gap["period"],
            gap["gap"],
            gap["ci_low"],
            gap["ci_high"],
            printed(gap["gap"], gap),
            "open" if gap["quotable"] == "no" else "firm",
            gap["source"],
        )
        for gap in known
    ]
    told = "; ".join(f"{mark.label}, {mark.below}: {mark.printed}" for mark in marks)
    return Exhibit(
        f"{id_}-sources",
        title,
        f"Gap in life expectancy at birth in years between {place} and {reference}, "
        "by period. Sources count and estimate in other ways: they are no series.",
        (*ABOUT[:2], *YEARS, *ABOUT[2:]),
        gaps,
        interval_chart(marks, name=f"{title}: {told}.", axis="years of life", zero="no gap"),
        sources,
        "Two figures of one place differ by source. The one to quote is the newest that has an interval.",
    )


def years_exhibit(id_: str, gaps: Figures, goals: Figures, names: Names) -> Exhibit | None:
    """The gap of a pair over the years, a line a source, with the way to a target where one is stated.

    goals: rows of `progress` of the pair. A source whose card forbids to compare its periods has no line.
    """
    known = [gap for gap in gaps if gap["gap"] is not None]
    by_series: dict[tuple[str, str, str], Figures] = {}
    for gap in known:
        by_series.setdefault((gap["source_id"], gap["vintage"], gap["method"]), []).append(gap)
    if len({gap["period_end"] for gap in known}) < 2:
        return None
    unjoined = {
        (goal["source_id"], goal["vintage"])
        for goal in goals
        if goal["reason"] == "not_assessable:source_forbids_trend"
    }
    series = []
    for (source_id, vintage, method), figures in by_series.items():
        goal = _goal(goals, (source_id, vintage, method))
        edition = f", {vintage}" if len({key[1] for key in by_series if key[0] == source_id}) > 1 else ""
        series.append(
            Series(
                shortened(names.source(source_id), LONGEST_SOURCE) + edition + _target_words(goal),
                tuple(point_of(each, "gap") for each in figures),
                (source_id, vintage) not in unjoined,
                (_year(goal["baseline_period"]), goal["baseline_value"]) if goal else None,
                (float(goal["target_year"]), goal["target_value"]) if goal else None,
            )
        )
    series.sort(key=lambda each: -len(each.points))
    place, reference = names.spoken(known[0]["place_id"]), names.spoken(known[0]["reference_place_id"])
    title = f"The gap between {place} and {reference} over the years, by source"
    return Exhibit(
        f"{id_}-years",
        title,
        "Gap in life expectancy at birth in years; a line joins figures of one source. Dots lead to targets. "
        f"{HOLLOW}",
        (*ABOUT[:2], *YEARS, *ABOUT[2:]),
        known,
        time_chart(series, name=f"{title}. {series_words(series)}.", axis="gap in years of life", zero=True),
        distinct([gap["source"] for gap in known]),
    )


def _target_words(goal: dict[str, Any] | None) -> str:
    """The target in the terms of a series, for the legend."""
    if goal is None:
        return ""
    first = " from its own first figure" if goal["baseline_kind"] == "own_first" else ""
    return f" (target for {goal['target_year']}{first}: {digits(goal['target_value'], 1)})"


def _goal(goals: Figures, series: tuple[str, str, str]) -> dict[str, Any] | None:
    """The target in the terms of a series, where it has a baseline."""
    return next(
        (
            goal
            for goal in goals
            if (goal["source_id"], goal["vintage"], goal["method"]) == series
            and goal["target_value"] is not None
            and goal["baseline_value"] is not None
        ),
        None,
    )


def _year(period: str) -> float:
    """The middle of a period that is written in words: 2010, or 2010-2015."""
    years = [int(year) for year in period.split("-")]
    return sum(years) / len(years)


def ages_exhibit(id_: str, release: Release, gap: dict[str, Any], names: Names) -> Exhibit | None:
    """What part of a gap comes from deaths at each age. gap: the figure that is split."""
    rows = release.ask(
        "SELECT * FROM gap_decomposition "
        "WHERE (coalition_id, place_id, reference_place_id, source_id, vintage) = (?, ?, ?, ?, ?) "
        "AND period_start = ? AND period_end = ? AND method = ? AND dimension = 'age' "
        "AND population_group = 'all' AND years IS NOT NULL ORDER BY age_start",
        [
            *(gap[key] for key in ("coalition_id", "place_id", "reference_place_id", "source_id", "vintage")),
            gap["period_start"],
            gap["period_end"],
            gap["method"],
        ],
    ).dicts()
    if not rows:
        return None
    for row in rows:
        end = "and older" if row["age_end"] is None else f"to {row['age_end'] - 1}"
        row["ages"] = "under 1" if row["age_end"] == 1 else f"{row['age_start']} {end}"
    most = max(rows, key=lambda row: row["years"])
    place, reference = names.spoken(gap["place_id"]), names.spoken(gap["reference_place_id"])
    title = (
        f"Deaths at ages {most['ages']} make the largest part of the gap: {digits(most['years'], 1)} years"
    )
    marks = [
        Row(row["ages"], row["years"], row["ci_low"], row["ci_high"], printed(row["years"], row), "plain")
        for row in rows
    ]
    told = "; ".join(f"ages {mark.label} {mark.printed}" for mark in marks)
    return Exhibit(
        f"{id_}-ages",
        title,
        f"Years of the gap between {place} and {reference} that come from deaths at each age, "
        f"{period_words(gap['period_start'], gap['period_end'])}. Below 0 they make the gap smaller.",
        (
            Column("ages", "Ages"),
            Column("years", "Part of the gap", "years"),
            *YEARS[1:],
            Column("reliability", "Reliability"),
        ),
        rows,
        interval_chart(marks, name=f"{title}: {told}.", axis="years of the gap", bars=True),
        (names.source(gap["source_id"]),),
    )
