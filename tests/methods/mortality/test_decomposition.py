"""Decompositions of a difference in life expectancy: published cases, the laws, a slow second way."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.mortality.decomposition import (
    arriaga,
    by_age,
    by_cause,
    drawn,
    table_of,
    years_per_rate,
)
from lifegap.methods.mortality.fractions import fractions
from lifegap.methods.mortality.life_table import LifeTable
from tests.conftest import ANCHORS

AGES = np.array([0.0, 1, 5, 15, 25, 35, 45, 55, 65, 75, 85])
RATE = st.floats(1e-4, 0.03)
SIDE = st.lists(RATE, min_size=11, max_size=11).map(lambda rates: np.array([rates]))


def _by_causes() -> tuple[np.ndarray, np.ndarray, np.ndarray, pl.DataFrame]:
    cases = pl.read_csv(ANCHORS / "decomp_demodecomp_mxc.csv").sort("age", "cause")
    ages = cases["age"].unique().sort().to_numpy().astype(float)
    causes = cases["cause"].n_unique()
    return cases["m1"].to_numpy().reshape(-1, causes), cases["m2"].to_numpy().reshape(-1, causes), ages, cases


def test_expectations_and_the_integral_of_the_documented_example() -> None:
    one, two, ages, cases = _by_causes()
    e0 = [table_of(m.sum(axis=1)[None, :], ages, fractions("as", ages)).ex[0, 0] for m in (one, two)]
    assert e0 == pytest.approx([74.6485137259043, 76.2101096720535], abs=1e-9)
    totals = [np.repeat(m.sum(axis=1)[None, :], len(ages), axis=0) for m in (one, two)]
    per_rate = years_per_rate(totals[0], totals[1], np.arange(len(ages)), ages, fractions("as", ages))
    integral = per_rate[:, None] * (two - one)
    np.testing.assert_allclose(integral, cases["horiuchi_N20"].to_numpy().reshape(one.shape), atol=2e-6)
    assert integral.sum() == pytest.approx(1.5615959461, abs=1e-3)


def _printed(survivors: pl.Series, e: pl.Series) -> LifeTable:
    """A table out of its printed survivors and expectations."""
    lx = survivors.to_numpy()[None, :]
    Tx = lx * e.to_numpy()[None, :]
    Lx = Tx - np.hstack([Tx[:, 1:], np.zeros((1, 1))])
    return LifeTable(qx=lx, lx=lx, Lx=Lx, Tx=Tx, ex=Tx, se=Tx)


def test_females_of_the_united_states_1935_to_1995() -> None:
    cases = pl.read_csv(ANCHORS / "decomp_us_females.csv")
    one, two = _printed(cases["l1x"], cases["e1x"]), _printed(cases["l2x"], cases["e2x"])
    years = arriaga(one, two)[0]
    np.testing.assert_allclose(years, cases["arriaga_1to2"].to_numpy(), atol=1e-6)
    np.testing.assert_allclose(years, cases["delta_box34_printed"].to_numpy(), atol=0.0125)
    assert years.sum() == pytest.approx(15.68, abs=0.005)


@given(SIDE, SIDE)
def test_contributions_sum_to_the_difference_and_change_their_sign_with_the_sides(
    one: np.ndarray, two: np.ndarray
) -> None:
    years = by_age(one, two, AGES)
    difference = table_of(two, AGES).ex[0, 0] - table_of(one, AGES).ex[0, 0]
    assert years.sum() == pytest.approx(difference, abs=1e-9)
    np.testing.assert_allclose(years, -by_age(two, one, AGES), atol=1e-9)


@given(SIDE, SIDE)
def test_a_slow_replacement_age_by_age_agrees(one: np.ndarray, two: np.ndarray) -> None:
    def stepwise(start: np.ndarray, end: np.ndarray) -> list[float]:
        mixed, before, years = start.copy(), table_of(start, AGES).ex[0, 0], []
        for band in range(len(AGES)):
            mixed[0, band] = end[0, band]
            after = table_of(mixed, AGES).ex[0, 0]
            years.append(after - before)
            before = after
        return years

    both = (np.array(stepwise(one, two)) - np.array(stepwise(two, one))) / 2
    np.testing.assert_allclose(by_age(one, two, AGES)[0], both, atol=1e-9)


@given(SIDE, SIDE, st.floats(0.1, 0.9), st.floats(0.1, 0.9))
def test_causes_sum_to_their_age_and_merging_adds(
    one: np.ndarray, two: np.ndarray, first: float, second: float
) -> None:
    m1 = np.stack([one[0] * first, one[0] * (1 - first)], axis=1)
    m2 = np.stack([two[0] * second, two[0] * (1 - second)], axis=1)
    years = by_cause(m1, m2, AGES)
    np.testing.assert_allclose(years.sum(axis=1), by_age(one, two, AGES)[0], atol=1e-9)
    assert years.sum() == pytest.approx(by_age(one, two, AGES).sum(), abs=1e-9)


def test_causes_that_cancel_at_every_age_are_told_by_the_integral() -> None:
    m = np.linspace(0.001, 0.1, 11)
    years = by_cause(np.stack([m, 2 * m], axis=1), np.stack([2 * m, m], axis=1), AGES)
    assert years.sum() == pytest.approx(0, abs=1e-9)
    assert years[:, 0].sum() < 0 < years[:, 1].sum()


@pytest.mark.parametrize("more", [1e-3, 1e-6, 2e-9, 5e-10, 0.0])
def test_causes_that_nearly_cancel_give_what_they_give_where_they_cancel(more: float) -> None:
    m = np.linspace(0.001, 0.1, 11)
    one, two = np.stack([m, 2 * m], axis=1), np.stack([1.5 * m, 1.6 * m], axis=1)
    exact = two.copy()
    exact[4] = one[4][::-1]
    near = exact.copy()
    near[4, 0] += more
    expected, found = by_cause(one, exact, AGES)[4], by_cause(one, near, AGES)[4]
    np.testing.assert_allclose(found, expected, atol=0.02 + 60 * more)
    assert found[0] < 0 < found[1]


def test_equal_rates_of_every_cause_give_nothing() -> None:
    one = np.linspace(0.001, 0.1, 11)[:, None]
    two = one * 1.3
    two[4] = one[4]
    assert by_cause(one, two, AGES)[4, 0] == 0


def test_a_standard_closes_both_sides_alike() -> None:
    people = np.full(11, 20_000.0)
    deaths1 = np.stack([np.linspace(20, 2000, 11), np.linspace(30, 100, 11)], axis=1)
    found = drawn(deaths1, people, deaths1 * 0.8, people, AGES, seed=1, open_rate=0.15)
    np.testing.assert_allclose(found[:, -1].sum(axis=1), 0, atol=1e-9)
    assert (found[:, 0].std(axis=0) > 0).all()


def test_draws_are_seeded_and_lie_around_the_contributions() -> None:
    people = np.full(11, 20_000.0)
    deaths1 = np.round(np.linspace(20, 2000, 11))[:, None]
    deaths2 = np.round(deaths1 * 0.8)
    found = drawn(deaths1, people, deaths2, people, AGES, seed=1)
    assert np.array_equal(found, drawn(deaths1, people, deaths2, people, AGES, seed=1))
    point = by_age((deaths1[:, 0] / people)[None, :], (deaths2[:, 0] / people)[None, :], AGES)[0]
    assert np.abs(found[:, :, 0].mean(axis=0) - point).max() < 0.05
    assert (found.std(axis=0) > 0).all()
