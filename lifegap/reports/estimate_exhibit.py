"""The exhibit of a place's life expectancy over the years, a line a source."""

from functools import lru_cache
from typing import Any

from lifegap.releases.quoted import QUOTED_FIRST
from lifegap.releases.read import Release
from lifegap.reports.exhibits import Column, Exhibit, distinct
from lifegap.reports.figures import QUOTABLE, Names, period_of, point_of
from lifegap.reports.time_chart import HOLLOW, Series, series_words, time_chart

Figures = list[dict[str, Any]]


def estimates_exhibit(id_: str, release: Release, place_id: str, names: Names) -> Exhibit | None:
    """Life expectancy of a place over the years, of every source."""
    rows = [
        row
        | {
            "period": period_of(row),
            "source": names.source(row["source_id"]),
            "may_be_quoted": QUOTABLE[row["quotable"]],
        }
        for row in _estimates(release).get(place_id, [])
    ]
    if not rows:
        return None
    series: dict[tuple[str, str, str], Figures] = {}
    for row in rows:
        series.setdefault((row["source_id"], row["vintage"], row["method"]), []).append(row)
    unjoined = _without_a_trend(release)
    drawn = [
        Series(
            f"{names.source(source)}, {vintage}"
            if len({*(key[1] for key in series)}) > 1
            else names.source(source),
            tuple(point_of(row, "estimate") for row in figures),
            (source, vintage) not in unjoined,
        )
        for (source, vintage, _), figures in series.items()
    ]
    drawn.sort(key=lambda each: (-len(each.points), each.title))
    latest = rows[-1]
    title = f"Life expectancy in {names.spoken(place_id)} by source and period"
    return Exhibit(
        f"{id_}-estimates",
        title,
        f"Life expectancy at birth in years, up to {latest['period']}. Sources estimate in other ways. "
        f"{HOLLOW}",
        (
            Column("period", "Period"),
            Column("source", "Source"),
            Column("estimate", "Life expectancy", "years"),
            Column("ci_low", "From", "years"),
            Column("ci_high", "To", "years"),
            Column("may_be_quoted", "May be quoted"),
            Column("caveat", "Caveat"),
        ),
        rows,
        time_chart(drawn, name=f"{title}. {series_words(drawn)}.", axis="years of life", zero=False),
        distinct([row["source"] for row in rows]),
    )


@lru_cache(maxsize=1)
def _estimates(release: Release) -> dict[str, Figures]:
    """Figures of every place that a coalition names, in one query: each has a page."""
    rows = release.ask(
        f"""
        SELECT f.* FROM life_expectancy AS f
        SEMI JOIN coalition_place AS c ON c.place_id = f.place_id
        JOIN source AS s ON (s.source_id, s.vintage) = (f.source_id, f.vintage)
        WHERE f.population_group = 'all' AND f.estimate IS NOT NULL
        ORDER BY f.period_end, f.period_start, {QUOTED_FIRST}, f.source_id, f.vintage, f.method
        """
    ).dicts()
    places: dict[str, Figures] = {}
    for row in rows:
        places.setdefault(row["place_id"], []).append(row)
    return places


@lru_cache(maxsize=1)
def _without_a_trend(release: Release) -> set[tuple[str, str]]:
    """Editions of sources whose card forbids to compare their periods."""
    return {
        (source, vintage)
        for source, vintage in release.ask(
            "SELECT source_id, vintage FROM source WHERE contains(fitness, 'trend: no')"
        ).rows
    }
