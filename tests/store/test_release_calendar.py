"""The release calendar: twelve months from any day, out of what the cards expect."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lifegap.catalog.cards import NextEdition, SourceCard
from lifegap.catalog.catalog import Catalog
from lifegap.releases.calendar import month_or_year, twelve_months


def _row(source: str, expected: str, every: int = 12) -> dict[str, Any]:
    edition = NextEdition(expected=expected, every_months=every, basis="habit", why="As ever.")
    facts = {"earliest": edition.earliest, "latest": edition.latest, "every_months": every}
    return facts | {"source_id": source, "vintage": "2024", "basis": "habit", "why": "As ever."}


def _said(rows: list[dict[str, Any]], today: str) -> list[tuple[str, str, bool]]:
    return [
        (each.source_id, month_or_year(each.earliest, each.latest), each.overdue)
        for each in twelve_months(rows, date.fromisoformat(today))
    ]


def test_what_is_expected_comes_in_order_and_a_year_stands_until_its_end() -> None:
    rows = [_row("july", "2027-07"), _row("in_2026", "2026"), _row("december", "2026-12")]
    assert _said(rows, "2026-11-30") == [
        ("in_2026", "2026", False),
        ("december", "2026-12", False),
        ("july", "2027-07", False),
        ("in_2026", "2027", False),
    ]


def test_what_did_not_come_is_overdue_and_stands_first() -> None:
    rows = [_row("late", "2026-01"), _row("next", "2026-12")]
    assert _said(rows, "2026-11-30") == [
        ("late", "2026-01", True),
        ("next", "2026-12", False),
        ("late", "2027-01", False),
    ]


def test_the_months_after_the_twelfth_are_not_in_it() -> None:
    assert _said([_row("s", "2027-12", 24)], "2026-11-30") == []
    assert _said([_row("s", "2027-11", 24)], "2026-11-30") == [("s", "2027-11", False)]
    assert _said([_row("s", "2026-12", 6)], "2026-11-30") == [
        ("s", "2026-12", False),
        ("s", "2027-06", False),
    ]


def test_the_last_day_of_february_is_that_of_its_year() -> None:
    assert twelve_months([_row("s", "2027-02")], date(2027, 2, 28))[0].latest == date(2027, 2, 28)
    found = twelve_months([_row("s", "2027-02", 12)], date(2027, 12, 1))
    assert [each.latest for each in found if not each.overdue] == [date(2028, 2, 29)]


def test_a_source_without_a_date_is_not_in_it() -> None:
    none = dict.fromkeys(("earliest", "latest", "every_months", "basis"))
    assert twelve_months([{"source_id": "s", "vintage": "v", "why": "closed"} | none], date(2026, 1, 1)) == []


@given(
    st.integers(2020, 2035), st.integers(1, 12), st.sampled_from([1, 3, 6, 12, 24, 120]),
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
)  # fmt: skip
def test_every_edition_that_touches_the_twelve_months_is_in_it_once(
    year: int, month: int, every: int, today: date
) -> None:
    found = twelve_months([_row("s", f"{year}-{month:02}", every)], today)
    end = date(today.year + 1, today.month, 28) + timedelta(days=4)
    assert all(each.earliest < end for each in found)
    assert sum(each.overdue for each in found) <= 1
    coming = [each for each in found if not each.overdue]
    assert all(each.latest >= today for each in coming)
    months = [each.earliest.year * 12 + each.earliest.month for each in coming]
    assert all(later - earlier == every for earlier, later in pairwise(months))
    if every <= 12 and date(year, month, 1) <= today:
        assert len(coming) >= 12 // every


@pytest.mark.parametrize("expected", ["soon", "2026-13", "12-2026", "2026-00"])
def test_a_date_that_is_none_is_refused(expected: str) -> None:
    with pytest.raises(ValidationError):
        NextEdition(expected=expected, every_months=12, basis="habit", why="As ever.")


def test_a_source_that_has_ended_expects_nothing(catalog: Catalog) -> None:
    card = catalog.cards["census_acs5"]
    assert card.next_edition is not None
    with pytest.raises(ValidationError, match="has ended"):
        SourceCard.model_validate(card.model_dump(exclude={"files"}) | {"status": "ended"})


def test_no_edition_is_expected_that_the_card_lists_already(catalog: Catalog) -> None:
    """Whoever lists next year's edition moves the date on: data of a year are not expected before its end."""
    for card in catalog.cards.values():
        if card.next_edition is not None:
            listed = max(vintage.period_end or 0 for vintage in card.vintage)
            assert card.next_edition.latest.year > listed, card.id
