"""ACS margin algebra: the handbook's examples, the zero rule, laws, and a slow second opinion."""

import json
import math
from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.margins import (
    margin_of_product,
    margin_of_proportion,
    margin_of_ratio,
    margin_of_sum,
    se_of_margin,
)
from tests.conftest import ANCHORS

CASES = pl.read_csv(ANCHORS / "acs_moe.csv", infer_schema=False).to_dicts()


def _sum(cells: Sequence[tuple[float, float]]) -> float:
    frame = pl.DataFrame(cells, schema={"e": pl.Float64, "m": pl.Float64}, orient="row")
    return frame.select(margin_of_sum(pl.col("e"), pl.col("m"))).item()


def _two(function, cells: list[list[float]]) -> Any:
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


def test_one_zero_margin_counts_for_all() -> None:
    # Package fault E15 keeps every distinct zero margin: 51.90 where the rule gives 47.01.
    cells = [(0, 22.0), (0, 11.0), (100, 30.0), (200, 28.5)]
    assert _sum(cells) == pytest.approx(math.sqrt(22**2 + 30**2 + 28.5**2))


def test_an_unknown_margin_makes_the_sum_unknown() -> None:
    frame = pl.DataFrame({"e": [10.0, 20.0], "m": [3.0, None]})
    assert frame.select(margin_of_sum(pl.col("e"), pl.col("m"))).item() is None


def test_nothing_over_nobody_has_no_margin() -> None:
    assert _two(margin_of_proportion, [[0, 5], [0, 12]]) is None


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
