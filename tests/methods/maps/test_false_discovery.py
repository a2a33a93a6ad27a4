"""Adjusted p-values: the published example, the laws, a slow second way."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.maps.false_discovery import LARGEST_FALSE_SHARE, benjamini_hochberg
from tests.conftest import ANCHORS

PS = st.lists(st.floats(0, 1) | st.sampled_from([0.0, 0.01, 0.05, 1.0]), min_size=1, max_size=40).map(
    np.array
)


def test_fifteen_tests_of_benjamini_and_hochberg_reject_four_and_the_other_case_agrees() -> None:
    cases = pl.read_csv(ANCHORS / "fdr_bh.csv")
    for (case,), rows in cases.group_by("case_id"):
        q = benjamini_hochberg(rows["p"].to_numpy())
        np.testing.assert_allclose(q, rows["p_adj_bh"].to_numpy(), rtol=0, atol=1e-12)
        rejected = q <= LARGEST_FALSE_SHARE
        assert rejected.tolist() == rows["reject_05"].cast(pl.Boolean).to_list()
        if case == "bh1995_15":
            assert rejected.sum() == 4
    assert cases["case_id"].n_unique() == 2


@given(PS)
def test_a_slow_implementation_agrees(p: np.ndarray) -> None:
    """The smallest level of false findings at which the step-up rule rejects the test."""
    ordered = sorted(p)
    slow = [
        min(
            other * len(ordered) / (rank + 1)
            for rank, other in enumerate(ordered)
            if rank >= len(ordered) - 1 - ordered[::-1].index(one)
        )
        for one in p
    ]
    np.testing.assert_allclose(benjamini_hochberg(p), slow, rtol=1e-12, atol=0)


@given(PS)
def test_adjusted_values_are_no_smaller_than_p_no_larger_than_1_and_keep_the_order(p: np.ndarray) -> None:
    q = benjamini_hochberg(p)
    assert (q >= p).all()
    assert (q <= 1).all()
    assert (np.diff(q[np.argsort(p, kind="stable")]) >= 0).all()


@given(PS, st.randoms(use_true_random=False))
def test_the_order_of_the_tests_does_not_matter(p: np.ndarray, random) -> None:
    order = list(range(len(p)))
    random.shuffle(order)
    assert benjamini_hochberg(p[order]).tolist() == benjamini_hochberg(p)[order].tolist()


@given(PS, st.integers(0, 5))
def test_tests_without_a_p_value_are_not_counted(p: np.ndarray, unknown: int) -> None:
    q = benjamini_hochberg(np.append(np.full(unknown, np.nan), p))
    assert np.isnan(q[:unknown]).all()
    assert q[unknown:].tolist() == benjamini_hochberg(p).tolist()


def test_no_tests_give_no_values() -> None:
    assert benjamini_hochberg(np.array([])).tolist() == []


@pytest.mark.parametrize("wrong", [-0.1, 1.1, np.inf])
def test_a_number_that_is_no_probability_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg(np.array([0.5, wrong]))
