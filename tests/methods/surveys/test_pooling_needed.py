"""How often the present data would have to be pooled: each threshold on both sides, and what cannot be said."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.surveys.intervals import Z95
from lifegap.methods.surveys.pooling_needed import (
    pooling_needed,
    pools_for_count,
    pools_for_events,
    pools_for_percent,
    pools_for_population,
    pools_for_years,
)
from lifegap.methods.surveys.reliability import (
    GOOD_CV,
    GOOD_YEARS,
    reliability_of_count,
    reliability_of_percent,
    reliability_of_years,
)

NOTHING = pl.lit(None, pl.Float64)
ERROR = st.floats(0.01, 60)


def _value(expression: pl.Expr):
    return pl.select(expression).item()


def _lit(value: float | None) -> pl.Expr:
    return pl.lit(value, pl.Float64)


@pytest.mark.parametrize(
    ("half_width", "pools"), [(1.0, 1), (5.0, 1), (5.001, 2), (10.0, 4), (10.001, 5), (15.0, 9), (14.0, 8)]
)
def test_an_interval_of_years_shrinks_with_the_square_root(half_width: float, pools: int) -> None:
    assert _value(pools_for_years(_lit(half_width / Z95))) == pools


def test_a_stricter_target_needs_more() -> None:
    se = _lit(6.0 / Z95)
    assert _value(pools_for_years(se)) == 2
    assert _value(pools_for_years(se, target=GOOD_YEARS)) == 9
    assert _value(pools_for_count(_lit(100.0), _lit(60.0))) == 3  # (60 / 40)² = 2.25
    assert _value(pools_for_count(_lit(100.0), _lit(60.0), target=GOOD_CV)) == 25


@pytest.mark.parametrize(
    ("percent", "se", "pools"),
    [
        (50.0, 30.0, 3),  # 60 percent of it: (60 / 40)² = 2.25
        (97.0, 1.4, 2),  # the rarer event is 3 percent: (46.7 / 40)² = 1.36; by points 1.2
        (3.0, 3.0, 6),  # by points (5.88 / 2.5)² = 5.53 before (100 / 40)² = 6.25
        (0.0, 2.0, 3),  # nobody: by points alone, (3.92 / 2.5)² = 2.46
        (100.0, 2.0, 3),
        (80.0, 5.0, 1),
        (101.0, 5.0, None),
        (50.0, None, None),
    ],
)
def test_percentages_go_by_the_rarer_event_or_by_points(
    percent: float, se: float | None, pools: int | None
) -> None:
    assert _value(pools_for_percent(_lit(percent), _lit(se))) == pools


@pytest.mark.parametrize(
    ("people", "pools"),
    [(5000.0, 2), (4999.0, 2), (2500.0, 3), (1000.0, 6), (1.0, 5001), (5000.5, 1), (0.0, None), (None, None)],
)
def test_person_years_must_exceed_the_threshold(people: float | None, pools: int | None) -> None:
    assert _value(pools_for_population(_lit(people))) == pools


@pytest.mark.parametrize(
    ("events", "pools"), [(10.0, 1), (9.0, 2), (5.0, 2), (4.0, 3), (1.0, 10), (0.0, None)]
)
def test_events_must_reach_the_threshold(events: float, pools: int | None) -> None:
    assert _value(pools_for_events(_lit(events))) == pools
    assert _value(pools_for_events(_lit(12.0), threshold=30)) == 3


@pytest.mark.parametrize("se", [None, math.nan, math.inf])
def test_without_a_standard_error_nothing_can_be_said(se: float | None) -> None:
    assert _value(pools_for_years(_lit(se))) is None
    assert _value(pools_for_count(_lit(5.0), _lit(se))) is None
    assert _value(pools_for_percent(_lit(5.0), _lit(se))) is None


def test_an_estimate_of_0_has_no_coefficient_of_variation_however_much_is_pooled() -> None:
    assert _value(pools_for_count(_lit(0.0), _lit(3.0))) is None
    assert _value(pools_for_count(_lit(1e-300), _lit(3.0))) is None


@given(ERROR)
def test_pooled_years_are_published_and_one_pool_less_is_not(se: float) -> None:
    pools = _value(pools_for_years(_lit(se)))
    assert _value(reliability_of_years(_lit(se / math.sqrt(pools) * (1 - 1e-9)))) != "unreliable"
    if pools > 1:
        assert _value(reliability_of_years(_lit(se / math.sqrt(pools - 1)))) == "unreliable"


@given(st.floats(1, 1000), ERROR)
def test_pooled_counts_are_published_and_one_pool_less_is_not(estimate: float, se: float) -> None:
    pools = _value(pools_for_count(_lit(estimate), _lit(se)))

    def word(times: float, nudge: float = 0.0) -> str:
        pooled = _lit(se * math.sqrt(times) * (1 - nudge))  # events of k years: k times as many, √k the error
        return _value(reliability_of_count(_lit(estimate * times), pooled))

    assert word(pools, 1e-9) != "unreliable"
    assert pools == 1 or word(pools - 1) == "unreliable"


@given(st.floats(0, 100), ERROR)
def test_pooled_percentages_are_published_and_one_pool_less_is_not(percent: float, se: float) -> None:
    pools = _value(pools_for_percent(_lit(percent), _lit(se)))

    def word(times: float, nudge: float = 0.0) -> str:
        return _value(reliability_of_percent(_lit(percent), _lit(se / math.sqrt(times) * (1 - nudge))))

    assert word(pools, 1e-9) != "unreliable"
    assert pools == 1 or word(pools - 1) == "unreliable"


@given(st.floats(0.5, 20_000), st.floats(1, 20_000))
def test_pooled_people_and_events_pass_and_one_pool_less_does_not(people: float, threshold: float) -> None:
    pools = _value(pools_for_population(_lit(people), threshold=threshold))
    assert pools * people > threshold * (1 - 1e-9)
    assert pools == 1 or (pools - 1) * people <= threshold * (1 + 1e-9)
    counted = _value(pools_for_events(_lit(people), threshold=threshold))
    assert counted * people >= threshold * (1 - 1e-9)
    assert counted == 1 or (counted - 1) * people < threshold


def _needed(
    reason: str | None, reliability: str | None, *, se: float | None = None, people=None, events=None
):
    return _value(
        pooling_needed(
            pl.lit(reason, pl.String),
            pl.lit(reliability, pl.String),
            by_precision=pools_for_years(_lit(se)),
            by_population=pools_for_population(_lit(people)),
            by_events=pools_for_events(_lit(events)),
        )
    )


@pytest.mark.parametrize(
    ("reason", "reliability", "known", "pools"),
    [
        (None, "unreliable", {"se": 4.0}, 3),  # 7.84 years to either side
        ("unreliable:wide_interval", "unreliable", {"se": 4.0}, 3),
        ("withheld:wide_interval", "withheld", {"se": 6.0}, 6),
        ("withheld:low_population", "withheld", {"people": 2500.0}, 3),
        ("withheld:low_population", "withheld", {"people": 2500.0, "se": 6.0}, 6),
        ("withheld:low_population", "withheld", {"se": 6.0}, None),
        ("withheld:few_events", "withheld", {"events": 4.0}, 3),
        ("unreliable:few_deaths", "unreliable", {"events": 4.0, "se": 1.0}, 3),
        ("withheld:sample_too_small", "withheld", {"events": 2.0, "se": 6.0}, 6),
        (None, "good", {"se": 4.0}, None),
        (None, "caution", {"se": 4.0}, None),
        (None, "unreliable", {}, None),
    ],
)
def test_each_reason_goes_by_its_own_threshold(reason, reliability, known: dict, pools: int | None) -> None:
    assert _needed(reason, reliability, **known) == pools


@pytest.mark.parametrize(
    "reason",
    [
        "withheld:coverage",
        "withheld:implausible",
        "withheld:few_units",
        "withheld:contradictory",
        "unreliable:weighted_mean",
        "unreliable:inconsistent_interval",
        "unreliable:by_publisher",
        "suppressed:too_few_cases",
        "not_published:standard_error",
        "not_computable:cell_missing",
    ],
)
def test_pooling_does_not_help_against_other_reasons(reason: str) -> None:
    reliability = "unreliable" if reason.startswith("unreliable") else "withheld"
    assert _needed(reason, reliability, se=6.0, people=2500.0, events=4.0) is None


@pytest.mark.parametrize("reason", ["withheld:small_count", "withheld:reveals_small_count"])
def test_the_pools_of_a_hidden_count_would_give_it_away(reason: str) -> None:
    assert _needed(reason, "withheld", events=3.0) is None


def test_whole_columns_at_once() -> None:
    rows = pl.DataFrame(
        {
            "reason": ["withheld:low_population", None, None, "withheld:coverage"],
            "reliability": ["withheld", "unreliable", "good", "withheld"],
            "se": [None, 4.0, 0.5, 4.0],
            "people": [1200.0, 9000.0, 90_000.0, 100.0],
        }
    )
    needed = pooling_needed(
        pl.col("reason"),
        pl.col("reliability"),
        by_precision=pools_for_years(pl.col("se")),
        by_population=pools_for_population(pl.col("people")),
    )
    assert rows.select(needed).to_series().to_list() == [5, 3, None, None]
