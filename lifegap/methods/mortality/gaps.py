"""The difference between a place and its reference: reference minus place.

Positive means that people of the place live shorter. The interval and the test are those of the
difference itself; whether two intervals overlap is never used as a test.

A reference that holds the place has at least the place's error times its share: a smaller one contradicts it,
and there is no gap, since the formula would claim to know it better than either side.

Source: variance of a difference of correlated estimates; the covariance of a part with its whole is
the part's variance times its share of the whole's population.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from lifegap.methods.arrays import Floats
from lifegap.methods.surveys.intervals import Z95

CONTRADICTORY = "not_computable:contradictory_errors"
NOTHING = 1e-9
"""Part of an error that is noise of the last digit."""


@dataclass(frozen=True)
class Gap:
    """gap and se in the unit of the estimates; p two-sided against no difference.

    reason: of each pair in turn, why a gap of known estimates is NaN, else None.
    """

    gap: Floats
    se: Floats
    ci_low: Floats
    ci_high: Floats
    p_value: Floats
    reason: list[str | None]


def gap(
    place: Floats,
    se_place: Floats,
    reference: Floats,
    se_reference: Floats,
    share: Floats | float = 0.0,
) -> Gap:
    """Gap of each pair, arrays of one shape; NaN where an input is NaN or errors contradict each other.

    share: the place's part of the reference's population, 0 where the place is not inside it.
    """
    contradictory = se_reference < share * se_place * (1 - NOTHING)
    difference = np.where(contradictory, np.nan, reference - place)
    variance = se_place**2 + se_reference**2 - 2 * share * se_place**2
    # What is left below 0 is rounding: of a place that is all of its reference.
    se = np.where(contradictory, np.nan, np.sqrt(np.maximum(variance, 0.0)))
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = np.where(difference == 0, 0.0, np.abs(difference) / se)
    return Gap(
        gap=difference,
        se=se,
        ci_low=difference - Z95 * se,
        ci_high=difference + Z95 * se,
        p_value=np.where(np.isnan(se), np.nan, 2 * ndtr(-distance)),
        reason=[CONTRADICTORY if each else None for each in np.ravel(contradictory)],
    )
