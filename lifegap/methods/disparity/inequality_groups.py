"""One set of groups, and a measure of it: a value with its interval, or the reason why there is none.

Limits of a difference are symmetric; those of a ratio are symmetric on its logarithm.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lifegap.methods.arrays import Floats
from lifegap.methods.disparity.inequality_intervals import Scale
from lifegap.methods.surveys.intervals import Z95

WIDEST_LOG_SE = 100.0
"""Error of a logarithm beyond which limits of a ratio span all numbers there are."""

NO_ERROR = "not_published:standard_error"
EXTREMES = "unreliable:extremes_from_data"
NOISE = "unreliable:noise_biased"
TOO_FEW = "not_computable:few_groups"
OUTSIDE = "not_computable:outside_scale"
NO_PEOPLE = "not_computable:population_missing"
NO_DIRECTION = "not_computable:direction_unknown"
NO_REFERENCE = "not_computable:no_reference"
SEVERAL_REFERENCES = "not_computable:several_references"
REFERENCE_LOST = "not_computable:reference"
NO_ORDER = "not_computable:unordered"
PARTLY_ORDERED = "not_computable:order_missing"
TIED = "not_computable:tied_order"
MEAN = "not_computable:mean_not_positive"
MEAN_AT_BOUND = "not_computable:mean_at_bound"
ZERO = "not_computable:zero_estimate"
NEGATIVE = "not_computable:negative_estimate"
NO_SHARE = "not_computable:not_a_share"
FITTED = "not_computable:fitted_not_positive"
NO_FIT = "not_computable:no_fit"
NO_RESIDUALS = "not_computable:no_residuals"
PEOPLE_AS_SAMPLE = "unreliable:people_as_sample"
BY_DRAWS = "unreliable:limits_by_draws"
NO_GAIN = "not_computable:reference_not_better"
WIDE = "unreliable:wide_interval"


@dataclass(frozen=True)
class Groups:
    """The groups of a set that have an estimate; NaN where a number is not known.

    reference: which group is named as such; reference_fault: why it cannot be used though one was named.
    favorable: whether more is better, None where that is not declared.
    """

    estimate: Floats
    se: Floats
    people: Floats
    order: Floats
    reference: int | None
    reference_fault: str | None
    favorable: bool | None
    scale: Scale

    @property
    def weighted(self) -> bool:
        return bool((self.people > 0).all())

    @property
    def share(self) -> Floats:
        return self.people / self.people.sum() if self.weighted else np.full_like(self.people, np.nan)

    @property
    def mean(self) -> float:
        return float(self.estimate @ self.share)

    @property
    def has_errors(self) -> bool:
        return bool((self.se >= 0).all())

    @property
    def without_errors(self) -> bool:
        return not np.isfinite(self.se).any()

    @property
    def ordered(self) -> bool:
        return bool(np.isfinite(self.order).any())

    @property
    def place(self) -> Floats:
        """The order, rounded so that noise of the last digit does not break a tie."""
        return np.round(self.order, 10)

    def alone_at(self, end: int) -> bool:
        """Whether one group alone holds the first (0) or the last (-1) place in the order."""
        places = np.sort(self.place)
        return bool(places[end] != places[1 if end == 0 else -2])


class Figure(NamedTuple):
    """A measure. The first reason is why something is missing or what matters most of it; others follow.

    null_95: what chance alone would stay below, 95 times of 100, were all groups alike.
    """

    value: float = np.nan
    se: float = np.nan
    ci_low: float = np.nan
    ci_high: float = np.nan
    reasons: tuple[str, ...] = ()
    null_95: float = np.nan


class Draws(NamedTuple):
    """Measures of groups drawn around their estimates, and of groups alike; empty without standard errors."""

    around: dict[str, Floats]
    alike: dict[str, Floats]


def refused(reason: str) -> Figure:
    """No figure, for this reason."""
    return Figure(reasons=(reason,))


def around(
    value: float, se: float, *, unknown: str = NO_ERROR, floor: float = -np.inf, reach: float = Z95
) -> Figure:
    """The figure with symmetric limits, nothing below the floor; `unknown` is why there is no error.

    reach: how many standard errors the limits are away.
    """
    value = max(floor, value)
    if not np.isfinite(se):
        return Figure(value, reasons=(unknown,))
    return Figure(value, se, max(floor, value - reach * se), value + reach * se)


def around_ratio(value: float, log_se: float, *, unknown: str = NO_ERROR, reach: float = Z95) -> Figure:
    """The ratio with the error of its logarithm and limits from that; `unknown` is why there is none."""
    if not reach * log_se <= WIDEST_LOG_SE:
        return Figure(value, reasons=(WIDE if log_se > 0 else unknown,))
    return Figure(value, log_se, value * np.exp(-reach * log_se), value * np.exp(reach * log_se))
