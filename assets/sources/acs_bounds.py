"""Medians of the survey that are bounds: "250,000 or more", "built 1939 or earlier", never estimates.

A median in the lowest or highest of its intervals is known only to lie beyond a limit. The Bureau says so in
one of four ways, by layout and year: the cell itself (`250,000+`, `2,500-`), the annotation beside it, the
margin's sign `***`, or a number just beyond the limit that stands for it (250,001, 2,499) and nothing else.
All four end as the text of the first, and the cell has no number.

The limits follow the Bureau's list of values that stand for medians in open intervals, by table. A year or a
share of income in an open interval is told by its table alone where the margin does not say it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

OPEN_INTERVAL, OPEN_NUMBER = "***", -333333333.0
"""Margin of a median in an open interval, and the number that stands for it."""

BOUND = r"^\$?[0-9][0-9,.]*%?[+-]$"
"""A bound as printed."""

ANNOTATED = "annotation"


class Limits(NamedTuple):
    """Numbers just beyond the lowest and the highest limit of medians, which stand for what lies there."""

    lines: str
    """Pattern of the codes of lines, in detailed tables."""
    low: float
    high: float
    step: float = 1.0
    """How far the number lies beyond the limit that it stands for."""
    until: int | None = None
    """Last edition of these limits."""
    since: int | None = None
    """First edition of these limits."""


INCOME = r"B19013[A-I]?|B1911[35][A-I]?|B19119|B1912[16]|B19202[A-I]?|B19215|B10010|B25099|B25119"
EARNINGS = r"B2000[247][A-I]?|B2001[78][A-I]?|B2401[12]|B2402[12]|B08[015]21"
VALUE = r"B2507[678]|B25082|B25097|B25107|B25121"
RENT = r"B2505[789]|B2506[04]|B25031|B25111|B25113"
LIMITS = (
    Limits(INCOME, 2_499, 250_001),
    Limits(EARNINGS, 2_499, 250_001),
    Limits(VALUE, 9_999, 1_000_001, until=2014),
    Limits(VALUE, 9_999, 2_000_001, since=2015),
    Limits(RENT, 99, 2_001, until=2014),
    Limits(RENT, 99, 3_501, since=2015),
    Limits("B25105|B25088_002", 99, 4_001),
    Limits("B25088_003", 99, 1_001, until=2014),
    Limits("B25088_003", 99, 1_501, since=2015),
    Limits("B25103", 199, 10_001),
    Limits("B25071|B25092", 9.9, 50.1, step=0.1),
)
"""Detailed tables of medians, with the numbers that stand for their open intervals."""

DOLLARS = r"(?i)median (?:(?:household|family|nonfamily) )?(?:income|earnings)"
"""Labels of medians in subject tables and profiles, which are limited as the tables of income are."""

YEAR_BUILT = r"^B2503[567]_"
OLDEST, NEWEST = 1939, 2021
"""Years that stand for homes of 1939 and earlier, and, since the edition of 2021, of 2020 and later.

The first editions wrote 0 and 18, numbers of the intervals, in their place.
"""
FIRST_TO_2020 = 2021


def bound(vintage: str) -> pl.Expr:
    """The text of a cell that is a bound, else null.

    Reads the columns line, label, estimate and moe (text), and the annotation where there is one.
    vintage: the edition, which decides where the limits are.
    """
    number = pl.col("estimate").cast(pl.Float64, strict=False)
    said = (pl.when(pl.col(name).str.contains(BOUND)).then(name) for name in ("estimate", ANNOTATED))
    year = int(vintage[:4])
    return pl.coalesce(
        *said,
        *_of_tables(number, year),
        *_of_years(number, year),
        # The margin says so of any median; which end it is, the number tells.
        pl.when(_open_margin() & (number >= 0)).then(_beyond(number)),
    )


def limited(vintage: str) -> pl.Expr:
    """Whether a line (columns line, label) may have a number that stands for a bound."""
    year = int(vintage[:4])
    tables = "|".join(limits.lines for limits in LIMITS if _holds(limits, year))
    of_table = pl.col("line").str.contains(f"^(?:{tables})|{YEAR_BUILT}")
    return (of_table | pl.col("label").str.contains(DOLLARS)).fill_null(value=False)


def _holds(limits: Limits, year: int) -> bool:
    return (limits.since or year) <= year <= (limits.until or year)


def _of_tables(number: pl.Expr, year: int) -> Iterator[pl.Expr]:
    for limits in LIMITS:
        if not _holds(limits, year):
            continue
        of_table = pl.col("line").str.contains(f"^(?:{limits.lines})")
        if limits.lines == INCOME:
            of_table |= pl.col("label").str.contains(DOLLARS)
        low, high = _text(limits.low + limits.step, "-"), _text(limits.high - limits.step, "+")
        yield pl.when(of_table & number.is_between(0, limits.low)).then(pl.lit(low))
        yield pl.when(of_table & (number >= limits.high)).then(pl.lit(high))


def _of_years(number: pl.Expr, year: int) -> Iterator[pl.Expr]:
    built = pl.col("line").str.contains(YEAR_BUILT)
    yield pl.when(built & (number == 18)).then(pl.lit("18+"))
    yield pl.when(built & number.is_between(0, OLDEST)).then(pl.lit(f"{OLDEST}-"))
    if year >= FIRST_TO_2020:
        yield pl.when(built & (number >= NEWEST)).then(pl.lit(f"{NEWEST - 1}+"))


def _open_margin() -> pl.Expr:
    return (pl.col("moe") == OPEN_INTERVAL) | (pl.col("moe").cast(pl.Float64, strict=False) == OPEN_NUMBER)


def _beyond(number: pl.Expr) -> pl.Expr:
    """The limit that a number stands for, one unit or a tenth above the highest or below the lowest."""
    is_whole = number == number.round(0)
    upper = pl.when(is_whole).then(number % 10 == 1).otherwise((number * 10).round(0) % 10 == 1)
    step = pl.when(is_whole).then(1.0).otherwise(0.1)
    return (
        pl.when(upper)
        .then((number - step).round(0).cast(pl.Int64).cast(pl.String) + "+")
        .otherwise((number + step).round(0).cast(pl.Int64).cast(pl.String) + "-")
    )


def _text(limit: float, end: str) -> str:
    """A limit as the Bureau prints it.

    >>> _text(250_000, "+"), _text(50.0, "+")
    ('250,000+', '50+')
    """
    return f"{limit:,.0f}{end}"
