"""Ranks with ties are those of scipy, missing values and empty sets included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from lifegap.methods.standing.shared_ranks import shared_ranks


@given(
    st.lists(
        st.lists(st.one_of(st.integers(-3, 3).map(float), st.just(np.nan)), min_size=5, max_size=5),
        min_size=1,
        max_size=6,
    )
)
def test_lowest_and_highest_ranks_are_those_of_scipy(rows: list[list[float]]) -> None:
    values = np.array(rows)
    for method, found in zip(("min", "max"), shared_ranks(values), strict=True):
        np.testing.assert_array_equal(found, rankdata(values, method=method, axis=-1, nan_policy="omit"))


@pytest.mark.parametrize("shape", [(0,), (3, 0), (0, 4)])
def test_nothing_has_no_ranks(shape: tuple[int, ...]) -> None:
    lowest, highest = shared_ranks(np.empty(shape))
    assert lowest.shape == highest.shape == shape
