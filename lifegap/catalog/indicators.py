"""Indicators as declared in `data/indicators/*.toml`, one file per priority area.

A cell is found by its label path, never by its code alone: publishers move codes between years.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from lifegap.catalog.reading import Declared, read_toml
from lifegap.errors import error

Direction = Literal["higher", "lower", "none"]
Aggregate = Literal["proportion", "median", "rank", "score", "none"]
Role = Literal["numerator", "denominator", "complement", "published", "group", "other", "whole"]
ROLES: tuple[Role, ...] = (
    "numerator", "denominator", "complement", "published", "group", "other", "whole",
)  # fmt: skip
Unit = Literal[
    "percent", "US dollars", "years", "rank", "z-score", "score", "index", "percentile", "ratio", "days",
    "people per provider", "per 1,000", "per 1,000 live births", "per 10,000", "per 100,000",
    "grade level", "micrograms per cubic meter", "rate",
]  # fmt: skip
Evenness = Literal["dissimilarity", "isolation"]


Cells = dict[str, str | tuple[str, ...]]
"""Code → label path, or the label paths it has had: a line of a table, with the words that find it."""


class Measurement(Declared):
    """One way to measure an indicator from one table of one source.

    A proportion has numerator and denominator cells, and complement cells where the table has them
    (the margin is that of the rarer of the event and its opposite). `published` is the publisher's
    own percentage, median, rank or score: used as printed for a single unit, never averaged; `scale`
    takes it to the indicator's unit, and `opposite` says that the percentage printed is that of the others.
    `evenness` compares the `units` within each place: `group` with `other`, or with the `whole`.
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
    vintages: tuple[str, ...] = ()
    caveat: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Measurement":
        if bool(self.numerator) != bool(self.denominator):
            raise ValueError("numerator and denominator go together")
        if not self.numerator and not self.published and not self.evenness:
            raise ValueError("needs numerator and denominator, or published, or evenness")
        if len(self.published) > 1:
            raise ValueError("published is one cell")
        against = {"dissimilarity": self.other, "isolation": self.whole, None: {}}[self.evenness]
        if self.evenness and not (self.units and self.group and against):
            raise ValueError("evenness needs units, group, and other (dissimilarity) or whole (isolation)")
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
    aggregate says how units are taken together: proportions are summed and divided again; medians,
    rates without counts, ranks and scores are not taken together at all.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: str
    description: str
    unit: Unit
    direction: Direction
    universe: str
    aggregate: Aggregate
    trend_allowed: bool = False
    caveat: str | None = None
    not_comparable_with: tuple[str, ...] = ()
    sdg_indicator: str | None = None
    hp2030_objective: str | None = None
    measured_by: tuple[Measurement, ...] = ()


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
