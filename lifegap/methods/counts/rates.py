"""Intervals of counts, rates, proportions and means.

A count below ten has its exact Poisson limits, a count from ten on Byar's approximation of them. A limit
never lies below 0: where Byar's formula falls below, as for one event at 99.8 percent, the limit is 0, and it
is 0 for no events at all. PHEindicatormethods prints NA and NaN there. A confidence level is a share: 0.95,
not 95.

Source: Garwood (1936, Biometrika 28:437-442) for exact limits; Breslow and Day (1987), *Statistical Methods
in Cancer Research*, volume II, for Byar's; Wilson (1927, JASA 22:209-212) for proportions.
"""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy.special import gammainccinv, gammaincinv, stdtrit

from lifegap.methods.arrays import Floats
from lifegap.methods.frames import by_group, first_reason, floats, unknown, with_figures

EXACT_BELOW = 10
"""Counts below this have exact limits."""

MISSING = "not_computable:cell_missing"
NEGATIVE = "not_computable:negative_count"
NO_DENOMINATOR = "not_computable:no_denominator"


class Limits(NamedTuple):
    """Lower and upper limit, in the shape and the unit of what they are about."""

    low: Floats
    high: Floats


def tail(confidence: float) -> float:
    """Share that an interval leaves out on either side. ValueError unless the level lies between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence level is a share such as 0.95, not {confidence}")
    return (1 - confidence) / 2


def normal_quantile(confidence: float) -> float:
    """Half-width of a normal interval in standard errors: 1.95996… at 0.95, 3.09023… at 0.998."""
    return NormalDist().inv_cdf(1 - tail(confidence))


def exact_limits(events: Floats, confidence: float = 0.95) -> Limits:
    """Exact Poisson limits of counts. NaN where a count is negative or unknown."""
    known = _counts(events)
    some = np.where(known > 0, known, np.nan)
    # The tail of a Poisson variable is a gamma integral.
    low = np.where(known == 0, 0.0, gammaincinv(some, tail(confidence)))
    return Limits(low, gammainccinv(known + 1, tail(confidence)))


def byar_limits(events: Floats, confidence: float = 0.95) -> Limits:
    """Byar's approximate Poisson limits of counts. NaN where a count is negative or unknown."""
    known = _counts(events)
    z = normal_quantile(confidence)
    some = np.where(known > 0, known, np.nan)
    low = some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3
    more = known + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return Limits(np.where(known == 0, 0.0, np.maximum(low, 0)), high)


def poisson_limits(events: Floats, confidence: float = 0.95) -> Limits:
    """Limits of counts: exact below ten, Byar's from ten on. NaN where a count is negative or unknown."""
    few = events < EXACT_BELOW
    exact, byar = exact_limits(events, confidence), byar_limits(events, confidence)
    return Limits(np.where(few, exact.low, byar.low), np.where(few, exact.high, byar.high))


def wilson_limits(numerator: Floats, denominator: Floats, confidence: float = 0.95) -> Limits:
    """Wilson's limits of the proportion numerator/denominator, within 0 and 1.

    NaN where the denominator is not above 0, or the numerator not between 0 and the denominator.
    """
    possible = (denominator > 0) & (numerator >= 0) & (numerator <= denominator) & np.isfinite(denominator)
    x, n = np.where(possible, numerator, np.nan), np.where(possible, denominator, np.nan)
    share = x / n
    z = normal_quantile(confidence)
    middle = 2 * x + z**2
    reach = z * np.sqrt(z**2 + 4 * x * (1 - share))
    low, high = ((middle + side) / (2 * (n + z**2)) for side in (-reach, reach))
    # Close to 0 and to n, where a limit is the share itself, rounding puts it a hair to the wrong side.
    return Limits(np.clip(low, 0, share), np.clip(high, share, 1))


def rates(rows: pl.DataFrame, *, multiplier: float, confidence: float = 0.95) -> pl.DataFrame:
    """The rate of each row per `multiplier` person-years.

    rows: events, population (person-years). Returns them with value, ci_low, ci_high, method (exact or byar)
    and reason: why a row has no rate.
    """
    checked = rows.with_columns(
        reason=first_reason(
            (unknown("events", "population"), MISSING),
            (pl.col("events") < 0, NEGATIVE),
            (pl.col("population") <= 0, NO_DENOMINATOR),
        )
    )
    events, population = floats(checked, "events"), floats(checked, "population")
    limits = poisson_limits(events, confidence)
    figures = {
        "value": events / population * multiplier,
        "ci_low": limits.low / population * multiplier,
        "ci_high": limits.high / population * multiplier,
    }
    method = pl.when(pl.col("events") < EXACT_BELOW).then(pl.lit("exact")).otherwise(pl.lit("byar"))
    return with_figures(checked, figures, method)


def proportions(rows: pl.DataFrame, *, multiplier: float = 1, confidence: float = 0.95) -> pl.DataFrame:
    """The proportion of each row times `multiplier` (100: percent), with Wilson's limits.

    rows: numerator, denominator. Returns them with value, ci_low, ci_high and reason: why a row has none.
    """
    checked = rows.with_columns(reason=proportion_refusal())
    x, n = floats(checked, "numerator"), floats(checked, "denominator")
    limits = wilson_limits(x, n, confidence)
    figures = {
        "value": x / n * multiplier,
        "ci_low": limits.low * multiplier,
        "ci_high": limits.high * multiplier,
    }
    return with_figures(checked, figures)


def means(rows: pl.DataFrame, by: list[str], *, confidence: float = 0.95) -> pl.DataFrame:
    """The mean of each group's values with Student's limits, sorted by group.

    rows: `by`, value. Returns `by`, count, sd, value, se, ci_low, ci_high and reason. A group with an unknown
    value has no mean; a single value is its own mean, without limits, and its reason says so.
    """
    found = by_group(
        rows.with_columns(pl.col("value").cast(pl.Float64)),
        by,
        [
            pl.len().cast(pl.Int64).alias("count"),
            unknown("value").any().alias("unknown"),
            pl.col("value").std().alias("sd"),
            pl.col("value").mean(),
        ],
    ).with_columns(reason=first_reason((pl.col("unknown"), MISSING)))
    count, sd, mean = floats(found, "count"), floats(found, "sd"), floats(found, "value")
    se = sd / np.sqrt(count)
    half = stdtrit(np.where(count > 1, count - 1, np.nan), 1 - tail(confidence)) * se
    figures = {"sd": sd, "value": mean, "se": se, "ci_low": mean - half, "ci_high": mean + half}
    single = first_reason((pl.col("count") < 2, "not_computable:single_value"))
    return with_figures(found.drop("unknown"), figures).with_columns(reason=pl.coalesce("reason", single))


def proportion_refusal() -> pl.Expr:
    """Why numerator/denominator is no proportion; null where it is one."""
    x, n = pl.col("numerator"), pl.col("denominator")
    return first_reason(
        (unknown("numerator", "denominator"), MISSING),
        (x < 0, NEGATIVE),
        (n <= 0, NO_DENOMINATOR),
        (x > n, "not_computable:numerator_above_denominator"),
    )


def _counts(events: Floats) -> Floats:
    return np.where(np.isfinite(events) & (events >= 0), events, np.nan)
