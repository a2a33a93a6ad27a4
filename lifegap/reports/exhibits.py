"""An exhibit: a picture and the table of the same figures, with its title, measure, sources and a file of it.

What a page, the pack and a file of figures show of it is this one thing, so that they cannot disagree.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lifegap.digits import carried, digits
from lifegap.spreadsheets import harmless

WHOLE = 1_000_000
"""From here on the CSV of a release has a number's whole part, and no fraction."""


@dataclass(frozen=True)
class Column:
    """A column of an exhibit. unit: '' for a text; key: of its rows; places: decimals as people read it.

    Of a column whose rows have units of their own, `places` is None, and the decimals stand in the row.
    """

    key: str
    title: str
    unit: str = ""
    places: int | None = 1

    @property
    def heading(self) -> str:
        return f"{self.title} ({self.unit})" if self.unit else self.title


@dataclass(frozen=True)
class Exhibit:
    """id: of its files; title: the finding; subtitle: measure, unit, places, period, order.

    picture: SVG, or '' for a table alone. rows: by the keys of the columns; an empty number is explained in
    `missing` of its row, and one that is written otherwise has its text in `KEY_text`.
    sources: titles of those the figures come from. note: what is to be known first.
    """

    id: str
    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: list[dict[str, Any]]
    picture: str = ""
    sources: tuple[str, ...] = ()
    note: str = ""
    links: dict[str, str] = field(default_factory=dict)

    def cells(self, row: dict[str, Any]) -> list[dict[str, str]]:
        """The cells of a row: their text, their exact value for sorting, and their kind."""
        return [self._cell(column, row) for column in self.columns]

    def _cell(self, column: Column, row: dict[str, Any]) -> dict[str, str]:
        value = row.get(column.key)
        if not column.unit:
            text = "" if value is None else str(value)
            return {
                "text": text,
                "value": text,
                "kind": "",
                "link": self.links.get(f"{column.key}:{text}", ""),
            }
        if value is None:
            return {"text": row.get("missing") or "none", "value": "", "kind": "missing", "link": ""}
        text = row.get(f"{column.key}_text") or (
            carried(value, row["places"]) if column.places is None else digits(value, column.places)
        )
        return {"text": text, "value": exact(value), "kind": "number", "link": ""}

    def csv(self) -> str:
        """The figures as a file: the digits of the release's CSV, units in a line of their own column."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        keys = [column.key for column in self.columns]
        units = [f"{column.key}_unit" for column in self.columns if column.unit]
        writer.writerow([*keys, *units, *(["why_missing"] if self._says_why else [])])
        for row in self.rows:
            cells = [self._exact(column, row) for column in self.columns]
            named = [column.unit for column in self.columns if column.unit]
            why = [row.get("missing") or ""] if self._says_why else []
            writer.writerow([*cells, *named, *why])
        return text.getvalue()

    @property
    def _says_why(self) -> bool:
        return any(row.get("missing") for row in self.rows)

    def _exact(self, column: Column, row: dict[str, Any]) -> str:
        value = row.get(column.key)
        if value is None:
            return ""
        return exact(value) if column.unit else harmless(str(value))


def exact(value: float) -> str:
    """A number as the CSV of a release has it: six digits that count, never less than its whole part."""
    return f"{value:.0f}" if abs(value) >= WHOLE else f"{value:.6g}"


def distinct(titles: Sequence[str]) -> tuple[str, ...]:
    """Each title once, in the order in which they come first."""
    return tuple(dict.fromkeys(titles))
