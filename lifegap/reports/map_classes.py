"""Classes of the figures on a map: round limits, said as they are printed, and which color each has.

A figure belongs to a class as it is printed. By default classes are fifths: as nearly as the figures allow,
each has as many places. Their limits are rounded to a step that is small against the range of the figures.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10
from typing import Literal

from lifegap.digits import digits

COLORS = 5
STEPS_IN_RANGE = 20
"""Into how many steps the range of the figures is divided, at least, before limits are rounded to them."""


@dataclass(frozen=True)
class Classes:
    """Classes of figures in ascending order.

    limits: the figure that each class but the first begins with. entries: color (0 to 4), limits in words and
    number of places, of each class. how: how the limits were chosen, a sentence with room for the unit.
    """

    limits: tuple[Decimal, ...]
    decimals: int
    colors: tuple[int, ...]
    entries: tuple[tuple[int, str, int], ...]
    how: str

    def color(self, value: float | None) -> int:
        """The color of a figure; 4 stands out most."""
        assert value is not None
        return self.colors[bisect_right(self.limits, printed(value, self.decimals))]


def printed(value: float, decimals: int) -> Decimal:
    """The figure as it is printed, as a number."""
    return Decimal(digits(value, decimals).replace(",", ""))


def classes_of(
    values: Sequence[float],
    decimals: int,
    limits: Sequence[float] | None = None,
    darkest: Literal["high", "low"] = "high",
) -> Classes:
    """Classes of the values, by the limits or in fifths. Of limits those are kept that divide the values."""
    shown = sorted(printed(value, decimals) for value in values)
    if not shown:
        return Classes((), decimals, (COLORS // 2,), (), "")
    if limits is None:
        found, step = _fifths(shown, decimals)
        how = "Classes have about as many places each; their limits are rounded to "
        how += f"{_plain(step, decimals)} {{unit}}."
    else:
        found, how = sorted({printed(limit, decimals) for limit in limits}), "Classes have fixed limits."
    kept = [limit for limit in found if shown[0] < limit <= shown[-1]][: COLORS - 1]
    parts = len(kept) + 1
    colors = tuple(
        round(at * (COLORS - 1) / (parts - 1)) if parts > 1 else COLORS // 2 for at in range(parts)
    )
    if darkest == "low":
        colors = colors[::-1]
    counts = [0] * parts
    for value in shown:
        counts[bisect_right(kept, value)] += 1
    labels = _labels(shown, kept, decimals)
    return Classes(
        tuple(kept), decimals, colors, tuple(zip(colors, labels, counts, strict=True)), how if kept else ""
    )


def _fifths(shown: list[Decimal], decimals: int) -> tuple[list[Decimal], Decimal]:
    """Where fifths of the figures begin, rounded to a step, and the step."""
    step = _step(shown[-1] - shown[0], decimals)
    starts = [shown[min(ceil(part * len(shown) / COLORS), len(shown) - 1)] for part in range(1, COLORS)]
    return sorted({(start / step).to_integral_value() * step for start in starts}), step


def _step(span: Decimal, decimals: int) -> Decimal:
    """1, 2 or 5 times a power of ten, no smaller than the last decimal that is printed."""
    smallest = Decimal(1).scaleb(-decimals)
    if span <= 0:
        return smallest
    power = Decimal(1).scaleb(floor(log10(span / STEPS_IN_RANGE)))
    fitting = [factor * power for factor in (1, 2, 5, 10) if factor * power <= span / STEPS_IN_RANGE]
    return max(smallest, fitting[-1])


def _labels(shown: list[Decimal], limits: list[Decimal], decimals: int) -> list[str]:
    """What each class holds, from its first figure to the last that can be printed before the next class."""
    smallest = Decimal(1).scaleb(-decimals)
    starts = [shown[0], *limits]
    ends = [*(limit - smallest for limit in limits), shown[-1]]
    return [
        _plain(start, decimals) if start == end else f"{_plain(start, decimals)} to {_plain(end, decimals)}"
        for start, end in zip(starts, ends, strict=True)
    ]


def _plain(number: Decimal, decimals: int) -> str:
    return digits(float(number), decimals)
