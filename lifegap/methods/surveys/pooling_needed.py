"""What would make a figure publishable: how many times the present data, in more years or like areas.

The answer is a whole number k: with k years, or k areas like this one, in place of one, the figure would
reach its threshold, if rates stay as they are. A standard error shrinks with the square root of k; people and
events grow with k. Null means that more of the same does not help, or that nothing is known to say it by:
units without a figure, a figure that cannot be true, a mean of the wrong kind, no standard error. A hidden
small count has no k either: k is the threshold over the count, and would give it away.

Source: the square-root law of independent observations; the thresholds are those of
`lifegap.methods.surveys.reliability` and `lifegap.methods.mortality.deaths`.
"""

import polars as pl

from lifegap.methods.mortality.deaths import LEAST_PERSON_YEARS
from lifegap.methods.surveys.intervals import Z95
from lifegap.methods.surveys.reliability import CAUTION_CV, CAUTION_YEARS, GOOD_POINTS

LEAST_EVENTS = 10.0
"""Events from which a rate is given."""

DECIMALS = 10
"""Ratios are rounded to this many decimals before they are rounded up: 4.0000000000000009 is 4."""

BY_PRECISION = ("unreliable:wide_interval", "withheld:wide_interval")
BY_POPULATION = ("withheld:low_population",)
BY_EVENTS = ("withheld:few_events", "unreliable:few_deaths", "withheld:sample_too_small")


def pools_for_years(se: pl.Expr, *, target: float = CAUTION_YEARS) -> pl.Expr:
    """How often the data until the 95 percent interval reaches `target` years to either side.

    se: standard error in years of a life expectancy or a gap. The default is what is published with caution.
    """
    return _up((Z95 * se / target) ** 2)


def pools_for_count(estimate: pl.Expr, se: pl.Expr, *, target: float = CAUTION_CV) -> pl.Expr:
    """How often until the coefficient of variation of a count, a median or a mean is `target`.

    Null for an estimate of 0, which has no coefficient of variation however much is pooled.
    """
    return _up((se / estimate.abs() / target) ** 2)


def pools_for_percent(percent: pl.Expr, se: pl.Expr, *, target: float = CAUTION_CV) -> pl.Expr:
    """How often until a percentage is published: by the rarer of it and its opposite, or by 2.5 points.

    percent: 0 to 100; se: in points. Whichever of the two is reached first counts.
    """
    rarer = pl.min_horizontal(percent, 100 - percent)
    by_variation = pl.when(rarer > 0).then(_up((se / rarer / target) ** 2))
    by_points = pl.when(rarer >= 0).then(_up((Z95 * se / GOOD_POINTS) ** 2))
    return pl.min_horizontal(by_variation, by_points)


def pools_for_population(person_years: pl.Expr, *, threshold: float = LEAST_PERSON_YEARS) -> pl.Expr:
    """How often until there are more than `threshold` person-years: exactly so many are still refused."""
    ratio = (threshold / person_years).round(DECIMALS)
    return _whole(pl.when(person_years > 0).then(ratio.floor() + 1))


def pools_for_events(events: pl.Expr, *, threshold: float = LEAST_EVENTS) -> pl.Expr:
    """How often until there are `threshold` events, or people in the sample. Null where there are none yet.

    Only for counts that are themselves published: of 3 events against 10 it says 4, and of no other number.
    """
    return pl.when(events > 0).then(_up(threshold / events))


def pooling_needed(
    reason: pl.Expr,
    reliability: pl.Expr,
    *,
    by_precision: pl.Expr,
    by_population: pl.Expr | None = None,
    by_events: pl.Expr | None = None,
) -> pl.Expr:
    """The number of pools that a withheld or unreliable figure lacks; null for others and where none helps.

    reason and reliability are those of the row; by_precision, by_population and by_events what the functions
    above give for it. A figure refused for few people or events must be precise enough too, where its
    standard error is known. A reason that is not one of size is none that pooling removes.
    """
    nothing = pl.lit(None, pl.Int64)
    population, events = (nothing if each is None else each for each in (by_population, by_events))
    imprecise = reason.is_in(BY_PRECISION) | (reason.is_null() & (reliability == "unreliable"))
    return (
        pl.when(imprecise)
        .then(by_precision)
        .when(reason.is_in(BY_POPULATION) & population.is_not_null())
        .then(pl.max_horizontal(population, by_precision))
        .when(reason.is_in(BY_EVENTS) & events.is_not_null())
        .then(pl.max_horizontal(events, by_precision))
    )


def _up(ratio: pl.Expr) -> pl.Expr:
    """The next whole number of pools, at least the present one."""
    return _whole(ratio.round(DECIMALS).ceil().clip(lower_bound=1))


def _whole(pools: pl.Expr) -> pl.Expr:
    return pl.when(pools.is_finite()).then(pools).cast(pl.Int64, strict=False)
