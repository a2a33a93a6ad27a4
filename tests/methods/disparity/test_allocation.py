"""Shares follow the weights, keep floors and caps, and say how unsure they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.disparity.allocation import drawn_shares, limits, proportionality, shares


def test_shares_are_as_the_weights() -> None:
    assert shares(np.array([1.0, 3.0, 0.0])) == pytest.approx([0.25, 0.75, 0.0])


def test_a_floor_takes_from_the_others_as_their_weights() -> None:
    # By hand: 0.1 goes to the third; 0.9 is split 1 to 3.
    assert shares(np.array([1.0, 3.0, 0.0]), floor=0.1) == pytest.approx([0.225, 0.675, 0.1])


def test_a_cap_gives_to_the_others_as_their_weights() -> None:
    # By hand: 0.5 stays with the first; 0.5 is split 2 to 1.
    assert shares(np.array([7.0, 2.0, 1.0]), cap=0.5) == pytest.approx([0.5, 1 / 3, 1 / 6])


def test_where_caps_leave_only_places_without_weight_they_share_alike() -> None:
    assert shares(np.array([1.0, 0.0, 0.0]), cap=0.5) == pytest.approx([0.5, 0.25, 0.25])


def test_nobody_in_need_is_no_split() -> None:
    assert np.isnan(shares(np.array([0.0, 0.0]))).all()


@pytest.mark.parametrize("limit", [{"floor": 0.4}, {"cap": 0.3}, {"floor": 0.3, "cap": 0.2}, {"floor": -0.1}])
def test_limits_that_leave_no_split_are_refused(limit: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="cannot each have"):
        shares(np.ones(3), **limit)


@given(
    st.lists(st.floats(0.01, 100), min_size=2, max_size=8),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_shares_sum_to_one_within_their_limits(weights: list[float], low: float, high: float) -> None:
    places = len(weights)
    floor, cap = low / places, 1 / places + high * (1 - 1 / places)
    found = shares(np.array(weights), floor=floor, cap=cap)
    assert found.sum() == pytest.approx(1)
    assert (found >= floor - 1e-9).all()
    assert (found <= cap + 1e-9).all()
    # Who is within the limits keeps the ratio of the weights.
    free = (found > floor + 1e-9) & (found < cap - 1e-9)
    ratio = found[free] / np.array(weights)[free]
    assert np.ptp(ratio) <= 1e-6 * max(1.0, *ratio, 0.0) if free.any() else True


def test_known_weights_have_no_limits_beside_them_and_unsure_ones_do() -> None:
    weights = np.array([1.0, 1.0, 2.0])
    low, high = limits(drawn_shares(weights, np.zeros(3), seed=1))
    assert low == pytest.approx(high)
    low, high = limits(drawn_shares(weights, np.array([0.2, 0.0, 0.0]), seed=1))
    # By hand: the first share is x/(3 + x), with x of 1 ± 1.96 × 0.2.
    assert low[0] == pytest.approx(0.608 / 3.608, abs=0.01)
    assert high[0] == pytest.approx(1.392 / 4.392, abs=0.01)


def test_draws_repeat() -> None:
    arguments = (np.array([1.0, 2.0]), np.array([0.1, 0.2]), 7)
    assert (drawn_shares(*arguments) == drawn_shares(*arguments)).all()


def test_proportionality_is_one_where_money_follows_people() -> None:
    people = np.array([100.0, 300.0])
    assert proportionality(np.array([0.25, 0.75]), people) == pytest.approx([1, 1])
    assert proportionality(np.array([0.5, 0.5]), people) == pytest.approx([2, 2 / 3])
