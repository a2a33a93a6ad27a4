"""Abridged life tables against published values, and the laws they must keep."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.mortality.life_table import (
    LifeTable,
    death_rate,
    death_rate_variance,
    life_table,
    probability_of_dying,
    probability_variance,
    probability_variance_of_deaths,
)
from lifegap.methods.surveys.intervals import Z95
from tests.conftest import ANCHORS

PHE_FRACTIONS = 0.1, 0.5
"""Fraction lived in the first year of age and in the other bands, as Public Health England has it."""


def _phe(case: pl.DataFrame) -> LifeTable:
    """The table of a case with deaths and person-years."""
    deaths, people = case["deaths"].to_numpy().astype(float), case["pop"].to_numpy().astype(float)
    ages = case["age"].to_numpy().astype(float)
    first, others = PHE_FRACTIONS
    a = np.full((1, len(ages) - 1), others)
    a[0, 0] = first
    m, n = (deaths / people)[None, :], np.diff(ages)
    q = probability_of_dying(m[:, :-1], n, a)
    return life_table(
        m,
        n,
        a,
        var_q=probability_variance_of_deaths(q, deaths[None, :-1]),
        var_open=(deaths / people**2)[-1:],
    )


def test_life_expectancy_limits_and_errors_equal_the_published_case() -> None:
    cases = pl.read_csv(ANCHORS / "lifetable_cases.csv", null_values=[""])
    case = cases.filter(pl.col("case_id") == "phe_df1").sort("age")
    table = _phe(case)
    expected = case["ex"].to_numpy()
    np.testing.assert_allclose(table.ex[0], expected, atol=1e-6)
    np.testing.assert_allclose(table.ex[0] - Z95 * table.se[0], case["lcl95"].to_numpy(), atol=1e-5)
    np.testing.assert_allclose(table.se[0], case["se_silcocks"].to_numpy(), atol=1e-6)
    np.testing.assert_allclose(table.lx[0], case["lx"].to_numpy(), atol=1e-4)
    np.testing.assert_allclose(table.Lx[0], case["Lx"].to_numpy(), atol=1e-3)
    assert table.ex[0, 0] == pytest.approx(80.16960813, abs=1e-6)


def test_every_published_case_is_reproduced() -> None:
    cases = pl.read_csv(ANCHORS / "lifetable_cases.csv", null_values=[""])
    for _, case in cases.group_by("case_id"):
        ordered = case.sort("age")
        table = _phe(ordered)
        shown = ordered["ex"].is_not_null().to_numpy()
        np.testing.assert_allclose(table.ex[0][shown], ordered["ex"].drop_nulls().to_numpy(), atol=1e-6)


rates = st.lists(st.floats(1e-5, 0.18), min_size=11, max_size=11)
WIDTHS = np.array([1.0, 4.0, *[10.0] * 8])
HALF = np.full((1, 10), 0.5)


def _table(m: list[float], scale: float = 1.0) -> LifeTable:
    rates = np.array([m])
    variance = rates / (1000 * scale)
    var_q = probability_variance(rates[:, :-1], variance[:, :-1], WIDTHS, HALF)
    return life_table(rates, WIDTHS, HALF, var_q=var_q, var_open=variance[:, -1])


@given(rates)
def test_survivors_never_grow_and_deaths_sum_to_the_born(m: list[float]) -> None:
    table = _table(m)
    assert (np.diff(table.lx[0]) <= 1e-9).all()
    assert table.Tx[0, 0] == pytest.approx(table.Lx[0].sum())
    assert table.ex[0, 0] == pytest.approx(table.Tx[0, 0] / table.lx[0, 0])
    assert np.isfinite(table.ex).all()


@given(rates, st.floats(0.1, 100))
def test_more_person_years_narrow_the_error_and_leave_the_expectation(m: list[float], c: float) -> None:
    small, large = _table(m), _table(m, scale=c)
    np.testing.assert_allclose(large.ex, small.ex)
    np.testing.assert_allclose(large.se, small.se / np.sqrt(c), rtol=1e-9)


@given(rates, st.integers(0, 10))
def test_raising_a_rate_never_raises_life_expectancy(m: list[float], band: int) -> None:
    raised = [*m]
    raised[band] *= 1.5
    assert _table(raised).ex[0, 0] <= _table(m).ex[0, 0] + 1e-9


@given(rates)
def test_open_band_expectation_is_one_over_its_rate(m: list[float]) -> None:
    assert _table(m).ex[0, -1] == pytest.approx(1 / m[-1])


@given(st.floats(1e-6, 0.15), st.floats(0.0, 0.9))
def test_rate_and_probability_are_inverse(q: float, a: float) -> None:
    n = np.array([5.0])
    m = death_rate(np.array([[q]]), n, np.array([[a]]))
    assert probability_of_dying(m, n, np.array([[a]]))[0, 0] == pytest.approx(q)


@given(st.floats(1e-4, 0.2), st.floats(1e-5, 0.01))
def test_variance_of_a_rate_is_its_slope_times_that_of_the_probability(q: float, se: float) -> None:
    n, a = np.array([10.0]), np.array([[0.5]])
    step = 1e-6
    slope = (death_rate(np.array([[q + step]]), n, a) - death_rate(np.array([[q - step]]), n, a)) / (2 * step)
    variance = death_rate_variance(np.array([[q]]), np.array([[se]]), n, a)
    assert variance[0, 0] == pytest.approx(float(slope[0, 0] * se) ** 2, rel=1e-4)
