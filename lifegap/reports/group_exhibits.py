"""Exhibits of gaps in life expectancy between groups of people within one place."""

from lifegap.digits import digits
from lifegap.releases.quoted import QUOTED_FIRST
from lifegap.releases.read import Release
from lifegap.reports.exhibits import Column, Exhibit, distinct
from lifegap.reports.figures import Names, printed
from lifegap.reports.gap_exhibits import ABOUT, YEARS, Figures, named
from lifegap.reports.interval_chart import Row, interval_chart
from lifegap.wording import group_words

MOST_GROUPS = 30
"""Rows of the chart of groups; its table has all."""


def group_gaps_of(release: Release, coalition_id: str, names: Names) -> Figures:
    """The newest gap between groups of people of each place of a coalition, in the order of its file."""
    rows = release.ask(
        f"""
        SELECT f.*, s.title, s.publisher FROM life_expectancy_gap AS f
        JOIN coalition_place AS c ON (c.coalition_id, c.place_id) = (f.coalition_id, f.place_id)
        JOIN source AS s ON (s.source_id, s.vintage) = (f.source_id, f.vintage)
        WHERE f.coalition_id = ? AND f.reference_group <> 'all' AND f.place_id = f.reference_place_id
        QUALIFY row_number() OVER (
            PARTITION BY f.place_id, f.population_group ORDER BY {QUOTED_FIRST}, f.gap IS NULL, f.method
        ) = 1
        ORDER BY c.position, f.gap DESC NULLS LAST, f.population_group
        """,
        [coalition_id],
    ).dicts()
    for row in rows:
        row["group"] = group_words(row["population_group"])
        row["reference_people"] = group_words(row["reference_group"])
    return [named(row, names) for row in rows]


def groups_exhibit(id_: str, gaps: Figures, names: Names) -> Exhibit | None:
    """Gaps between groups of people within each place."""
    known = [gap for gap in gaps if gap["gap"] is not None]
    if not known:
        return None
    most = max(known, key=lambda gap: (gap["quotable"] != "no", gap["gap"]))
    who = f"{_capital(most['group'])} in {names.spoken(most['place_id'])}"
    title = (
        f"{who} live {digits(most['gap'], 1)} years shorter than {most['reference_people']}"
        if most["gap"] > 0
        else f"No group lives shorter than {most['reference_people']}"
    )
    marks = [
        Row(
            _capital(gap["group"]),
            gap["gap"],
            gap["ci_low"],
            gap["ci_high"],
            printed(gap["gap"], gap),
            "open" if gap["quotable"] == "no" else "firm",
            f"{gap['place']}, {gap['period']}",
        )
        for gap in known[:MOST_GROUPS]
    ]
    told = "; ".join(f"{mark.label}, {mark.below}: {mark.printed}" for mark in marks)
    return Exhibit(
        f"{id_}-groups",
        title,
        f"Gap in life expectancy at birth to {known[0]['reference_people']} of the same place. Above 0 lives "
        "are shorter than theirs. The line is the 95 % interval.",
        (Column("place", "Place"), Column("group", "People"), *YEARS, *ABOUT),
        gaps,
        interval_chart(
            marks, name=f"{title}. {told}.", axis="years of life", zero=known[0]["reference_people"]
        ),
        distinct([gap["source"] for gap in known]),
        "A group is who a certificate or a census says belongs to it. Gaps are of conditions, not of people.",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
