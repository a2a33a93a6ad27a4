"""How sure a rank is: places drawn again within their standard errors, and ranked in every draw.

Rank 1 is the place most in need. What is peculiar: a rank has no standard error of its own, and the rank of
the estimates is not the middle of what the draws give, since noise pushes places apart. So the median rank
stands with its interval and with the probability of belonging to the worst quarter, and a place is called
a priority only where that is likely.

Source: Goldstein and Spiegelhalter (1996), "League Tables and Their Limitations", Journal of the Royal
Statistical Society A 159, 385-443; expected ranks as in Laird and Louis (1989), "Empirical Bayes Ranking
Methods", Journal of Educational Statistics 14, 29-46.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr

from lifegap.methods.arrays import Floats
from lifegap.methods.standing.composite import (
    CAP,
    LEAST_WEIGHT,
    TIES_AT,
    Mask,
    composite_index,
    signed_weights,
    weighted_score,
    z_scores,
)
from lifegap.methods.standing.shared_ranks import lowest_ranks, shared_ranks

DRAWS = 10_000
PRIORITY = 0.8
"""Probability of belonging to the worst quarter from which a place may be called a priority."""

NUMBERS_AT_ONCE = 250_000
"""Numbers drawn at a time: few enough for the memory next to the processor."""

Worst = Literal["highest", "lowest"]


@dataclass(frozen=True)
class RankUncertainty:
    """Arrays (places,): median rank, limits of 95 percent of the draws, share of draws in the worst quarter.

    Limits and probability are NaN where nothing in the whole set has a standard error: the rank is then
    that of the estimates. drawn: whether the place has one; where not, its own spread is understated.
    """

    rank: Floats
    rank_low: Floats
    rank_high: Floats
    probability_worst_quarter: Floats
    drawn: Mask


@dataclass(frozen=True)
class RankedIndex:
    """Arrays (places,) of an index: see `CompositeIndex` and `RankUncertainty`.

    rank is the median of the draws, rank_of_score that of the scores. drawn_weight: the share of the weight
    behind the place's score that has standard errors; the less, the more the interval is a lower bound.
    """

    score: Floats
    rank: Floats
    rank_low: Floats
    rank_high: Floats
    probability_worst_quarter: Floats
    rank_of_score: Floats
    drawn_weight: Floats


def worst_quarter(places: int) -> int:
    """How many places the worst quarter has: a quarter, rounded up."""
    return -(-places // 4)


def is_priority(probability_worst_quarter: Floats) -> Mask:
    """Whether places may be called a priority; not where the probability is unknown."""
    return probability_worst_quarter >= PRIORITY


def ranks(values: Floats, worst: Worst = "highest") -> Floats:
    """Ranks along the last axis, 1 the worst; ties share the lower rank. NaN where the value is missing."""
    known = np.isfinite(values)
    return lowest_ranks(np.where(known, _ordered(values, worst), np.nan))


def expected_rank(estimates: Floats, se: Floats, worst: Worst) -> Floats:
    """Mean rank over all draws, in closed form: 1 + Σ P(another place is worse), (places,).

    A standard error that is NaN or 0 is none: the place stands still. Equal places that both stand still
    share the mean of their ranks. NaN where the estimate is missing.
    """
    value = estimates if worst == "lowest" else -estimates
    known = np.isfinite(value)
    y, variance = value[known], _spread(se)[known] ** 2
    apart, spread = y[:, None] - y[None, :], np.sqrt(variance[:, None] + variance[None, :])
    with np.errstate(divide="ignore", invalid="ignore"):
        worse = ndtr(np.where(spread > 0, apart / spread, np.sign(apart) * np.inf))
    worse[np.isnan(worse)] = 0.5
    found = np.full(value.shape, np.nan)
    found[known] = 0.5 + worse.sum(axis=1)  # each place is half worse than itself: 1 − ½
    return found


def rank_uncertainty(
    estimates: Floats, se: Floats, *, worst: Worst, seed: int, draws: int = DRAWS
) -> RankUncertainty:
    """Ranks of places by one measure, drawn again as independent normal values.

    estimates, se: (places,). An estimate that is not finite is left out and has NaN; a standard error that
    is NaN or 0 is not known, and the place is not drawn.
    """
    known, spread = np.isfinite(estimates), _spread(se)
    center, width = estimates[known], spread[known]

    def drawn() -> Iterator[Floats]:
        for noise in _noise((len(center),), seed, draws):
            yield center + width * noise

    found = _summary(center, drawn(), worst, certain=not (width > 0).any())
    return RankUncertainty(*(_spread_out(each, known) for each in found), drawn=known & (spread > 0))


def index_with_ranks(
    estimates: Floats,
    se: Floats,
    direction: Floats,
    weights: Floats,
    seed: int,
    draws: int = DRAWS,
    *,
    cap: float | None = CAP,
    capped: Mask | None = None,
    least_weight: float = LEAST_WEIGHT,
) -> RankedIndex:
    """The composite index of one comparison set, and its ranks with the index made anew in every draw.

    estimates, se: (places, measures); an se that is NaN or 0 is not known, and the cell is not drawn.
    direction, weights and the options: see `composite_index`. In each draw every estimate is drawn from its
    normal distribution, independently, turned into z-scores within the set, weighted and ranked. NaN for a
    place whose measures carry too little of the weight; its values stay in the set's means.
    """
    if se.shape != estimates.shape:
        raise ValueError("one standard error per estimate, NaN where there is none")
    index = composite_index(estimates, direction, weights, cap=cap, capped=capped, least_weight=least_weight)
    present, scored = np.isfinite(index.z), np.isfinite(index.score)
    signed = signed_weights(present, direction, weights, least_weight=least_weight)
    spread = np.where(np.isfinite(estimates), _spread(se), 0.0)

    def drawn() -> Iterator[Floats]:
        for noise in _noise(estimates.shape, seed, draws):
            z = z_scores(estimates + spread * noise, cap=cap, capped=capped)
            yield weighted_score(z, signed)[:, scored]

    uncertain = (spread > 0) & present
    score = index.score[scored]
    found = _summary(score, drawn(), "highest", certain=not uncertain.any())
    carried = np.where(scored, present @ weights, np.nan)
    return RankedIndex(
        index.score,
        *(_spread_out(each, scored) for each in found),
        rank_of_score=ranks(index.score),
        drawn_weight=(uncertain @ weights) / carried,
    )


def _summary(
    center: Floats, drawn: Iterator[Floats], worst: Worst, *, certain: bool
) -> tuple[Floats, Floats, Floats, Floats]:
    """Median rank, its limits and the probability of the worst quarter of (places,) from blocks of draws.

    Places tied across the quarter's edge share what is left of it, so that probabilities sum to its size.
    """
    nothing = np.full(center.shape, np.nan)
    if certain or not center.size:
        return ranks(center, worst), nothing, nothing, nothing
    quarter, inside, blocks = worst_quarter(center.size), np.zeros(center.shape), []
    for block in drawn:
        values = _ordered(block, worst)
        first, last = shared_ranks(values)
        inside += np.clip((quarter - first + 1) / (last - first + 1), 0, 1).sum(axis=0)
        blocks.append(first.astype(np.int32))
    all_ranks = np.concatenate(blocks)
    low, middle, high = np.quantile(all_ranks, (0.025, 0.5, 0.975), axis=0)
    return middle, low, high, inside / len(all_ranks)


def _noise(shape: tuple[int, ...], seed: int, draws: int) -> Iterator[Floats]:
    """Standard normal numbers in blocks of (draws, *shape); the same however they are cut into blocks."""
    if draws < 1:
        raise ValueError("at least one draw")
    random = np.random.default_rng(seed)
    at_once = max(1, NUMBERS_AT_ONCE // max(1, int(np.prod(shape))))
    for start in range(0, draws, at_once):
        yield random.standard_normal((min(at_once, draws - start), *shape))


def _ordered(values: Floats, worst: Worst) -> Floats:
    """Values rounded for ties, the worst lowest."""
    return np.round(values if worst == "lowest" else -values, TIES_AT)


def _spread(se: Floats) -> Floats:
    """Standard errors, 0 where there is none."""
    return np.where(np.isfinite(se) & (se > 0), se, 0.0)


def _spread_out(found: Floats, where: Mask) -> Floats:
    """The figures of some places among all, NaN at the others."""
    everywhere = np.full(where.shape, np.nan)
    everywhere[where] = found
    return everywhere
