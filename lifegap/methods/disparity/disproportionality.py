"""How far groups lie from their mean, from the best of them, or from a reference: values and exact errors.

Everything works on arrays whose last axis is the groups. `share` is each group's part of the people; shares
sum to 1. The mean is always that of the groups at hand, never an average from elsewhere. Estimates are
noisy, and noise alone makes groups differ: `BetweenGroupVariance.noise` says how much of the variance it
makes.

Source: Schlotheuber and Hosseinpoor (2022), "Summary measures of health inequality", IJERPH 19:3697; standard
errors of Ahn et al. (2018), JCO Clinical Cancer Informatics 2:1-19; of the population attributable fraction
Walter (1978), International Journal of Epidemiology 7:175-182. The variance of the between-group variance is
that of a quadratic form of independent normal estimates.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lifegap.methods.arrays import Floats

Indices = NDArray[np.intp]


AROUND_THE_MEAN = ("mdmu", "mdmw", "bgsd", "cov", "idisu", "idisw")


class BetweenGroupVariance(NamedTuple):
    """The variance, its standard error, and the part of it that noise is expected to make."""

    value: float
    se: float
    noise: float


def distances(
    estimate: Floats, share: Floats, favorable: bool | None, reference: int | None
) -> dict[str, Floats]:
    """The mean differences and what is made of them, by measure; estimate (..., groups), results (...).

    Measures against the best group need `favorable`, those against a reference its index. Relative measures
    are NaN where the mean is not above zero; weighted ones where a share is NaN.
    """
    mean = estimate @ share
    highest, lowest = estimate.max(axis=-1), estimate.min(axis=-1)
    found = {"max_min": highest - lowest}
    if favorable is not None:
        best = highest if favorable else lowest
        # Nobody is better than the best, so the mean of the distances is the distance of the means.
        found["mdbu"] = np.abs(best - estimate.mean(axis=-1))
        found["mdbw"] = np.abs(best - mean)
    if reference is not None:
        away = np.abs(estimate - estimate[..., reference, None])
        found |= {"mdru": away.mean(axis=-1), "mdrw": away @ share}
    if np.isnan(share).any():
        # Nobody's people are known, so that there is no mean to be away from: nothing is gone through for it.
        return found | dict.fromkeys(AROUND_THE_MEAN, np.full_like(mean, np.nan))
    away = np.abs(estimate - mean[..., None])
    found |= {"mdmu": away.mean(axis=-1), "mdmw": away @ share, "bgsd": np.sqrt(away**2 @ share)}
    positive = np.where(mean > 0, mean, np.nan)
    of = {"cov": "bgsd", "idisu": "mdmu", "idisw": "mdmw"}
    return found | {relative: 100 * found[absolute] / positive for relative, absolute in of.items()}


def between_group_variance(estimate: Floats, se: Floats, share: Floats) -> BetweenGroupVariance:
    """Variance of the groups (groups,) around their mean, in the squared unit of the estimates."""
    away = estimate - estimate @ share
    variance = 4 * (share**2 * se**2 * away**2).sum() + _variance_of_noise(se, share)
    return BetweenGroupVariance(
        float(share @ away**2), float(np.sqrt(variance)), float((share * (1 - share)) @ se**2)
    )


def _variance_of_noise(se: Floats, share: Floats) -> float:
    """Variance of the between-group variance of groups that are all alike."""
    of_mean = share**2 * se**2
    return 2 * float(of_mean.sum() ** 2 - (of_mean**2).sum() + (share**2 * (1 - share) ** 2 * se**4).sum())


def theil_index(estimate: Floats, se: Floats, share: Floats) -> tuple[float, float]:
    """Theil's index times 1000 and its standard error, of estimates (groups,) that are not negative.

    A group at zero adds nothing to the index; its own error, if it has one, leaves no standard error (NaN).
    """
    mean = estimate @ share
    relative = estimate / mean
    log = np.log(relative, out=np.zeros_like(relative), where=relative > 0)
    value = share @ (relative * log)
    slope = 1 + log - (share * relative) @ (1 + log)
    slope = np.where((relative > 0) | (se == 0), slope, np.nan)
    by_slope = float(np.sqrt((slope**2 * share**2 * se**2).sum()) / mean)
    return 1000 * float(value), 1000 * _beside_noise(by_slope, se, share, float(mean))


def mean_log_deviation(estimate: Floats, se: Floats, share: Floats) -> tuple[float, float]:
    """Mean log deviation times 1000 and its standard error, of estimates (groups,) above zero."""
    mean = estimate @ share
    relative = estimate / mean
    by_slope = float(np.sqrt((share**2 * se**2 * (1 - 1 / relative) ** 2).sum()) / mean)
    return -1000 * float(share @ np.log(relative)), 1000 * _beside_noise(by_slope, se, share, float(mean))


def _beside_noise(by_slope: float, se: Floats, share: Floats, mean: float) -> float:
    """Error of an entropy index: by its slope, or where alike groups leave it none, by their noise.

    Both indices are then half of the between-group variance over the squared mean.
    """
    return float(np.maximum(by_slope, np.sqrt(_variance_of_noise(se, share)) / (2 * mean**2)))


def compared(estimate: Floats, favorable: bool | None, reference: int | None) -> tuple[Indices, Indices]:
    """Which two groups of an unordered dimension are compared, first less second; estimate (..., groups).

    The highest with the lowest; with a reference, the reference with the worst of the others, the better side
    first where more is better, else the worse side.
    """
    if reference is None:
        return estimate.argmax(axis=-1), estimate.argmin(axis=-1)
    others = estimate.copy()
    others[..., reference] = np.inf if favorable else -np.inf
    worst = others.argmin(axis=-1) if favorable else others.argmax(axis=-1)
    named = np.full_like(worst, reference)
    return (named, worst) if favorable else (worst, named)


def best(estimate: Floats, favorable: bool) -> Indices:
    """Which group is best off."""
    return estimate.argmax(axis=-1) if favorable else estimate.argmin(axis=-1)


def se_of_attributable_fraction(share_of_cases: Floats, share: Floats, people: float, best: int) -> float:
    """Standard error, in percent, of the fraction of a mean that the level of the best group would change.

    share_of_cases: estimates as parts of 1; people: the sum of all groups, which is taken as the sample.
    NaN where the best group has no cases, since the formula would then claim to know the fraction exactly.
    """
    exposed = share[best] * people
    c = share_of_cases[best] * exposed
    d = exposed - c
    a = (share_of_cases @ share) * people - c
    b = people - a - exposed
    if c <= 0:
        return np.nan
    radicand = c * people * (a * d * (people - c) + b * c**2) / ((a + c) ** 3 * (c + d) ** 3)
    return 100 * float(np.sqrt(max(radicand, 0.0)))


def se_by_error_of_groups(gradient: Floats, se: Floats) -> float:
    """Standard error of a measure with these derivatives by the estimates of independent groups."""
    return float(np.sqrt((gradient**2 * se**2).sum()))
