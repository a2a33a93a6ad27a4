"""Parts of a gap by age: their intervals, where people are few."""

import numpy as np

from assets.analyses.gap_decomposition import _spread


def test_intervals_hold_where_some_draws_leave_nobody_alive() -> None:
    """A place of few people draws rates at which nobody outlives the band."""
    ages = np.array([0.0, 65.0, 75.0, 85.0])
    a = np.array([0.5, 0.5, 0.5, 6.0])
    few = np.tile([0.001, 0.02, 0.04, 0.16], (200, 1))
    few[:40, 2] = np.linspace(0.2, 0.6, 40)
    many = np.tile([0.001, 0.015, 0.04, 0.15], (200, 1))
    se, low, high = _spread(few, a, many, a, ages)
    assert np.isfinite([se, low, high]).all()
    assert (low <= high).all()
