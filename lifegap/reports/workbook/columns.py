"""What a sheet of a workbook is: a title, lines that explain, and one table with columns in plain words.

A column names the expression that it shows; where this is a column of a published table, its unit and its
meaning come from the declaration. Names come first, ids last.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from lifegap.catalog.tables import declared_tables
from lifegap.releases.read import Release

Form = Literal["text", "words", "mark", "why", "year", "whole", "tenths", "share", "value", "general", "date"]
"""What stands in a column: text as it is, codes in words, a mark or a sentence for a reason; or numbers:
years, counts, tenths, shares of one, values with a unit of their own, numbers as they come, days."""

NUMBERS = ("year", "whole", "tenths", "share", "value", "general", "date")

Row = tuple[Any, ...]

MARK = "Mark that says why a number is missing or weak; empty where nothing is."
SENTENCE = "The reason behind the mark, in a sentence."


@dataclass(frozen=True)
class Column:
    """A column of a sheet. shows: an expression of its query. means: what it is, if not declared."""

    words: str
    shows: str
    form: Form = "text"
    width: int = 12
    means: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet with one table.

    name: on its tab. table: name of its table. title and says, the lines above the table; {title} is that of
    the coalition. of: alias → published table. coalition, begins, rows, order: of the query, the id of the
    coalition, what it begins with, what comes from FROM on, and what orders the rows of a coalition. made: or
    the rows of all coalitions, the id before what the columns show.
    """

    name: str
    table: str
    title: str
    holds: str
    says: tuple[str, ...]
    columns: tuple[Column, ...]
    coalition: str = ""
    rows: str = ""
    order: str = ""
    of: dict[str, str] = field(default_factory=dict)
    begins: str = ""
    made: Callable[[Release], Iterable[Row]] | None = None

    def rows_of(self, release: Release) -> dict[str, list[Row]]:
        """Coalition → its rows, a value for each column: one query for all takes no longer than for one."""
        shown = ", ".join([self.coalition, *(each.shows for each in self.columns)])
        query = f"{self.begins} SELECT {shown} {self.rows} ORDER BY {self.coalition}, {self.order}"
        found: dict[str, list[Row]] = {}
        for coalition_id, *row in self.made(release) if self.made else release.ask(query).rows:
            found.setdefault(coalition_id, []).append(tuple(row))
        return found

    def declared(self, column: Column) -> tuple[str, str] | None:
        """The table and the column of the release that a column shows, where it shows one as it is."""
        match = re.fullmatch(r"(\w+)\.(\w+)", column.shows)
        return (self.of[match[1]], match[2]) if match and match[1] in self.of else None

    def unit(self, column: Column) -> str:
        """Unit of a column as declared; '' where there is none."""
        if (declared := self.declared(column)) is None:
            return ""
        table, name = declared
        return declared_tables()[f"published.{table}"].column(name).unit or ""

    def header(self, column: Column) -> str:
        """Words of a column with its unit, unless they say it."""
        unit = self.unit(column)
        return f"{column.words} ({unit})" if unit and unit not in column.words.lower() else column.words


def years(alias: str) -> tuple[Column, ...]:
    return (
        Column("First year", f"{alias}.period_start", "year", 7),
        Column("Last year", f"{alias}.period_end", "year", 7),
    )


def worth(alias: str) -> tuple[Column, ...]:
    """Why a figure is missing or weak, and whether it may be quoted."""
    return (
        Column("Status", f"{alias}.reason", "mark", 7, MARK),
        Column("Reliability", f"{alias}.reliability", "words", 11),
        Column("May be quoted", f"{alias}.quotable", "words", 17),
    )


def words(alias: str) -> tuple[Column, ...]:
    """Why it is so, and what goes with the figure, in sentences."""
    return (
        Column("Why", f"{alias}.reason", "why", 40, SENTENCE),
        Column("What goes with it", f"{alias}.caveat", "text", 50),
    )


def source(alias: str) -> tuple[Column, ...]:
    """Whose figure it is, and how it was made. The alias of the source is s."""
    return (
        Column("Source", "s.title", "text", 34),
        Column("Edition", "s.vintage", "text", 14),
        Column("How it was made", f"{alias}.method", "words", 26),
    )


def ids(*shows: str) -> tuple[Column, ...]:
    return tuple(Column(each.partition(".")[2], each, "text", 20) for each in shows)


OF_SOURCE = "JOIN source AS s ON (s.source_id, s.vintage) = ({0}.source_id, {0}.vintage)"
PLACES = (
    "JOIN place AS p ON p.place_id = {0}.place_id LEFT JOIN place AS r ON r.place_id = {0}.reference_place_id"
)
