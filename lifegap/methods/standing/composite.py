"""An index made of several measures: z-scores added by weight, and the percentile ranks of CDC's index.

What is peculiar: every z-score and every percentile belongs to the places it was computed among, the
comparison set; the same place has another score in another set. A missing value is never filled in with
the mean: a place is scored by the measures that it has, if they carry enough of the weight.

Source: County Health Rankings & Roadmaps, technical document (z-scores, weights, the cut at 3); Flanagan,
Gregory, Hallisey, Heitgerd and Lewis (2011), "A Social Vulnerability Index for Disaster Management",
Journal of Homeland Security and Emergency Management 8(1), article 3, and CDC/ATSDR's documentation of the
index (percentile ranks, themes, flags at 0.90).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lifegap.methods.arrays import Floats
from lifegap.methods.standing.shared_ranks import lowest_ranks

Mask = NDArray[np.bool_]

CAP = 3.0
"""Standard deviations beyond which one measure counts no further."""

LEAST_WEIGHT = 0.75
"""Share of the weight that a place's measures must carry for a score."""

TIES_AT = 10
"""Decimals to which values are rounded before they are ranked, so that noise of floats parts no tie."""

PERCENTILE_DECIMALS = 4
FLAGGED_FROM = 0.90
"""Percentile rank from which CDC flags a place."""

ALIKE = 1e-12
"""Spread, as a share of the largest value, that is no more than the noise of floats."""


@dataclass(frozen=True)
class CompositeIndex:
    """z (places, measures) and score (places,), high where need is high; reasons where there is none.

    z is signed as the measure is, before its direction. measure_reason and place_reason hold None where
    there is a figure.
    """

    z: Floats
    score: Floats
    measure_reason: NDArray[np.object_]
    place_reason: NDArray[np.object_]


@dataclass(frozen=True)
class SocialVulnerability:
    """CDC's columns; NaN wherever a value that goes into the figure is missing.

    percentile (EPL) and flag (F) are (places, variables), theme_sum (SPL) and theme_rank (RPL) are
    (places, themes), total, overall_rank and flags, their number, are (places,).
    """

    percentile: Floats
    flag: Floats
    theme_sum: Floats
    theme_rank: Floats
    total: Floats
    overall_rank: Floats
    flags: Floats


def z_scores(values: Floats, *, cap: float | None = CAP, capped: Mask | None = None) -> Floats:
    """Distance from the mean of the places in sample standard deviations (n − 1), cut at ±cap.

    values: (..., places, measures), in any unit; not finite is missing. capped: (places,), which places
    are cut; None is all. NaN where the value is missing, and for a measure that is the same everywhere or
    known in fewer than two places.
    """
    known = np.isfinite(values)
    number = known.sum(axis=-2, keepdims=True)
    away = np.where(known, values, 0.0)
    largest = np.abs(away).max(axis=-2, keepdims=True, initial=0.0)
    away -= away.sum(axis=-2, keepdims=True) / np.maximum(number, 1)
    away *= known
    squares = np.einsum("...pm,...pm->...m", away, away)[..., None, :]
    sd = np.sqrt(squares / np.maximum(number - 1, 1))
    away /= np.where(sd > ALIKE * largest, sd, np.nan)
    if cap is not None:
        limit = (
            np.full((values.shape[-2], 1), cap) if capped is None else np.where(capped, cap, np.inf)[:, None]
        )
        np.clip(away, -limit, limit, out=away)
    away[~known] = np.nan
    return away


def composite_index(
    values: Floats,
    direction: Floats,
    weights: Floats,
    *,
    cap: float | None = CAP,
    capped: Mask | None = None,
    least_weight: float = LEAST_WEIGHT,
) -> CompositeIndex:
    """The index of the places of one comparison set; a high score is high need.

    values: (places, measures). direction: (measures,), 1 where a higher value is worse, −1 where it is
    better. weights: (measures,), not negative. The score is Σ direction · weight · z over the measures that
    the place has, times all weight over theirs: a weighted mean of what is known, in the unit of the
    weighted sum. A measure without spread is dropped and counts as missing for every place.
    Raises ValueError where shapes, directions or weights cannot be.
    """
    z = z_scores(values, cap=cap, capped=capped)
    score = weighted_score(z, signed_weights(np.isfinite(z), direction, weights, least_weight=least_weight))
    measure_reason = np.full(direction.shape, None, dtype=np.object_)
    measure_reason[np.isnan(z).all(axis=0)] = "not_computable:no_variation"
    measure_reason[np.isfinite(values).sum(axis=0) < 2] = "not_computable:too_few_places"
    place_reason = np.full(score.shape, None, dtype=np.object_)
    place_reason[np.isnan(score)] = "withheld:missing_measures"
    return CompositeIndex(z, score, measure_reason, place_reason)


def signed_weights(
    present: Mask, direction: Floats, weights: Floats, *, least_weight: float = LEAST_WEIGHT
) -> Floats:
    """(places, measures): direction times weight, scaled up to all weight where measures are missing.

    0 where a measure is missing; NaN in the whole row of a place whose measures carry too little weight.
    """
    if present.ndim != 2 or not direction.shape == weights.shape == present.shape[1:]:
        raise ValueError("one direction and one weight per measure")
    if not np.isin(direction, (-1, 1)).all():
        raise ValueError("a direction is 1 (higher is worse) or -1 (higher is better)")
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.sum() > 0):
        raise ValueError("weights are not negative, and not all 0")
    # A missing measure counts as the mean of the place's others, and not as the set's mean (a z of 0).
    share = (present @ weights) / weights.sum()
    enough = (np.round(share, TIES_AT) >= least_weight) & (share > 0)
    scale = np.divide(1.0, share, out=np.full(share.shape, np.nan), where=enough)
    return present * (direction * weights) * scale[:, None]


def weighted_score(z: Floats, signed: Floats) -> Floats:
    """Σ signed weight · z over the measures, (..., places) from z of (..., places, measures)."""
    return np.einsum("...pm,pm->...p", np.nan_to_num(z, nan=0.0), signed)


def percent_rank(values: Floats) -> Floats:
    """(rank − 1)/(n − 1) of each column of (places, ...): 0 for the lowest, 1 for the highest.

    Ties share the lower rank. Missing values are left out of n and have none; nor has a single value.
    """
    known = np.isfinite(values)
    rounded = np.where(known, np.round(np.where(known, values, 0.0), TIES_AT), np.nan)
    rank = lowest_ranks(rounded.T).T
    others = known.sum(axis=0) - 1.0
    return (rank - 1) / np.where(others > 0, others, np.nan)


def social_vulnerability(
    values: Floats, themes: Sequence[Sequence[int]], inverted: Mask
) -> SocialVulnerability:
    """CDC's Social Vulnerability Index of the places that are ranked together.

    values: (places, variables), missing as NaN, a place without people missing in all of them. themes: the
    variables' positions, theme by theme. inverted: (variables,), True where a low value is vulnerable.

    An inverted variable's percentile is 1 − its percent rank, which is not the percent rank of its negative
    where values are tied. Percentiles are rounded to four decimals, sums are made of the rounded ones.
    """
    if sorted(each for theme in themes for each in theme) != list(range(values.shape[1])):
        raise ValueError("every variable belongs to one theme")
    ranked = percent_rank(values)
    percentile = np.where(inverted, 1 - ranked, ranked).round(PERCENTILE_DECIMALS)
    theme_sum = np.stack([percentile[:, list(theme)].sum(axis=1) for theme in themes], axis=1)
    total = theme_sum.sum(axis=1)
    flag = np.where(percentile >= FLAGGED_FROM, 1.0, 0.0)
    flag[np.isnan(percentile)] = np.nan
    return SocialVulnerability(
        percentile=percentile,
        flag=flag,
        theme_sum=theme_sum,
        theme_rank=_rank_of_sum(theme_sum),
        total=total,
        overall_rank=_rank_of_sum(total),
        flags=flag.sum(axis=1),
    )


def _rank_of_sum(sums: Floats) -> Floats:
    """Percent rank of sums of percentiles; sums that differ only by the noise of adding are ties."""
    return np.round(percent_rank(np.round(sums, PERCENTILE_DECIMALS)), PERCENTILE_DECIMALS)
