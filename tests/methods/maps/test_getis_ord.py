"""Statistics of Getis and Ord: published cases, the laws, and slow ways by exact enumeration."""

from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifegap.methods.maps.getis_ord import general_g, getis_ord
from lifegap.methods.maps.local_moran import local_moran
from tests.conftest import ANCHORS

SIX_POINTS = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
SIX_VALUES = np.array([2, 3, 3.2, 5, 8, 7])
UNITS = st.integers(4, 8)


def _within(points: list[tuple[int, int]], distance: float) -> list[list[int]]:
    return [
        [j for j, b in enumerate(points) if i != j and (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 <= distance**2]
        for i, a in enumerate(points)
    ]


def _printed(stat: str) -> float:
    rows = pl.read_csv(ANCHORS / "spatial_global.csv").filter(pl.col("stat") == stat)
    return rows["value"].item()


@st.composite
def maps(draw: st.DrawFn) -> tuple[np.ndarray, list[list[int]]]:
    units = draw(UNITS)
    values = draw(
        st.lists(st.integers(0, 9), min_size=units, max_size=units).filter(lambda v: len(set(v)) > 2)
    )
    near = [draw(st.sets(st.sampled_from([j for j in range(units) if j != i]))) for i in range(units)]
    return np.array(values, dtype=float), [sorted(row) for row in near]


def _enumerated(total: float, pool: list[float], drawn: int) -> float:
    """The deviate of a total among the totals of every set of so many of the pool; NaN if they are all one."""
    totals = np.array([sum(chosen) for chosen in combinations(pool, drawn)])
    return (total - totals.mean()) / totals.std() if np.ptp(totals) > 1e-9 else np.nan


def test_six_points_of_the_package_and_its_general_statistic() -> None:
    near = _within(SIX_POINTS, 15)
    assert getis_ord(SIX_VALUES, near).z[0] == pytest.approx(_printed("G_local_binary_Z0"), abs=1e-7)
    star = getis_ord(SIX_VALUES, near, star=True)
    assert star.z[0] == pytest.approx(_printed("G_local_star_binary_Z0"), abs=1e-7)
    assert general_g(SIX_VALUES, near).g == pytest.approx(_printed("Getis_G"), abs=1e-8)


def test_weights_that_sum_to_1_do_not_change_the_deviate() -> None:
    """esda 2.9 and 2.10 print Z = -0.62074534 here, with the variance of weights of 1."""
    near = _within(SIX_POINTS, 15)
    means = [np.mean(chosen) for chosen in combinations(SIX_VALUES[1:], len(near[0]))]
    exact = (np.mean(SIX_VALUES[near[0]]) - np.mean(means)) / np.std(means)
    ours = getis_ord(SIX_VALUES, near).z[0]
    assert ours == pytest.approx(exact, abs=1e-12)
    assert ours == pytest.approx(_printed("G_local_rowstd_Z0"), abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(maps(), st.booleans())
def test_deviates_agree_with_exact_enumeration(drawn: tuple[np.ndarray, list[list[int]]], star: bool) -> None:
    values, near = drawn
    found = getis_ord(values, near, star=star)
    for unit, row in enumerate(near):
        if not row:
            assert found.reason[unit] == "not_computable:no_neighbors"
            continue
        total = values[row].sum() + star * values[unit]
        pool = values.tolist() if star else np.delete(values, unit).tolist()
        exact = _enumerated(total, pool, len(row) + star)
        assert found.z[unit] == pytest.approx(exact, abs=1e-9, nan_ok=True)
        assert found.reason[unit] == ("not_computable:no_variation" if np.isnan(exact) else None)


@settings(max_examples=100, deadline=None)
@given(maps())
def test_the_general_statistic_agrees_with_a_slow_one_and_lies_at_its_expectation_for_equal_values(
    drawn: tuple[np.ndarray, list[list[int]]],
) -> None:
    values, near = drawn
    found = general_g(values, near)
    pairs = [(i, j) for i in range(len(values)) for j in range(len(values)) if i != j]
    together = sum(values[i] * values[j] for i, j in pairs)
    assert found.g == pytest.approx(sum(values[i] * values[j] for i, j in pairs if j in near[i]) / together)
    equal = general_g(np.full(len(values), 3.0), near)
    assert equal.g == pytest.approx(equal.expected)
    assert equal.expected == found.expected


@given(maps(), st.floats(0.1, 100), st.floats(-100, 100), st.booleans())
def test_unit_and_origin_do_not_matter_and_turning_the_values_turns_the_sign(
    drawn: tuple[np.ndarray, list[list[int]]], times: float, more: float, star: bool
) -> None:
    values, near = drawn
    found = getis_ord(values, near, star=star).z
    np.testing.assert_allclose(getis_ord(more + times * values, near, star=star).z, found, rtol=0, atol=1e-6)
    np.testing.assert_allclose(getis_ord(-values, near, star=star).z, -found, rtol=0, atol=1e-9)


def test_the_permutation_test_is_that_of_local_moran() -> None:
    near = _within(SIX_POINTS, 15)
    p = local_moran(SIX_VALUES, near, seed=1).p_value
    for unit, row in enumerate(near):
        totals = np.array([sum(chosen) for chosen in combinations(np.delete(SIX_VALUES, unit), len(row))])
        far = np.abs(totals - totals.mean()) >= abs(SIX_VALUES[row].sum() - totals.mean()) - 1e-9
        assert p[unit] == pytest.approx(far.mean(), abs=0.025)


def test_a_missing_value_is_left_out_with_its_links() -> None:
    near = _within(SIX_POINTS, 15)
    longer = [[*row, 6] for row in near] + [[0, 1, 2, 3, 4, 5]]
    values = np.append(SIX_VALUES, np.nan)
    found = getis_ord(values, longer)
    assert found.reason[6] == "not_computable:value_missing"
    assert np.isnan(found.z[6])
    np.testing.assert_array_equal(found.z[:6], getis_ord(SIX_VALUES, near).z)
    assert general_g(values, longer) == general_g(SIX_VALUES, near)


@pytest.mark.parametrize("outlier", [5.7, 50, 77.7])
def test_others_that_differ_by_rounding_alone_give_a_unit_no_deviate(outlier: float) -> None:
    values = np.array([outlier, 0.1, 0.3 - 0.2, 0.1, 0.1, 0.3 - 0.2])
    found = getis_ord(values, [[1, 2], [0, 2], [1, 3], [2, 4], [3, 5], [4, 0]])
    assert found.reason[0] == "not_computable:no_variation"
    assert np.isnan(found.z[0])
    assert np.isfinite(found.z[1:]).all()


def test_what_carries_no_statistic_is_refused_with_a_reason() -> None:
    ring = [[1, 3], [0, 2], [1, 3], [2, 0]]
    same = getis_ord(np.full(4, 0.1), ring)
    assert set(same.reason) == {"not_computable:no_variation"}
    assert np.isnan(same.z).all()
    few = getis_ord(np.array([1, 2, np.nan, np.nan]), ring)
    assert few.reason.tolist()[:2] == ["not_computable:too_few_units"] * 2
    refused = {
        "not_computable:too_few_units": [1, 2, np.nan, np.nan],
        "not_computable:negative_values": [1, 2, -3, 4],
        "not_computable:no_pairs": [0, 0, 5, 0],
    }
    for reason, values in refused.items():
        found = general_g(np.array(values, dtype=float), ring)
        assert found.reason == reason
        assert np.isnan([found.g, found.expected]).all()
