"""Projections: anchors, the laws, a slow second way, coverage, and every refusal."""

import json
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lifegap.methods.standing.projection import fit_lines, forecast, projections, without_shared_years
from tests.conftest import ANCHORS

VALUES = st.lists(st.integers(-50, 50).map(float), min_size=3, max_size=9)
FIGURES = (
    "pace_observed",
    "pace_se",
    "pace_ratio",
    "projection",
    "projection_low",
    "projection_high",
    "probability_met",
)


def _points(
    values: list[float], se: list[Any] | None = None, start: int = 2010, width: int = 1
) -> pl.DataFrame:
    years = list(range(start, start + len(values)))
    return pl.DataFrame(
        {"place": ["p"] * len(values), "period_start": years, "period_end": [year + width - 1 for year in years],
         "value": values, "se": se or [None] * len(values)},
        schema_overrides={"se": pl.Float64},
    )  # fmt: skip


def _target(**other: Any) -> pl.DataFrame:
    row = {
        "place": "p",
        "baseline_start": 2010,
        "baseline_end": 2010,
        "target": 5.0,
        "target_year": 2016,
        "better": "lower",
    }
    return pl.DataFrame([row | other], schema_overrides={"target": pl.Float64, "better": pl.String})


def _one(points: pl.DataFrame, **other: Any) -> dict[str, Any]:
    return projections(points, _target(**other), ["place"]).row(0, named=True)


@pytest.mark.parametrize(
    "case", pl.read_csv(ANCHORS / "projection.csv").to_dicts(), ids=lambda case: case["case_id"]
)
def test_line_interval_and_probability_equal_the_anchor(case: dict) -> None:
    years, values, se = (json.loads(case[name]) for name in ("years", "values", "se"))
    points = pl.DataFrame(
        {"place": ["p"] * len(years), "period_start": years, "period_end": years,
         "value": [float(each) for each in values], "se": [float(each) for each in se]}
    )  # fmt: skip
    goal = {"target": case["target"], "target_year": case["target_year"]}
    line = forecast(
        fit_lines(points, ["place"]).with_columns(
            better=pl.lit("lower"), **{k: pl.lit(v) for k, v in goal.items()}
        )
    )
    for ours, theirs in (
        ("pace_observed", "slope"), ("pace_se", "se_slope"), ("projection", "projected"), ("projection_low", "pi_low"),
        ("projection_high", "pi_high"), ("probability_met", "p_meet"),
    ):  # fmt: skip
        assert line[ours][0] == pytest.approx(case[theirs], abs=1e-8)
    gated = _one(points, baseline_start=years[0], baseline_end=years[0], **goal)
    assert gated["pace_required"] == pytest.approx(case["required_annual"], abs=1e-8)
    assert gated["pace_ratio"] == pytest.approx(case["pace_ratio"], abs=1e-8)
    further = case["target_year"] - years[-1] > years[-1] - years[0]
    assert gated["reason"] == ("not_assessable:extrapolation" if further else None)
    assert (gated["projection"] is None) == further


@given(
    VALUES,
    st.lists(st.floats(0.2, 5), min_size=9, max_size=9),
    st.booleans(),
    st.sampled_from(["higher", "lower"]),
)
def test_a_slow_least_squares_agrees(
    values: list[float], errors: list[float], weighted: bool, better: str
) -> None:
    k = len(values)
    se = errors[:k] if weighted else [None, *errors[1:k]]
    w = np.array([1 / each**2 for each in errors[:k]]) if weighted else np.ones(k)
    X = np.column_stack([np.ones(k), np.arange(2010, 2010 + k) - 2010.0])
    A = np.linalg.inv(X.T @ (w[:, None] * X))
    line = A @ X.T @ (w * np.array(values))
    scatter = (w * (np.array(values) - X @ line) ** 2).sum() / (k - 2)
    ahead = np.array([1.0, 2010 + k - 2010])
    middle, se_new = ahead @ line, np.sqrt(scatter * (ahead @ A @ ahead + 1 / np.median(w)))
    found = _one(_points(values, se), target_year=2010 + k, better=better)
    assert found["reason"] is None
    assert found["pace_observed"] == pytest.approx(line[1], abs=1e-8)
    assert found["pace_se"] == pytest.approx(np.sqrt(scatter * A[1, 1]), abs=1e-6)
    assert found["projection"] == pytest.approx(middle, abs=1e-7)
    half = stats.t.ppf(0.975, k - 2) * se_new
    assert found["projection_low"] == pytest.approx(middle - half, abs=1e-5)
    assert found["projection_high"] == pytest.approx(middle + half, abs=1e-5)
    if se_new > 1e-6:
        below = stats.t.cdf((5 - middle) / se_new, k - 2)
        assert found["probability_met"] == pytest.approx(below if better == "lower" else 1 - below, abs=1e-8)


@given(st.integers(-40, 40), st.integers(-300, 300), st.integers(3, 8), st.sampled_from(["higher", "lower"]))
def test_a_perfect_line_projects_itself_and_meets_surely_never_or_as_likely_as_not(
    slope: int, start: int, k: int, better: str
) -> None:
    values = [start / 10 + slope / 10 * each for each in range(k)]
    found = _one(_points(values), target_year=2010 + k, better=better, target=5.0)
    end = (start + slope * k) / 10
    assert found["projection"] == pytest.approx(end, abs=1e-9)
    assert found["projection_high"] - found["projection_low"] == pytest.approx(0, abs=1e-9)
    inside = (5 - end) * (1 if better == "lower" else -1)
    assert found["probability_met"] == (0.5 if inside == 0 else float(inside > 0))


def test_intervals_hold_the_new_value_as_often_as_they_say() -> None:
    random, series = np.random.default_rng(3), 4000
    for k, extra in ((3, 0.0), (5, 0.0), (5, 1.5), (8, 1.5)):
        se = np.full((series, k + 1), 1.0)
        truth = 20 - 0.5 * np.arange(k + 1) + random.normal(0, extra, (series, k + 1))
        seen = random.normal(truth, se)
        points = pl.DataFrame(
            {"place": np.repeat(np.arange(series), k), "period_start": np.tile(np.arange(k), series),
             "value": seen[:, :k].ravel(), "se": se[:, :k].ravel()}
        ).with_columns(period_end="period_start")  # fmt: skip
        lines = fit_lines(points, ["place"]).with_columns(target=0.0, target_year=k, better=pl.lit("lower"))
        found = forecast(lines)
        inside = (found["projection_low"].to_numpy() <= seen[:, k]) & (
            seen[:, k] <= found["projection_high"].to_numpy()
        )
        assert inside.mean() == pytest.approx(0.95, abs=0.015)


def test_points_before_the_baseline_never_set_the_pace() -> None:
    points = pl.concat([_points([90.0, 70, 50], start=2007), _points([10.0, 9, 8.5, 7.5, 7], start=2010)])
    assert _one(points, target_year=2016) == _one(_points([10.0, 9, 8.5, 7.5, 7]), target_year=2016)


def test_of_windows_that_share_years_only_separate_ones_stay_from_the_latest_backwards() -> None:
    windows = _points([float(each) for each in range(14)], start=2006, width=5)
    assert without_shared_years(windows, ["place"])["period_end"].to_list() == [2013, 2018, 2023]
    single = _points([1.0, 2, 3])
    assert without_shared_years(single, ["place"]).equals(single)
    assert without_shared_years(windows.clear(), ["place"]).is_empty()


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(2000, 2020), st.integers(0, 6)), max_size=25))
def test_a_slow_choice_of_separate_windows_agrees_and_none_could_be_added(
    rows: list[tuple[int, int, int]],
) -> None:
    windows = pl.DataFrame(
        {"place": [place for place, _, _ in rows], "period_start": [start for _, start, _ in rows],
         "period_end": [start + width for _, start, width in rows]}
    ).unique(maintain_order=True)  # fmt: skip
    slow, limits = [], {0: 9999, 1: 9999, 2: 9999}
    for place, start, end in sorted(windows.rows(), key=lambda row: (-row[2], -row[1])):
        if end < limits[place]:
            slow.append((place, start, end))
            limits[place] = start
    assert sorted(without_shared_years(windows, ["place"]).rows()) == sorted(slow)


def test_overlapping_five_year_windows_count_as_the_separate_ones_they_hold() -> None:
    windows = _points([20.0 - each for each in range(14)], start=2006, width=5)
    found = _one(windows, baseline_start=2009, baseline_end=2013, target_year=2025)
    assert (found["points"], found["indicative"], found["reason"]) == (3, True, None)
    assert (found["first_year"], found["last_year"]) == (2011, 2021)
    thinner = _one(windows, baseline_start=2010, baseline_end=2014, target_year=2025)
    assert (thinner["points"], thinner["reason"]) == (2, "not_assessable:too_few")


@pytest.mark.parametrize(
    ("points", "target", "reason"),
    [
        (_points([9.0, 8]), {}, "not_assessable:too_few"),
        (_points([9.0, float("nan"), 8]), {}, "not_assessable:too_few"),
        (_points([9.0, 8, 7], start=2011), {}, "not_assessable:no_baseline_in_series"),
        (_points([9.0, 8, 7], start=2005), {}, "not_assessable:no_baseline_in_series"),
        (_points([9.0, 8, 7]), {"baseline_end": 2014}, "not_assessable:no_baseline_in_series"),
        (_points([9.0, 8, 7]).with_columns(method=pl.Series(["a", "a", "b"])), {}, "not_assessable:method_break"),
        (pl.concat([_points([9.0, 8, 7]), _points([9.0])]), {}, "not_assessable:repeated_period"),
        (_points([9.0, 8, 7]), {"target_year": 2015}, "not_assessable:extrapolation"),
        (_points([9.0, 8, 7]), {"target_year": 2012}, "not_assessable:target_year_passed"),
        (_points([9.0, 8, 7]), {"target": None, "target_year": 2014}, "not_assessable:no_target"),
        (_points([9.0, 8, 7]), {"better": "none", "target_year": 2014}, "not_assessable:no_direction"),
        (_points([9.0, 8, 7]), {"better": None, "target_year": 2014}, "not_assessable:no_direction"),
    ],
)  # fmt: skip
def test_what_cannot_be_projected_says_why(points: pl.DataFrame, target: dict, reason: str) -> None:
    found = _one(points, **target)
    assert found["reason"] == reason
    assert [found[name] for name in FIGURES[3:]] == [None] * 4
    told = {"extrapolation", "target_year_passed", "no_target", "no_direction"}
    assert (found["pace_observed"] is not None) == (reason.partition(":")[2] in told)


def test_a_break_before_the_baseline_breaks_nothing_and_the_last_horizon_is_the_span() -> None:
    points = _points([20.0, 9, 8, 7], start=2009).with_columns(method=pl.Series(["old", "new", "new", "new"]))
    found = _one(points, target_year=2014)
    assert (found["reason"], found["points"], found["indicative"]) == (None, 3, True)
    assert _one(_points([9.0, 8, 7, 6, 5]), target_year=2016)["indicative"] is False


def test_a_target_already_met_has_no_required_pace_but_a_projection() -> None:
    found = _one(_points([9.0, 6, 5]), target_year=2014)
    assert (found["pace_required"], found["pace_ratio"], found["reason"]) == (None, None, None)
    assert found["projection"] is not None


def test_rows_come_back_in_their_order_with_their_own_columns() -> None:
    points = pl.concat([_points([9.0, 8, 7]), _points([3.0, 2, 2.5]).with_columns(place=pl.lit("q"))])
    targets = pl.concat([_target(place=place, target_year=2014) for place in ("q", "absent", "p")])
    more = {
        "target_id": pl.Series([1, 2, 3]),
        "weight": pl.Series([7.0, 8, 9]),
        "value": pl.Series(["x", "y", "z"]),
    }
    found = projections(points.with_columns(weight=0.0), targets.with_columns(**more), ["place"])
    assert found["weight"].to_list() == [7, 8, 9]
    assert found["target_id"].to_list() == [1, 2, 3]
    assert found["points"].to_list() == [3, 0, 3]
    assert found["pace_observed"].to_list() == pytest.approx([-0.25, None, -1.0])


def test_points_of_one_year_or_of_no_weight_give_no_line() -> None:
    same = _points([9.0, 8, 7]).with_columns(period_start=2010, period_end=2010)
    line = forecast(
        fit_lines(same, ["place"]).with_columns(target=5.0, target_year=2012, better=pl.lit("lower"))
    )
    assert [line[name][0] for name in ("pace_observed", "pace_se", *FIGURES[3:])] == [None] * 6
    zero = _one(_points([9.0, 8, 7, 5], [1.0, 0.0, 1.0, 1.0]), target_year=2015)
    assert zero["pace_observed"] == pytest.approx(
        _one(_points([9.0, 8, 7, 5]), target_year=2015)["pace_observed"]
    )
