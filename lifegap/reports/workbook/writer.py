"""Sheets as XlsxWriter writes them: text as text, numbers as numbers, and an Excel table around them.

There is no formula: a text that begins with `=` is a text like others. What is empty in the release is an
empty cell. The same rows give the same bytes.
"""

import textwrap
from datetime import date, datetime, time
from io import BytesIO
from itertools import accumulate
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lifegap.reports.workbook.columns import NUMBERS, Row, Sheet
from lifegap.reports.workbook.words import as_it_comes, magnitude, mark_of, meanings, words_of

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook says its time without a zone
"""The time that every workbook says it was made: when it was is of no matter to its content."""

COVER = "Cover"
"""Name of the first sheet."""

LINE = 150
"""Characters of a line above a table; it runs over the cells beside it, which are empty."""

PRINTED = 210
"""Characters that the columns of a printed page have together."""

TALLEST = 3
"""Lines of a header."""

HEIGHT = 16
"""Points of a line of text."""

LONGEST = 32_767
"""Characters that a cell can hold, some of which count twice."""

FORMATS: dict[str, str | None] = {
    "year": "0_)",
    "whole": "#,##0_)",
    "tenths": "#,##0.0_)",
    "share": "0.00_)",
    "date": "yyyy-mm-dd_)",
    "general": None,
    "value": None,
}
"""Form of a column of numbers → how they are shown; a value's follows from its size."""

IN_UNITS = {"years": "#,##0.0_)"}
"""Unit → how its values are shown, whatever their size."""

INK = "#1F3A5F"


class Writer:
    """A workbook while it is written. sentences: of reasons, by reason."""

    def __init__(self, sentences: dict[str, str], facts: dict[str, str]) -> None:
        self._bytes = BytesIO()
        self.book = Workbook(
            self._bytes,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.book.set_properties({**facts, "created": CREATED})
        self.sentences = sentences
        self._formats: dict[str, Format] = {}
        self.title = self.book.add_format({"bold": True, "font_size": 14, "font_color": INK})
        self.header = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.over_numbers = self.book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "align": "right", "indent": 1}
        )
        self.centered = self.book.add_format({"align": "center"})
        self.label = self.book.add_format({"bold": True, "valign": "top"})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.link = self.book.add_format({"font_color": "#0B57A4", "underline": 1, "valign": "top"})

    def close(self) -> bytes:
        """The finished file. Whoever writes it learns what the disk says, which XlsxWriter would wrap."""
        self.book.close()
        return self._bytes.getvalue()

    def add(self, sheet: Sheet, rows: list[Row], coalition: str) -> tuple[Worksheet, int]:
        """A sheet with its title in A1, what is to be known, and its table; with the row of the header."""
        page = self.book.add_worksheet(sheet.name)
        title = sheet.title.format(title=coalition)
        write_text(page, 0, 0, title, self.title)
        said = list(sheet.says)
        if marks := self._marks(sheet, rows):
            said.append(f"Status: {meanings(marks)}. Empty: nothing is missing.")
        lines = [line for each in said for line in textwrap.wrap(each, LINE)]
        for number, line in enumerate(lines, start=1):
            write_text(page, number, 0, line)
        header = len(lines) + 2
        page.write_url(header - 1, 0, f"internal:'{COVER}'!A1", self.link, "Back to the cover")
        headers = [(sheet.header(each), each.form in NUMBERS) for each in sheet.columns]
        widths = [
            max(each.width, narrowest(said)) for (said, _), each in zip(headers, sheet.columns, strict=True)
        ]
        for position, width in enumerate(widths):
            page.set_column(position, position, width)
        page.set_row(
            header,
            HEIGHT * max(lines_of(said, width - 2) for (said, _), width in zip(headers, widths, strict=True)),
        )
        self.table(page, sheet.table, headers, header, len(rows), title)
        self._cells(page, sheet, rows, header + 1)
        page.freeze_panes(header + 1, 1)
        self.print_lying(page, header, len(rows), widths)
        return page, header

    def table(
        self,
        page: Worksheet,
        name: str,
        headers: list[tuple[str, bool]],
        header: int,
        rows: int,
        said: str,
    ) -> None:
        """Mark a header row and the rows under it as an Excel table.

        headers: words, and whether numbers stand under them. said: the alternative text of the table.
        """
        columns = [
            {"header": words, "header_format": self.over_numbers if numbers else self.header}
            for words, numbers in headers
        ]
        options = {"name": name, "style": "Table Style Light 1", "columns": columns, "description": said}
        page.add_table(header, 0, header + rows, len(headers) - 1, options)

    def _marks(self, sheet: Sheet, rows: list[Row]) -> set[str]:
        """The marks that a sheet uses."""
        positions = [place for place, each in enumerate(sheet.columns) if each.form == "mark"]
        return {mark_of(reason) for at in positions for reason in {row[at] for row in rows} if reason}

    def _cells(self, page: Worksheet, sheet: Sheet, rows: list[Row], first: int) -> None:
        units = [column.words for column in sheet.columns]
        unit = units.index("Unit") if "Unit" in units else None
        for position, column in enumerate(sheet.columns):
            values = [row[position] for row in rows]
            if column.form == "general":
                shown = [None if value is None else as_it_comes(value) for value in values]
                self._numbers(page, values, first, position, shown)
            elif column.form == "value" and unit is not None:
                shown = [IN_UNITS.get(row[unit]) for row in rows]
                self._numbers(page, values, first, position, shown)
            elif column.form in NUMBERS:
                self._numbers(page, values, first, position, [FORMATS[column.form]] * len(rows))
            else:
                turned = {"words": words_of, "mark": mark_of, "why": self._sentence}.get(column.form, str)
                texts = {value: turned(value) for value in {*values} - {None}}
                form = self.centered if column.form == "mark" else None
                for number, value in enumerate(values, start=first):
                    if value is not None:
                        write_text(page, number, position, texts[value], form)

    def _numbers(
        self, page: Worksheet, values: list[Any], first: int, position: int, shown: list[str | None]
    ) -> None:
        """Numbers or days. shown: the format of each; None for one that follows from its size."""
        for number, (value, numbers) in enumerate(zip(values, shown, strict=True), start=first):
            if isinstance(value, date):
                page.write_datetime(
                    number, position, datetime.combine(value, time()), self.format(numbers or "")
                )
            elif value is not None:
                page.write_number(number, position, value, self.format(numbers or magnitude(value)))

    def print_lying(self, page: Worksheet, header: int, rows: int, widths: list[int]) -> None:
        """Printed lying, the header on each page; of a wide table the first columns, which can be read."""
        fit = [total <= PRINTED for total in accumulate(widths)]
        page.print_area(0, 0, header + rows, max(fit.count(True), 1) - 1)
        page.set_landscape()
        page.set_paper(1)
        page.fit_to_pages(1, 0)
        page.repeat_rows(header)
        page.set_footer("&L&A&RPage &P of &N")

    def _sentence(self, reason: str) -> str:
        return self.sentences.get(reason, reason)

    def format(self, numbers: str) -> Format:
        """The cell format of a number format, made once."""
        if numbers not in self._formats:
            self._formats[numbers] = self.book.add_format({"num_format": numbers})
        return self._formats[numbers]


def narrowest(header: str) -> int:
    """Characters that a column needs so that its header takes no more lines than TALLEST."""
    width = max(len(word) for word in header.split()) + 1
    while lines_of(header, width - 2) > TALLEST:
        width += 1
    return width


def lines_of(text: str, width: int) -> int:
    """Lines that a text takes in a column of so many characters."""
    return len(textwrap.wrap(text, max(width, 5)))


def write_text(page: Worksheet, row: int, column: int, text: str, form: Format | None = None) -> None:
    """A text as it is. What would be taken for the markup of a rich text is written as one of plain runs."""
    if len(text) > LONGEST // 2:
        text = f"{text[: LONGEST // 2]}…"
    if text.startswith("<r>") and text.endswith("</r>"):
        page.write_rich_string(row, column, text[:1], text[1:2], text[2:], *([form] if form else []))
    else:
        page.write_string(row, column, text, form)
