"""Indicators as declared in `data/indicators/*.toml`, one file per priority area.

A cell is found by its label path, never by its code alone: publishers move codes between years.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from lifegap.catalog.reading import Declared, read_toml
from lifegap.errors import error

Direction = Literal["higher", "lower", "none"]
Aggregate = Literal["proportion", "median", "rank", "score", "none"]
Role = Literal["numerator", "denominator", "complement", "published", "group", "other", "whole", "intervals"]
ROLES: tuple[Role, ...] = (
    "numerator", "denominator", "complement", "published", "group", "other", "whole", "intervals",
)  # fmt: skip
Unit = Literal[
    "percent", "US dollars", "years", "rank", "z-score", "score", "index", "percentile", "ratio", "days",
    "people per provider", "per 1,000", "per 1,000 live births", "per 10,000", "per 100,000",
    "grade level", "micrograms per cubic meter", "rate",
]  # fmt: skip
Evenness = Literal["dissimilarity", "isolation"]
Interpolation = Literal["linear", "pareto"]


Cells = dict[str, str | tuple[str, ...]]
"""Code → label path, or the label paths it has had: a line of a table, with the words that find it."""


class Measurement(Declared):
    """One way to measure an indicator from one table of one source.

    A proportion has numerator and denominator cells, and complement cells where the table has them
    (the margin is that of the rarer of the event and its opposite). `published` is the publisher's
    own percentage, median, rank or score: used as printed for a single unit, never averaged; `scale`
    takes it to the indicator's unit, and `opposite` says that the percentage printed is that of the others.
    `evenness` compares the `units` within each place: `group` with `other`, or with the `whole`.
    `intervals` are counts by interval, in order, of which the median of a place made of units is derived;
    `edges` says where each begins (it ends where the next begins, the last has no end; `-inf` where the
    first has no beginning) and `interpolation` how people lie inside one: evenly (`linear`), or by the
    curve of incomes (`pareto`, in intervals that are wide enough).
    A line that meant something else in other editions is used in `vintages` alone. `caveat` is said of
    this measurement's figures beside the indicator's own.
    """

    source: str
    table: str
    places: tuple[str, ...]
    numerator: Cells = Field(default_factory=dict)
    denominator: Cells = Field(default_factory=dict)
    complement: Cells = Field(default_factory=dict)
    published: Cells = Field(default_factory=dict)
    scale: float = 1.0
    opposite: bool = False
    evenness: Evenness | None = None
    units: str | None = None
    group: Cells = Field(default_factory=dict)
    other: Cells = Field(default_factory=dict)
    whole: Cells = Field(default_factory=dict)
    intervals: Cells = Field(default_factory=dict)
    edges: tuple[float, ...] = ()
    interpolation: Interpolation = "linear"
    vintages: tuple[str, ...] = ()
    caveat: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Measurement":
        if bool(self.numerator) != bool(self.denominator):
            raise ValueError("numerator and denominator go together")
        counted = bool(self.numerator or self.published or self.evenness)
        if not counted and not self.intervals:
            raise ValueError("needs numerator and denominator, or published, or evenness, or intervals")
        if counted and self.intervals:
            raise ValueError("intervals stand alone in a measurement")
        if len(self.published) > 1:
            raise ValueError("published is one cell")
        against = {"dissimilarity": self.other, "isolation": self.whole, None: {}}[self.evenness]
        if self.evenness and not (self.units and self.group and against):
            raise ValueError("evenness needs units, group, and other (dissimilarity) or whole (isolation)")
        return self

    @model_validator(mode="after")
    def _intervals_in_order(self) -> "Measurement":
        if len(self.edges) != len(self.intervals):
            raise ValueError("edges has one number for each of the intervals: where it begins")
        if not self.intervals:
            return self
        if len(self.edges) < 2 or not all(low < high for low, high in pairwise(self.edges)):
            raise ValueError("there are at least two intervals, and edges increase")
        if not all(isfinite(edge) for edge in self.edges[1:]):
            raise ValueError("only the first of the edges may be -inf")
        labels = [label for role, _, label in self.cells() if role == "intervals"]
        if len(set(labels)) < len(labels):
            raise ValueError("no two intervals have a label in common")
        return self

    def cells(self) -> Iterator[tuple[Role, str, str]]:
        """(role, code, label) of every cell, once for each label it has had."""
        for role in ROLES:
            lines: Cells = getattr(self, role)
            for code, labels in lines.items():
                for label in [labels] if isinstance(labels, str) else labels:
                    yield role, code, label


class Indicator(Declared):
    """What is measured, for whom, and which way is better.

    not_comparable_with: what looks alike and is not the same, each with its reason.
    mortality: it is made of deaths, so that its years may hold those of a pandemic.
    counts_everyone: chance plays no part in it, for nobody of its universe is left out.
    aggregate says how units are taken together: proportions are summed and divided again; medians are
    derived from counts by interval where there are such, and else, as rates without counts, ranks and
    scores, not taken together at all.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: str
    description: str
    unit: Unit
    direction: Direction
    universe: str
    aggregate: Aggregate
    trend_allowed: bool = False
    mortality: bool = False
    counts_everyone: bool = False
    caveat: str | None = None
    not_comparable_with: tuple[str, ...] = ()
    sdg_indicator: str | None = None
    hp2030_objective: str | None = None
    measured_by: tuple[Measurement, ...] = ()

    @model_validator(mode="after")
    def _intervals_give_medians(self) -> "Indicator":
        if self.aggregate != "median" and any(each.intervals for each in self.measured_by):
            raise ValueError("intervals give a median, and aggregate says that it is none")
        return self


class IndicatorFile(Declared):
    """One file of `data/indicators`: a theme and its indicators."""

    priority_area: str
    title: str
    indicator: tuple[Indicator, ...]


class DeclaredIndicator(Declared):
    """An indicator with the priority area of the file it stands in."""

    priority_area: str
    indicator: Indicator


def read_indicators(data: Path) -> dict[str, DeclaredIndicator]:
    """All indicators under `data/indicators`, by id. Raises DECLARATION (an id declared twice)."""
    found: dict[str, DeclaredIndicator] = {}
    for path in sorted((data / "indicators").glob("*.toml")):
        area = read_toml(path, IndicatorFile)
        for indicator in area.indicator:
            if indicator.id in found:
                raise error(
                    "DECLARATION",
                    doing=f"reading {path}",
                    found=f"{indicator.id} is declared twice",
                    expected="each indicator in one file, once",
                    todo="remove or rename one of them",
                )
            found[indicator.id] = DeclaredIndicator(priority_area=area.priority_area, indicator=indicator)
    return found
