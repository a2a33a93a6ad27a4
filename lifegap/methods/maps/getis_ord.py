"""Where high or low values gather: the statistics of Getis and Ord, local and over the map.

The local statistic is the sum of a unit's neighbors' values, in standard deviations of what as many units
drawn at random would sum to; with `star` the unit counts among its own neighbors. Unlike local Moran it tells
high among high from low among low by its sign, and knows no outliers.

Peculiar: there is no p-value. The normal one is wrong for a few neighbors and skewed values, and the
permutation test of the statistic without `star` is that of `local_moran`. The deviate cannot depend on how
weights are scaled; esda's does, because its variance for weights that sum to 1 is that of weights of 1.

Source: Getis and Ord (1992), Geographical Analysis 24:189-206; Ord and Getis (1995), Geographical Analysis
27:286-306.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lifegap.methods.arrays import Floats
from lifegap.methods.maps.local_moran import LEAST_UNITS, TIE, Links, contiguity, refusal


@dataclass(frozen=True)
class GetisOrd:
    """The standard deviate of each unit, (n,); NaN where its reason, else None, says why."""

    z: Floats
    reason: NDArray[np.object_]


@dataclass(frozen=True)
class GeneralG:
    """The statistic of the map and its expectation where values are dealt at random; NaN with a reason."""

    g: float
    expected: float
    reason: str | None


def getis_ord(values: Floats, neighbors: Links, *, star: bool = False) -> GetisOrd:
    """Gᵢ of each unit, or Gᵢ* with `star`, as a standard deviate; neighbors weigh alike.

    values: (n,), in any unit; one that is no finite number is left out with its links.
    neighbors and errors as in `local_moran`.
    """
    links = contiguity(neighbors, len(values))
    known = np.isfinite(values)
    z = np.full(len(values), np.nan)
    reason = np.full(len(values), None, dtype=np.object_)
    reason[~known] = "not_computable:value_missing"
    found = values[known]
    refused = refusal(found, LEAST_UNITS)
    if refused:
        reason[known] = refused
        return GetisOrd(z, reason)
    inner = links[known][:, known]
    alone = inner.sum(axis=1) == 0
    deviates = _deviates(found, inner, star)
    deviates[alone] = np.nan
    why = np.full(len(found), None, dtype=np.object_)
    why[np.isnan(deviates)] = "not_computable:no_variation"
    why[alone] = "not_computable:no_neighbors"
    z[known], reason[known] = deviates, why
    return GetisOrd(z, reason)


def general_g(values: Floats, neighbors: Links) -> GeneralG:
    """ΣΣ w x x / ΣΣ x x over pairs of units, w being 1 for neighbors.

    values: (n,), none negative, since products of negative values count as high; else as in `getis_ord`.
    """
    links = contiguity(neighbors, len(values))
    known = np.isfinite(values)
    x = values[known]
    inner = links[known][:, known]
    if len(x) < LEAST_UNITS:
        return GeneralG(np.nan, np.nan, "not_computable:too_few_units")
    if (x < 0).any():
        return GeneralG(np.nan, np.nan, "not_computable:negative_values")
    if np.count_nonzero(x) < 2:
        return GeneralG(np.nan, np.nan, "not_computable:no_pairs")
    pairs = x.sum() ** 2 - x @ x
    return GeneralG(float(x @ (inner @ x) / pairs), float(inner.sum() / (len(x) * (len(x) - 1))), None)


def _deviates(x: Floats, links: sparse.csr_array, star: bool) -> Floats:
    """(sum − its expectation) / its standard deviation; NaN where the sum cannot vary."""
    counted = len(x) if star else len(x) - 1
    centered = x - x.mean()
    own = np.zeros_like(x) if star else centered
    mean = (centered.sum() - own) / counted
    variance = np.maximum((centered @ centered - own**2) / counted - mean**2, 0)
    drawn = links.sum(axis=1) + star
    total = links @ centered + star * centered
    # Draws without replacement: none of the sum is left to chance once all units are drawn.
    spread = variance * drawn * (counted - drawn) / (counted - 1)
    varies = spread > TIE * (centered @ centered)
    return np.divide(total - drawn * mean, np.sqrt(spread), out=np.full_like(x, np.nan), where=varies)
