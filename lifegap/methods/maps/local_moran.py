"""Do neighbors resemble each other: over the whole map (Moran's I), and at each unit (local Moran).

The local statistic of unit i is (n − 1) zᵢ lagᵢ / Σz², z being the values less their mean and the lag the
mean z of the unit's neighbors. It is tested by holding the unit's own value and dealing those of all others
to the neighbors at random; the p-value counts the deals that lie as far from the exact expectation as the
map itself, on either side. Many units are tested, so clusters are named by p-values adjusted for false
discovery.

Peculiar: values are taken as exact to seven digits of the largest; what lies closer is a tie, in the values
and in the deals. A survey's noise is in no p-value. All units share one set of deals, the same that esda
deals of one seed. esda's own p-value looks at one side only, and its moments belong to another scale (too
large by n/(n − 1), its variance by the square).

Source: Anselin (1995), Geographical Analysis 27:93-115; Sokal, Oden and Thomson (1998), Geographical
Analysis 30:331-354, for conditional moments; Cliff and Ord (1981), *Spatial Processes*, for Moran's I;
Caldas de Castro and Singer (2006), Geographical Analysis 38:180-208, for false discovery among local tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lifegap.methods.arrays import Floats
from lifegap.methods.maps.false_discovery import LARGEST_FALSE_SHARE, benjamini_hochberg

Links = Sequence[NDArray[np.integer] | Sequence[int]] | sparse.spmatrix | sparse.sparray

PERMUTATIONS = 9999
LEAST_UNITS = 3
LEAST_UNITS_ON_THE_MAP = 4
"""The variance of a local statistic divides by n − 2, that of the map's by n − 3."""

PRECISION = 1e-7
"""Part of the largest value below which a difference is noise: single precision has seven digits."""

TIE = 1e-10
"""Standardized values closer than this are the same: sums in another order differ by rounding."""

DEALS_AT_ONCE = 500


@dataclass(frozen=True)
class LocalMoran:
    """One entry per unit, (n,). NaN, and a cluster of None, where the reason says why.

    local_i, expected, variance: the statistic and its moments under random neighbors.
    p_value: two-sided; q_value: the same adjusted for the number of units tested.
    cluster: high_high, low_low, high_low (high among low), low_high, not_significant or island.
    reason: None beside a value.
    """

    local_i: Floats
    expected: Floats
    variance: Floats
    p_value: Floats
    q_value: Floats
    cluster: NDArray[np.object_]
    reason: NDArray[np.object_]


@dataclass(frozen=True)
class GlobalMoran:
    """Moran's I with its moments where values are dealt at random; all NaN where there is a reason.

    variance_normal: if values were draws from a normal distribution; variance_random: given these values.
    p_value: two-sided, by permutation. units: how many have a value.
    """

    i: float
    expected: float
    variance_normal: float
    variance_random: float
    p_value: float
    units: int
    reason: str | None


def local_moran(
    values: Floats, neighbors: Links, *, seed: int, permutations: int = PERMUTATIONS
) -> LocalMoran:
    """Local Moran of each unit with equal weights of its neighbors.

    values: (n,), in any unit; one that is no finite number is left out with its links.
    neighbors: the indices of each unit's neighbors, or a matrix (n, n) of 0 and 1.
    Raises ValueError if neighbors are not those of n units, or a unit is its own neighbor.
    """
    size = len(values)
    links = contiguity(neighbors, size)
    known = np.isfinite(values)
    reason = np.full(size, None, dtype=np.object_)
    reason[~known] = "not_computable:value_missing"
    cluster = np.full(size, None, dtype=np.object_)
    numbers = np.full((5, size), np.nan)
    refused = refusal(values[known], LEAST_UNITS)
    if refused:
        reason[known] = refused
        return LocalMoran(*numbers, cluster=cluster, reason=reason)
    z, tie = _standardized(values[known])
    inner = links[known][:, known]
    degree = inner.sum(axis=1)
    lag = inner @ z / np.maximum(degree, 1)
    local_i, expected, variance = _moments(z, lag, degree)
    p = _two_sided_p(z, inner, local_i, expected, seed, permutations, tie)
    alone = degree == 0
    p[alone] = np.nan
    q = benjamini_hochberg(p)
    numbers[:, known] = np.where(alone, np.nan, [local_i, expected, variance, p, q])
    cluster[known] = np.where(alone, "island", _quadrants(z, lag, q))
    reason[np.flatnonzero(known)[alone]] = "not_computable:no_neighbors"
    return LocalMoran(*numbers, cluster=cluster, reason=reason)


def global_moran(
    values: Floats,
    neighbors: Links,
    *,
    seed: int,
    permutations: int = PERMUTATIONS,
    row_standardized: bool = True,
) -> GlobalMoran:
    """Moran's I of the map, (n / ΣΣw) ΣΣ w z z / Σz²; a unit's weights sum to 1, or are 1 each.

    values, neighbors and errors as in `local_moran`. Units without neighbors count in n and the mean.
    """
    links = contiguity(neighbors, len(values))
    known = np.isfinite(values)
    weights = links[known][:, known]
    refused = refusal(values[known], LEAST_UNITS_ON_THE_MAP)
    if refused or weights.nnz == 0:
        reason = refused or "not_computable:no_neighbors"
        return GlobalMoran(np.nan, np.nan, np.nan, np.nan, np.nan, int(known.sum()), reason)
    if row_standardized:
        weights = weights.multiply(1 / np.maximum(weights.sum(axis=1), 1)[:, None]).tocsr()
    z, tie = _standardized(values[known])
    expected = -1 / (len(z) - 1)
    normal, random = _global_variances(z, weights)
    observed = float(_moran(z[:, None], weights)[0])
    generator = np.random.default_rng(seed)
    extreme = 0
    for start in range(0, permutations, DEALS_AT_ONCE):
        deals = min(DEALS_AT_ONCE, permutations - start)
        dealt = generator.permuted(np.tile(z[:, None], (1, deals)), axis=0)
        extreme += int((np.abs(_moran(dealt, weights) - expected) >= abs(observed - expected) - tie).sum())
    p = (1 + extreme) / (permutations + 1)
    return GlobalMoran(observed, expected, normal, random, p, len(z), None)


def contiguity(neighbors: Links, units: int) -> sparse.csr_array:
    """Neighbors as a matrix (units, units) of 0 and 1, whose rows are the units.

    Raises ValueError if they are not those of so many units, or a unit is its own neighbor.
    """
    if isinstance(neighbors, sparse.spmatrix | sparse.sparray):
        links = sparse.csr_array(neighbors, dtype=np.float64, copy=True)
    else:
        rows = [np.asarray(row, dtype=np.intp) for row in neighbors]
        columns = np.concatenate([*rows, np.empty(0, dtype=np.intp)])
        if ((columns < 0) | (columns >= units)).any():
            raise ValueError(f"a neighbor's index must lie between 0 and {units - 1}")
        ends = np.cumsum([0, *(len(row) for row in rows)])
        links = sparse.csr_array((np.ones(len(columns)), columns, ends), shape=(len(rows), units))
    if links.shape != (units, units):
        raise ValueError(f"expected neighbors of {units} units, found {links.shape}")
    links.sum_duplicates()
    links.eliminate_zeros()
    if (links.data != 1).any():
        raise ValueError("links must be 0 or 1, and a neighbor must stand once")
    if links.diagonal().any():
        raise ValueError("a unit cannot be its own neighbor")
    return links


def refusal(values: Floats, least: int) -> str | None:
    """Why known values carry no statistic: too few, or all the same but for rounding; None if they do."""
    if len(values) < least:
        return "not_computable:too_few_units"
    return "not_computable:no_variation" if np.ptp(values) <= PRECISION * np.abs(values).max() else None


def _standardized(values: Floats) -> tuple[Floats, float]:
    """Values less their mean, in standard deviations, and how far apart these are the same.

    Exactly 0 at the mean, where noise has no sign.
    """
    spread = values.std()
    z = (values - values.mean()) / spread
    tie = max(TIE, PRECISION * float(np.abs(values).max() / spread))
    z[np.abs(z) < tie] = 0
    return z, tie


def _moments(z: Floats, lag: Floats, degree: Floats) -> tuple[Floats, Floats, Floats]:
    """The statistic, its expectation and its variance given the unit's own value.

    The lag is then the mean of so many values drawn from the others without replacement.
    """
    others = len(z) - 1
    scaled = others * z / (z @ z)
    mean = (z.sum() - z) / others
    spread = np.maximum((z @ z - z**2) / others - mean**2, 0)
    # Draws without replacement vary less the more of the others are drawn, and not at all when all are.
    left = (others - degree) / (others - 1)
    return scaled * lag, scaled * mean, scaled**2 * spread * left / np.maximum(degree, 1)


def _two_sided_p(
    z: Floats,
    links: sparse.csr_array,
    local_i: Floats,
    expected: Floats,
    seed: int,
    permutations: int,
    tie: float,
) -> Floats:
    """Share of the deals, the map itself counted as one, that lie no nearer the expectation than the map."""
    if links.nnz == 0:
        return np.ones(len(z))
    distances = _dealt(z, links, seed, permutations)
    distances -= expected[:, None]
    np.abs(distances, out=distances)
    unit = (len(z) - 1) * np.abs(z) / (z @ z)
    beyond = np.abs(local_i - expected) - tie * unit
    return (1 + (distances >= beyond[:, None]).sum(axis=1)) / (permutations + 1)


def _dealt(z: Floats, links: sparse.csr_array, seed: int, permutations: int) -> Floats:
    """The statistic under each deal of the other units' values, (n, permutations).

    A deal shuffles the places of the others; a unit with k neighbors takes the first k of them. The
    generator is numpy's frozen one, whose sequence no version changes.
    """
    degree = np.diff(links.indptr)
    most = degree.max()
    shuffled = np.empty((permutations, most), dtype=np.intp)
    generator = np.random.RandomState(int(np.random.SeedSequence(seed).generate_state(1)[0]))
    for deal in shuffled:  # numbers of the others; the unit itself is stepped over below
        deal[:] = generator.permutation(len(z) - 1)[:most]
    scaled = (len(z) - 1) * z / (z @ z)
    dealt = np.zeros((len(z), permutations))
    for unit in np.flatnonzero(degree):
        others = shuffled[:, : degree[unit]]
        dealt[unit] = scaled[unit] * z[others + (others >= unit)].mean(axis=1)
    return dealt


def _quadrants(z: Floats, lag: Floats, q: Floats) -> NDArray[np.str_]:
    """The unit's own side of the mean and its neighbors', where significant."""
    own, around = np.where(z > 0, "high", "low"), np.where(lag > 0, "high", "low")
    sides = np.char.add(np.char.add(own, "_"), around)
    return np.where(q <= LARGEST_FALSE_SHARE, sides, "not_significant")


def _moran(z: Floats, weights: sparse.csr_array) -> Floats:
    """Moran's I of each column of z (n, columns), each of mean 0."""
    return len(z) / weights.sum() * (z * (weights @ z)).sum(axis=0) / (z**2).sum(axis=0)


def _global_variances(z: Floats, weights: sparse.csr_array) -> tuple[float, float]:
    """Variance of I if values are normal, and if these values are dealt at random."""
    n = len(z)
    # Sums of Cliff and Ord: weights, squared links of both directions, squared row and column sums.
    s0 = weights.sum()
    s1 = ((weights + weights.T) ** 2).sum() / 2
    s2 = ((weights.sum(axis=1) + weights.sum(axis=0)) ** 2).sum()
    expected_squared = 1 / (n - 1) ** 2
    normal = (n**2 * s1 - n * s2 + 3 * s0**2) / (s0**2 * (n**2 - 1)) - expected_squared
    kurtosis = n * (z**4).sum() / (z @ z) ** 2
    first = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    second = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    random = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected_squared
    return float(normal), float(random)
