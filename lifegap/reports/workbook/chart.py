"""The chart of the gap: a point for each place with its interval, drawn by the spreadsheet from the cells.

Its title is the sentence of the first row, its alternative text those of all rows. High, low and close of a
chart of stocks are the limits and the gap: whoever sorts the table sorts the chart.
"""

from xlsxwriter.worksheet import Worksheet

from lifegap.reports.workbook.columns import Row, Sheet
from lifegap.reports.workbook.writer import INK, Writer
from lifegap.wording import period_words

POINT = {"border": {"color": INK}, "fill": {"color": INK}}

SERIES = (
    ("Upper limit", {"type": "long_dash", "size": 8, **POINT}),
    ("Lower limit", {"type": "long_dash", "size": 8, **POINT}),
    ("Gap", {"type": "circle", "size": 9, **POINT}),
)
"""Columns in the order that a chart of stocks wants, and their markers."""


WIDTH, LINES = 1100, 26
"""Pixels of the chart, and lines of the sheet that it takes."""


def add_gap_chart(writer: Writer, page: Worksheet, sheet: Sheet, rows: list[Row], header: int) -> None:
    """The chart under the table of its figures, whose header stands in the row `header`."""
    at = [each.words for each in sheet.columns]

    def cells(name: str) -> list[str | int]:
        return [sheet.name, header + 1, at.index(name), header + len(rows), at.index(name)]

    chart = writer.book.add_chart({"type": "stock"})
    assert chart is not None
    for name, marker in SERIES:
        series = {"name": name, "categories": cells("Place"), "values": cells(name), "marker": marker}
        labels = {"value": True, "position": "right", "num_format": "0.0", "font": {"color": INK}}
        chart.add_series(
            series | {"line": {"none": True}} | ({"data_labels": labels} if name == "Gap" else {})
        )
    chart.set_high_low_lines({"line": {"color": INK, "width": 1.75}})
    chart.set_title({"name": rows[0][at.index("Sentence")], "name_font": {"size": 11, "color": INK}})
    chart.set_legend({"none": True})
    small = {"size": 10, "bold": False}
    turned = {"label_position": "low", "num_font": {"rotation": -45}, "text_axis": True}
    chart.set_x_axis(turned | {"name": measure(rows), "name_font": small})
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    chart.set_y_axis({"name": "Years", "name_font": small, "num_format": "0", "major_gridlines": grid})
    chart.set_size({"width": WIDTH, "height": 20 * LINES})
    page.insert_chart(
        header + len(rows) + 2, 0, chart, {"description": " ".join(row[at.index("Sentence")] for row in rows)}
    )
    page.freeze_panes(header + 1, 0)
    widths = [each.width for each in sheet.columns]
    writer.print_lying(page, header, len(rows) + LINES + 2, widths)


def measure(rows: list[Row]) -> str:
    """What is drawn: with the years and the reference, where all places share them, and the order."""
    periods = {period_words(row[2], row[3]) for row in rows}
    references = {row[1] for row in rows}
    words = "Gap in life expectancy in years"
    if len(references) == 1:
        words += f" to {references.pop()}"
    if len(periods) == 1:
        words += f", {periods.pop()}"
    return f"{words}; the lines are 95 % intervals; the largest gap first"
