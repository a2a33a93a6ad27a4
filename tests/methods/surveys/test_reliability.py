"""Reliability classes: the thresholds, on both sides."""

import polars as pl
import pytest

from lifegap.methods.surveys.reliability import (
    nearest_with_error,
    reliability_of_count,
    reliability_of_percent,
    reliability_of_years,
    worse,
)
from tests.conftest import ANCHORS

WORDS = {"high": "good", "medium": "caution", "low": "unreliable"}


@pytest.mark.parametrize("case", pl.read_csv(ANCHORS / "cv_class.csv").to_dicts(), ids=lambda c: c["case_id"])
def test_counts_are_classed_by_their_coefficient_of_variation(case: dict) -> None:
    found = pl.select(reliability_of_count(pl.lit(float(case["estimate"])), pl.lit(float(case["se"])))).item()
    # The anchor prints 400.0 and 1000: exactly 40 percent, which still is caution.
    assert found == WORDS[case["reliability"]]


@pytest.mark.parametrize(
    ("half_width", "word"), [(2.0, "good"), (2.01, "caution"), (5.0, "caution"), (5.01, "unreliable")]
)
def test_years_are_classed_by_the_half_width_of_their_interval(half_width: float, word: str) -> None:
    se = half_width / 1.959963984540054
    assert pl.select(reliability_of_years(pl.lit(se))).item() == word


def test_a_figure_without_error_is_cautioned() -> None:
    nothing = pl.lit(None, pl.Float64)
    assert pl.select(reliability_of_years(nothing)).item() == "caution"
    assert pl.select(reliability_of_percent(pl.lit(20.0), nothing)).item() == "caution"


@pytest.mark.parametrize(
    ("percent", "se", "word"),
    [
        (1.0, 1.2, "good"),  # half-width 2.35 points: good whatever the coefficient of variation
        (50.0, 6.0, "good"),  # 12 percent
        (97.0, 1.4, "unreliable"),  # the rarer event is 3 percent: 47 percent of it
        (80.0, 5.0, "caution"),
    ],
)
def test_percentages_are_classed_by_the_rarer_event(percent: float, se: float, word: str) -> None:
    assert pl.select(reliability_of_percent(pl.lit(percent), pl.lit(se))).item() == word


def test_the_worse_of_two_classes() -> None:
    frame = pl.DataFrame(
        {"one": ["good", "caution", "unreliable", "good"], "other": ["caution", "good", "withheld", None]}
    )
    found = frame.select(worse(pl.col("one"), pl.col("other"))).to_series()
    assert found.to_list() == ["caution", "caution", "withheld", "good"]


def test_the_nearest_edition_with_an_error_is_that_of_the_same_series() -> None:
    rows = pl.DataFrame(
        {
            "place": ["a", "a", "a", "b", "b"],
            "period_start": [2010, 2016, 2018, 2018, 2018],
            "period_end": [2014, 2020, 2022, 2022, 2022],
            "value": [1.0, 1.0, 1.0, 1.0, None],
            "se": [1.0, 9.0, None, None, None],
            "reliability": ["good", "unreliable", "caution", "caution", "withheld"],
        }
    )
    found = nearest_with_error(rows, "value", ["place"])
    assert found.drop("nearest", "nearest_start", "nearest_end").equals(rows)
    assert found["nearest"].to_list() == [None, None, "unreliable", None, None]
    assert found["nearest_end"].to_list() == [None, None, 2020, None, None]
