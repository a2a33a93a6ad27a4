"""Ranks with ties: the lowest and the highest of the ranks that equal values share.

As `scipy.stats.rankdata` gives them with its methods "min" and "max", both from one sorting, and without
the second that it takes to load all of scipy's distributions.
"""

import numpy as np
from numpy.typing import NDArray

from lifegap.methods.arrays import Floats


def shared_ranks(values: Floats) -> tuple[Floats, Floats]:
    """Lowest and highest rank along the last axis, from 1; both NaN where the value is."""
    order = np.argsort(values, axis=-1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=-1)
    places = np.arange(1.0, values.shape[-1] + 1)
    begins = np.ones(values.shape, dtype=bool)
    begins[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    ends = np.ones(values.shape, dtype=bool)
    ends[..., :-1] = begins[..., 1:]
    lowest = np.maximum.accumulate(np.where(begins, places, 0.0), axis=-1)
    highest = np.where(ends, places, np.inf)
    highest = np.minimum.accumulate(highest[..., ::-1], axis=-1)[..., ::-1]
    unknown = np.isnan(values)
    return _put_back(lowest, order, unknown), _put_back(highest, order, unknown)


def lowest_ranks(values: Floats) -> Floats:
    """The lowest of the ranks that equal values share, along the last axis; NaN where the value is."""
    return shared_ranks(values)[0]


def _put_back(ranks: Floats, order: NDArray[np.intp], unknown: NDArray[np.bool_]) -> Floats:
    """Ranks in the order of the values, NaN where there is none (missing values are sorted last)."""
    placed = np.empty_like(ranks)
    np.put_along_axis(placed, order, ranks, axis=-1)
    placed[unknown] = np.nan
    return placed
