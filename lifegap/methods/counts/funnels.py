"""Whether a place lies apart from a fixed benchmark: limits of funnel plots, and a verdict in five classes.

The benchmark is a number without error: a standard, a target, an average of many places. Two estimates are
compared by the interval of their difference, never by these classes and never by whether intervals overlap. A
place that makes up much of an average pulls it to itself; "rest" compares it with all others instead.

The limits of a proportion are where Wilson's interval touches the benchmark, and lie within 0 and 1 times the
multiplier; PHEindicatormethods cuts them off at 100 whatever the multiplier, so that a proportion has limits
such as 2.07. Many places are compared at once: of a hundred that do not differ, five fall outside 95 percent.

Source: Spiegelhalter (2005, Statistics in Medicine 24:1185-1202); Office for Health Improvement and
Disparities, *Public Health Technical Guidance*, for the classes at 95 and 99.8 percent.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np
import polars as pl

from lifegap.methods.arrays import Floats
from lifegap.methods.counts.rates import (
    MISSING,
    NEGATIVE,
    NO_DENOMINATOR,
    Limits,
    exact_limits,
    normal_quantile,
    poisson_limits,
    proportion_refusal,
    wilson_limits,
)
from lifegap.methods.frames import first_reason, floats, unknown, with_figures

WIDE, NARROW = 0.998, 0.95
Benchmark = float | Literal["average", "rest"]
"""A number in the unit of numerator/denominator; the average of all rows; or that of all other rows."""


def proportion_funnel(
    benchmark: float, denominator: Floats, *, multiplier: float = 1, confidence: float = 0.95
) -> Limits:
    """Proportions (times `multiplier`) beyond which a place with this denominator lies apart.

    benchmark: a proportion, 0 to 1, else ValueError. NaN where a denominator is not above 0.
    """
    if not 0 <= benchmark <= 1:
        raise ValueError(f"a proportion lies between 0 and 1, not at {benchmark}")
    people = np.where(denominator > 0, denominator, np.nan)
    half = normal_quantile(confidence) * np.sqrt(benchmark * (1 - benchmark) / people)
    return Limits(np.maximum(benchmark - half, 0) * multiplier, np.minimum(benchmark + half, 1) * multiplier)


def ratio_funnel(events: Floats, *, benchmark: float = 1, confidence: float = 0.95) -> Limits:
    """Ratios or rates at which a place with so many events begins to lie apart from the benchmark.

    The benchmark is 1 for observed over expected, else a rate, whose unit the limits have. NaN where events
    are not above 0: a place without events has no such ratio.
    """
    some = np.where(events > 0, events, np.nan)
    # A place is not apart while the exact interval of its events holds the expected number: that number may
    # then run from limit to limit, and the ratio from events over the upper to events over the lower.
    expected = exact_limits(some, confidence)
    return Limits(benchmark * some / expected.high, benchmark * some / expected.low)


def verdict(
    low95: pl.Expr, high95: pl.Expr, low998: pl.Expr, high998: pl.Expr, benchmark: pl.Expr
) -> pl.Expr:
    """lower99.8, lower95, similar, higher95, higher99.8: how an interval lies to a benchmark.

    An interval that touches the benchmark is similar. Null where the benchmark or a limit is unknown.
    """
    classes = (
        (high998 < benchmark, "lower99.8"),
        (low998 > benchmark, "higher99.8"),
        (high95 < benchmark, "lower95"),
        (low95 > benchmark, "higher95"),
    )
    known = ~pl.any_horizontal(
        part.is_null() | part.is_nan() for part in (low95, high95, low998, high998, benchmark)
    )
    named = pl.coalesce(*(pl.when(holds).then(pl.lit(name)) for holds, name in classes), pl.lit("similar"))
    return pl.when(known).then(named)


def judged(found: pl.Expr, direction: pl.Expr) -> pl.Expr:
    """The verdict as better or worse where the indicator's direction says which is which.

    direction: `higher` or `lower` is better, or `none`, which leaves the verdict as it is. Null elsewhere.
    """
    up = found.str.replace("higher", "better").str.replace("lower", "worse")
    down = found.str.replace("lower", "better").str.replace("higher", "worse")
    return (
        pl.when(direction == "higher")
        .then(up)
        .when(direction == "lower")
        .then(down)
        .when(direction == "none")
        .then(found)
    )


def proportion_verdicts(rows: pl.DataFrame, *, benchmark: Benchmark) -> pl.DataFrame:
    """Proportions against a benchmark, by Wilson's limits.

    rows: numerator, denominator. Returns them with value, benchmark (both proportions), reason and verdict.
    Rows with a reason count in no average.
    """
    return _verdicts(rows, proportion_refusal(), wilson_limits, benchmark)


def count_verdicts(rows: pl.DataFrame, *, benchmark: Benchmark) -> pl.DataFrame:
    """Ratios or rates against a benchmark, by the Poisson limits of their numerators.

    rows: numerator (events), denominator (expected events, with benchmark 1, or person-years). Returns them
    with value, benchmark (both numerator/denominator), reason and verdict. Rows with a reason count in no
    average.
    """
    refusal = first_reason(
        (unknown("numerator", "denominator"), MISSING),
        (pl.col("numerator") < 0, NEGATIVE),
        (pl.col("denominator") <= 0, NO_DENOMINATOR),
    )

    def limits(events: Floats, denominator: Floats, confidence: float) -> Limits:
        found = poisson_limits(events, confidence)
        return Limits(found.low / denominator, found.high / denominator)

    return _verdicts(rows, refusal, limits, benchmark)


def _verdicts(
    rows: pl.DataFrame,
    refusal: pl.Expr,
    limits: Callable[[Floats, Floats, float], Limits],
    benchmark: Benchmark,
) -> pl.DataFrame:
    """Rows with their value, benchmark and verdict, the limits by numerator, denominator and level."""
    checked = rows.with_columns(reason=refusal).with_columns(benchmark=_number(benchmark))
    reason = pl.coalesce("reason", first_reason((unknown("benchmark"), "not_computable:reference")))
    checked = checked.with_columns(reason=reason)
    x, n = floats(checked, "numerator"), floats(checked, "denominator")
    near, far = limits(x, n, NARROW), limits(x, n, WIDE)
    figures = {"value": x / n, "benchmark": floats(checked, "benchmark")}
    low95, high95, low998, high998 = (pl.lit(pl.Series(side)) for side in (*near, *far))
    return with_figures(checked, figures).with_columns(
        verdict=verdict(low95, high95, low998, high998, pl.col("benchmark"))
    )


def _number(benchmark: Benchmark) -> pl.Expr:
    """The benchmark of each row; null where there is none."""
    if not isinstance(benchmark, str):
        return pl.lit(float(benchmark))
    kept = pl.col("reason").is_null()
    x, n = (pl.when(kept).then(pl.col(name).cast(pl.Float64)) for name in ("numerator", "denominator"))
    if benchmark == "average":
        return x.sum() / n.sum()
    return (x.sum() - x) / (n.sum() - n)
