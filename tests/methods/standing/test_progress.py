"""Progress to a target: anchors, the laws, a slow second way, what is refused, and paces."""

import math
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.standing.progress import (
    above_noise,
    endpoints,
    exceeds_noise,
    pace_ratio,
    pace_required,
    progress,
    sure_percents,
)
from tests.conftest import ANCHORS

Z = 1.959963984540054
VALUE = st.integers(-40, 40).map(lambda tenths: tenths / 2)
ERROR = st.one_of(st.none(), st.sampled_from([0.0, 0.25, 1.0, 4.0]))
SIDE = st.sampled_from(["higher", "lower"])
STATUSES = {"target_met", "improving", "little_change", "getting_worse", "not_assessable"}


def _rows(*rows: tuple[Any, ...]) -> pl.DataFrame:
    names = ("baseline", "se_baseline", "latest", "se_latest", "target", "better")
    schema = dict.fromkeys(names[:-1], pl.Float64) | {"better": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _one(*row: Any, of_gap: bool = False) -> dict[str, Any]:
    return progress(_rows(row), of_gap=of_gap).row(0, named=True)


@pytest.mark.parametrize(
    "case", pl.read_csv(ANCHORS / "progress_status.csv").to_dicts(), ids=lambda case: case["case_id"]
)
def test_percents_and_status_equal_the_anchor(case: dict) -> None:
    better = {"decrease": "lower", "increase": "higher"}[case["desired"]]
    found = _one(
        *(case[name] for name in ("baseline", "se_baseline", "latest", "se_latest", "target")), better
    )
    assert found["status"] == case["status"]
    for ours, theirs in (
        ("percent_of_targeted_change", "pct_targeted_change"),
        ("percent_change", "pct_change_from_baseline"),
    ):
        assert found[ours] == (None if case[theirs] is None else pytest.approx(case[theirs], abs=1e-9))


def _slow_status(b: float, se_b: float | None, x: float, se_x: float | None, t: float, better: str) -> str:
    sign = 1 if better == "higher" else -1
    if sign * (x - t) >= 0:
        return "target_met"
    noise = None if se_b is None or se_x is None else math.sqrt(se_b**2 + se_x**2)
    toward = sign * (x - b) > 0
    if noise:
        real = abs(x - b) / noise >= Z
    elif toward:
        real = round(abs(x - b) / abs(t - b), 12) >= 0.1
    elif b == 0 and x != b:
        return "not_assessable"
    else:
        real = b != 0 and round(abs(x - b) / abs(b), 12) >= 0.1
    return ("improving" if toward else "getting_worse") if real else "little_change"


@given(st.tuples(VALUE, ERROR, VALUE, ERROR, VALUE, SIDE))
def test_a_slow_reading_of_the_rules_agrees_and_every_row_has_one_status(row: tuple[Any, ...]) -> None:
    found = _one(*row)
    assert found["status"] == _slow_status(*row)
    assert found["status"] in STATUSES
    assert (found["percent_achieved"] is None) == (found["reason"] is not None)


@given(VALUE, ERROR, VALUE, ERROR, VALUE, SIDE)
def test_mirrored_values_and_direction_give_the_same_status(b, se_b, x, se_x, t, better) -> None:
    other = "lower" if better == "higher" else "higher"
    one, mirrored = _one(b, se_b, x, se_x, t, better), _one(-b, se_b, -x, se_x, -t, other)
    for name in ("status", "percent_achieved", "percent_se", "percent_of_targeted_change"):
        assert one[name] == mirrored[name]


@given(VALUE, VALUE, VALUE, st.floats(0.1, 50), st.floats(-100, 100), st.booleans())
def test_percent_achieved_is_linear_and_independent_of_the_unit(b, x, t, times, plus, flip) -> None:
    times = -times if flip else times
    better = "higher" if t >= b else "lower"
    other = better if times > 0 else {"higher": "lower", "lower": "higher"}[better]
    one = _one(b, 1.0, x, 1.0, t, better)
    unit = abs(times)
    again = _one(times * b + plus, unit, times * x + plus, unit, times * t + plus, other)
    if t == b:
        assert one["reason"] == "not_computable:baseline_met_target"
    else:
        assert one["percent_achieved"] == pytest.approx(100 * (x - b) / (t - b), abs=1e-9)
        assert again["percent_achieved"] == pytest.approx(one["percent_achieved"], abs=1e-6)
        assert again["percent_se"] == (one["percent_se"] and pytest.approx(one["percent_se"], rel=1e-6))


@given(VALUE, VALUE, SIDE)
def test_percent_achieved_is_0_at_the_baseline_and_100_at_the_target(b, t, better) -> None:
    at_baseline, at_target = _one(b, None, b, None, t, better), _one(b, None, t, None, t, better)
    assert at_target["status"] == "target_met"
    if at_baseline["reason"] is None:
        assert str(at_baseline["percent_achieved"]) == "0.0"  # never -0.0
        assert at_baseline["status"] == "little_change"
        assert at_target["percent_achieved"] == 100


def test_a_target_that_is_half_of_the_baseline_is_met_exactly_and_a_tenth_counts_exactly() -> None:
    assert _one(0.6, 1.0, 0.1 + 0.2, 1.0, 0.3, "lower")["status"] == "target_met"
    assert _one(12.0, None, 11.7, None, 9.0, "lower")["status"] == "improving"  # 10.000000000000024 percent
    assert _one(1.1, None, 1.21, None, 0.2, "lower")["status"] == "getting_worse"  # 9.999999999999991


def test_the_interval_is_that_of_a_ratio_whose_baseline_is_drawn_too() -> None:
    found = _one(18.9, 0.7, 16.8, 0.7, 9.45, "lower")
    random = np.random.default_rng(1)
    baseline, latest = random.normal(18.9, 0.7, 400_000), random.normal(16.8, 0.7, 400_000)
    drawn = 100 * (latest - baseline) / (9.45 - baseline)
    assert found["percent_se"] == pytest.approx(drawn.std(), rel=0.03)
    assert found["percent_low"] == pytest.approx(found["percent_achieved"] - Z * found["percent_se"])
    assert found["percent_high"] == pytest.approx(found["percent_achieved"] + Z * found["percent_se"])


def test_a_baseline_that_may_be_the_target_gives_no_interval() -> None:
    found = _one(10.0, 3.0, 9.0, 1.0, 5.0, "lower")
    assert found["percent_achieved"] == 20
    assert [found[f"percent_{name}"] for name in ("se", "low", "high")] == [None] * 3


def test_moving_away_is_negative_progress_and_no_targeted_change() -> None:
    found = _one(10.0, 0.2, 12.0, 0.2, 5.0, "lower")
    assert (found["percent_achieved"], found["percent_of_baseline"]) == (-40, 120)
    assert found["percent_of_targeted_change"] is None
    assert found["status"] == "getting_worse"


@pytest.mark.parametrize("baseline", [0.0, -0.3])  # Belmont Cragin and the Lower West Side in 1990
def test_a_gap_that_was_none_has_no_percent_but_a_status(baseline: float) -> None:
    found = _one(baseline, 0.5, 4.0, 0.5, baseline / 2, "lower", of_gap=True)
    assert found["reason"] == "not_computable:no_gap_at_baseline"
    assert found["status"] == "getting_worse"
    for name in ("percent_achieved", "percent_of_baseline", "percent_low", "percent_of_targeted_change"):
        assert found[name] is None


def test_the_change_in_percent_has_the_sign_of_the_movement() -> None:
    found = _one(-2.0, 0.1, 1.0, 0.1, 3.0, "higher")
    assert (found["percent_change"], found["percent_achieved"], found["percent_of_baseline"]) == (
        150,
        60,
        None,
    )
    assert _one(2.0, 0.1, 1.0, 0.1, 3.0, "higher")["percent_change"] == -50


def test_one_unknown_error_is_no_error_and_errors_of_zero_are_unknown() -> None:
    assert _one(12.0, 0.01, 11.9, None, 9.0, "lower")["status"] == "little_change"
    assert _one(12.0, 0.0, 11.9, 0.0, 9.0, "lower")["status"] == "little_change"
    assert _one(12.0, 0.0, 11.9, 0.01, 9.0, "lower")["status"] == "improving"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((None, 1.0, 2.0, 1.0, 3.0, "higher"), "not_assessable:no_baseline_in_series"),
        ((float("nan"), 1.0, 2.0, 1.0, 3.0, "higher"), "not_assessable:no_baseline_in_series"),
        ((1.0, 1.0, None, 1.0, 3.0, "higher"), "not_assessable:no_later_value"),
        ((1.0, 1.0, math.inf, 1.0, 3.0, "higher"), "not_assessable:no_later_value"),
        ((1.0, 1.0, 2.0, 1.0, None, "higher"), "not_assessable:no_target"),
        ((1.0, 1.0, 2.0, 1.0, 3.0, "none"), "not_assessable:no_direction"),
        ((1.0, 1.0, 2.0, 1.0, 3.0, None), "not_assessable:no_direction"),
        ((0.0, None, -1.0, None, 3.0, "higher"), "not_assessable:zero_baseline"),
    ],
)
def test_what_cannot_be_judged_says_why_and_has_no_figure(row: tuple, reason: str) -> None:
    found = _one(*row)
    assert (found["status"], found["reason"]) == ("not_assessable", reason)
    figures = [name for name in found if name.startswith(("percent", "change"))]
    assert len(figures) == 9
    assert all(found[name] is None for name in figures)


def test_a_row_refused_before_stays_refused() -> None:
    rows = _rows((10.0, 1.0, 9.0, 1.0, 5.0, "lower")).with_columns(
        reason=pl.lit("not_assessable:unreliable_baseline")
    )
    found = progress(rows).row(0, named=True)
    assert (found["status"], found["reason"]) == ("not_assessable", "not_assessable:unreliable_baseline")
    assert found["percent_achieved"] is None


def test_whether_the_last_change_exceeds_noise() -> None:
    rows = pl.DataFrame(
        {"a": [10.0, 10, 10, 10], "sa": [1.0, 1, None, 0], "b": [13.0, 12, 13, 13], "sb": [1.0, 1, 1, 0]}
    )
    found = rows.select(exceeds_noise(*(pl.col(name) for name in ("a", "sa", "b", "sb"))))
    assert found.to_series().to_list() == [True, False, None, None]


def _sure(*row: Any) -> dict[str, Any]:
    return sure_percents(progress(_rows(row), of_gap=True)).row(0, named=True)


def test_no_percent_of_a_baseline_without_an_error() -> None:
    """Belmont Cragin and South Lawndale in Chicago's atlas: gaps of 1.2 and 1.6 years gave -580 and -446."""
    for baseline, latest in ((1.2, 4.678832), (1.6, 5.1662)):
        found = _sure(baseline, None, latest, None, baseline / 2, "lower")
        assert (found["status"], found["reason"]) == (
            "getting_worse",
            "not_computable:baseline_without_error",
        )
        assert [found[name] for name in found if name.startswith("percent")] == [None] * 7


def test_no_percent_of_a_baseline_within_reach_of_noise() -> None:
    near = _sure(3.0, 1.6, 4.0, 1.6, 1.5, "lower")
    assert (near["percent_achieved"], near["percent_of_baseline"]) == (None, None)
    assert near["reason"] == "not_computable:baseline_within_noise"
    # Half of the baseline is what was aimed for: it may be nothing though the baseline is not.
    between = _sure(3.0, 1.0, 4.0, 1.0, 1.5, "lower")
    assert (between["percent_achieved"], between["percent_of_baseline"]) == (None, pytest.approx(400 / 3))


def test_percents_of_a_sure_baseline_stay_as_they_are() -> None:
    """The city's figures of West Garfield Park and the Loop: 16.2 years, standard error 1.1837."""
    one, sure = (
        _one(16.2, 1.1837, 14.0, 1.1, 8.1, "lower", of_gap=True), _sure(16.2, 1.1837, 14.0, 1.1, 8.1, "lower"),
    )  # fmt: skip
    assert one == sure
    assert sure["percent_achieved"] == pytest.approx(100 * 2.2 / 8.1)


def test_a_reason_that_was_there_stays() -> None:
    found = _sure(-0.3, None, 4.0, None, -0.15, "lower")
    assert found["reason"] == "not_computable:no_gap_at_baseline"


def test_what_may_be_divided_by() -> None:
    frame = pl.DataFrame({"value": [2.0, 1.9, 2.0, 2.0, None], "se": [1.0, 1.0, 0.0, None, 1.0]})
    found = frame.select(above_noise(pl.col("value"), pl.col("se"))).to_series()
    assert found.to_list() == [True, False, False, False, False]


@given(st.tuples(VALUE, ERROR, VALUE, ERROR, VALUE, SIDE))
def test_a_rebased_target_is_never_met_and_nothing_else_changes(row: tuple[Any, ...]) -> None:
    """West Town in the atlas: 3.1 years in 2012, 0.8 in 2020."""
    plain = _one(*row)
    rebased = progress(_rows(row).with_columns(rebased=pl.lit(value=True))).row(0, named=True)
    assert rebased["status"] != "target_met"
    if plain["status"] != "target_met":
        assert rebased["status"] == plain["status"]
    west_town = _rows((3.1, None, 0.769992, None, 1.55, "lower")).with_columns(rebased=pl.lit(value=True))
    assert progress(west_town)["status"].to_list() == ["improving"]


POINTS = pl.DataFrame(
    {
        "place": ["a"] * 5 + ["b"] * 3 + ["c"],
        "period_start": [2005, 2010, 2012, 2014, 2015, 2010, 2011, 2012, 2010],
        "period_end": [2009, 2014, 2016, 2018, 2019, 2014, 2015, 2016, 2014],
        "value": [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0],
        "se": [0.1, 0.2, 0.3, None, 0.5, 0.6, 0.7, 0.8, 0.9],
    }
)


def _targets(*places: str, start: int = 2010) -> pl.DataFrame:
    return pl.DataFrame(
        {"place": places, "baseline_start": [start] * len(places), "baseline_end": [start + 4] * len(places)}
    )


def test_endpoints_take_windows_that_share_no_year() -> None:
    found = endpoints(POINTS, _targets("c", "a", "b", "nowhere"), ["place"])
    assert found["place"].to_list() == ["c", "a", "b", "nowhere"]
    assert found["baseline"].to_list() == [1.0, 8.0, 4.0, None]
    assert found["latest"].to_list() == [None, 5.0, None, None]
    assert found["reason"].to_list() == [
        "not_assessable:no_later_value", None, "not_assessable:overlapping_periods",
        "not_assessable:no_baseline_in_series",
    ]  # fmt: skip
    row = found.row(1, named=True)
    assert (row["latest_start"], row["latest_end"], row["se_latest"]) == (2015, 2019, 0.5)
    assert (row["previous"], row["se_previous"], row["se_baseline"]) == (8.0, 0.2, 0.2)


def test_the_previous_value_may_lie_between_and_values_that_are_none_are_passed_over() -> None:
    more = pl.DataFrame(
        {"place": ["a", "a"], "period_start": [2020, 2025], "period_end": [2024, 2029],
         "value": [4.0, math.nan], "se": [1.0, 1.0]}
    )  # fmt: skip
    row = endpoints(pl.concat([POINTS, more]), _targets("a"), ["place"]).row(0, named=True)
    assert (row["baseline"], row["previous"], row["latest"]) == (8.0, 5.0, 4.0)


def test_a_period_that_stands_twice_is_not_judged() -> None:
    twice = pl.concat([POINTS, POINTS.filter(pl.col("value") == 5).with_columns(value=pl.lit(4.0))])
    found = progress(
        endpoints(twice, _targets("a"), ["place"]).with_columns(target=4.0, better=pl.lit("lower"))
    )
    assert found["reason"].to_list() == ["not_assessable:repeated_period"]
    assert found["percent_achieved"].to_list() == [None]


def test_several_targets_of_one_series_keep_their_own_baselines() -> None:
    targets = pl.concat([_targets("a"), _targets("a", start=2005)]).with_columns(target=pl.lit(3.0))
    found = progress(endpoints(POINTS, targets, ["place"]).with_columns(better=pl.lit("lower")))
    assert found["baseline"].to_list() == [8.0, 9.0]
    assert found["percent_achieved"].to_list() == pytest.approx([60, 400 / 6])
    assert found["change_exceeds_noise"].to_list() == [True, True]


def _paces(rows: list[tuple[Any, ...]]) -> list[tuple[float | None, float | None]]:
    frame = pl.DataFrame(
        rows, schema=["latest", "year", "target", "target_year", "better", "slope"], orient="row"
    )
    required = pace_required(*(pl.col(name) for name in frame.columns[:5]))
    return frame.select(required, ratio=pace_ratio(pl.col("slope"), required)).rows()


def test_a_gap_that_must_close_needs_a_negative_pace_and_the_ratio_knows_the_sign() -> None:
    assert _paces(
        [
            (10.0, 2020, 5.0, 2030, "lower", -0.25),
            (10.0, 2020, 5.0, 2030, "lower", 0.25),
            (10.0, 2020, 15.0, 2030, "higher", 0.75),
        ]
    ) == [(-0.5, 0.5), (-0.5, -0.5), (0.5, 1.5)]


def test_no_pace_is_required_where_the_target_is_met_or_its_year_is_over() -> None:
    rows = [
        (5.0, 2020, 5.0, 2030, "lower", -1.0),
        (4.0, 2020, 5.0, 2030, "lower", -1.0),
        (9.0, 2030, 5.0, 2030, "lower", -1.0),
    ]
    assert _paces(rows) == [(None, None)] * 3
