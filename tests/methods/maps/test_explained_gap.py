"""Shares of R² and the split of a difference: known cases, the laws, a slow second way, what is refused."""

import json
from itertools import permutations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.examples import get_path

from lifegap.methods.maps.explained_gap import OaxacaBlinder, ShapleyR2, oaxaca_blinder, shapley_r2
from tests.conftest import ANCHORS, CHECKOUT

SEEDS = st.integers(0, 2**32)


def _areas(seed: int, k: int = 3, units: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """Predictors that move together and are of unlike size, and an outcome in years."""
    random = np.random.default_rng(seed)
    shared = random.normal(size=(units, 1))
    x = random.normal(size=(units, k)) + random.uniform(0, 1, k) * shared
    y = 76 + x @ random.normal(size=k) + random.normal(size=units)
    return x * 10.0 ** random.integers(-3, 6, k) + random.uniform(-50, 50, k), y


def _shapley(x: np.ndarray, y: np.ndarray) -> ShapleyR2:
    return shapley_r2(x, y, modeled_predictors=[False] * x.shape[1], modeled_outcome=False)


def _split(place: tuple[np.ndarray, np.ndarray], reference: tuple[np.ndarray, np.ndarray]) -> OaxacaBlinder:
    declared = [False] * place[0].shape[1]
    return oaxaca_blinder(*place, *reference, modeled_predictors=declared, modeled_outcome=False)


def _fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Least squares with an intercept first, predictors brought to one size before."""
    size = np.abs(x).max(axis=0)
    slopes = np.linalg.lstsq(np.column_stack([np.ones(len(y)), x / size]), y, rcond=None)[0]
    return np.append(slopes[0], slopes[1:] / size)


def _r2(x: np.ndarray, y: np.ndarray) -> float:
    slopes = _fit(x, y) if x.shape[1] else np.array([y.mean()])
    rest = y - slopes[0] - x @ slopes[1:]
    return 1 - (rest**2).sum() / ((y - y.mean()) ** 2).sum()


def test_known_shares() -> None:
    cases = pl.read_csv(ANCHORS / "shapley_r2.csv").to_dicts()
    assert len(cases) == 2
    for case in cases:
        found = _shapley(np.array(json.loads(case["x"])), np.array(json.loads(case["y"])))
        assert found.r2 == pytest.approx(case["r2_full"], abs=1e-9)
        np.testing.assert_allclose(found.shares, json.loads(case["shapley"]), rtol=0, atol=1e-9)


def test_the_example_of_the_page() -> None:
    counties = pl.read_csv(get_path("stl_hom.csv")).with_columns(
        pl.col("HR8893", "RDAC90", "PE87").str.strip_chars().cast(pl.Float64)
    )

    def side(rows: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        return rows.select("RDAC90", "PE87").to_numpy(), rows["HR8893"].to_numpy()

    shares = _shapley(*side(counties))
    assert [round(share, 3) for share in (shares.r2, *shares.shares)] == [0.406, 0.296, 0.111]
    of_missouri = pl.col("STATE_NAME") == "Missouri"
    split = _split(side(counties.filter(of_missouri)), side(counties.filter(~of_missouri)))
    assert [round(part, 2) for part in (split.gap, split.explained, split.unexplained)] == [
        -1.76,
        -0.57,
        -1.19,
    ]
    assert [round(end, 2) for end in (split.explained_low, split.explained_high)] == [-0.66, -0.34]
    assert [round(part, 2) for part in split.by_predictor] == [-1.24, 0.67]


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.integers(1, 4))
def test_a_slow_mean_over_all_orders_of_entry_agrees(seed: int, k: int) -> None:
    x, y = _areas(seed, k)
    gains = np.zeros(k)
    orders = list(permutations(range(k)))
    for order in orders:
        for position, index in enumerate(order):
            gains[index] += _r2(x[:, order[: position + 1]], y) - _r2(x[:, order[:position]], y)
    found = _shapley(x, y)
    np.testing.assert_allclose(found.shares, gains / len(orders), rtol=0, atol=1e-8)
    for index in range(k):
        others = np.delete(x, index, axis=1)
        assert found.vif[index] == pytest.approx(1 / (1 - _r2(others, x[:, index])), rel=1e-6)
    assert found.collinear.tolist() == (found.vif > 5).tolist()


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.integers(1, 5))
def test_shares_sum_to_r2_and_none_is_negative(seed: int, k: int) -> None:
    found = _shapley(*_areas(seed, k))
    assert found.shares.sum() == pytest.approx(found.r2, abs=1e-9)
    assert found.shares.min() >= -1e-9
    assert 0 <= found.r2 <= 1


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.permutations(range(4)))
def test_the_order_of_the_predictors_does_not_matter(seed: int, order: list[int]) -> None:
    x, y = _areas(seed, 4)
    np.testing.assert_allclose(
        _shapley(x[:, order], y).shares, _shapley(x, y).shares[order], rtol=0, atol=1e-9
    )


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.floats(0.01, 1000) | st.floats(-1000, -0.01), st.floats(-100, 100))
def test_a_predictor_that_stands_twice_shares_equally_and_a_constant_gets_nothing(
    seed: int, times: float, constant: float
) -> None:
    x, y = _areas(seed)
    alone = _shapley(x, y)
    again = _shapley(np.column_stack([x, x[:, 0] * times, np.full(len(y), constant)]), y)
    assert again.shares[0] == pytest.approx(again.shares[3], abs=1e-8)
    assert again.shares[4] == pytest.approx(0, abs=1e-12)
    assert again.r2 == pytest.approx(alone.r2, abs=1e-9)
    assert again.collinear[[0, 3]].all()
    assert not again.collinear[4]
    assert np.isnan(again.vif[[0, 3, 4]]).all()


@settings(max_examples=25, deadline=None)
@given(SEEDS, SEEDS, st.integers(1, 4))
def test_a_slow_split_with_a_group_dummy_agrees(one: int, two: int, k: int) -> None:
    place, reference = _areas(one, k), _areas(two, k, units=45)
    unlike = reference[0].mean(axis=0) - place[0].mean(axis=0)
    stacked = np.vstack([place[0], reference[0]]), np.concatenate([place[1], reference[1]])
    group = np.repeat([1.0, 2.0], [60, 45])
    pooled = _fit(np.column_stack([stacked[0], group]), stacked[1])[1:-1]
    ways = [unlike @ pooled, unlike @ _fit(*place)[1:], unlike @ _fit(*reference)[1:]]
    found = _split(place, reference)
    assert found.explained == pytest.approx(ways[0], rel=1e-6, abs=1e-6)
    assert found.explained_low == pytest.approx(min(ways), rel=1e-6, abs=1e-6)
    assert found.explained_high == pytest.approx(max(ways), rel=1e-6, abs=1e-6)
    np.testing.assert_allclose(found.by_predictor, unlike * pooled, rtol=1e-6, atol=1e-6)
    assert found.units == (60, 45)


@settings(max_examples=25, deadline=None)
@given(SEEDS, SEEDS)
def test_parts_sum_to_the_difference_and_turn_their_signs_with_the_sides(one: int, two: int) -> None:
    place, reference = _areas(one), _areas(two)
    found, turned = _split(place, reference), _split(reference, place)
    size = max(1.0, np.abs(found.by_predictor).max())
    assert found.gap == pytest.approx(reference[1].mean() - place[1].mean())
    assert found.explained + found.unexplained == pytest.approx(found.gap, abs=1e-9 * size)
    assert found.by_predictor.sum() == pytest.approx(found.explained, abs=1e-9 * size)
    for name in ("gap", "explained", "unexplained"):
        assert getattr(turned, name) == pytest.approx(-getattr(found, name), abs=1e-9 * size)
    assert turned.explained_low == pytest.approx(-found.explained_high, abs=1e-9 * size)


def test_units_of_the_predictors_do_not_matter() -> None:
    (x, y), (other_x, other_y) = _areas(2), _areas(3)
    sizes = np.array([1e-7, 1.0, -1e7])
    found, sized = _split((x, y), (other_x, other_y)), _split((x * sizes, y), (other_x * sizes, other_y))
    np.testing.assert_allclose(sized.by_predictor, found.by_predictor, rtol=1e-6)
    assert sized.explained_low == pytest.approx(found.explained_low)
    np.testing.assert_allclose(_shapley(x * sizes, y).shares, _shapley(x, y).shares, rtol=0, atol=1e-9)


def test_groups_that_differ_in_their_level_alone_have_nothing_explained() -> None:
    """Pooled without the groups' own levels, the slope would take part of the level for explained."""
    x, y = _areas(4)
    found = _split((x, y), (x, y + 3))
    assert found.explained == pytest.approx(0, abs=1e-9)
    assert found.unexplained == pytest.approx(3)
    shifted = x + x.std(axis=0)
    found = _split((x, y), (shifted, y))
    assert found.gap == pytest.approx(0)
    assert found.explained == pytest.approx(-found.unexplained)
    assert abs(found.explained) > 0.1


def test_areas_with_a_gap_in_any_figure_are_left_out() -> None:
    x, y = _areas(5)
    holes = x.copy()
    holes[3, 1] = np.nan
    found = _shapley(np.vstack([holes, x[:1]]), np.append(y, np.inf))
    assert found.units == 59
    np.testing.assert_allclose(
        found.shares, _shapley(np.delete(x, 3, axis=0), np.delete(y, 3)).shares, atol=1e-12
    )


@pytest.mark.parametrize(
    ("modeled_predictors", "modeled_outcome"), [([True, False, False], False), ([False] * 3, True)]
)
def test_modeled_inputs_are_refused(modeled_predictors: list[bool], modeled_outcome: bool) -> None:
    x, y = _areas(6)
    declared = {"modeled_predictors": modeled_predictors, "modeled_outcome": modeled_outcome}
    shares, split = shapley_r2(x, y, **declared), oaxaca_blinder(x, y, x, y, **declared)
    assert shares.reason == split.reason == "not_assessable:modeled_input"
    assert np.isnan(shares.shares).all()
    assert np.isnan([shares.r2, split.gap, split.explained, split.unexplained, split.explained_low]).all()


def test_too_few_areas_too_many_predictors_and_no_variation_are_refused() -> None:
    few = "not_assessable:few_units_per_predictor"
    x, y = _areas(7, k=3, units=29)
    assert _shapley(x, y).reason == few
    assert _split(_areas(8), (x, y)).reason == few
    assert _split((x, y), _areas(8)).reason == few
    assert _shapley(x[:0], y[:0]).reason == few
    assert _split((x[:0], y[:0]), (x, y)).reason == few
    assert _shapley(*_areas(7, k=3, units=30)).reason is None
    assert _shapley(*_areas(7, k=11, units=200)).reason == "not_assessable:too_many_predictors"
    assert _shapley(_areas(7)[0], np.full(60, 0.1)).reason == "not_computable:no_variation"


def test_a_split_along_predictors_that_cannot_be_told_apart_is_refused() -> None:
    x, y = _areas(9)
    twice = np.column_stack([x, x[:, 0] + 2 * x[:, 1]])
    constant_on_one_side = x.copy()
    constant_on_one_side[:, 0] = 7
    assert _split((twice, y), (twice, y + 1)).reason == "not_computable:collinear"
    assert _split((x, y), (constant_on_one_side, y)).reason == "not_computable:collinear"


def test_predictors_that_nearly_follow_from_others_are_marked() -> None:
    x, y = _areas(10)
    x[:, 2] = x[:, 0] + 0.1 * x[:, 0].std() * np.random.default_rng(1).normal(size=60)
    assert _shapley(x, y).collinear.tolist() == [True, False, True]
    assert _split((x, y), (x, y + 1)).collinear.tolist() == [True, False, True]


def test_every_result_carries_its_caveats_and_nothing_speaks_of_causes() -> None:
    x, y = _areas(11)
    for found in (_shapley(x, y), _split((x, y), (x, y)), _shapley(x[:5], y[:5])):
        assert any("not people" in caveat for caveat in found.caveats)
        assert len(found.caveats) == 4
    for name in ("lifegap/methods/maps/explained_gap.py", "docs/explanation/methods/explained-gap.md"):
        assert "caused by" not in (CHECKOUT / name).read_text(encoding="utf-8").lower()


@pytest.mark.parametrize(
    ("x", "y", "declared"), [((5, 2), (4,), 2), ((5, 2), (5,), 1), ((5, 0), (5,), 0), ((5,), (5,), 5)]
)
def test_shapes_and_declarations_that_do_not_fit_raise(x: tuple, y: tuple, declared: int) -> None:
    with pytest.raises(ValueError, match="predictors"):
        shapley_r2(np.ones(x), np.ones(y), modeled_predictors=[False] * declared, modeled_outcome=False)


def test_sides_with_unlike_predictors_raise() -> None:
    with pytest.raises(ValueError, match="3 predictors of the place, 2 of the reference"):
        _split(_areas(1, k=3), _areas(1, k=2))
