"""The release calendar: which editions are expected of their publishers in the twelve months from a day."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

MONTHS = 12


@dataclass(frozen=True)
class Expected:
    """An edition that is to come. overdue: its time is over, and this release does not have it."""

    source_id: str
    vintage_here: str
    earliest: date
    latest: date
    overdue: bool
    basis: str
    why: str


def twelve_months(rows: Iterable[dict[str, Any]], today: date) -> list[Expected]:
    """What is expected from `today` on, in order, of rows of `release_calendar`; what is overdue comes first.

    An edition that is expected in a month or year is in the calendar while that month or year touches the
    twelve months. Later ones follow by the interval of their source.
    """
    end = _later(today, MONTHS)
    found: list[Expected] = []
    for row in rows:
        if row["earliest"] is None:
            continue
        earliest, latest, number = row["earliest"], row["latest"], 0
        while earliest < end:
            if latest >= today or number == 0:
                facts = (row["source_id"], row["vintage"], earliest, latest, latest < today)
                found.append(Expected(*facts, row["basis"], row["why"]))
            number += 1
            earliest = _later(row["earliest"], number * row["every_months"])
            latest = _later(row["latest"], number * row["every_months"], last=True)
    return sorted(found, key=lambda each: (not each.overdue, each.latest, each.earliest, each.source_id))


def month_or_year(earliest: date, latest: date) -> str:
    """`2026-12` where the month is known, else `2026`."""
    return f"{earliest:%Y-%m}" if earliest.month == latest.month else f"{earliest:%Y}"


def _later(day: date, months: int, *, last: bool = False) -> date:
    """The day so many months later, at most the last of its month; the last day of that month with `last`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    days = monthrange(year, month + 1)[1]
    return date(year, month + 1, days if last else min(day.day, days))
