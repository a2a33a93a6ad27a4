"""Intervals of counts, rates, proportions and means: published cases, the laws, slow second ways."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from lifegap.methods.counts.rates import (
    byar_limits,
    exact_limits,
    means,
    normal_quantile,
    poisson_limits,
    proportions,
    rates,
    wilson_limits,
)
from lifegap.methods.surveys.intervals import Z95
from tests.conftest import ANCHORS

UNHURRIED = settings(deadline=None)
LEVEL = st.sampled_from([0.8, 0.95, 0.998])
LIMITS_OF_BOTH = ((0.95, "lower95_0cl", "upper95_0cl"), (0.998, "lower99_8cl", "upper99_8cl"))


def _one(number: float) -> np.ndarray:
    return np.array([float(number)])


def test_published_limits_of_counts_and_proportions() -> None:
    for case in pl.read_csv(ANCHORS / "ci_byar_wilson.csv").to_dicts():
        level = float(case["confidence"].rstrip("%")) / 100
        if case["method"] == "Byars":
            found = byar_limits(_one(case["x"]), level)
        else:
            found = wilson_limits(_one(case["x"]), _one(case["n"]), level)
        # PHEindicatormethods prints NA for a negative lower limit of Byar's: it is 0.
        assert found.low[0] == pytest.approx(case["lowercl"] or 0, abs=1e-9)
        assert found.high[0] == pytest.approx(case["uppercl"], abs=1e-9)


def test_published_rates() -> None:
    cases = pl.read_csv(ANCHORS / "rate_ci.csv").rename({"Numerator": "events", "Denominator": "population"})
    for multiplier, part in cases.rename({"value": "printed", "method": "named"}).group_by("multiplier"):
        for level, low, high in LIMITS_OF_BOTH:
            found = rates(part, multiplier=float(str(multiplier[0])), confidence=level)
            for ours, printed in (("value", "printed"), ("ci_low", low), ("ci_high", high)):
                assert found[ours].is_null().equals(found[printed].is_null())
                known = found.drop_nulls(printed)
                assert known[ours].to_list() == pytest.approx(known[printed].to_list(), rel=1e-9)
            told = found.filter(pl.col("reason").is_null())
            assert (told["method"] == told["named"].replace({"Exact": "exact", "Byars": "byar"})).all()
            blank = found.filter(pl.col("population").is_null())
            assert blank["reason"].to_list() == ["not_computable:cell_missing"] * blank.height


def test_published_proportions() -> None:
    cases = pl.read_csv(ANCHORS / "proportion_ci.csv").rename(
        {"Numerator": "numerator", "Denominator": "denominator", "value": "printed"}
    )
    for multiplier, part in cases.group_by("multiplier"):
        for level, low, high in LIMITS_OF_BOTH:
            found = proportions(part, multiplier=float(str(multiplier[0])), confidence=level)
            for ours, printed in (("value", "printed"), ("ci_low", low), ("ci_high", high)):
                assert found[ours].is_null().equals(found[printed].is_null())
                known = found.drop_nulls(printed)
                assert known[ours].to_list() == pytest.approx(known[printed].to_list(), abs=1e-9)


def test_published_mean() -> None:
    values = pl.read_csv(ANCHORS / "mean_inputs.csv").rename({"values": "value"})
    printed = pl.read_csv(ANCHORS / "mean_expected.csv").row(0, named=True)
    for level, low, high in LIMITS_OF_BOTH:
        found = means(values, ["case_id"], confidence=level).row(0, named=True)
        assert found["count"] == printed["value_count"]
        for ours, theirs in (("value", "value"), ("sd", "stdev"), ("ci_low", low), ("ci_high", high)):
            assert found[ours] == pytest.approx(printed[theirs], abs=1e-6)


def test_quantiles_of_the_normal_are_in_full_precision() -> None:
    assert normal_quantile(0.95) == Z95
    assert normal_quantile(0.998) == pytest.approx(3.090232306167813, abs=1e-14)


@UNHURRIED
@given(st.integers(0, 10**6), LEVEL)
def test_limits_of_counts_enclose_them_and_rise_with_them(events: int, level: float) -> None:
    both = poisson_limits(np.array([events, events + 1.0]), level)
    assert 0 <= both.low[0] <= events <= both.high[0]
    assert both.low[0] < both.low[1]
    assert both.high[0] < both.high[1]


@UNHURRIED
@given(st.floats(0, 1e6), st.floats(0, 1e6), LEVEL)
def test_limits_of_proportions_enclose_them_within_0_and_1_and_mirror(
    some: float, more: float, level: float
) -> None:
    total = some + more + 1
    found = wilson_limits(_one(some), _one(total), level)
    assert 0 <= found.low[0] <= some / total <= found.high[0] <= 1
    mirrored = wilson_limits(_one(total - some), _one(total), level)
    assert found.low[0] == pytest.approx(1 - mirrored.high[0], abs=1e-12)


@UNHURRIED
@given(st.integers(1, 10**6), st.floats(0.5, 0.999))
@example(people=10, level=0.9592548645808228)  # rounding leaves a lower limit of 1e-17
def test_none_and_all_of_the_people_have_limits_of_exactly_0_and_1(people: int, level: float) -> None:
    assert wilson_limits(_one(0), _one(people), level).low[0] == 0
    assert wilson_limits(_one(people), _one(people), level).high[0] == 1


@UNHURRIED
@given(st.integers(0, 500), st.integers(0, 500))
def test_limits_at_99_8_percent_hold_those_at_95(some: int, more: int) -> None:
    for limits in (
        lambda level: poisson_limits(_one(some), level),
        lambda level: wilson_limits(_one(some), _one(some + more + 1), level),
    ):
        narrow, wide = limits(0.95), limits(0.998)
        assert wide.low[0] <= narrow.low[0]
        assert narrow.high[0] <= wide.high[0]


def _at_least(events: int, mean: float) -> float:
    """The chance of so many events or more, term by term."""
    return 1 - sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(events))


@UNHURRIED
@given(st.integers(1, 9), LEVEL)
def test_at_an_exact_limit_the_count_is_just_as_rare_as_the_level_says(events: int, level: float) -> None:
    found = exact_limits(_one(events), level)
    assert _at_least(events, found.low[0]) == pytest.approx((1 - level) / 2, rel=1e-9)
    assert 1 - _at_least(events + 1, found.high[0]) == pytest.approx((1 - level) / 2, rel=1e-9)


@UNHURRIED
@given(st.integers(10, 10**5), LEVEL)
def test_byar_is_close_to_the_exact_limits_from_ten_on(events: int, level: float) -> None:
    exact, byar = exact_limits(_one(events), level), byar_limits(_one(events), level)
    assert byar.low[0] == pytest.approx(exact.low[0], rel=0.02)
    assert byar.high[0] == pytest.approx(exact.high[0], rel=0.01)


@UNHURRIED
@given(st.integers(1, 999), LEVEL)
def test_at_a_limit_of_wilson_the_proportion_lies_z_standard_errors_off(some: int, level: float) -> None:
    found = wilson_limits(_one(some), _one(1000), level)
    for limit in (found.low[0], found.high[0]):
        z = abs(some / 1000 - limit) / math.sqrt(limit * (1 - limit) / 1000)
        assert z == pytest.approx(normal_quantile(level), rel=1e-9)


def test_a_lower_limit_of_byar_below_zero_is_zero_where_pheindicatormethods_prints_na() -> None:
    for_one_event = (1 - 1 / 9 - normal_quantile(0.998) / 3) ** 3
    assert for_one_event < 0
    assert byar_limits(_one(1), 0.998).low[0] == 0


def test_no_events_have_a_lower_limit_of_zero_where_pheindicatormethods_prints_nan() -> None:
    for limits in (exact_limits, byar_limits, poisson_limits):
        assert limits(_one(0), 0.95).low[0] == 0
    assert exact_limits(_one(0)).high[0] == pytest.approx(-math.log(0.025))
    found = rates(pl.DataFrame({"events": [0], "population": [1000]}), multiplier=1000)
    assert found.select("value", "ci_low", "reason").row(0) == (0, 0, None)


@pytest.mark.parametrize(("mean", "covered"), [(2, 0.979), (6, 0.954)])
def test_limits_of_counts_cover_the_mean_as_often_as_they_are_known_to(mean: float, covered: float) -> None:
    counts = np.arange(200.0)
    found = poisson_limits(counts)
    holds = (found.low <= mean) & (mean <= found.high)
    assert poisson.pmf(counts, mean)[holds].sum() == pytest.approx(covered, abs=0.01)


@pytest.mark.parametrize(("share", "people", "covered"), [(0.02, 50, 0.915), (0.1, 30, 0.977)])
def test_limits_of_proportions_cover_the_share_as_often_as_they_are_known_to(
    share: float, people: int, covered: float
) -> None:
    counts = np.arange(people + 1.0)
    found = wilson_limits(counts, np.full_like(counts, people))
    holds = (found.low <= share) & (share <= found.high)
    assert binom.pmf(counts, people, share)[holds].sum() == pytest.approx(covered, abs=0.01)


def test_rates_that_cannot_be_are_refused_with_a_reason() -> None:
    rows = pl.DataFrame(
        {"events": [1.0, None, -1, 3, 3, math.nan], "population": [10.0, 10, 10, 0, math.inf, 10]}
    )
    found = rates(rows, multiplier=1)
    assert found["reason"].to_list() == [
        None,
        "not_computable:cell_missing",
        "not_computable:negative_count",
        "not_computable:no_denominator",
        "not_computable:cell_missing",
        "not_computable:cell_missing",
    ]
    empty = found.filter(pl.col("reason").is_not_null()).select("value", "ci_low", "ci_high", "method")
    assert empty.null_count().row(0) == (5, 5, 5, 5)


def test_proportions_that_cannot_be_are_refused_with_a_reason() -> None:
    rows = pl.DataFrame({"numerator": [0, 5, -1, 1, None], "denominator": [4, 4, 4, 0, 4]})
    found = proportions(rows)
    assert found["reason"].to_list() == [
        None,
        "not_computable:numerator_above_denominator",
        "not_computable:negative_count",
        "not_computable:no_denominator",
        "not_computable:cell_missing",
    ]
    assert found["value"].to_list() == [0, None, None, None, None]
    impossible = wilson_limits(np.array([5.0, -1.0, 1.0]), np.array([4.0, 4.0, 0.0]))
    assert np.isnan(impossible).all()


@UNHURRIED
@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=20))
def test_the_mean_by_hand_agrees(values: list[float]) -> None:
    found = means(pl.DataFrame({"value": values}), []).row(0, named=True)
    mean = math.fsum(values) / len(values)
    variance = math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
    assert found["value"] == pytest.approx(mean, abs=1e-9)
    assert found["se"] == pytest.approx(math.sqrt(variance / len(values)), abs=1e-6)
    assert found["ci_low"] <= found["value"] <= found["ci_high"]


def test_a_single_value_has_no_interval_and_an_unknown_one_no_mean() -> None:
    rows = pl.DataFrame({"area": ["b", "a", "a", "c", "c"], "value": [2.0, 1, None, 1, 3]})
    found = means(rows, ["area"])
    assert found["area"].to_list() == ["a", "b", "c"]
    assert found["value"].to_list() == [None, 2, 2]
    assert found["ci_low"].is_null().to_list() == [True, True, False]
    assert found["reason"].to_list() == ["not_computable:cell_missing", "not_computable:single_value", None]


@pytest.mark.parametrize("level", [95, 0, 1, -0.5])
def test_a_level_that_is_no_share_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="confidence level"):
        poisson_limits(_one(3), level)
