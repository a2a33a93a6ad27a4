"""How sure a figure is, in words: good, caution, unreliable.

Years: by the half-width of the 95 percent interval, at most 2 good, at most 5 caution (a choice of
this project). Counts and medians: by the coefficient of variation, at most 12 percent, at most 40
(the classes Esri prints beside ACS data). Proportions: a half-width of at most 2.5 points is good
whatever the rest; else the coefficient of variation of the rarer of the event and its opposite.
No standard error: caution.
"""

import polars as pl

from lifegap.methods.intervals import Z95

GOOD_YEARS, CAUTION_YEARS = 2.0, 5.0
GOOD_CV, CAUTION_CV = 0.12, 0.40
GOOD_POINTS = 2.5


def reliability_of_years(se: pl.Expr) -> pl.Expr:
    """se: standard error in years."""
    half_width = Z95 * se
    return _classes(half_width <= GOOD_YEARS, half_width <= CAUTION_YEARS, se)


def reliability_of_count(estimate: pl.Expr, se: pl.Expr) -> pl.Expr:
    """Estimate and se of a count, a median or a mean, in one unit."""
    cv = se / estimate.abs()
    return _classes(cv <= GOOD_CV, cv <= CAUTION_CV, se)


def reliability_of_percent(percent: pl.Expr, se: pl.Expr) -> pl.Expr:
    """Percent 0 to 100 and its standard error in points."""
    rarer = pl.min_horizontal(percent, 100 - percent)
    cv = se / rarer
    good = (Z95 * se <= GOOD_POINTS) | (cv <= GOOD_CV)
    return _classes(good, cv <= CAUTION_CV, se)


def _classes(good: pl.Expr, caution: pl.Expr, se: pl.Expr) -> pl.Expr:
    return (
        pl.when(se.is_null())
        .then(pl.lit("caution"))
        .when(good)
        .then(pl.lit("good"))
        .when(caution)
        .then(pl.lit("caution"))
        .otherwise(pl.lit("unreliable"))
    )
