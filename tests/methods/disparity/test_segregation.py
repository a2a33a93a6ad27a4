"""Evenness among units: the laws, a slow second implementation, and what sampling error does."""

import json

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.disparity.segregation import dissimilarity, interaction, isolation, with_draws
from tests.conftest import ANCHORS

PEOPLE = st.integers(0, 5000).map(float)
UNITS = st.lists(st.tuples(PEOPLE, PEOPLE), min_size=2, max_size=30).filter(
    lambda units: sum(x for x, _ in units) > 0 and sum(y for _, y in units) > 0
)


def _sides(units: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([x for x, _ in units]), np.array([y for _, y in units])


@given(UNITS)
def test_indices_lie_between_0_and_1_and_dissimilarity_is_symmetric(units: list[tuple[float, float]]) -> None:
    group, other = _sides(units)
    assert -1e-12 <= dissimilarity(group, other) <= 1 + 1e-12
    assert dissimilarity(group, other) == pytest.approx(dissimilarity(other, group))
    assert -1e-12 <= isolation(group, group + other) <= 1 + 1e-12


@given(UNITS)
def test_isolation_and_interaction_of_two_groups_add_up_to_1(units: list[tuple[float, float]]) -> None:
    group, other = _sides(units)
    whole = group + other
    assert isolation(group, whole) + interaction(group, other, whole) == pytest.approx(1)


@given(UNITS, st.floats(0.1, 10))
def test_dissimilarity_is_0_where_both_are_spread_alike(
    units: list[tuple[float, float]], times: float
) -> None:
    group, _ = _sides(units)
    assert dissimilarity(group, times * group) == pytest.approx(0, abs=1e-12)


@given(UNITS)
def test_a_slow_implementation_agrees(units: list[tuple[float, float]]) -> None:
    xs, ys = sum(x for x, _ in units), sum(y for _, y in units)
    slow = sum(abs(x / xs - y / ys) for x, y in units) / 2
    alone = sum(x / xs * x / (x + y) for x, y in units if x + y > 0)
    group, other = _sides(units)
    assert dissimilarity(group, other) == pytest.approx(slow)
    assert isolation(group, group + other) == pytest.approx(alone)


def test_complete_separation_is_1() -> None:
    assert dissimilarity(np.array([5.0, 0.0]), np.array([0.0, 7.0])) == 1
    assert isolation(np.array([5.0, 0.0]), np.array([5.0, 7.0])) == 1


def test_nobody_of_a_group_gives_no_index() -> None:
    assert np.isnan(dissimilarity(np.zeros(3), np.ones(3)))


def test_drawing_the_units_again_pushes_an_even_place_up_and_is_seeded() -> None:
    even = np.full(40, 100.0)
    margin = np.full(40, 30.0)
    found = with_draws("dissimilarity", even, even, margin, margin, seed=1)
    assert found.value == 0
    assert found.mean_of_draws > 0.1
    assert found == with_draws("dissimilarity", even, even, margin, margin, seed=1)


def test_without_standard_errors_there_is_an_index_and_no_interval() -> None:
    known, unknown = np.array([1.0, 2.0]), np.array([np.nan, np.nan])
    found = with_draws("isolation", known, known * 2, unknown, unknown, seed=1)
    assert found.value == pytest.approx(0.5)
    assert np.isnan(found.se)


def test_published_cases() -> None:
    for case in pl.read_csv(ANCHORS / "segregation.csv").to_dicts():
        group, other = (np.array(json.loads(case[name]), dtype=float) for name in ("group_x", "group_y"))
        assert dissimilarity(group, other) == pytest.approx(case["dissimilarity"], abs=1e-12)
        assert isolation(group, group + other) == pytest.approx(case["isolation_x"], abs=1e-12)
        assert interaction(group, other, group + other) == pytest.approx(case["interaction_xy"], abs=1e-12)
