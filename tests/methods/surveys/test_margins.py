"""ACS margin algebra: the handbook's examples, the zero rule, laws, and a slow second opinion."""

import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.surveys.margins import (
    margin_of_percent_change,
    margin_of_product,
    margin_of_proportion,
    margin_of_ratio,
    margin_of_sum,
    se_of_margin,
    se_of_overlapping_difference,
)
from lifegap.methods.surveys.reliability import reliability_of_count
from tests.conftest import ANCHORS

CASES = pl.read_csv(ANCHORS / "acs_moe.csv", infer_schema=False).to_dicts()


def _sum(cells: Sequence[tuple[float, float]]) -> float:
    frame = pl.DataFrame(cells, schema={"e": pl.Float64, "m": pl.Float64}, orient="row")
    return frame.select(margin_of_sum(pl.col("e"), pl.col("m"))).item()


def _two(function, cells: Sequence[Sequence[float]]) -> Any:
    (a, ma), (b, mb) = cells
    return pl.select(function(*(pl.lit(float(each)) for each in (a, ma, b, mb)))).item()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['case_id']}_{case['op']}")
def test_margin_equals_the_handbook(case: dict) -> None:
    cells = json.loads(case["inputs"])
    if case["op"] in ("sum", "difference"):
        found = _sum([tuple(cell) for cell in cells])
    else:
        function = {
            "proportion": margin_of_proportion,
            "ratio": margin_of_ratio,
            "product": margin_of_product,
        }[case["op"]]
        found = _two(function, cells)
    assert found == pytest.approx(float(case["moe"]), abs=float(case["tolerance"]))


def test_one_zero_margin_counts_for_all_unlike_tidycensus() -> None:
    # tidycensus::moe_sum keeps every distinct margin of a zero: 51.90 here, where the rule gives 47.01.
    cells = [(0, 22.0), (0, 22.0), (0, 29.0), (41, 37.0)]
    assert _sum(cells) == pytest.approx(47.01063709417264, abs=1e-12)
    assert math.sqrt(22**2 + 29**2 + 37**2) == pytest.approx(51.90, abs=5e-3)


def test_a_negative_radicand_falls_back_to_the_ratio_unlike_census_data_aggregator() -> None:
    # Its approximate_proportion raises an error for the whole over a part of it.
    pair = [[630498, 831], [203119, 5070]]
    assert _two(margin_of_proportion, pair) == pytest.approx(_two(margin_of_ratio, pair), abs=1e-15)


def test_percent_change_equals_the_handbook() -> None:
    # Never-married women of Fairfax: 3.05 percent more.
    assert _two(margin_of_percent_change, [[139301, 4047], [135173, 3860]]) == pytest.approx(
        4.1980698522612315, abs=1e-9
    )


def test_percent_change_from_nothing_has_no_margin() -> None:
    assert _two(margin_of_percent_change, [[50, 20], [0, 12]]) is None


@given(st.floats(1, 1e5), st.floats(1, 1e4), st.floats(1, 1e5), st.floats(1, 1e4), st.floats(0.1, 10))
def test_percent_change_does_not_depend_on_the_unit(
    new: float, new_margin: float, old: float, old_margin: float, unit: float
) -> None:
    pair = [[new, new_margin], [old, old_margin]]
    scaled = [[unit * each for each in side] for side in pair]
    found = _two(margin_of_percent_change, pair)
    assert _two(margin_of_percent_change, scaled) == pytest.approx(found)
    slow = 100 * math.sqrt(new_margin**2 + (new / old * old_margin) ** 2) / old
    assert found == pytest.approx(slow)


def _overlapping(se1: float, se2: float, end1: int, end2: int, **options: int) -> float:
    ends = pl.lit(end1), pl.lit(end2)
    return pl.select(se_of_overlapping_difference(pl.lit(se1), pl.lit(se2), *ends, **options)).item()


@pytest.mark.parametrize(
    ("end", "common"), [(2023, 0), (2022, 1), (2021, 2), (2020, 3), (2019, 4), (2030, 0)]
)
def test_common_years_of_two_periods_lessen_the_error_of_their_difference(end: int, common: int) -> None:
    expected = math.sqrt(1 - common / 5) * 5
    assert _overlapping(3.0, 4.0, 2018, end) == pytest.approx(expected)
    assert _overlapping(4.0, 3.0, end, 2018) == pytest.approx(expected)


def test_periods_of_another_length_and_the_same_period() -> None:
    assert _overlapping(3.0, 4.0, 2018, 2020, years=3) == pytest.approx(math.sqrt(2 / 3) * 5)
    assert _overlapping(3.0, 4.0, 2018, 2018) == 0
    assert _overlapping(3.0, 4.0, 2018, 2019, years=1) == pytest.approx(5)
    unsigned = [pl.lit(end, pl.UInt16) for end in (2020, 2018)]
    found = pl.select(se_of_overlapping_difference(pl.lit(3.0), pl.lit(4.0), *unsigned)).item()
    assert found == pytest.approx(math.sqrt(2 / 5) * 5)


def test_an_unknown_margin_makes_the_sum_unknown() -> None:
    frame = pl.DataFrame({"e": [10.0, 20.0], "m": [3.0, None]})
    assert frame.select(margin_of_sum(pl.col("e"), pl.col("m"))).item() is None


def test_nothing_over_nobody_has_no_margin() -> None:
    assert _two(margin_of_proportion, [[0, 5], [0, 12]]) is None


@pytest.mark.parametrize("case", pl.read_csv(ANCHORS / "cv_class.csv").to_dicts(), ids=lambda c: c["case_id"])
def test_a_margin_leads_to_the_class_of_its_coefficient_of_variation(case: dict) -> None:
    se = se_of_margin(pl.lit(float(case["moe90"])))
    assert pl.select(se).item() == pytest.approx(case["se"], rel=1e-14)
    word = pl.select(reliability_of_count(pl.lit(float(case["estimate"])), se)).item()
    assert word == {"high": "good", "medium": "caution", "low": "unreliable"}[case["reliability"]]


def test_standard_error_divides_by_the_bureaus_constant() -> None:
    assert pl.select(se_of_margin(pl.lit(1.645))).item() == pytest.approx(1.0)


cells = st.lists(
    st.tuples(st.one_of(st.just(0.0), st.floats(1, 1e6)), st.floats(0.1, 1e5)), min_size=1, max_size=30
)


def _slow_sum(values: list[tuple[float, float]]) -> float:
    """The rule, said slowly."""
    squares, largest_zero = 0.0, 0.0
    for estimate, margin in values:
        if estimate == 0:
            largest_zero = max(largest_zero, margin)
        else:
            squares += margin**2
    return math.sqrt(squares + largest_zero**2)


@given(cells)
def test_sum_agrees_with_a_slow_second_implementation(values: list[tuple[float, float]]) -> None:
    assert _sum(values) == pytest.approx(_slow_sum(values))


@given(cells, st.randoms())
def test_sum_does_not_depend_on_order_and_lies_between(values: list[tuple[float, float]], random) -> None:
    shuffled = [*values]
    random.shuffle(shuffled)
    found = _sum(values)
    assert found == pytest.approx(_sum(shuffled))
    counted = [margin for estimate, margin in values if estimate] or [max(m for _, m in values)]
    assert max(counted) - 1e-9 <= found <= sum(margin for _, margin in values) + 1e-9


@given(st.floats(1, 1e5), st.floats(1, 1e4), st.floats(1, 10), st.floats(1, 1e4))
def test_margin_of_a_proportion_is_at_most_that_of_a_ratio(
    a: float, ma: float, times: float, mb: float
) -> None:
    pair = [[a, ma], [a * times, mb]]
    assert _two(margin_of_proportion, pair) <= _two(margin_of_ratio, pair) + 1e-12


def test_counts_and_margins_move_by_weights_as_computed_elsewhere() -> None:
    """Each target takes its share of every source; the margin is the root of the weighted squares."""
    for case in pl.read_csv(ANCHORS / "areal_weights.csv").iter_rows(named=True):
        weights, counts, margins, targets, target_margins = (
            json.loads(case[name])
            for name in ("weights", "source_counts", "source_moe", "target_counts", "target_moe")
        )
        for target, (count, margin) in enumerate(zip(targets, target_margins, strict=True)):
            share = [row[target] for row in weights]
            rows = pl.DataFrame(
                {
                    "count": [w * c for w, c in zip(share, counts, strict=True)],
                    "margin": [w * m for w, m in zip(share, margins, strict=True)],
                }
            )
            found = rows.select(
                pl.col("count").sum(), margin_of_sum(pl.col("count"), pl.col("margin")).alias("m")
            )
            assert found.row(0) == (pytest.approx(count, abs=1e-9), pytest.approx(margin, abs=1e-9))


def test_a_share_whose_radicand_is_nothing_is_not_known_exactly() -> None:
    """1 ± 1.5 of 2 ± 3: the root of 2.25 - 0.25 × 9 is 0; with + it is 2.1213, and half of that the margin."""
    assert _two(margin_of_proportion, [[1, 1.5], [2, 3]]) == pytest.approx(math.sqrt(4.5) / 2)
    # In floating point 0.1² - (1/3)² × 0.3² is not exactly 0.
    assert _two(margin_of_proportion, [[1, 0.1], [3, 0.3]]) == pytest.approx(0.1 * math.sqrt(2) / 3)
    assert _two(margin_of_proportion, [[3, 0], [7, 0]]) == 0


@pytest.mark.parametrize(
    ("first_end", "inexact", "part"),
    [(2019, 1, 1.0), (2016, 1, 1.0), (2016, 3, 0.95), (2018, 3, 0.77), (2019, 3, 0.60)],
)
def test_the_formula_for_overlapping_periods_takes_every_year_as_equally_exact(
    first_end: int, inexact: float, part: float
) -> None:
    """Single years drawn, 2020 so many times as inexact; each period is the mean of its five."""
    years = np.arange(first_end - 4, 2021)
    errors = np.where(years == 2020, inexact, 1.0)
    drawn = errors * np.random.default_rng(3).standard_normal((200_000, len(years)))
    first, second = (drawn[:, (years > end - 5) & (years <= end)].mean(axis=1) for end in (first_end, 2020))
    told = pl.select(
        se_of_overlapping_difference(
            pl.lit(first.std()), pl.lit(second.std()), pl.lit(first_end), pl.lit(2020)
        )
    ).item()
    assert told / (second - first).std() == pytest.approx(part, abs=0.01)
