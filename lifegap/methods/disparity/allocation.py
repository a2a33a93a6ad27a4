"""Splitting an amount over places by a rule: shares, floors and caps, and how unsure the shares are.

A rule gives each place a weight, and its share is its weight over the sum of all. A floor or cap on the share
of any one place is met by setting the places beyond it to the limit and splitting what is left over the
others by their weights, again until none is beyond: the shares nearest to the rule, in the sense that places
within the limits keep the ratios of their weights. Weights that are estimates are drawn from normal
distributions; a drawn weight below 0 is no need, and counts as 0.

Source: the proportional rule with limits is that of apportionment with minimum shares (M. L. Balinski and
H. P. Young, Fair Representation, 1982, on requirements); ratios to people as in reviews of public formulas.
"""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

DRAWS = 4_000
LIMITS = (2.5, 97.5)


def shares(weights: Numbers, *, floor: float = 0.0, cap: float = 1.0) -> Numbers:
    """Shares of the last axis, which sum to 1. weights: (..., places), not below 0.

    floor, cap: least and most share of a place. NaN where all weights are 0. Raises ValueError where the
    limits leave no split: floors above the whole, or caps below it.
    """
    places = weights.shape[-1]
    if not (0 <= floor <= cap and floor * places <= 1 + 1e-12 and cap * places >= 1 - 1e-12):
        raise ValueError(f"{places} places cannot each have {floor:g} to {cap:g} of a whole")
    total = weights.sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.where(total > 0, weights / total, np.nan)
    fixed = np.zeros(weights.shape, dtype=bool)
    # Each round sets the limits that bind most; there is one more at most for each place.
    for _ in range(places):
        over, under = found > cap + 1e-12, found < floor - 1e-12
        excess = np.where(over, found - cap, 0).sum(axis=-1, keepdims=True)
        lack = np.where(under, floor - found, 0).sum(axis=-1, keepdims=True)
        binding = np.where(excess >= lack, over, under)
        if not binding.any():
            break
        found = np.where(binding, np.where(over, cap, floor), found)
        fixed |= binding
        left = 1 - np.where(fixed, found, 0).sum(axis=-1, keepdims=True)
        free = np.where(fixed, 0, weights)
        sum_of_free = free.sum(axis=-1, keepdims=True)
        count = (~fixed).sum(axis=-1, keepdims=True)
        with np.errstate(invalid="ignore", divide="ignore"):
            spread = np.where(sum_of_free > 0, left * free / sum_of_free, left / count)
        found = np.where(fixed, found, spread)
    return found


def drawn_shares(
    weights: Numbers, errors: Numbers, seed: int, *, floor: float = 0.0, cap: float = 1.0
) -> Numbers:
    """DRAWS × places: shares under weights drawn from their errors (0 where a weight is known)."""
    normal = np.random.default_rng(seed).standard_normal((DRAWS, len(weights)))
    return shares(np.maximum(weights + errors * normal, 0), floor=floor, cap=cap)


def limits(draws: Numbers) -> tuple[Numbers, Numbers]:
    """Lower and upper 95 percent limits of each place; draws in which nobody has need are left out."""
    low, high = np.nanpercentile(draws, LIMITS, axis=0)
    return low, high


def proportionality(found: Numbers, people: Numbers) -> Numbers:
    """Share of the amount over share of the people: 1 is as much a person as on average."""
    return found / (people / people.sum())
