"""Moran's I, local and over the map: published cases, the laws, and slow ways by exact enumeration."""

import warnings
from fractions import Fraction
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from esda.moran import Moran_Local
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.examples import get_path
from libpysal.weights import W
from scipy import sparse

from lifegap.methods.maps.local_moran import PERMUTATIONS, _dealt, global_moran, local_moran
from tests.conftest import ANCHORS

LABELS = {"HH": "high_high", "LL": "low_low", "HL": "high_low", "LH": "low_high"}
WITHIN_CHANCE = 0.025
"""Five standard deviations of a p-value of 9,999 deals."""

Map = tuple[np.ndarray, list[list[int]]]


@st.composite
def maps(draw: st.DrawFn, *, most: int = 8, islands: bool = True) -> Map:
    """Small whole numbers, ties among them, and any neighbors."""
    units = draw(st.integers(4, most))
    values = draw(
        st.lists(st.integers(-6, 6), min_size=units, max_size=units).filter(lambda v: len(set(v)) > 1)
    )
    pairs = list(combinations(range(units), 2))
    links = set(draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=len(pairs))))
    if not islands:
        links |= {(unit, unit + 1) for unit in range(units - 1)}
    near = [[] for _ in range(units)]
    for one, other in sorted(links):
        near[one].append(other)
        near[other].append(one)
    return np.array(values, dtype=float), near


def _grid(side: int) -> list[list[int]]:
    """Units of a square that share an edge."""
    at = [(row, column) for row in range(side) for column in range(side)]
    return [[at.index(b) for b in at if abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1] for a in at]


def _anchor(name: str) -> tuple[pl.DataFrame, list[list[int]]]:
    rows = pl.read_csv(ANCHORS / name, schema_overrides={"unit": pl.String, "neighbors": pl.String})
    position = {unit: index for index, unit in enumerate(rows["unit"])}
    return rows, [[position[unit] for unit in near.split()] for near in rows["neighbors"]]


def _st_louis() -> Map:
    """Homicide rates 1988-1993 of 78 counties around St. Louis, and which touch (in libpysal)."""
    counties = pl.read_csv(get_path("stl_hom.csv"))
    lines = Path(get_path("stl.gal")).read_text(encoding="utf-8").splitlines()
    near = [[int(unit) - 1 for unit in line.split()] for line in lines[2::2]]
    return counties["HR8893"].str.strip_chars().cast(pl.Float64).to_numpy(), near


def _exact(values: np.ndarray, near: list[int], unit: int) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """I of a unit, its moments and its p-value over every set of others that its neighbors could be."""
    exact = [Fraction(value) for value in values.tolist()]
    nothing = Fraction(0)
    mean = sum(exact, nothing) / len(exact)
    z = [value - mean for value in exact]
    scale = (len(z) - 1) * z[unit] / sum((one * one for one in z), nothing) / len(near)
    others = [index for index in range(len(z)) if index != unit]
    dealt = [
        scale * sum((z[other] for other in chosen), nothing) for chosen in combinations(others, len(near))
    ]
    observed = scale * sum((z[other] for other in near), nothing)
    expected = sum(dealt, nothing) / len(dealt)
    variance = sum(((one - expected) ** 2 for one in dealt), nothing) / len(dealt)
    beyond = sum(abs(one - expected) >= abs(observed - expected) for one in dealt)
    return observed, expected, variance, Fraction(beyond, len(dealt))


@pytest.mark.parametrize("name", ["spatial_local_moran.csv", "spatial_local_moran_sids.csv"])
def test_statistics_and_exact_moments_of_two_known_maps(name: str) -> None:
    rows, near = _anchor(name)
    found = local_moran(rows["y"].to_numpy(), near, seed=1)
    np.testing.assert_allclose(found.local_i, rows["local_I"], rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.expected, rows["EI_cond"], rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.variance, rows["VI_cond"], rtol=0, atol=1e-9)
    for cluster, quadrant in zip(found.cluster, rows["quadrant"], strict=True):
        assert cluster in ("not_significant", LABELS[quadrant])
    assert found.reason.tolist() == [None] * len(rows)


def test_four_counties_around_st_louis_stand_out_by_plain_p_values_and_none_once_adjusted() -> None:
    found = local_moran(*_st_louis(), seed=1)
    assert (found.p_value <= 0.05).sum() == 4
    assert found.q_value.min() == pytest.approx(0.12, abs=0.04)
    assert set(found.cluster) == {"not_significant"}


def test_published_values_of_the_whole_map() -> None:
    anchors = pl.read_csv(ANCHORS / "spatial_global.csv")
    printed = {(case, stat): value for case, stat, value in anchors.select("case_id", "stat", "value").rows()}
    values, near = _st_louis()
    found = global_moran(values, near, seed=1)
    assert found.i == pytest.approx(printed["stl_hr8893", "global_moran_I"], abs=1e-9)
    rows, near = _anchor("spatial_local_moran_sids.csv")
    found = global_moran(rows["y"].to_numpy(), near, seed=1)
    assert found.i == pytest.approx(printed["sids_sidr74", "global_moran_I"], abs=1e-9)
    found = global_moran(np.arange(1.0, 10), _grid(3), seed=1, row_standardized=False)
    case = "lat3x3_1to9_binary_rook"
    assert found.variance_normal == pytest.approx(printed[case, "VI_norm"], abs=1e-9)
    assert found.variance_random == pytest.approx(printed[case, "VI_rand"], abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(maps())
def test_local_statistics_moments_and_p_values_agree_with_exact_enumeration(drawn: Map) -> None:
    values, near = drawn
    found = local_moran(values, near, seed=1)
    for unit, neighbors in enumerate(near):
        if not neighbors:
            assert found.cluster[unit] == "island"
            continue
        local_i, expected, variance, p = _exact(values, neighbors, unit)
        assert found.local_i[unit] == pytest.approx(float(local_i), abs=1e-12)
        assert found.expected[unit] == pytest.approx(float(expected), abs=1e-12)
        assert found.variance[unit] == pytest.approx(float(variance), abs=1e-12)
        assert found.p_value[unit] == pytest.approx(float(p), abs=WITHIN_CHANCE)
        if p == 1:
            assert found.p_value[unit] == 1


@settings(max_examples=20, deadline=None)
@given(maps(most=6), st.booleans())
def test_the_whole_map_agrees_with_exact_enumeration(drawn: Map, row_standardized: bool) -> None:
    values, near = drawn

    nothing = Fraction(0)

    def moran(z: tuple[Fraction, ...]) -> Fraction:
        weights = [Fraction(1, len(row)) if row_standardized and row else Fraction(1) for row in near]
        products = sum((weights[i] * z[i] * z[j] for i, row in enumerate(near) for j in row), nothing)
        total = sum((weights[i] for i, row in enumerate(near) for _ in row), nothing)
        return len(z) * products / total / sum((one * one for one in z), nothing)

    exact = [Fraction(value) for value in values.tolist()]
    z = tuple(value - sum(exact, nothing) / len(exact) for value in exact)
    dealt = [moran(order) for order in permutations(z)]
    expected = sum(dealt) / len(dealt)
    beyond = sum(abs(one - expected) >= abs(moran(z) - expected) for one in dealt)
    found = global_moran(values, near, seed=1, row_standardized=row_standardized)
    assert found.i == pytest.approx(float(moran(z)), abs=1e-12)
    assert found.expected == pytest.approx(float(expected), abs=1e-12)
    variance = sum((one - expected) ** 2 for one in dealt) / len(dealt)
    assert found.variance_random == pytest.approx(float(variance), abs=1e-12)
    assert found.p_value == pytest.approx(beyond / len(dealt), abs=WITHIN_CHANCE)


def test_moments_belong_to_the_statistic_and_not_to_another_scale() -> None:
    """esda 2.9 and 2.10 print EIc and VIc of these units for n zᵢ lagᵢ / Σz², n / (n − 1) times its own statistic."""
    rows, near = _anchor("spatial_local_moran.csv")
    values = rows["y"].to_numpy()
    found = local_moran(values, near, seed=1, permutations=99)
    for unit, expected_by_esda, variance_by_esda in (
        (3, -0.21520869, 0.26389674),
        (7, -0.36138555, 0.57696508),
    ):
        _, expected, variance, _ = _exact(values, near[unit], unit)
        assert found.expected[unit] == pytest.approx(float(expected), abs=1e-12)
        assert found.variance[unit] == pytest.approx(float(variance), abs=1e-12)
        assert expected_by_esda / found.expected[unit] == pytest.approx(10 / 9, abs=1e-6)
        assert variance_by_esda / found.variance[unit] == pytest.approx(100 / 81, abs=1e-6)


def test_p_values_are_two_sided_and_uniform_where_nothing_is_to_be_found() -> None:
    """esda's legacy p-value is the smaller tail and never exceeds one half."""
    values = np.random.default_rng(7).normal(size=400)
    p = local_moran(values, _grid(20), seed=1).p_value
    for share in (0.1, 0.5, 0.9):
        assert (p <= share).mean() == pytest.approx(share, abs=0.08)


def test_p_values_are_never_0_and_adjusted_ones_never_smaller() -> None:
    values = np.zeros(100)
    values[[0, 1, 2, 10, 11, 12, 20, 21, 22]] = 10
    values += np.linspace(0, 1, 100)
    found = local_moran(values, _grid(10), seed=1, permutations=999)
    assert found.p_value.min() >= 1 / 1000
    assert (found.q_value >= found.p_value).all()


def test_a_raised_corner_is_a_cluster_and_a_low_unit_within_it_an_outlier() -> None:
    values = np.random.default_rng(3).normal(0, 0.1, 400)
    corner = [20 * row + column for row in range(6) for column in range(6)]
    values[corner] += 10
    values[42] = -5
    found = local_moran(values, _grid(20), seed=1)
    assert found.cluster[63] == "high_high"
    assert found.cluster[42] == "low_high"
    assert found.cluster[399] == "not_significant"
    significant = found.q_value <= 0.05
    assert (found.cluster != "not_significant").tolist() == significant.tolist()
    assert set(np.flatnonzero(found.cluster == "high_high")) <= set(corner)


def test_a_lowered_corner_is_a_low_cluster_and_a_high_unit_within_it_an_outlier() -> None:
    values = np.random.default_rng(3).normal(0, 0.1, 400)
    values[[20 * row + column for row in range(6) for column in range(6)]] -= 10
    values[42] = 5
    found = local_moran(values, _grid(20), seed=1)
    assert found.cluster[63] == "low_low"
    assert found.cluster[42] == "high_low"


@settings(max_examples=25, deadline=None)
@given(maps(most=12), st.floats(0.1, 50) | st.floats(-50, -0.1), st.floats(-100, 100))
def test_unit_and_origin_of_the_values_do_not_matter(drawn: Map, times: float, more: float) -> None:
    values, near = drawn
    found = local_moran(values, near, seed=1, permutations=499)
    moved = local_moran(more + times * values, near, seed=1, permutations=499)
    np.testing.assert_allclose(moved.local_i, found.local_i, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(moved.p_value, found.p_value)


@settings(max_examples=25, deadline=None)
@given(maps(most=12, islands=False))
def test_local_statistics_add_up_to_that_of_the_map(drawn: Map) -> None:
    values, near = drawn
    local = local_moran(values, near, seed=1, permutations=9)
    whole = global_moran(values, near, seed=1, permutations=9)
    assert local.local_i.sum() / (len(values) - 1) == pytest.approx(whole.i, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(maps(most=12), st.data())
def test_a_missing_value_is_left_out_with_its_links(drawn: Map, data: st.DataObject) -> None:
    values, near = drawn
    gap = data.draw(st.integers(0, len(values)))
    with_gap = np.insert(values, gap, data.draw(st.sampled_from([np.nan, np.inf, -np.inf])))
    shifted = [[unit + (unit >= gap) for unit in row] for row in near]
    shifted.insert(gap, list({0, len(values)} - {gap}))
    for unit in shifted[gap]:
        shifted[unit].append(gap)
    found = local_moran(values, near, seed=1, permutations=99)
    around = local_moran(with_gap, shifted, seed=1, permutations=99)
    assert around.reason[gap] == "not_computable:value_missing"
    assert around.cluster[gap] is None
    for name in ("local_i", "expected", "variance", "p_value", "q_value"):
        assert np.isnan(getattr(around, name)[gap])
        np.testing.assert_array_equal(np.delete(getattr(around, name), gap), getattr(found, name))
    assert np.delete(around.cluster, gap).tolist() == found.cluster.tolist()
    whole = global_moran(values, near, seed=1, permutations=99)
    assert global_moran(with_gap, shifted, seed=1, permutations=99) == whole


def test_an_island_has_no_statistic_and_is_not_among_the_tests() -> None:
    values = np.append(np.random.default_rng(1).normal(size=9), 30.0)
    found = local_moran(values, [*_grid(3), []], seed=1)
    assert found.cluster[9] == "island"
    assert found.reason[9] == "not_computable:no_neighbors"
    for numbers in (found.local_i, found.expected, found.variance, found.p_value, found.q_value):
        assert np.isnan(numbers[9])
        assert np.isfinite(numbers[:9]).all()
    assert found.q_value[:9].max() == pytest.approx(found.p_value[:9].max())


def test_a_map_of_islands_has_no_statistic() -> None:
    found = local_moran(np.arange(4.0), [[], [], [], []], seed=1)
    assert set(found.cluster) == {"island"}
    whole = global_moran(np.arange(4.0), [[], [], [], []], seed=1)
    assert whole.reason == "not_computable:no_neighbors"
    assert np.isnan(whole.i)


def test_a_unit_at_the_mean_is_never_a_cluster() -> None:
    """Rounding leaves 0.1 and the like a hair beside their mean; its sign says nothing."""
    values = np.array([0.1] + [0.3] * 6 + [-0.1] * 6)
    near = [list(range(1, 7)), *([[0]] * 6), *([[]] * 6)]
    found = local_moran(values, near, seed=1)
    assert found.local_i[0] == 0
    assert found.p_value[0] == 1
    assert found.cluster[0] == "not_significant"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([0.1, 0.1, 0.1, 0.1, 0.3 - 0.2], "not_computable:no_variation"),
        ([0.0, 0.0, 0.0, 0.0, 0.0], "not_computable:no_variation"),
        ([1.0, 2.0, np.nan, np.nan, np.nan], "not_computable:too_few_units"),
        ([np.nan] * 5, "not_computable:too_few_units"),
    ],
)
def test_values_that_carry_no_statistic_are_refused_with_a_reason(values: list[float], reason: str) -> None:
    given_values = np.array(values)
    near = [[1, 4], [0, 2], [1, 3], [2, 4], [3, 0]]
    found = local_moran(given_values, near, seed=1)
    assert set(found.reason[np.isfinite(given_values)]) <= {reason}
    assert set(found.reason[np.isnan(given_values)]) <= {"not_computable:value_missing"}
    assert set(found.cluster) == {None}
    assert np.isnan(found.p_value).all()
    whole = global_moran(given_values, near, seed=1)
    assert whole.reason == reason
    assert np.isnan(
        [whole.i, whole.expected, whole.variance_normal, whole.variance_random, whole.p_value]
    ).all()


def test_neighbors_as_lists_arrays_or_a_matrix_are_the_same() -> None:
    values, near = np.random.default_rng(1).normal(size=16), _grid(4)
    matrix = np.zeros((16, 16), dtype=bool)
    for unit, row in enumerate(near):
        matrix[unit, row] = True
    found = local_moran(values, near, seed=1, permutations=99)
    for same in ([np.array(row) for row in near], sparse.csr_array(matrix), sparse.coo_matrix(matrix)):
        np.testing.assert_array_equal(
            local_moran(values, same, seed=1, permutations=99).p_value, found.p_value
        )


def test_the_matrix_of_the_caller_is_left_as_it_was() -> None:
    data, columns = np.array([0.0, 1, 1, 1, 1]), np.array([2, 1, 0, 3, 2])
    matrix = sparse.csr_array((data, columns, np.array([0, 2, 3, 4, 5])), (4, 4))
    local_moran(np.arange(4.0), matrix, seed=1, permutations=9)
    assert matrix.data.tolist() == [0, 1, 1, 1, 1]
    assert matrix.indices.tolist() == [2, 1, 0, 3, 2]


@pytest.mark.parametrize(
    ("near", "message"),
    [
        ([[1], [0], [3]], "4 units"),
        ([[1], [0], [3], [4]], "between 0 and 3"),
        ([[1], [0], [3], [-1]], "between 0 and 3"),
        ([[1], [0], [3], [2, 3]], "its own neighbor"),
        ([[1], [0], [3], [2, 2]], "stand once"),
        (sparse.csr_array(np.full((4, 4), 0.5) - np.eye(4) / 2), "0 or 1"),
        (sparse.csr_array(np.zeros((4, 3))), "4 units"),
    ],
)
def test_neighbors_that_cannot_be_true_raise(near, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        local_moran(np.arange(4.0), near, seed=1)


def test_the_same_seed_gives_the_same_figures_and_another_does_not() -> None:
    values, near = np.random.default_rng(2).normal(size=25), _grid(5)
    found = local_moran(values, near, seed=2**40)
    np.testing.assert_array_equal(local_moran(values, near, seed=2**40).p_value, found.p_value)
    other = local_moran(values, near, seed=2**40 + 1).p_value
    assert (other != found.p_value).any()
    np.testing.assert_allclose(other, found.p_value, rtol=0, atol=2 * WITHIN_CHANCE)
    assert global_moran(values, near, seed=1) == global_moran(values, near, seed=1)
    assert PERMUTATIONS == 9999


def test_the_generator_and_the_warnings_of_the_process_are_left_as_they_were() -> None:
    np.random.seed(5)
    before, filters = np.random.get_state(legacy=False), list(warnings.filters)
    local_moran(np.arange(9.0), _grid(3), seed=1, permutations=9)
    np.testing.assert_equal(np.random.get_state(legacy=False), before)
    assert list(warnings.filters) == filters


def test_values_that_differ_by_the_noise_of_their_digits_are_one_value() -> None:
    ring = [[1, 3], [0, 2], [1, 3], [0, 2]]
    found = local_moran(np.array([1, 1 + 1e-9, 1 + 2e-9, 1 + 5e-9]), ring, seed=1)
    assert np.isnan(found.p_value).all()
    assert set(found.reason) == {"not_computable:no_variation"}
    assert global_moran(np.array([1, 1 + 1e-9, 1 + 2e-9, 1 + 5e-9]), ring, seed=1).reason == found.reason[0]


def test_noise_of_the_digits_breaks_no_tie_of_the_deals() -> None:
    """Many units share a value; what single precision leaves of it must not count as a difference."""
    random = np.random.default_rng(4)
    units = 30
    values = np.array(random.integers(1, 4, units) * 10, dtype=np.float64)
    ring = [[(unit - 1) % units, (unit + 1) % units] for unit in range(units)]
    noisy = values * (1 + 2e-8 * random.uniform(-1, 1, units)).astype(np.float64)
    plain, shaken = (local_moran(each, ring, seed=1, permutations=999) for each in (values, noisy))
    np.testing.assert_array_equal(shaken.p_value, plain.p_value)
    np.testing.assert_array_equal(shaken.cluster, plain.cluster)
    whole, moved = (global_moran(each, ring, seed=1, permutations=999).p_value for each in (values, noisy))
    assert moved == whole


@pytest.mark.filterwarnings("ignore")
def test_deals_are_those_of_esda_for_one_seed() -> None:
    values, near = _st_louis()
    near[3] = []
    near = [[other for other in others if other != 3] for others in near]
    z = values - values.mean()
    ends = np.cumsum([0, *map(len, near)])
    links = sparse.csr_array((np.ones(ends[-1]), np.concatenate(near).astype(int), ends), shape=(78, 78))
    weights = W(dict(enumerate(near)), silence_warnings=True)
    seed_of_32_bits = int(np.random.SeedSequence(7).generate_state(1)[0])
    theirs = Moran_Local(
        z, weights, permutations=199, n_jobs=1, keep_simulations=True, seed=seed_of_32_bits
    ).rlisas
    ours = _dealt(z, links, seed=7, permutations=199)
    linked = np.arange(78) != 3
    np.testing.assert_allclose(ours[linked], np.asarray(theirs)[linked], atol=1e-12)
