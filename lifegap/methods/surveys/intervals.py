"""Normal intervals and tests, with quantiles in full precision.

Source: standard normal theory; the American Community Survey alone prints 90 percent margins
with its own constant, 1.645 (ACS General Handbook, chapter 7).
"""

from statistics import NormalDist

import polars as pl

Z95 = NormalDist().inv_cdf(0.975)
"""1.959963984540054: half-width of a 95 percent interval in standard errors."""

ACS_Z90 = 1.645
"""Half-width of an ACS margin of error in standard errors, as the Bureau defines it."""


def se_of_interval(ci_low: pl.Expr, ci_high: pl.Expr) -> pl.Expr:
    """Standard error of a symmetric 95 percent interval, in its unit."""
    return (ci_high - ci_low) / (2 * Z95)


def ci_low(estimate: pl.Expr, se: pl.Expr) -> pl.Expr:
    return estimate - Z95 * se


def ci_high(estimate: pl.Expr, se: pl.Expr) -> pl.Expr:
    return estimate + Z95 * se
