"""Figures over the years, a line a series: sources never share one, none runs where a source forbids it."""

from collections.abc import Sequence
from dataclasses import dataclass

from lifegap.digits import digits
from lifegap.reports.pages import rendered, shortened
from lifegap.reports.scales import scale_of

WIDTH, HEIGHT, LEFT, RIGHT, TOP = 760, 260, 56, 16, 14
LINE = 20
"""Height of a line of the legend."""

SERIES = 8
"""Series that have a form and color of their own; there are never more in a chart."""


@dataclass(frozen=True)
class Point:
    """A figure at the middle of its period, with its limits where it has any. hollow: may not be quoted."""

    year: float
    value: float
    low: float | None = None
    high: float | None = None
    period: str = ""
    hollow: bool = False


HOLLOW = "A hollow mark may not be quoted."
"""Said of every chart over the years."""


@dataclass(frozen=True)
class Series:
    """Figures of one source, edition and method. joined: whether a line runs through them.

    goal: year and figure of the target that a line of dots leads to from the figure `goal_from`.
    """

    title: str
    points: tuple[Point, ...]
    joined: bool
    goal_from: tuple[float, float] | None = None
    goal: tuple[float, float] | None = None


def series_words(series: Sequence["Series"]) -> str:
    """All figures of a chart in words, series by series, each with its period and limits."""
    return "; ".join(
        f"{each.title}: " + ", ".join(_point_words(point) for point in each.points) for each in series
    )


def _point_words(point: Point) -> str:
    limits = (
        f" ({digits(point.low, 1)} to {digits(point.high, 1)})"
        if point.low is not None and point.high is not None
        else ""
    )
    return f"{digits(point.value, 1)}{limits} in {point.period}{', not to be quoted' if point.hollow else ''}"


def time_chart(series: Sequence[Series], *, name: str, axis: str, zero: bool) -> str:
    """The picture. name: the sentence that stands for it; zero: whether the scale begins with nothing."""
    chosen = series[:SERIES]
    points = [point for each in chosen for point in each.points]
    goals = [goal for each in chosen for goal in (each.goal, each.goal_from) if goal]
    years = scale_of([*(point.year for point in points), *(year for year, _ in goals)], LEFT, WIDTH - RIGHT)
    limits = [
        limit for point in points for limit in (point.value, point.low, point.high) if limit is not None
    ]
    figures = scale_of([*limits, *(value for _, value in goals)], HEIGHT, TOP, ticks=5, zero=zero)

    def place(year: float, value: float) -> tuple[float, float]:
        return years.at(year), figures.at(value)

    drawn = [
        {
            "title": shortened(each.title, 104),
            "form": index,
            "line": " ".join(f"{x},{y}" for x, y in (place(point.year, point.value) for point in each.points))
            if each.joined and len(each.points) > 1
            else "",
            "points": [
                {
                    "at": place(point.year, point.value),
                    "hollow": point.hollow,
                    "limits": None
                    if point.low is None or point.high is None
                    else (figures.at(point.low), figures.at(point.high)),
                }
                for point in each.points
            ],
            "goal": (place(*each.goal_from), place(*each.goal)) if each.goal and each.goal_from else None,
            "y": HEIGHT + 52 + LINE * index,
        }
        for index, each in enumerate(chosen)
    ]
    return rendered(
        "time_chart.svg",
        {
            "name": name,
            "axis": axis,
            "width": WIDTH,
            "height": HEIGHT + 52 + LINE * len(chosen),
            "bottom": HEIGHT,
            "top": TOP,
            "left": LEFT,
            "right": WIDTH - RIGHT,
            "years": [(years.at(float(tick)), str(int(tick))) for tick in years.ticks if tick == int(tick)],
            "figures": [
                (figures.at(float(tick)), digits(float(tick), 0 if tick == int(tick) else 1))
                for tick in figures.ticks
            ],
            "series": drawn,
        },
    )
