"""Ranks with their uncertainty: anchors, the laws, a slow second way, and what is not known."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifegap.methods.standing import ranks as module
from lifegap.methods.standing.composite import composite_index
from lifegap.methods.standing.ranks import (
    expected_rank,
    index_with_ranks,
    is_priority,
    rank_uncertainty,
    ranks,
    worst_quarter,
)
from tests.conftest import ANCHORS

UNKNOWN = np.nan
WHOLE = st.integers(-20, 20).map(float)
ERROR = st.one_of(st.floats(0.01, 10), st.just(0.0), st.just(UNKNOWN))
ROWS = st.lists(st.tuples(WHOLE, ERROR), min_size=1, max_size=12)


def _sides(rows: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([y for y, _ in rows]), np.array([se for _, se in rows])


@pytest.mark.parametrize("case", ["rank_0", "rank_2", "rank_4"])
def test_expected_rank_and_probability_equal_the_anchor(case: str) -> None:
    cases = pl.read_csv(ANCHORS / "rank_uncertainty.csv").filter(case_id=case)
    estimate, se = cases["estimate"].to_numpy(), cases["se"].to_numpy()
    expected = expected_rank(estimate, se, "lowest")
    np.testing.assert_allclose(expected, cases["expected_rank_low_is_1"], rtol=0, atol=1e-9)
    found = rank_uncertainty(estimate, se, worst="lowest", seed=2024)
    np.testing.assert_allclose(found.probability_worst_quarter, cases["p_worst_quarter"], atol=0.02)
    assert worst_quarter(len(estimate)) == cases["worst_quarter_size"][0]


@given(ROWS, st.sampled_from(["highest", "lowest"]))
def test_expected_ranks_sum_to_those_of_a_plain_ranking(rows: list, worst) -> None:
    estimate, se = _sides(rows)
    k = len(rows)
    assert expected_rank(estimate, se, worst).sum() == pytest.approx(k * (k + 1) / 2)


@settings(max_examples=30)
@given(ROWS)
def test_probabilities_of_the_worst_quarter_sum_to_its_size_ties_or_not(rows: list) -> None:
    estimate, se = _sides(rows)
    found = rank_uncertainty(estimate, se, worst="lowest", seed=1, draws=40)
    if found.drawn.any():
        assert found.probability_worst_quarter.sum() == pytest.approx(-(-len(rows) // 4))
        assert ((found.rank_low <= found.rank) & (found.rank <= found.rank_high)).all()
    else:
        assert np.isnan(found.probability_worst_quarter).all()


@given(st.lists(WHOLE, min_size=2, max_size=12, unique=True))
def test_without_noise_ranks_are_plain_and_with_nothing_but_noise_all_are_alike(values: list) -> None:
    estimate = np.array(values)
    plain = 1 + np.array([sum(other < each for other in values) for each in values])
    none, all_noise = np.full(len(values), 1e-9), np.full(len(values), 1e9)
    found = rank_uncertainty(estimate, none, worst="lowest", seed=3, draws=20)
    for each in (found.rank, found.rank_low, found.rank_high, expected_rank(estimate, none, "lowest")):
        np.testing.assert_allclose(each, plain)
    np.testing.assert_allclose(expected_rank(estimate, all_noise, "lowest"), (len(values) + 1) / 2, atol=1e-6)


def test_drawn_ranks_average_to_the_expected_ones() -> None:
    estimate, se = np.array([70.0, 71, 71.5, 74, 80]), np.array([2.0, 0.5, UNKNOWN, 3, 1])
    random = np.random.default_rng(5)
    drawn = estimate + np.nan_to_num(se) * random.standard_normal((40_000, 5))
    np.testing.assert_allclose(
        ranks(drawn, "lowest").mean(axis=0), expected_rank(estimate, se, "lowest"), atol=0.02
    )


def test_ties_share_the_lower_rank_and_noise_of_floats_parts_none() -> None:
    assert ranks(np.array([0.1 + 0.2, 0.3, 5, -1, np.nan])).tolist()[:4] == [2, 2, 1, 4]
    assert ranks(np.array([0.1 + 0.2, 0.3, 5, -1, np.nan]), "lowest").tolist()[:4] == [2, 2, 4, 1]
    assert np.isnan(ranks(np.array([1.0, np.nan]))[1])


def test_where_nothing_has_an_error_there_is_a_rank_and_no_interval() -> None:
    found = rank_uncertainty(np.array([3.0, 1, 2]), np.array([0.0, UNKNOWN, 0]), worst="lowest", seed=1)
    assert found.rank.tolist() == [3, 1, 2]
    assert np.isnan([found.rank_low, found.rank_high, found.probability_worst_quarter]).all()
    assert not found.drawn.any()


def test_a_missing_estimate_is_left_out_of_the_ranking() -> None:
    found = rank_uncertainty(np.array([3.0, np.nan, 2]), np.ones(3), worst="lowest", seed=1)
    assert np.isnan([found.rank[1], found.rank_low[1], found.probability_worst_quarter[1]]).all()
    assert found.probability_worst_quarter[[0, 2]].sum() == pytest.approx(1)
    assert np.nanmax(found.rank_high) == 2


def _example(places: int = 13, measures: int = 5) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(11)
    estimates = random.normal(50, 10, (places, measures))
    errors = random.uniform(0.5, 6, (places, measures))
    return estimates, errors, np.where(np.arange(measures) % 2, -1.0, 1.0), np.arange(1.0, measures + 1)


def test_a_slow_index_with_draws_agrees() -> None:
    estimates, se, direction, weights = _example()
    estimates[2, 0] = np.nan  # a fifteenth of the weight
    estimates[5, 4] = np.nan  # a third of the weight
    se[3, 1] = se[4, 2] = np.nan
    se[6, 3] = 0.0
    draws, seed = 60, 7
    found = index_with_ranks(estimates, se, direction, weights, seed, draws)
    noise = np.random.default_rng(seed).standard_normal((draws, *estimates.shape))
    drawn = []
    for draw in range(draws):
        values = estimates.copy()
        for place in range(values.shape[0]):
            for measure in range(values.shape[1]):
                if se[place, measure] > 0:
                    values[place, measure] += se[place, measure] * noise[draw, place, measure]
        score = composite_index(values, direction, weights).score
        there = [each for each in score if each == each]
        drawn.append([1 + sum(other > each for other in there) if each == each else np.nan for each in score])
    scored = np.arange(13) != 5
    slow = np.array(drawn)[:, scored]
    np.testing.assert_allclose(found.rank[scored], np.median(slow, axis=0))
    np.testing.assert_allclose(found.rank_low[scored], np.quantile(slow, 0.025, axis=0))
    np.testing.assert_allclose(found.rank_high[scored], np.quantile(slow, 0.975, axis=0))
    np.testing.assert_allclose(found.probability_worst_quarter[scored], (slow <= 3).mean(axis=0))
    np.testing.assert_allclose(found.score, composite_index(estimates, direction, weights).score)
    for each in (found.score, found.rank, found.rank_low, found.rank_high, found.rank_of_score):
        assert np.isnan(each[5])
    assert found.drawn_weight[[0, 2, 3, 4, 6]] == pytest.approx([1, 1, 13 / 15, 12 / 15, 11 / 15])


def test_the_same_seed_gives_the_same_ranks_however_draws_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = _example()
    whole = index_with_ranks(*inputs, 1, 500)
    monkeypatch.setattr(module, "NUMBERS_AT_ONCE", 700)
    cut = index_with_ranks(*inputs, 1, 500)
    other = index_with_ranks(*inputs, 2, 500)
    np.testing.assert_array_equal(whole.probability_worst_quarter, cut.probability_worst_quarter)
    np.testing.assert_array_equal(whole.rank, cut.rank)
    assert (whole.probability_worst_quarter != other.probability_worst_quarter).any()


def test_seventy_seven_places_and_thirty_measures_in_ten_thousand_draws() -> None:
    found = index_with_ranks(*_example(77, 30), seed=1)
    assert found.probability_worst_quarter.sum() == pytest.approx(20)
    assert (found.rank_low <= found.rank).all()
    assert (found.rank <= found.rank_high).all()
    assert (found.rank_high - found.rank_low).min() >= 1


def test_the_place_most_in_need_ranks_first_whatever_the_direction_of_its_measures() -> None:
    values = np.array([[9.0, 60], [5.0, 70], [1.0, 80]])
    found = index_with_ranks(values, np.full((3, 2), 0.01), np.array([1.0, -1]), np.ones(2), 1, 100)
    assert found.rank.tolist() == found.rank_of_score.tolist() == [1, 2, 3]
    assert found.probability_worst_quarter.tolist() == [1, 0, 0]


def test_without_any_error_the_index_has_ranks_and_no_interval() -> None:
    estimates, _, direction, weights = _example()
    found = index_with_ranks(estimates, np.full_like(estimates, np.nan), direction, weights, 1)
    np.testing.assert_array_equal(found.rank, found.rank_of_score)
    assert np.isnan([found.rank_low, found.rank_high, found.probability_worst_quarter]).all()
    assert (found.drawn_weight == 0).all()


def test_a_priority_belongs_to_the_worst_quarter_in_four_draws_of_five() -> None:
    assert is_priority(np.array([0.8, 0.79, 1, np.nan])).tolist() == [True, False, True, False]
    assert [worst_quarter(places) for places in (1, 4, 5, 8, 77)] == [1, 1, 2, 2, 20]


def test_errors_of_another_shape_and_no_draws_are_refused() -> None:
    estimates, se, direction, weights = _example()
    with pytest.raises(ValueError, match="standard error"):
        index_with_ranks(estimates, se[:, :1], direction, weights, 1)
    with pytest.raises(ValueError, match="one draw"):
        index_with_ranks(estimates, se, direction, weights, 1, 0)
