"""Rows of a release as its pages show them: names in words, periods, figures, why there is none."""

import re
from typing import Any

from lifegap import APPLICATION
from lifegap.catalog.catalog import Catalog
from lifegap.digits import digits
from lifegap.releases.read import Release
from lifegap.reports.time_chart import Point
from lifegap.wording import period_words, place_words

QUOTABLE = {"yes": "yes", "with_caveat": "with its caveat", "no": "no"}
"""Whether a figure may be quoted, in words."""


class Names:
    """Names of a release's places, sources and indicators, and what its reasons mean."""

    def __init__(self, release: Release) -> None:
        self._places: dict[str, str] = dict(release.ask("SELECT place_id, name FROM place").rows)
        self._spoken: dict[tuple[str, str], str] = {
            (coalition, place): words
            for coalition, place, words in release.ask(
                "SELECT coalition_id, place_id, spoken FROM coalition_place WHERE spoken IS NOT NULL"
            ).rows
        }
        self._sources: dict[str, str] = dict(
            release.ask("SELECT source_id, arg_max(title, edition_order) FROM source GROUP BY source_id").rows
        )
        self.indicators: dict[str, dict[str, Any]] = {
            row["indicator_id"]: row for row in release.ask("SELECT * FROM indicator").dicts()
        }
        self.reasons = Catalog(APPLICATION / "data").reasons

    def place(self, place_id: str) -> str:
        """The name as a heading has it."""
        return self._places.get(place_id, place_id)

    def spoken(self, place_id: str, coalition_id: str | None = None) -> str:
        """The name inside a sentence, as the coalition says it or any that has it."""
        known = self._spoken.get((coalition_id or "", place_id)) or next(
            (words for (_, place), words in self._spoken.items() if place == place_id), None
        )
        return place_words(self.place(place_id), known)

    def source(self, source_id: str) -> str:
        """The title of a source, without what stands in parentheses at its end."""
        title = self._sources.get(source_id, source_id)
        return re.sub(r" \([^()]*\)$", "", title)

    def why(self, reason: str | None) -> str:
        """What a reason means, in a sentence; '' for none."""
        return self.reasons.get(reason, reason) if reason else ""


def slug(place_id: str) -> str:
    """The id of a place in the name of a file."""
    return place_id.replace(":", "-").replace("/", "-")


def period_of(row: dict[str, Any]) -> str:
    return period_words(row["period_start"], row["period_end"])


def middle_of(row: dict[str, Any]) -> float:
    """Where a period stands on a scale of years."""
    return (row["period_start"] + row["period_end"]) / 2


def point_of(row: dict[str, Any], column: str) -> Point:
    """A figure on a scale of years."""
    return Point(
        middle_of(row), row[column], row["ci_low"], row["ci_high"], period_of(row), row["quotable"] == "no"
    )


def interval_of(row: dict[str, Any], places: int = 1) -> str:
    """The limits in words, or none."""
    if row["ci_low"] is None or row["ci_high"] is None:
        return "no interval"
    return f"{digits(row['ci_low'], places)} to {digits(row['ci_high'], places)}"


def printed(value: float | None, row: dict[str, Any], places: int = 1) -> str:
    """A figure with its interval as it stands at the side of a chart."""
    if value is None:
        return "not shown"
    interval = f" ({interval_of(row, places)})" if row["ci_low"] is not None else ""
    return f"{digits(value, places)}{interval}"
