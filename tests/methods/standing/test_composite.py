"""The composite index and CDC's percentile ranks: anchors, the laws, a slow second way, refusals."""

import statistics

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lifegap.methods.standing.composite import composite_index, percent_rank, social_vulnerability, z_scores
from tests.conftest import ANCHORS

THEMES_2018 = (
    ("POV", "UNEMP", "PCI", "NOHSDP"), ("AGE65", "AGE17", "DISABL", "SNGPNT"), ("MINRTY", "LIMENG"),
    ("MUNIT", "MOBILE", "CROWD", "NOVEH", "GROUPQ"),
)  # fmt: skip
THEMES_2020 = (
    ("POV150", "UNEMP", "HBURD", "NOHSDP", "UNINSUR"), ("AGE65", "AGE17", "DISABL", "SNGPNT", "LIMENG"), ("MINRTY",),
    ("MUNIT", "MOBILE", "CROWD", "NOVEH", "GROUPQ"),
)  # fmt: skip

DIRECTION, WEIGHTS = np.array([1.0, -1, 1]), np.array([0.5, 0.3, 0.2])
WHOLE = st.integers(-500, 500).map(float)
PLACES = st.integers(2, 12).flatmap(lambda places: arrays(float, (places, 3), elements=WHOLE))
GAPS = st.integers(2, 12).flatmap(
    lambda places: arrays(float, (places, 4), elements=st.one_of(WHOLE, WHOLE, WHOLE, st.just(np.nan)))
)


@pytest.mark.parametrize("case", ["comp_0", "comp_2", "comp_4"])
def test_scores_and_their_percent_ranks_equal_the_anchor(case: str) -> None:
    cases = pl.read_csv(ANCHORS / "composite_z.csv").filter(case_id=case)
    index = composite_index(cases.select("x1", "x2", "x3").to_numpy(), DIRECTION, WEIGHTS)
    np.testing.assert_allclose(index.score, cases["z_score"], rtol=0, atol=1e-9)
    np.testing.assert_allclose(percent_rank(index.score), cases["pct_rank"], rtol=0, atol=1e-9)


@given(PLACES, st.floats(0.01, 100), st.floats(-1000, 1000), st.integers(0, 2))
def test_another_unit_of_a_measure_leaves_the_scores(
    values: np.ndarray, times: float, plus: float, measure: int
) -> None:
    changed = values.copy()
    changed[:, measure] = times * changed[:, measure] + plus
    before, after = (composite_index(each, DIRECTION, WEIGHTS).score for each in (values, changed))
    np.testing.assert_allclose(after, before, atol=1e-6)


@given(PLACES, st.integers(0, 2))
def test_turning_a_measure_and_its_direction_leaves_the_scores(values: np.ndarray, measure: int) -> None:
    turned, direction = values.copy(), DIRECTION.copy()
    turned[:, measure] *= -1
    direction[measure] *= -1
    np.testing.assert_allclose(
        composite_index(turned, direction, WEIGHTS).score, composite_index(values, DIRECTION, WEIGHTS).score
    )


@given(GAPS, st.booleans())
def test_a_slow_implementation_agrees(values: np.ndarray, small_only: bool) -> None:
    direction, weights = (1, -1, -1, 1), (4, 2, 1, 1)
    small = [place % 2 == 0 for place in range(len(values))]

    def z(place: int, measure: int) -> float | None:
        column = [float(x) for x in values[:, measure] if x == x]
        x = float(values[place, measure])
        if x != x or len(column) < 2 or len(set(column)) == 1:
            return None
        found = (x - statistics.mean(column)) / statistics.stdev(column)
        return max(-2.0, min(2.0, found)) if small[place] or not small_only else found

    index = composite_index(
        values,
        np.array(direction, float),
        np.array(weights, float),
        cap=2.0,
        capped=np.array(small) if small_only else None,
    )
    for place in range(len(values)):
        found = [z(place, measure) for measure in range(4)]
        there = sum(w for w, each in zip(weights, found, strict=True) if each is not None)
        if there < 6:
            assert np.isnan(index.score[place])
            assert index.place_reason[place] == "withheld:missing_measures"
        else:
            terms = zip(direction, weights, found, strict=True)
            slow = sum(d * w * each for d, w, each in terms if each is not None) * 8 / there
            assert index.score[place] == pytest.approx(slow, abs=1e-9)
            assert index.place_reason[place] is None


def test_a_missing_value_is_never_the_mean() -> None:
    # County Health Rankings counts a missing measure as z = 0; that would halve this place's score.
    values = np.array([[1.0, 1.0], [2.0, 2.0], [9.0, np.nan]])
    index = composite_index(values, np.ones(2), np.array([3.0, 1.0]))
    assert index.score[2] == pytest.approx(4 * index.z[2, 0])
    assert index.score[2] > 3 * index.z[2, 0] > 0


def test_just_three_quarters_of_the_weight_are_enough() -> None:
    values = np.array([[1.0, 1, 1, 1], [2.0, 2, 2, 2], [np.nan, 3, 3, 3]])
    quarters = np.full(4, 0.35)  # three of which are a little less than 0.75 of all in floats
    assert np.isfinite(composite_index(values, np.ones(4), quarters).score).all()
    assert np.isnan(composite_index(values, np.ones(4), np.array([0.36, 0.35, 0.35, 0.34])).score[2])


def test_a_measure_that_is_the_same_everywhere_is_dropped_and_says_so() -> None:
    values = np.array([[1.0, 0.1 + 0.2, 5], [2.0, 0.3, np.nan], [4.0, 0.3, np.nan]])
    index = composite_index(values, np.ones(3), np.array([8.0, 1, 1]))
    assert list(index.measure_reason) == [
        None, "not_computable:no_variation", "not_computable:too_few_places",
    ]  # fmt: skip
    np.testing.assert_allclose(index.score, 10 * z_scores(values)[:, 0])


def test_where_the_dropped_measures_carry_too_much_nobody_has_a_score() -> None:
    index = composite_index(np.array([[1.0, 7], [2.0, 7]]), np.ones(2), np.ones(2))
    assert np.isnan(index.score).all()


def test_the_cut_may_be_for_some_places_only() -> None:
    values = np.array([*[0.0] * 40, 50.0])[:, None]
    small = np.zeros(41, dtype=bool)
    assert z_scores(values)[-1, 0] == 3
    assert z_scores(values, capped=small)[-1, 0] == z_scores(values, cap=None)[-1, 0] > 6
    small[-1] = True
    assert z_scores(values, capped=small)[-1, 0] == 3


@pytest.mark.parametrize(
    ("direction", "weights"),
    [
        ([0.0, 1], [1.0, 1]),
        ([1.0, 1], [-1.0, 2]),
        ([1.0, 1], [0.0, 0]),
        ([1.0], [1.0]),
        ([1.0, 1], [np.nan, 1]),
    ],
)
def test_impossible_directions_and_weights_are_refused(direction: list, weights: list) -> None:
    with pytest.raises(ValueError, match=r"direction|weight"):
        composite_index(np.eye(2), np.array(direction), np.array(weights))


@pytest.mark.parametrize(("year", "themes"), [(2018, THEMES_2018), (2020, THEMES_2020)])
def test_the_vulnerability_index_of_pennsylvania_equals_the_published_one(year: int, themes: tuple) -> None:
    cases = pl.read_csv(ANCHORS / f"svi_pa_{year}.csv")
    names = [name for theme in themes for name in theme]
    at = [[names.index(name) for name in theme] for theme in themes]
    inverted = np.array([name == "PCI" for name in names])
    found = social_vulnerability(cases.select(f"EP_{name}" for name in names).to_numpy(), at, inverted)

    def published(*columns: str) -> np.ndarray:
        return cases.select(*columns).to_numpy()

    numbers = range(1, 5)
    for ours, theirs in (
        (found.percentile, published(*(f"EPL_{name}" for name in names))),
        (found.theme_sum, published(*(f"SPL_THEME{each}" for each in numbers))),
        (found.theme_rank, published(*(f"RPL_THEME{each}" for each in numbers))),
        (found.total[:, None], published("SPL_THEMES")),
        (found.overall_rank[:, None], published("RPL_THEMES")),
        (found.flags[:, None], published("F_TOTAL")),
    ):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9)


def test_an_inverted_percentile_is_not_the_percentile_of_the_negative() -> None:
    cases = pl.read_csv(ANCHORS / "svi_pa_2018.csv")
    income = cases["EP_PCI"].to_numpy()
    inverted = np.round(1 - percent_rank(income), 4)
    np.testing.assert_allclose(inverted, cases["EPL_PCI"], rtol=0, atol=1e-9)
    differing = np.flatnonzero(np.abs(np.round(percent_rank(-income), 4) - inverted) > 1e-9)
    assert income[differing].tolist() == [26867.0, 26867.0]
    assert abs(np.round(percent_rank(-income), 4) - inverted)[differing] == pytest.approx(0.0152, abs=1.1e-4)


@given(st.lists(st.integers(0, 20), min_size=2, max_size=30))
def test_percent_ranks_begin_at_0_and_ties_share_the_lower_value(values: list[int]) -> None:
    found = percent_rank(np.array(values, float))
    slow = [sum(other < each for other in values) / (len(values) - 1) for each in values]
    assert found.min() == 0
    np.testing.assert_allclose(found, slow)


def test_noise_of_floats_parts_no_tie_and_the_missing_are_not_counted() -> None:
    assert percent_rank(np.array([0.1 + 0.2, 0.3, 1.0, np.nan])).tolist()[:3] == [0, 0, 1]
    assert np.isnan(percent_rank(np.array([5.0, np.nan]))).all()


@given(GAPS)
def test_a_slow_vulnerability_index_agrees(values: np.ndarray) -> None:
    found = social_vulnerability(values, [[0, 2], [1], [3]], np.array([False, False, True, False]))

    def rank(column: list[float | None], place: int) -> float | None:
        there = [x for x in column if x is not None]
        own = column[place]
        if own is None or len(there) < 2:
            return None
        return sum(x < own for x in there) / (len(there) - 1)

    places = range(len(values))
    columns = [[None if x != x else float(x) for x in values[:, at]] for at in range(4)]
    ranked = [[rank(column, place) for place in places] for column in columns]
    ranked[2] = [None if each is None else 1 - each for each in ranked[2]]
    epl = [[None if each is None else float(np.round(each, 4)) for each in column] for column in ranked]
    totals: list[float | None] = []
    for place in places:
        own = [column[place] for column in epl]
        if None in own:
            assert np.isnan([found.total[place], found.overall_rank[place], found.flags[place]]).all()
            totals.append(None)
        else:
            assert found.total[place] == pytest.approx(sum(each or 0 for each in own))
            assert found.flags[place] == sum((each or 0) >= 0.9 for each in own)
            totals.append(round(sum(each or 0 for each in own), 4))
    for place in places:
        slow = rank(totals, place)
        if slow is not None:
            assert found.overall_rank[place] == pytest.approx(slow, abs=6e-5)


def test_sums_of_the_same_percentiles_are_tied_in_any_order() -> None:
    assert 0.2 + 0.4 + 0.6 != 0.6 + 0.4 + 0.2
    values = np.array([[1.0, 2, 3], [3.0, 2, 1], [0.0, 0, 0], [2.0, 1, 2], [4.0, 4, 4], [5.0, 5, 5]])
    found = social_vulnerability(values, [[0, 1, 2]], np.zeros(3, dtype=bool))
    assert found.percentile[:2].tolist() == [[0.2, 0.4, 0.6], [0.6, 0.4, 0.2]]
    assert found.theme_rank[0] == found.theme_rank[1] == found.overall_rank[0] == found.overall_rank[1]


def test_a_variable_without_a_theme_is_refused() -> None:
    with pytest.raises(ValueError, match="one theme"):
        social_vulnerability(np.ones((3, 2)), [[0]], np.array([False, False]))
