"""Inequality along an order, from the most disadvantaged group to the most advantaged.

Each group stands at its ridit: the share of the people who come before it and half of its own. Groups that
share a place in the order share a ridit. The slope index is the line's rise from the one end to the other; a
slope over five groups is not comparable with one over ten, since the spread of the ridits differs.

Standard errors come from those of the groups, where they are known: exact for the slope and the absolute
concentration index, which is the slope times twice the variance of the ridits. Where they are not known,
those of the concentration index and of the logit line are the regression's own, as is the custom. They rest
on how far k groups lie off the line, so limits take the t distribution with k - 2 degrees of freedom.

Source: Kakwani, Wagstaff and van Doorslaer (1997), Journal of Econometrics 77:87-103 (concentration index);
Erreygers (2009), Journal of Health Economics 28:504-515; Wagstaff (2005), Health Economics 14:429-432; Low
and Low (2004), Journal of Public Health 26:388-395 (slope index, as in PHEindicatormethods); the logit line
with the robust variance HC1 as in WHO's HEAT.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from scipy.special import expit, logit, stdtrit

from lifegap.methods.arrays import Floats
from lifegap.methods.surveys.intervals import Z95, NormalDist

Transform = Callable[[Floats], Floats]
ValueType = Literal["other", "rate", "proportion"]
ITERATIONS, SETTLED = 100, 1e-10
LEAST = 1e-10
"""Part of the largest estimate below which the end of a line is noise of the last digit, and no divisor."""

TURNS = np.array([0.0, -1.0, 1.0])
"""A figure and its two limits, in halves of the interval."""


class Concentration(NamedTuple):
    """Absolute concentration index in the unit of the estimates, and the mean of the groups.

    se: the error that the regression claims, NaN with fewer than three groups or where all lie exactly on a
    line. gradient: derivatives of the index by the estimates, (groups,).
    """

    absolute: float
    se: float
    mean: float
    gradient: Floats


class Line(NamedTuple):
    """The fitted line: its value where the order begins, its rise to the end, and its ratio of end to begin.

    Errors are NaN without those of the groups; the ratio is NaN unless both ends lie above zero.
    """

    intercept: float
    sii: float
    sii_se: float
    rii: float
    rii_se: float


class LogitLine(NamedTuple):
    """Rise of a logit line in parts of 1, and ratio of its ends with the error of its logarithm.

    Errors by those of the groups; or by residuals, NaN as for the concentration index: robust ones (HC1), and
    the regression's own, since of few groups the robust ones are too small.
    """

    sii: float
    sii_se: float
    rii: float
    rii_log_se: float
    own_sii_se: float
    own_rii_log_se: float


class QuantileSlope(NamedTuple):
    """Slope and relative index with limits, times the multiplier; sii_se NaN where transformed."""

    sii: float
    sii_se: float
    ci_low: float
    ci_high: float
    rii: float
    rii_low: float
    rii_high: float
    intercept: float


SCALES: dict[ValueType, tuple[Transform, Transform, Transform]] = {
    "other": (lambda y: y, lambda y: y, np.ones_like),
    "rate": (lambda y: np.log(np.where(y > 0, y, np.nan)), np.exp, lambda y: y),
    "proportion": (logit, expit, lambda y: y * (1 - y)),
}
"""Value type → to the scale on which its error is symmetric, back, and the derivative of the way back."""


def ridits(share: Floats, order: Floats) -> Floats:
    """Where each group (groups,) stands between 0, most disadvantaged, and 1; shares sum to 1."""
    # Rounded, so that noise of the last digit does not break a tie.
    _, place = np.unique(np.round(order, 10), return_inverse=True)
    people = np.bincount(place, weights=share)
    return (np.cumsum(people) - people / 2)[place]


def concentration(estimate: Floats, share: Floats, order: Floats) -> Concentration:
    """Twice the covariance of estimates (groups,) and ridits. Positive: more among the advantaged."""
    away, mean = ridits(share, order) - 0.5, float(estimate @ share)
    spread = share @ away**2
    gradient = 2 * share * away
    absolute = gradient @ estimate
    # Kakwani and others' convenient regression: the index is the slope on ridits times twice their variance.
    residual = estimate - mean - absolute / (2 * spread) * away
    left = _mean_square(residual, share, estimate)
    return Concentration(float(absolute), float(2 * np.sqrt(spread * left)), mean, gradient)


def _mean_square(residual: Floats, share: Floats, estimate: Floats) -> float:
    """Weighted squares of the residuals by degree of freedom; NaN where there are none, or all are 0."""
    freedom = len(residual) - 2
    if freedom < 1 or np.abs(residual).max() <= LEAST * np.abs(estimate).max():
        return np.nan
    return float(share @ residual**2 / freedom)


def reach_of_residuals(groups: int) -> float:
    """How many standard errors by residuals 95 percent limits are away from a figure of so many groups."""
    return float(stdtrit(groups - 2, 0.975)) if groups > 2 else np.nan


def line(estimate: Floats, se: Floats, share: Floats, order: Floats) -> Line:
    """Weighted least squares of estimates (groups,) on ridits, weights the shares of the people."""
    away = ridits(share, order) - 0.5
    # Both ends are weighted sums of the estimates, so the groups' errors carry over exactly; the weighted
    # mean of ridits is one half, which is where the line passes through the mean.
    of_slope = share * away / (share @ away**2)
    of_intercept = share - of_slope / 2
    rise, start = float(of_slope @ estimate), float(of_intercept @ estimate)
    sii_se = float(np.sqrt((of_slope**2 * se**2).sum()))
    nothing = LEAST * np.abs(estimate).max()
    if start <= nothing or start + rise <= nothing:
        return Line(start, rise, sii_se, np.nan, np.nan)
    gradient = of_slope / start - rise * of_intercept / start**2
    rii_se = float(np.sqrt((gradient**2 * se**2).sum()))
    return Line(start, rise, sii_se, (start + rise) / start, rii_se)


def logit_line(
    proportion: Floats, share: Floats, order: Floats, se: Floats | None = None
) -> LogitLine | None:
    """Quasi-binomial regression of proportions (groups,) on ridits; None where it does not settle.

    Each group weighs by its people once, and nothing is rounded to counts. se: that of each proportion, if
    it is known; else errors are by residuals.
    """
    rank = ridits(share, order)
    design = np.column_stack([np.ones_like(rank), rank])
    mean = proportion @ share
    if not 0 < mean < 1:
        return None
    coefficients = np.array([logit(mean), 0.0])
    # Fisher scoring, from a line without a slope.
    for _ in range(ITERATIONS):
        fitted = expit(design @ coefficients)
        weight = share * fitted * (1 - fitted)
        information = (design.T * weight) @ design
        if not np.linalg.cond(information) < 1 / SETTLED:
            return None
        step = np.linalg.solve(information, design.T @ (share * (proportion - fitted)))
        coefficients = coefficients + step
        if np.abs(step).max() < SETTLED * (1 + np.abs(coefficients).max()):
            break
    else:
        return None
    bread = np.linalg.inv(information)
    likely = expit(design @ coefficients)
    if se is not None:
        own = variance = _sandwich(bread, design, share * se)
    else:
        residual = proportion - likely
        known = np.isfinite(_mean_square(residual, share, proportion))
        freedom = len(rank) - 2 if known else np.nan
        dispersion = (share * residual**2 / (likely * (1 - likely))).sum() / freedom
        # HC1: White's variance, times k / (k − 2) for the two coefficients that were fitted.
        variance = _sandwich(bread, design, share * residual) * len(rank) / freedom
        own = dispersion * bread
    low, high = expit(coefficients[0]), expit(coefficients.sum())
    # Delta method: what rise and ratio of the ends change by with intercept and slope.
    at_low, at_high = np.array([1.0, 0.0]), np.array([1.0, 1.0])
    of_rise = high * (1 - high) * at_high - low * (1 - low) * at_low
    of_log_ratio = (1 - high) * at_high - (1 - low) * at_low
    sii_se, log_se, own_sii_se, own_log_se = (
        float(np.sqrt(gradient @ each @ gradient))
        for each in (variance, own)
        for gradient in (of_rise, of_log_ratio)
    )
    return LogitLine(
        float(high - low), sii_se, float(high / low), log_se, own_sii_se=own_sii_se, own_rii_log_se=own_log_se
    )


def _sandwich(bread: Floats, design: Floats, off: Floats) -> Floats:
    """Variance of coefficients whose scores are so far off, (groups,), independently."""
    score = design * off[:, None]
    return bread @ (score.T @ score) @ bread


def slope_of_quantiles(
    value: Floats,
    population: Floats,
    *,
    se: Floats | None = None,
    limits: tuple[Floats, Floats] | None = None,
    value_type: ValueType = "other",
    transform: bool = False,
    multiplier: float = 1.0,
    confidence: float = 0.95,
) -> QuantileSlope:
    """Slope and relative index of quantiles (groups,), most disadvantaged first, as used in England.

    se is of the logarithm for a rate and of the logit for a proportion; or give 95 percent limits, from which
    it follows. transform: the line is fitted on that scale, and its middle is held fixed when the limits of
    its slope are taken back. A negative multiplier turns the slope's sign and inverts the ratio, which is NaN
    unless the line lies above zero. Raises ValueError for a value, error, population or multiplier that
    allows no figure.
    """
    forward, back, derivative = SCALES[value_type]
    if not np.isfinite(forward(value)).all():
        raise ValueError(f"a {value_type} at or beyond the end of its scale")
    if (population <= 0).any() or len(value) < 2 or multiplier == 0:
        raise ValueError("two groups at least, populations above zero, and a multiplier that is not zero")
    if se is None:
        if limits is None:
            raise ValueError("either se or limits")
        se = (forward(limits[1]) - forward(limits[0])) / (2 * Z95)
    if not (se >= 0).all() or not np.isfinite(se).all():
        raise ValueError(
            "a standard error that is missing or negative, or limits beyond the end of the scale"
        )
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, order = population / population.sum(), np.arange(len(value), dtype=np.float64)
    if transform:
        fit = line(forward(value), se, share, order)
        middle = fit.intercept + fit.sii / 2
        slopes = fit.sii + z * fit.sii_se * TURNS
        begin, end = back(middle - slopes / 2), back(middle + slopes / 2)
        rise, ratio, sii_se = end - begin, end / begin, np.nan
        start = float(begin[0])
    else:
        fit = line(value, derivative(value) * se, share, order)
        rise = fit.sii + z * fit.sii_se * TURNS
        ratio = fit.rii * np.exp(z * fit.rii_se / fit.rii * TURNS)
        sii_se, start = abs(multiplier) * fit.sii_se, fit.intercept
    rise, ratio = multiplier * rise, ratio ** np.sign(multiplier)
    (low, high), (rii_low, rii_high) = np.sort(rise[1:]), np.sort(ratio[1:])
    figures = (rise[0], sii_se, low, high, ratio[0], rii_low, rii_high, abs(multiplier) * start)
    return QuantileSlope(*(float(figure) for figure in figures))
