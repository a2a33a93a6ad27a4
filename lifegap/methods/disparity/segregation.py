"""How unevenly a group lives among the units of a place: dissimilarity, isolation.

Both run from 0 to 1. Dissimilarity is the share of either group that would have to move for both to be
spread alike; isolation is the share of the group in the unit of its average member. Sampling error of
the units pushes dissimilarity up, the more the smaller the units, and isolation either way:
`mean_of_draws` shows by how much.

Source: Massey and Denton (1988), "The Dimensions of Residential Segregation", Social Forces 67, 281-315.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Index(NamedTuple):
    """An index with the standard error and the mean of its draws; both NaN without standard errors."""

    value: float
    se: float
    mean_of_draws: float


def dissimilarity(group: Numbers, other: Numbers) -> Numbers:
    """½ Σ |x/X − y/Y| over the last axis, the units; NaN where either group has nobody."""
    return 0.5 * np.abs(_shares(group) - _shares(other)).sum(axis=-1)


def isolation(group: Numbers, whole: Numbers) -> Numbers:
    """Σ (x/X)(x/t) over the last axis, the units; units without people count nothing."""
    within = np.divide(group, whole, out=np.zeros_like(group), where=whole > 0)
    return (_shares(group) * within).sum(axis=-1)


def interaction(group: Numbers, other: Numbers, whole: Numbers) -> Numbers:
    """Σ (x/X)(y/t) over the last axis, the units: the share of the other group in the average unit."""
    within = np.divide(other, whole, out=np.zeros_like(other), where=whole > 0)
    return (_shares(group) * within).sum(axis=-1)


def with_draws(
    evenness: str,
    group: Numbers,
    against: Numbers,
    group_se: Numbers,
    against_se: Numbers,
    *,
    seed: int,
    draws: int = 1000,
) -> Index:
    """The index of one place, and what drawing its units again within their standard errors gives.

    group, against: people of each unit; against is the other group (dissimilarity) or all people
    (isolation). A drawn count below 0 is 0, and all people are never fewer than the group.
    """
    index = {"dissimilarity": dissimilarity, "isolation": isolation}[evenness]
    value = float(index(group, against))
    if np.isnan(group_se).any() or np.isnan(against_se).any() or np.isnan(value):
        return Index(value, np.nan, np.nan)
    random = np.random.default_rng(seed)
    drawn_group = np.maximum(random.normal(group, group_se, (draws, len(group))), 0)
    drawn_against = np.maximum(random.normal(against, against_se, (draws, len(against))), 0)
    if evenness == "isolation":
        drawn_against = np.maximum(drawn_against, drawn_group)
    found = index(drawn_group, drawn_against)
    return Index(value, float(found.std(ddof=1)), float(found.mean()))


def _shares(people: Numbers) -> Numbers:
    total = people.sum(axis=-1, keepdims=True)
    return np.divide(people, total, out=np.full_like(people, np.nan), where=total > 0)
