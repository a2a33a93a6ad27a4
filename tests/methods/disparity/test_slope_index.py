"""Slope and concentration indices: published cases, a second way to fit each line, faults of packages."""

import re
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit

from lifegap.methods.disparity.slope_index import (
    QuantileSlope,
    ValueType,
    concentration,
    line,
    logit_line,
    ridits,
    slope_of_quantiles,
)
from tests.conftest import ANCHORS

VALUE_TYPES: tuple[ValueType, ...] = ("other", "rate", "proportion")
CASES = pl.read_csv(ANCHORS / "sii_phe_expected.csv").to_dicts()
INPUTS = pl.read_csv(ANCHORS / "sii_phe_inputs.csv").sort("case_id", "quantile")
Group = tuple[float, float, float]
GROUPS = st.lists(
    st.tuples(st.floats(0.02, 0.98), st.floats(0.001, 0.2), st.floats(1, 1000)), min_size=3, max_size=10
)


def _columns(case: dict[str, Any]) -> dict[str, np.ndarray]:
    rows = INPUTS.filter(case_id=case["case_id"])
    return {name: rows[name].to_numpy() for name in ("value", "population", "se", "lowercl", "uppercl")}


def _of(case: dict[str, Any], **change: Any) -> QuantileSlope:
    """The case; its description, not its column, tells of the 98 percent limits."""
    given = _columns(case)
    confidence = 0.98 if re.search(r"with 98%", case["description"]) else case["confidence"]
    options: dict[str, Any] = {
        "se": given["se"],
        "value_type": VALUE_TYPES[case["value_type"]],
        "transform": bool(case["transform"]),
        "multiplier": case["multiplier"],
        "confidence": confidence,
    }
    return slope_of_quantiles(given["value"], given["population"], **options | change)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_published_cases_of_phe_indicator_methods(case: dict[str, Any]) -> None:
    found = _of(case)
    for name in ("sii", "rii", "intercept"):
        if case[name] is not None:
            assert getattr(found, name) == pytest.approx(case[name], rel=1e-9), name
    for name, low, high in (
        ("sii", found.ci_low, found.ci_high),
        ("rii", found.rii_low, found.rii_high),
    ):
        simulated = case[f"{name}_lcl_sim"], case[f"{name}_ucl_sim"]
        if None not in simulated:
            width = simulated[1] - simulated[0]
            assert (low, high) == pytest.approx(simulated, abs=0.01 * width), name
    if case["sii_se_exact"] is not None:
        assert found.sii_se == pytest.approx(case["sii_se_exact"], rel=5e-5)


@pytest.mark.parametrize("case", [case for case in CASES if case["value_type"]], ids=lambda c: c["case_id"])
def test_errors_follow_from_limits_on_the_scale_on_which_they_are_symmetric(case: dict[str, Any]) -> None:
    given = _columns(case)
    found = _of(case, se=None, limits=(given["lowercl"], given["uppercl"]))
    known = _of(case)
    assert (found.ci_low, found.ci_high) == pytest.approx((known.ci_low, known.ci_high), rel=1e-4)
    if case["sii_se_exact"] is not None:
        assert found.sii_se == pytest.approx(case["sii_se_exact"], rel=1e-6)


@pytest.mark.parametrize("multiplier", [0.5, 0.01, 1.0, 100.0])
def test_a_multiplier_between_0_and_1_turns_no_limits(multiplier: float) -> None:
    # PHEindicatormethods 2.1.0 prints, for 0.5, a slope of -1.578 with -1.418 to -1.741 and a ratio of 0.442
    # with 2.09 to 2.45.
    case = next(case for case in CASES if case["case_id"] == "phe_sii_25")
    found, whole = _of(case, multiplier=multiplier), _of(case)
    for name in ("sii", "ci_low", "ci_high", "intercept"):
        assert getattr(found, name) == pytest.approx(multiplier * getattr(whole, name))
    assert found.ci_low < found.sii < found.ci_high
    assert found[4:7] == pytest.approx(whole[4:7])
    assert found.rii_low < found.rii < found.rii_high < 1


def test_a_negative_multiplier_turns_the_slope_and_inverts_the_ratio() -> None:
    for case in CASES:
        plain, turned = _of(case, multiplier=1.0), _of(case, multiplier=-1.0)
        assert turned[:4] == pytest.approx(
            (-plain.sii, plain.sii_se, -plain.ci_high, -plain.ci_low), nan_ok=True
        )
        assert turned[4:] == pytest.approx(
            (1 / plain.rii, 1 / plain.rii_high, 1 / plain.rii_low, plain.intercept)
        )


ONES = np.ones(3)


@pytest.mark.parametrize(
    ("value", "population", "options"),
    [
        ([1.0, 2, 3], [1.0, 0, 1], {"se": ONES}),
        ([1.0, 2, 3], [1.0, 1, 1], {"se": ONES, "multiplier": 0.0}),
        ([1.0, 2, 3], [1.0, 1, 1], {}),
        ([1.0, 2, 3], [1.0, 1, 1], {"se": -ONES}),
        ([1.0, np.nan, 3], [1.0, 1, 1], {"se": ONES}),
        ([1.0, 0, 3], [1.0, 1, 1], {"se": ONES, "value_type": "rate"}),
        ([0.5, 1, 0.5], [1.0, 1, 1], {"se": ONES, "value_type": "proportion"}),
        ([0.5, 1.2, 0.5], [1.0, 1, 1], {"se": ONES, "value_type": "proportion"}),
        ([1.0, 2, 3], [1.0, 1, 1], {"limits": (0 * ONES, 4 * ONES), "value_type": "rate"}),
    ],
)
def test_quantiles_without_a_slope_are_refused(
    value: list[float], population: list[float], options: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"scale|groups|limits|error"):
        slope_of_quantiles(np.array(value), np.array(population), **options)


def test_ridits_and_ties() -> None:
    share = np.array([0.2, 0.3, 0.1, 0.4])
    np.testing.assert_allclose(ridits(share, np.array([1.0, 2, 3, 4])), [0.1, 0.35, 0.55, 0.8])
    np.testing.assert_allclose(ridits(share, np.array([4.0, 3, 2, 1])), [0.9, 0.65, 0.45, 0.2])
    np.testing.assert_allclose(ridits(share, np.array([1.0, 2, 2, 7])), [0.1, 0.4, 0.4, 0.8])
    np.testing.assert_allclose(ridits(share, np.array([1.0, 0.1 + 0.2, 0.3, 7])), [0.5, 0.2, 0.2, 0.8])


def _arrays(groups: list[Group]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    y, se, people = (np.array(each) for each in zip(*groups, strict=True))
    return y, se, people / people.sum(), np.arange(len(groups), dtype=float)


@settings(max_examples=50, deadline=None)
@given(GROUPS)
def test_the_line_is_that_of_numpy_and_the_index_that_of_its_regression(groups: list[Group]) -> None:
    y, se, share, order = _arrays(groups)
    rank = ridits(share, order)
    fit = line(y, se, share, order)
    slope, start = np.polyfit(rank, y, 1, w=np.sqrt(share))
    assert (fit.sii, fit.intercept) == pytest.approx((slope, start), abs=1e-9)
    spread = share @ (rank - 0.5) ** 2
    index, covariance = np.polyfit(rank, 2 * spread * y, 1, w=np.sqrt(share), cov=True)
    found = concentration(y, share, order)
    assert found.absolute == pytest.approx(index[0], abs=1e-9)
    # Groups that lie on a line to the last digit say nothing of how far they might lie off it.
    assert np.nan_to_num(found.se) == pytest.approx(np.sqrt(covariance[0, 0]), rel=1e-6, abs=1e-8)


def test_errors_of_the_line_are_those_of_many_draws() -> None:
    y, se = np.array([70.0, 74, 73, 79, 83]), np.array([1.0, 0.5, 2, 1, 0.7])
    share, order = np.array([0.3, 0.1, 0.2, 0.15, 0.25]), np.arange(5.0)
    fit = line(y, se, share, order)
    away = ridits(share, order) - 0.5
    drawn = np.random.default_rng(1).normal(y, se, (200_000, 5))
    rise = (drawn * share * away).sum(axis=1) / (share @ away**2)
    start = drawn @ share - rise / 2
    assert fit.sii_se == pytest.approx(rise.std(), rel=0.01)
    assert fit.rii_se == pytest.approx((1 + rise / start).std(), rel=0.01)


@settings(max_examples=30, deadline=None)
@given(GROUPS)
def test_the_logit_line_has_the_largest_likelihood_with_people_counted_once(groups: list[Group]) -> None:
    y, _, share, order = _arrays(groups)
    fit = logit_line(y, share, order)
    rank = ridits(share, order)

    def cost(coefficients: np.ndarray) -> float:
        at = coefficients[0] + coefficients[1] * rank
        return float(share @ (np.logaddexp(0, at) - y * at))

    found = minimize(cost, np.zeros(2), method="BFGS", options={"gtol": 1e-9}).x
    assert fit is not None
    low, high = expit(found[0]), expit(found.sum())
    assert (fit.sii, fit.rii) == pytest.approx((high - low, high / low), rel=1e-3, abs=1e-5)


def test_people_are_neither_squared_nor_is_the_error_left_on_another_scale_as_in_healthequal() -> None:
    y, people = np.array([0.2, 0.3, 0.4, 0.5, 0.6]), np.array([78.0, 91, 162, 103, 105])
    fit = logit_line(y, people / people.sum(), np.arange(5.0))
    assert fit is not None
    assert 100 * fit.sii == pytest.approx(44.890533590)  # 44.44502, since people weigh twice there
    assert 100 * fit.sii_se == pytest.approx(2.647097425)  # printed as 0.0219 beside a slope in percent
    assert fit.rii == pytest.approx(3.236339737)  # 3.159506


@pytest.mark.parametrize("y", [[0.0, 0, 1, 1], [0.0, 0, 0, 0], [1.0, 1, 1, 1]])
def test_a_logit_line_that_does_not_settle_is_none(y: list[float]) -> None:
    assert logit_line(np.array(y), np.full(4, 0.25), np.arange(4.0)) is None


def test_a_ratio_of_a_line_that_crosses_zero_is_none() -> None:
    share, order = np.full(3, 1 / 3), np.arange(3.0)
    for y in ([1.0, 20, 40], [40.0, 20, 1], [5.0, 5, 17]):
        fit = line(np.array(y), np.ones(3), share, order)
        assert np.isnan(fit.rii)
        assert np.isnan(fit.rii_se)
        assert np.isfinite([fit.sii, fit.sii_se]).all()
