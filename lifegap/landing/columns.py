"""The columns of a file against those that a layout declares.

A layout names the columns that it needs and those that it knows but can do without. They are found by
name, wherever they stand and in whatever letter case; what is needed and absent, or stands twice, keeps the
file from being of the layout; what is not known is left out and told.

Where names cannot tell columns apart (a file without a header, a header whose names repeat or are empty),
the header must be the declared one, cell by cell.
"""

from dataclasses import dataclass
from functools import cached_property

from lifegap.catalog.cards import Layout

COLUMN_NOT_USED = "column_not_used:"
"""Begins the reason in the account of rows that names a column which nothing is read from."""


@dataclass(frozen=True)
class Match:
    """A header row read by a layout."""

    layout: Layout
    header: tuple[str, ...]

    @cached_property
    def known(self) -> dict[int, str]:
        """Place of a cell in the header → the declared name that it has."""
        declared = _by_plain_name(self.layout)
        named = ((at, declared.get(plain_name(cell))) for at, cell in enumerate(self.header))
        return {at: name for at, name in named if name is not None}

    @cached_property
    def missing(self) -> list[str]:
        """Columns that the layout needs and the header lacks."""
        found = set(self.known.values())
        lacking = [name for name in needed(self.layout) if name not in found]
        choice = self.layout.has_one_of
        return lacking + ([f"one of {', '.join(choice)}"] if choice and not found & set(choice) else [])

    @cached_property
    def repeated(self) -> list[str]:
        """Declared columns that stand in the header more than once; where a parser reads all, it decides."""
        found = list(self.known.values()) if self.layout.columns else []
        return sorted({name for name in found if found.count(name) > 1})

    @cached_property
    def unknown(self) -> dict[int, str]:
        """Place → name of the columns that the layout does not know; none where the parser reads them all."""
        if not self.layout.columns:
            return {}
        return {at: name_in_messages(cell, at) for at, cell in enumerate(self.header) if at not in self.known}

    @property
    def names(self) -> list[str]:
        """A name for each column: the declared one of those that are known."""
        return [self.known.get(at, cell) for at, cell in enumerate(self.header)]

    @property
    def fits(self) -> bool:
        """Whether the header is one of the layout."""
        if not has_distinct_names(self.layout):
            return self.header == self.layout.columns
        begins = self.header[: len(self.layout.begins_with)] == self.layout.begins_with
        refused = self.unknown and self.layout.others == "refused"
        return begins and not (self.missing or self.repeated or refused)

    @property
    def closeness(self) -> tuple[int, int, bool]:
        """How well the layout knows the header: columns known, none unknown, the declared order."""
        known = len(set(self.known.values())) + len(self.layout.begins_with)
        return known, -len(self.unknown), self.header == self.layout.columns

    def differences(self) -> list[str]:
        """In words, what keeps the header from being one of the layout."""
        layout, found = (
            self.layout,
            [f"header: {', '.join(map(name_in_messages, self.header, range(len(self.header))))[:300]}"],
        )
        if self.missing:
            found.append(f"missing against {layout.id}: {', '.join(self.missing)}")
        if self.repeated:
            found.append(f"twice in the header: {', '.join(self.repeated)}")
        if unknown := list(self.unknown.values()):
            found.append(f"not in {layout.id}: {', '.join(unknown[:20])}")
        if len(found) == 1:
            found.append(f"not the cells of {layout.id} in their order")
        return found


def plain_name(cell: str) -> str:
    """A column's name as names are compared: without letter case and blanks around it.

    >>> plain_name(" TotalPopulation ")
    'totalpopulation'
    """
    return cell.strip().casefold()


def name_in_messages(cell: str, at: int) -> str:
    """A column as messages and the account of rows name it."""
    return cell.strip() or f"column {at + 1}, which has no name"


def names_row(layout: Layout, rows: list[list[str]]) -> list[str]:
    """The header row that names the columns; empty where there is none."""
    last = layout.format == "workbook" and bool(layout.columns)
    number = layout.names_row or (layout.header_rows if last else 1)
    return rows[number - 1] if 0 < number <= len(rows) else []


def needed(layout: Layout) -> tuple[str, ...]:
    """Columns without which a file is not of the layout."""
    return (*layout.columns, *layout.has_columns)


def has_distinct_names(layout: Layout) -> bool:
    """Whether the layout's columns can be told by their names alone."""
    names = [plain_name(name) for name in layout.columns]
    if not names:
        return True
    header = layout.header_rows == 1 or (layout.format == "workbook" and layout.header_rows > 0)
    return header and all(names) and len(set(names)) == len(names)


def _by_plain_name(layout: Layout) -> dict[str, str]:
    names = (*layout.columns, *layout.optional, *layout.has_columns, *layout.has_one_of)
    return {plain_name(name): name for name in names}
