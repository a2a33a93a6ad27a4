"""Figures with their intervals, one a row: dots on a line, or bars from nothing, as a picture in SVG.

The picture has one name, a sentence with its figures; its marks are hidden from screen readers, for a table
with the same figures stands beside it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lifegap.digits import digits
from lifegap.reports.pages import rendered, shortened
from lifegap.reports.scales import scale_of

WIDTH, LABEL, PRINTED = 760, 248, 148
"""Of the picture, of what names a row, and of its figure in words; the marks stand between."""

ROW, TOP, BOTTOM = 30, 8, 44
"""Heights: of a row, above the first, and below the last, where the scale is."""

LONGEST, LONGEST_BELOW = 30, 38
"""Characters of a label, and of the line under it, that fit beside the marks; the table has all of them."""


@dataclass(frozen=True)
class Row:
    """A figure of a chart. printed: as it is written; kind: of its mark, as `interval_chart` lists them.

    below: a second, smaller line under the label.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    printed: str
    kind: str = "firm"
    below: str = ""


KINDS = {
    "firm": "may be quoted",
    "open": "may not be quoted",
    "better": "better",
    "similar": "similar",
    "worse": "worse",
    "plain": "",
}
"""Kind of a mark → what it means, in the legend. It differs in form as well as in color."""


def interval_chart(
    rows: Sequence[Row], *, name: str, axis: str, zero: str = "", bars: bool = False, multiples: bool = False
) -> str:
    """The picture. name: the sentence that stands for it; axis: measure and unit under the scale.

    zero: what a line at nothing stands for, where it is drawn. bars: from nothing, for parts of a whole.
    multiples: of one, on a scale on which half and twice are as far from it.
    """
    start, end = LABEL + 12, WIDTH - PRINTED - 12
    shown = [each for row in rows for each in (row.value, row.low, row.high) if each is not None]
    put = math.log2 if multiples else float
    scale = scale_of(map(put, shown), start, end, zero=bool(zero) or bars or multiples)
    bottom = TOP + ROW * len(rows)
    kinds = [kind for kind in KINDS if KINDS[kind] and any(row.kind == kind for row in rows)]
    return rendered(
        "interval_chart.svg",
        {
            "name": name,
            "axis": axis,
            "width": WIDTH,
            "height": bottom + BOTTOM + (22 if kinds else 0),
            "bottom": bottom,
            "top": TOP,
            "ticks": [(scale.at(float(tick)), _tick(float(tick), multiples)) for tick in scale.ticks],
            "zero": scale.at(0) if scale.low <= 0 <= scale.high else None,
            "zero_words": zero,
            "start": start,
            "end": end,
            "bars": bars,
            "rows": [
                {
                    "row": row,
                    "label": shortened(row.label, LONGEST),
                    "below": shortened(row.below, LONGEST_BELOW),
                    "y": TOP + ROW * (index + 0.5),
                    "x": None if row.value is None else scale.at(put(row.value)),
                    "low": None if row.low is None else scale.at(put(row.low)),
                    "high": None if row.high is None else scale.at(put(row.high)),
                }
                for index, row in enumerate(rows)
            ],
            "legend": [(kind, KINDS[kind], start + 130 * place) for place, kind in enumerate(kinds)],
        },
    )


def _tick(value: float, multiples: bool) -> str:
    if multiples:
        return f"×{2**value:g}" if value >= 0 else f"×1/{2**-value:g}"
    return digits(value, 0) if value == int(value) else f"{value:g}"
