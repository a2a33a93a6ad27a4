"""The digits of a number that people read: one rounding for sentences, tables and caveats.

Halves go away from zero, as schools teach and as DuckDB and spreadsheets do: the first digit of 68.25 is
68.3. What is rounded is the number as it is written: 68.25 and 68.35 are halves although their binary
fractions are not both. Python's own formats, and Polars by default, give 68.2 for the first.
"""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

CARRIED = 0.05
"""Part of a number that rounding may take before more digits are shown."""


def digits(value: float, places: int) -> str:
    """A finite number with so many decimals and commas between thousands; never a minus before nothing.

    >>> digits(68.25, 1), digits(-1234.5, 0), digits(-0.04, 1)
    ('68.3', '-1,235', '0.0')
    """
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:,}"


def carried(value: float, places: int) -> str:
    """The number with so many decimals, or with two digits that count where these would not carry it.

    >>> carried(0.5, 2), carried(0.0042, 2), carried(3.0, 0)
    ('0.50', '0.0042', '3')
    """
    if not math.isfinite(value):
        return str(value)
    text = digits(value, places)
    return text if abs(float(text.replace(",", "")) - value) <= CARRIED * abs(value) else f"{value:.2g}"


def rounded(value: "pl.Expr", places: int = 0) -> "pl.Expr":
    """The column rounded as `digits` does, for sentences that Polars makes."""
    return value.round(places, mode="half_away_from_zero")
