"""From a figure to a position in a picture: round ticks and a straight scale. Nothing here knows of data."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

STEPS = (1, 2, 5, 10)
"""Of a tick to the next, times a power of ten: those that people count in."""


@dataclass(frozen=True)
class Scale:
    """A straight scale. low, high: figures at its ends; start, end: their positions in the picture."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[Decimal, ...]

    def at(self, value: float) -> float:
        """The position of a figure, to a tenth: pictures are the same on every machine."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def scale_of(
    values: Iterable[float], start: float, end: float, *, ticks: int = 6, zero: bool = False
) -> Scale:
    """A scale over all values whose ends are ticks; with zero on it where a length is to be read.

    ticks: about how many. Of no value, or of one, the scale is a step wide.
    """
    known = [value for value in values if math.isfinite(value)] + ([0.0] if zero else [])
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    step = _step((high - low) / ticks or abs(high) / ticks or 1.0)
    first, last = math.floor(Decimal(repr(low)) / step), math.ceil(Decimal(repr(high)) / step)
    last = max(last, first + 1)
    marks = tuple(step * each for each in range(first, last + 1))
    return Scale(float(marks[0]), float(marks[-1]), start, end, marks)


def _step(least: float) -> Decimal:
    """The round step that is not below `least`."""
    power = Decimal(10) ** math.floor(math.log10(least))
    return next(power * each for each in STEPS if power * each >= Decimal(repr(least)))
