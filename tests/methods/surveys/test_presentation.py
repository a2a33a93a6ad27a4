"""The NCHS standards of presentation: derived cases, each rule on both sides, laws, a slow second opinion."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, f, t

from lifegap.methods.surveys.presentation import standard_for_rates, standard_for_shares
from tests.conftest import ANCHORS

CASES = pl.read_csv(ANCHORS / "nchs_proportion.csv").to_dicts()
SHARE, SAMPLE, DEGREES = st.floats(0.001, 0.999), st.integers(30, 5000), st.integers(1, 300)
EFFECT = st.floats(0.5, 5)


def _array(value: float) -> np.ndarray:
    return np.array([float(value)])


def _shares(share: float, sample: float, effective: float, degrees: float | None = None) -> dict:
    se = math.sqrt(share * (1 - share) / effective) if 0 < share < 1 else 0.0
    given_degrees = None if degrees is None else _array(degrees)
    return standard_for_shares(_array(share), _array(sample), _array(se), given_degrees).row(0, named=True)


def _rates(rate: float, low: float, high: float, sample: float, degrees: float | None = None) -> dict:
    given_degrees = None if degrees is None else _array(degrees)
    figures = standard_for_rates(_array(rate), _array(low), _array(high), _array(sample), given_degrees)
    return figures.row(0, named=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_limits_widths_and_decisions_equal_the_derived_cases(case: dict) -> None:
    found = _shares(case["p"], case["n"], case["n_eff"], case["df"])
    for ours, theirs in {
        "ci_low": "lower",
        "ci_high": "upper",
        "width": "abs_width",
        "relative_width": "rel_width",
    }.items():
        assert found[ours] == pytest.approx(case[theirs], abs=1e-8)
    assert found["decision"] == case["decision"]
    assert ",".join(found["flags"]) == (case["flags"] or "")


def _slow_limits(share: float, sample: float, effective: float, degrees: float) -> tuple[float, float]:
    """Korn and Graubard's limits by quantiles of F, which is how they are printed in the standard."""
    quantile = [float(t.ppf(0.975, freedom)) for freedom in (sample - 1, degrees)]
    size = min(sample, effective * (quantile[0] / quantile[1]) ** 2)
    x = share * size
    lower = 1 / (1 + (size - x + 1) / (x * f.ppf(0.025, 2 * x, 2 * (size - x + 1))))
    upper = 1 / (1 + (size - x) / ((x + 1) * f.ppf(0.975, 2 * (x + 1), 2 * (size - x))))
    return float(lower), float(upper)


@given(st.floats(0.01, 0.99), SAMPLE, EFFECT, DEGREES)
def test_a_slow_second_implementation_agrees(share: float, sample: int, effect: float, degrees: int) -> None:
    found = _shares(share, sample, sample / effect, degrees)
    lower, upper = _slow_limits(share, sample, sample / effect, degrees)
    assert found["ci_low"] == pytest.approx(lower, abs=1e-7)
    assert found["ci_high"] == pytest.approx(upper, abs=1e-7)


@pytest.mark.parametrize(("events", "sample"), [(3, 40), (12, 60), (44, 50)])
def test_limits_of_whole_numbers_leave_a_fortieth_of_the_binomial_outside(events: int, sample: int) -> None:
    found = _shares(events / sample, sample, sample)
    assert binom.sf(events - 1, sample, found["ci_low"]) == pytest.approx(0.025)
    assert binom.cdf(events, sample, found["ci_high"]) == pytest.approx(0.025)


def test_few_degrees_of_freedom_widen_the_interval_and_a_small_variance_does_not_narrow_it() -> None:
    plain = _shares(0.2, 500, 200, 499)
    assert _shares(0.2, 500, 200, 12)["width"] > plain["width"]
    assert _shares(0.2, 500, 900, 499)["width"] == pytest.approx(_shares(0.2, 500, 500, 499)["width"])
    # Few degrees of freedom and a variance below that of a simple sample: the cap comes last, as in the
    # agency's own programs. 800 × (t with 499 / t with 30)² is still more than 500.
    assert _shares(0.2, 500, 800, 30)["width"] == pytest.approx(_shares(0.2, 500, 500, 499)["width"])


@pytest.mark.parametrize(
    ("share", "sample", "effective", "decision", "reason"),
    [
        (0.97, 29, 29, "suppress", "withheld:sample_too_small"),
        (0.97, 100, 29.9, "suppress", "withheld:sample_too_small"),
        (0.97, 30, 30, "present", None),
        (0.9, 31, 30, "present", None),
        (0.5, 45, 45, "suppress", "withheld:wide_share_interval"),
        (0.5, 48, 48, "present", None),
        (0.05, 100, 100, "suppress", "withheld:wide_relative_interval"),
        (0.1, 100, 100, "present", None),
        (0.02, 400, 400, "present", None),  # 153 percent of the share, but less than 5 points wide
    ],
)
def test_each_rule_on_both_sides(
    share: float, sample: int, effective: float, decision: str, reason: str | None
) -> None:
    found = _shares(share, sample, effective)
    assert (found["decision"], found["reason"]) == (decision, reason)


def test_thirty_people_are_thirty_however_the_size_was_computed() -> None:
    shares = np.linspace(0.01, 0.99, 99)
    se = np.sqrt(shares * (1 - shares) / 30)
    found = standard_for_shares(shares, np.full(99, 50.0), se)
    assert (shares * (1 - shares) / se**2 < 30).any()
    assert "withheld:sample_too_small" not in found["reason"].to_list()


def test_no_events_and_all_events_are_for_a_person_to_look_at() -> None:
    for share in (0.0, 1.0):
        found = _shares(share, 100, 100, 50)
        assert found["decision"] == "present"
        assert found["flags"] == ["review_no_or_all_events"]
    assert _shares(0.0, 100, 100)["relative_width"] is None
    assert _shares(0.0, 100, 100)["ci_high"] == pytest.approx(1 - 0.025 ** (1 / 100))
    assert _shares(0.0, 29, 29)["decision"] == "suppress"


def test_the_complement_is_footnoted_only_where_the_interval_is_not_narrow() -> None:
    assert _shares(0.97, 150, 150, 60)["flags"] == ["footnote_complement"]
    narrow = _shares(0.98, 400, 400, 100)
    assert narrow["width"] < 0.05
    assert narrow["width"] / 0.02 > 1.3
    assert narrow["flags"] == []


def test_several_flags_stand_together_and_hidden_shares_have_none() -> None:
    assert _shares(0.97, 200, 150, 7)["flags"] == ["review_df_lt_8", "footnote_complement"]
    assert _shares(0.25, 300, 120, 8)["flags"] == []
    assert _shares(0.5, 29, 29, 3)["flags"] == []


@pytest.mark.parametrize(
    ("share", "sample", "se", "degrees"),
    [
        (math.nan, 100, 0.1, 20),
        (1.2, 100, 0.1, 20),
        (-0.1, 100, 0.1, 20),
        (0.5, math.nan, 0.1, 20),
        (0.5, math.inf, 0.1, 20),
        (0.5, 100, math.nan, 20),
        (0.5, 100, 0.0, 20),
        (0.5, 100, math.inf, 20),
        (0.5, 100, 0.1, math.nan),
        (0.5, 100, 0.1, 0),
    ],
)
def test_what_is_not_known_is_not_assessed(share: float, sample: float, se: float, degrees: float) -> None:
    found = standard_for_shares(_array(share), _array(sample), _array(se), _array(degrees)).row(0, named=True)
    assert found.pop("reason") == "not_assessable:presentation_standard"
    assert found.pop("flags") == []
    assert set(found.values()) == {None}


@given(SHARE, SAMPLE, EFFECT, DEGREES)
def test_the_interval_holds_the_share_and_mirrors(
    share: float, sample: int, effect: float, degrees: int
) -> None:
    found = _shares(share, sample, sample / effect, degrees)
    mirrored = _shares(1 - share, sample, sample / effect, degrees)
    assert 0 <= found["ci_low"] <= share <= found["ci_high"] <= 1
    assert mirrored["ci_low"] == pytest.approx(1 - found["ci_high"], abs=1e-9)
    assert mirrored["width"] == pytest.approx(found["width"], abs=1e-9)


@given(SHARE, SAMPLE, EFFECT, st.integers(8, 300))
def test_more_of_the_same_sample_never_hides_what_was_shown(
    share: float, sample: int, effect: float, degrees: int
) -> None:
    if _shares(share, sample, sample / effect, degrees)["decision"] == "present":
        assert _shares(share, 4 * sample, 4 * sample / effect, degrees)["decision"] == "present"


@given(SHARE, st.integers(1, 500), EFFECT, DEGREES)
def test_decisions_follow_the_rules_said_slowly(
    share: float, sample: int, effect: float, degrees: int
) -> None:
    found = _shares(share, sample, sample / effect, degrees)
    effective = min(sample, sample / effect)
    width = found["ci_high"] - found["ci_low"]
    if round(effective, 10) < 30 or width >= 0.3 or (width > 0.05 and width / share > 1.3):
        assert found["decision"] == "suppress"
        return
    expected = ["review_df_lt_8"] if degrees < 8 else []
    expected += ["footnote_complement"] if width > 0.05 and width / (1 - share) > 1.3 else []
    assert (found["decision"], found["flags"]) == ("present", expected)


@pytest.mark.parametrize(
    ("rate", "low", "high", "sample", "degrees", "decision", "reason", "flags"),
    [
        (50, 30, 80, 10, None, "present", None, []),
        (50, 30, 80, 9, None, "suppress", "withheld:few_events", []),
        (50, 20, 100, 20, None, "present", None, []),  # exactly 160 percent
        (50, 20, 100.1, 20, None, "suppress", "withheld:wide_relative_interval", []),
        (50, 30, 80, 40, 7, "present", None, ["review_df_lt_8"]),
        (50, 30, 80, 40, 8, "present", None, []),
        (0, 0, 1, 0, None, "suppress", "withheld:few_events", []),
        (0, 0, 1, 20, None, None, "not_assessable:presentation_standard", []),
        (50, math.nan, 80, 20, None, None, "not_assessable:presentation_standard", []),
        (50, 60, 80, 20, None, None, "not_assessable:presentation_standard", []),
        (50, 30, 80, math.nan, None, None, "not_assessable:presentation_standard", []),
    ],
)
def test_rates_need_ten_events_and_an_interval_of_at_most_160_percent(
    rate, low, high, sample, degrees, decision, reason, flags
) -> None:
    found = _rates(rate, low, high, sample, degrees)
    assert (found["decision"], found["reason"], found["flags"]) == (decision, reason, flags)


def test_whole_numbers_are_as_good_as_fractions() -> None:
    whole = standard_for_rates(*(np.array([each, 0]) for each in (50, 30, 80, 12)))
    assert whole["relative_width"].to_list() == [1.0, None]
    assert whole["decision"].to_list() == ["present", "suppress"]


@given(st.floats(0.1, 1e4), st.floats(0, 1), st.floats(1, 4), st.floats(0.01, 1e3))
def test_the_unit_of_a_rate_does_not_matter(rate: float, down: float, up: float, unit: float) -> None:
    one = _rates(rate, rate * down, rate * up, 30)
    other = _rates(unit * rate, unit * rate * down, unit * rate * up, 30)
    assert other["relative_width"] == pytest.approx(one["relative_width"])
