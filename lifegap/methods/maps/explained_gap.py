"""What differences among areas go along with: shares of R², and the difference of two groups of areas, split.

For analysts, never a headline. Both rest on straight lines through areas, and tell what goes together there,
no more; `caveats` travel with every result. Units are areas; each weighs alike, so that the difference of two
groups is that of their plain means, not the published gap.

Peculiar: whether an input comes from a model must be declared. Modeled figures are predicted from the very
measures that would stand beside them, so they are refused. The pooled slopes of the split are those within
the groups; pooled without the groups' own levels they would count part of the level as explained.

Source: Lindeman, Merenda and Gold (1980), *Introduction to Bivariate and Multivariate Analysis*, and
Grömping (2007), American Statistician 61:139-147, for shares of R²; Blinder (1973), J Human Resources
8:436-455, Oaxaca (1973), International Economic Review 14:693-709, and Jann (2008), Stata Journal 8:453-479,
for the split.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

from lifegap.methods.arrays import Floats

MOST_PREDICTORS = 10
UNITS_PER_PREDICTOR = 10
COLLINEAR_VIF = 5.0
"""Above this factor a predictor's part can hardly be told from that of the others."""

SAME = 1e-10
"""Relative difference below which numbers are the same but for rounding."""

CAVEATS = (
    "Areas are described, not people: what holds among areas need not hold among the people in them.",
    "Figures tell what goes together along a straight line, not what would change if something else did.",
    "A measure that is left out speaks through those that are in.",
)
OF_THE_VARIATION = (
    "The shares are of the variation across the areas compared, not of the gap between two places."
)
OF_PLAIN_MEANS = "The difference is that of the plain means of two groups of areas, not the published gap."


@dataclass(frozen=True)
class ShapleyR2:
    """Shares of the outcome's variation, (predictors,); they sum to r2. NaN where there is a reason.

    vif: variance inflation factors, (predictors,), NaN where a predictor is constant or follows from others.
    collinear: whether its factor is above 5, so that its share stands for the others' too.
    units: areas that have all figures.
    """

    shares: Floats
    r2: float
    vif: Floats
    collinear: NDArray[np.bool_]
    units: int
    reason: str | None
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class OaxacaBlinder:
    """Reference less place, in the outcome's unit: gap = explained + unexplained. NaN with a reason.

    explained: by the pooled slopes; by_predictor, (predictors,): its parts.
    explained_low, explained_high: its range over the slopes of the place, the reference, and pooled.
    vif, collinear: of the pooled slopes, as in `ShapleyR2`. units: complete areas of place and reference.
    """

    gap: float
    explained: float
    unexplained: float
    by_predictor: Floats
    explained_low: float
    explained_high: float
    vif: Floats
    collinear: NDArray[np.bool_]
    units: tuple[int, int]
    reason: str | None
    caveats: tuple[str, ...]


def shapley_r2(
    predictors: Floats, outcome: Floats, *, modeled_predictors: Sequence[bool], modeled_outcome: bool
) -> ShapleyR2:
    """Each predictor's part of R², averaged over all orders in which predictors can enter.

    predictors: (areas, predictors), outcome: (areas,), in any units; areas with a gap in either are left out.
    modeled_predictors, modeled_outcome: which of them come from a model.
    Raises ValueError if the shapes do not fit.
    """
    x, y = _complete(predictors, outcome)
    k = predictors.shape[1]
    caveats = (*CAVEATS, OF_THE_VARIATION)
    reason = _refusal(k, len(y), modeled_predictors, modeled_outcome)
    if reason is None and not _centered(y[:, None]).any():
        reason = "not_computable:no_variation"
    if reason is not None:
        nothing = np.full(k, np.nan)
        return ShapleyR2(nothing, np.nan, nothing, np.zeros(k, np.bool_), len(y), reason, caveats)
    # A rotation keeps all sums of squares: the small triangle stands for the areas in every fit.
    triangle = np.linalg.qr(np.hstack([_centered(x), _centered(y[:, None])])).R
    design, target = triangle[:, :-1], triangle[:, -1]
    r2 = np.array([_share_fitted(design[:, _members(subset, k)], target) for subset in range(2**k)])
    vif, collinear = _inflation(design)
    return ShapleyR2(_shapley(r2, k), float(r2[-1]), vif, collinear, len(y), None, caveats)


def oaxaca_blinder(
    place_predictors: Floats,
    place_outcome: Floats,
    reference_predictors: Floats,
    reference_outcome: Floats,
    *,
    modeled_predictors: Sequence[bool],
    modeled_outcome: bool,
) -> OaxacaBlinder:
    """The difference of two groups' means: what unlike predictors account for at common slopes, and the rest.

    Arrays and errors as in `shapley_r2`, one pair for the areas of each group.
    """
    k = place_predictors.shape[-1]
    if reference_predictors.shape[-1] != k:
        raise ValueError(f"{k} predictors of the place, {reference_predictors.shape[-1]} of the reference")
    sides = _complete(place_predictors, place_outcome), _complete(reference_predictors, reference_outcome)
    units = len(sides[0][1]), len(sides[1][1])
    within = [(_centered(x), y - y.mean() if len(y) else y) for x, y in sides]
    caveats = (*CAVEATS, OF_PLAIN_MEANS)
    reason = _refusal(k, min(units), modeled_predictors, modeled_outcome)
    if reason is None and any(_rank(x) < k for x, _ in within):
        reason = "not_computable:collinear"
    if reason is not None:
        nothing, no = np.full(k, np.nan), np.nan
        return OaxacaBlinder(
            no, no, no, nothing, no, no, nothing, np.zeros(k, np.bool_), units, reason, caveats
        )
    both = np.vstack([x for x, _ in within]), np.concatenate([y for _, y in within])
    slopes = [_slopes(x, y) for x, y in (both, *within)]
    means = [x.mean(axis=0) for x, _ in sides]
    unlike = means[1] - means[0]
    levels = [y.mean() - mean @ slopes[0] for (_, y), mean in zip(sides, means, strict=True)]
    explained = [float(unlike @ slope) for slope in slopes]
    vif, collinear = _inflation(both[0])
    return OaxacaBlinder(
        gap=float(sides[1][1].mean() - sides[0][1].mean()),
        explained=explained[0],
        unexplained=float(levels[1] - levels[0]),
        by_predictor=unlike * slopes[0],
        explained_low=min(explained),
        explained_high=max(explained),
        vif=vif,
        collinear=collinear,
        units=units,
        reason=None,
        caveats=caveats,
    )


def _complete(predictors: Floats, outcome: Floats) -> tuple[Floats, Floats]:
    """The areas that have every figure."""
    if predictors.ndim != 2 or predictors.shape[1] == 0 or outcome.shape != predictors.shape[:1]:
        raise ValueError(f"expected (areas, predictors) and (areas,): {predictors.shape}, {outcome.shape}")
    known = np.isfinite(predictors).all(axis=1) & np.isfinite(outcome)
    return predictors[known], outcome[known]


def _refusal(k: int, units: int, modeled_predictors: Sequence[bool], modeled_outcome: bool) -> str | None:
    if len(modeled_predictors) != k:
        raise ValueError(f"{len(modeled_predictors)} declarations for {k} predictors")
    if modeled_outcome or any(modeled_predictors):
        return "not_assessable:modeled_input"
    if k > MOST_PREDICTORS:
        return "not_assessable:too_many_predictors"
    return "not_assessable:few_units_per_predictor" if units < UNITS_PER_PREDICTOR * k else None


def _centered(x: Floats) -> Floats:
    """Columns less their means; exactly 0 where a column is constant but for rounding."""
    if len(x) == 0:
        return x
    constant = np.ptp(x, axis=0) <= SAME * np.abs(x).max(axis=0)
    return np.where(constant, 0.0, x - x.mean(axis=0))


def _lengths(x: Floats) -> Floats:
    """Lengths of columns by which they are divided: predictors may be of very unlike size."""
    lengths = np.linalg.norm(x, axis=0)
    return np.where(lengths > 0, lengths, 1)


def _rank(x: Floats) -> int:
    """How many of the centered columns do not follow from the others."""
    return int(np.linalg.matrix_rank(x / _lengths(x), rtol=SAME))


def _slopes(x: Floats, y: Floats) -> Floats:
    """Least squares of centered columns; where some follow from others, the smallest that fit."""
    lengths = _lengths(x)
    return np.linalg.lstsq(x / lengths, y, rcond=SAME)[0] / lengths


def _share_fitted(design: Floats, target: Floats) -> float:
    """Share of the target's sum of squares that the columns account for; all are centered."""
    if design.shape[1] == 0:
        return 0.0
    fitted = design @ _slopes(design, target)
    return min(float(fitted @ fitted / (target @ target)), 1.0)


def _members(subset: int, k: int) -> list[int]:
    """Predictors of a subset, given as a number whose bits they are."""
    return [index for index in range(k) if subset >> index & 1]


def _shapley(r2: Floats, k: int) -> Floats:
    """Mean gain in R² by each predictor over all orders of entry, from the R² of every subset (2^k,)."""
    subsets = np.arange(2**k)
    sizes = np.array([subset.bit_count() for subset in range(2**k)])
    orders = np.array([factorial(size) * factorial(k - size - 1) / factorial(k) for size in range(k)])
    shares = np.empty(k)
    for index in range(k):
        without = subsets[(subsets >> index & 1) == 0]
        shares[index] = orders[sizes[without]] @ (r2[without | 1 << index] - r2[without])
    return shares


def _inflation(design: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Variance inflation factors of centered predictors, and whether a factor is above 5."""
    k = design.shape[1]
    varies = design.any(axis=0)
    alone = np.ones(k)
    for index in np.flatnonzero(varies):
        alone[index] -= _share_fitted(np.delete(design, index, axis=1), design[:, index])
    vif = np.divide(1.0, alone, out=np.full(k, np.nan), where=varies & (alone > SAME))
    return vif, alone < 1 / COLLINEAR_VIF
