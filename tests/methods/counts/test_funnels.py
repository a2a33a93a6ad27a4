"""Funnel limits and verdicts against a benchmark: published cases, the laws, refusals."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifegap.methods.counts.funnels import (
    count_verdicts,
    judged,
    proportion_funnel,
    proportion_verdicts,
    ratio_funnel,
    verdict,
)
from lifegap.methods.counts.rates import exact_limits, wilson_limits
from tests.conftest import ANCHORS

UNHURRIED = settings(deadline=None)
NAMES = {
    "High (0.001)": "higher99.8",
    "High (0.025)": "higher95",
    "Not significant": "similar",
    "Low (0.025)": "lower95",
    "Low (0.001)": "lower99.8",
}
PLACES = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 400)).map(lambda pair: (pair[0], sum(pair))),
    min_size=2,
    max_size=20,
)


def _rows(places: list[tuple[int, int]]) -> pl.DataFrame:
    return pl.DataFrame(places, schema=["numerator", "denominator"], orient="row")


def test_published_limits_of_a_funnel_of_counts() -> None:
    cases = pl.read_csv(ANCHORS / "funnel_poisson_limits.csv")
    events = cases["events"].cast(pl.Float64).to_numpy()
    for level, sigmas in ((0.95, "2s"), (0.998, "3s")):
        expected, ratio = exact_limits(events, level), ratio_funnel(events, confidence=level)
        for side, exact, limit in (("lower", expected.high, ratio.low), ("upper", expected.low, ratio.high)):
            np.testing.assert_allclose(exact, cases[f"{side}_{sigmas}_exp_events"].to_numpy(), rtol=1e-4)
            np.testing.assert_allclose(limit, cases[f"{side}_{sigmas}_count"].to_numpy() + 1, rtol=1e-4)
            np.testing.assert_allclose(100 * limit, cases[f"{side}_{sigmas}_isr"].to_numpy(), rtol=1e-4)


def test_published_significance_of_proportions() -> None:
    cases = pl.read_csv(ANCHORS / "funnel_proportion.csv")
    found = proportion_verdicts(cases, benchmark=cases["baseline"][0])
    assert found["verdict"].to_list() == cases["significance"].replace(NAMES).to_list()


def test_published_significance_of_ratios() -> None:
    cases = pl.read_csv(ANCHORS / "funnel_ratio.csv").rename({"obs": "numerator", "expected": "denominator"})
    found = count_verdicts(cases, benchmark=1)
    assert found["verdict"].to_list() == cases["significance"].replace(NAMES).to_list()


def test_limits_of_a_proportion_end_at_its_own_1_where_pheindicatormethods_cuts_at_100() -> None:
    # Its limit is 2.07 for a proportion out of 1, and 100 for a proportion per 1000.
    few = np.array([1.0, 2.0])
    for multiplier in (1, 100, 1000):
        found = proportion_funnel(0.9, few, multiplier=multiplier, confidence=0.998)
        assert found.high.tolist() == [multiplier, multiplier]
        assert (found.low >= 0).all()


@UNHURRIED
@given(st.floats(0.01, 0.99), st.integers(1, 10**6), st.sampled_from([0.95, 0.998]))
def test_at_its_funnel_limit_the_interval_of_a_proportion_touches_the_benchmark(
    benchmark: float, people: int, level: float
) -> None:
    denominator = np.array([float(people)])
    funnel = proportion_funnel(benchmark, denominator, confidence=level)
    if funnel.low[0] > 0:
        assert wilson_limits(funnel.low * people, denominator, level).high[0] == pytest.approx(benchmark)
    if funnel.high[0] < 1:
        assert wilson_limits(funnel.high * people, denominator, level).low[0] == pytest.approx(benchmark)


@UNHURRIED
@given(PLACES)
def test_outside_the_funnel_of_proportions_is_outside_the_benchmark(places: list[tuple[int, int]]) -> None:
    rows = _rows(places)
    average = sum(x for x, _ in places) / sum(n for _, n in places)
    found = proportion_verdicts(rows, benchmark="average")
    assert found["benchmark"].to_list() == pytest.approx([average] * len(places))
    value, people = found["value"].to_numpy(), found["denominator"].cast(pl.Float64).to_numpy()
    for level, classes in ((0.95, ["similar"]), (0.998, ["similar", "lower95", "higher95"])):
        funnel = proportion_funnel(average, people, confidence=level)
        inside = (funnel.low - 1e-9 <= value) & (value <= funnel.high + 1e-9)
        edge = np.isclose(value, funnel.low, rtol=1e-9) | np.isclose(value, funnel.high, rtol=1e-9)
        assert (inside | edge)[found["verdict"].is_in(classes).to_numpy()].all()
        assert (~inside | edge)[~found["verdict"].is_in(classes).to_numpy()].all()


@UNHURRIED
@given(PLACES)
def test_verdicts_of_counts_follow_their_limits_by_hand(places: list[tuple[int, int]]) -> None:
    found = count_verdicts(_rows(places), benchmark=0.5)
    for value, said in found.select("value", "verdict").iter_rows():
        assert said == "similar" or said.startswith("higher" if value > 0.5 else "lower")


def test_the_rest_leaves_a_place_out_of_its_own_benchmark() -> None:
    found = count_verdicts(_rows([(90, 100), (10, 100), (20, 100)]), benchmark="rest")
    assert found["benchmark"].to_list() == pytest.approx([0.15, 0.55, 0.5])
    alone = count_verdicts(_rows([(90, 100)]), benchmark="rest")
    assert alone["reason"].to_list() == ["not_computable:reference"]
    assert alone["verdict"].to_list() == [None]


def test_refused_rows_have_a_reason_and_count_in_no_average() -> None:
    rows = pl.DataFrame({"numerator": [1, None, -1, 5, 5], "denominator": [10, 10, 10, 0, 10]})
    found = count_verdicts(rows, benchmark="average")
    assert found["reason"].to_list() == [
        None,
        "not_computable:cell_missing",
        "not_computable:negative_count",
        "not_computable:no_denominator",
        None,
    ]
    assert found["benchmark"].to_list() == [0.3, None, None, None, 0.3]
    assert found["verdict"].to_list() == ["similar", None, None, None, "similar"]
    above = proportion_verdicts(_rows([(5, 4)]), benchmark=0.5)
    assert above["reason"].to_list() == ["not_computable:numerator_above_denominator"]


def _verdict(low95: float, high95: float, low998: float, high998: float) -> str | None:
    limits = [pl.lit(limit, pl.Float64) for limit in (low95, high95, low998, high998)]
    return pl.select(verdict(limits[0], limits[1], limits[2], limits[3], pl.lit(1.0))).item()


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ((1.2, 1.4, 1.1, 1.5), "higher99.8"),
        ((1.1, 1.4, 0.9, 1.5), "higher95"),
        ((0.9, 1.4, 0.8, 1.5), "similar"),
        ((1.0, 1.4, 1.0, 1.5), "similar"),
        ((0.7, 1.0, 0.6, 1.0), "similar"),
        ((0.7, 0.9, 0.6, 1.1), "lower95"),
        ((0.7, 0.8, 0.6, 0.9), "lower99.8"),
        ((float("nan"), 0.8, 0.6, 0.9), None),
    ],
)
def test_a_verdict_says_at_which_level_an_interval_leaves_the_benchmark_out(
    limits: tuple[float, float, float, float], said: str | None
) -> None:
    assert _verdict(*limits) == said


def test_a_direction_turns_higher_into_better_or_worse() -> None:
    found = pl.DataFrame({"verdict": ["higher99.8", "lower95", "similar", None]})

    def told(direction: str) -> list[str | None]:
        return found.select(judged(pl.col("verdict"), pl.lit(direction))).to_series().to_list()

    assert told("higher") == ["better99.8", "worse95", "similar", None]
    assert told("lower") == ["worse99.8", "better95", "similar", None]
    assert told("none") == ["higher99.8", "lower95", "similar", None]
    assert told("up") == [None, None, None, None]


def test_what_has_no_funnel_limit_is_refused() -> None:
    assert np.isnan(ratio_funnel(np.array([0.0, -1.0]))).all()
    assert np.isnan(proportion_funnel(0.5, np.array([0.0]))).all()
    with pytest.raises(ValueError, match="between 0 and 1"):
        proportion_funnel(80, np.array([10.0]))
