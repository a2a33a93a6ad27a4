"""Direct and indirect standardization: published cases, the laws, slow second ways, refusals."""

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifegap.methods.counts.standardization import (
    directly_standardized,
    directly_standardized_repeat_events,
    indirectly_standardized,
)
from tests.conftest import ANCHORS

UNHURRIED = settings(max_examples=50, deadline=None)
PER = 100_000
LEVELS = ((0.95, "lcl95", "ucl95"), (0.998, "lcl998", "ucl998"))
COUNT = st.integers(0, 300)
PEOPLE = st.integers(1, 10_000)
STRATUM = st.fixed_dictionaries(
    {"events": COUNT, "population": PEOPLE, "standard_population": st.integers(1, 9000)}
)
STRATA = st.lists(STRATUM, min_size=2, max_size=12).filter(
    lambda strata: sum(stratum["events"] for stratum in strata) >= 10
)
REFERENCED = st.lists(
    st.fixed_dictionaries(
        {
            "events": COUNT,
            "population": PEOPLE,
            "reference_events": st.integers(1, 5000),
            "reference_population": PEOPLE,
        }
    ),
    min_size=1,
    max_size=12,
)


def _direct(strata: list[dict[str, float]], level: float = 0.95) -> dict[str, float]:
    return directly_standardized(pl.DataFrame(strata), [], multiplier=PER, confidence=level).row(
        0, named=True
    )


def _byar(count: float, z: float) -> tuple[float, float]:
    low = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    return low, (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * math.sqrt(count + 1))) ** 3


def test_published_directly_standardized_rates() -> None:
    rows = pl.read_csv(ANCHORS / "dsr_inputs.csv").rename(
        {"count": "events", "pop": "population", "stdpop": "standard_population"}
    )
    printed = pl.read_csv(ANCHORS / "dsr_expected.csv").sort("case_id")
    for level, low, high in LEVELS:
        found = directly_standardized(rows, ["case_id"], multiplier=PER, confidence=level, blank_is_zero=True)
        for ours, theirs in (("value", "dsr"), ("ci_low", low), ("ci_high", high)):
            assert found[ours].is_null().equals(printed[theirs].is_null())
            assert found[ours].drop_nulls().to_list() == pytest.approx(
                printed[theirs].drop_nulls().to_list(), abs=1e-6
            )
        assert found["events"].to_list() == printed["total_count"].to_list()
        assert found["population"].to_list() == printed["total_pop"].to_list()
        assert found["reason"].to_list() == [None, "withheld:few_events"]


def test_published_indirectly_standardized_ratios() -> None:
    rows = pl.read_csv(ANCHORS / "isr_inputs.csv").rename(
        {
            "count": "events",
            "pop": "population",
            "refcount": "reference_events",
            "refpop": "reference_population",
        }
    )
    printed = pl.read_csv(ANCHORS / "isr_expected.csv").sort("case_id")
    for level, low, high in LEVELS:
        found = indirectly_standardized(
            rows, ["case_id"], multiplier=PER, confidence=level, blank_is_zero=True
        )
        for ours, theirs in (
            ("observed", "observed"),
            ("expected", "expected"),
            ("ratio", "smr"),
            ("ratio_low", low),
            ("ratio_high", high),
            ("reference_rate", "ref_rate_100k"),
        ):
            assert found[ours].to_list() == pytest.approx(printed[theirs].to_list(), rel=1e-9)
        assert found["method"].to_list() == printed["method"].str.to_lowercase().to_list()
        assert found["value"].to_list() == pytest.approx((found["ratio"] * found["reference_rate"]).to_list())


def test_a_blank_count_is_unknown_unless_the_caller_says_it_is_zero() -> None:
    rows = pl.DataFrame({"events": [20, None], "population": [100, 100], "standard_population": [1, 1]})
    refused = directly_standardized(rows, [], multiplier=1).row(0, named=True)
    assert refused["reason"] == "not_computable:cell_missing"
    assert refused["events"] is None
    assert refused["value"] is None
    assert directly_standardized(rows, [], multiplier=1, blank_is_zero=True)["value"][0] == pytest.approx(0.1)


@UNHURRIED
@given(STRATA)
def test_a_slow_direct_standardization_agrees(strata: list[dict[str, float]]) -> None:
    total = sum(one["standard_population"] for one in strata)
    rate = sum(one["standard_population"] * one["events"] / one["population"] for one in strata) / total
    variance = (
        sum((one["standard_population"] / one["population"]) ** 2 * one["events"] for one in strata)
        / total**2
    )
    count = sum(one["events"] for one in strata)
    low, high = _byar(count, 1.959963984540054)
    found = _direct(strata)
    assert found["value"] == pytest.approx(PER * rate)
    assert found["se"] == pytest.approx(PER * math.sqrt(variance))
    assert found["ci_high"] == pytest.approx(PER * (rate + math.sqrt(variance / count) * (high - count)))
    assert found["ci_low"] == pytest.approx(
        max(PER * (rate + math.sqrt(variance / count) * (low - count)), 0), abs=1e-6
    )


@UNHURRIED
@given(STRATA)
def test_a_rate_lies_within_its_limits_and_the_wider_level_holds_the_narrower(
    strata: list[dict[str, float]],
) -> None:
    narrow, wide = _direct(strata), _direct(strata, 0.998)
    assert 0 <= wide["ci_low"] <= narrow["ci_low"] <= narrow["value"]
    assert narrow["value"] <= narrow["ci_high"] <= wide["ci_high"]


@UNHURRIED
@given(STRATA, st.floats(0.01, 100))
def test_a_rate_lies_between_those_of_its_strata_and_does_not_depend_on_the_standards_size(
    strata: list[dict[str, float]], times: float
) -> None:
    alone = [PER * one["events"] / one["population"] for one in strata]
    found = _direct(strata)
    assert min(alone) * (1 - 1e-9) <= found["value"] <= max(alone) * (1 + 1e-9)
    scaled = _direct([one | {"standard_population": times * one["standard_population"]} for one in strata])
    for name in ("value", "se", "ci_low", "ci_high"):
        assert scaled[name] == pytest.approx(found[name], abs=1e-6)


@UNHURRIED
@given(STRATA, st.integers(1, 40))
def test_equal_rates_give_that_rate_whatever_the_weights(strata: list[dict[str, float]], each: int) -> None:
    even = [one | {"events": each, "population": 100 * each} for one in strata]
    if each * len(even) >= 10:
        assert _direct(even)["value"] == pytest.approx(PER / 100)


@UNHURRIED
@given(STRATA)
def test_with_its_own_ages_as_the_standard_a_rate_is_the_crude_rate(strata: list[dict[str, float]]) -> None:
    own = [one | {"standard_population": one["population"]} for one in strata]
    crude = sum(one["events"] for one in own) / sum(one["population"] for one in own)
    assert _direct(own)["value"] == pytest.approx(PER * crude)


@UNHURRIED
@given(REFERENCED)
def test_a_slow_indirect_standardization_agrees(strata: list[dict[str, float]]) -> None:
    expected = sum(
        one["population"] * one["reference_events"] / one["reference_population"] for one in strata
    )
    observed = sum(one["events"] for one in strata)
    crude = sum(one["reference_events"] for one in strata) / sum(
        one["reference_population"] for one in strata
    )
    found = indirectly_standardized(pl.DataFrame(strata), [], multiplier=PER).row(0, named=True)
    assert found["expected"] == pytest.approx(expected)
    assert found["ratio"] == pytest.approx(observed / expected)
    assert found["value"] == pytest.approx(observed / expected * crude * PER)
    assert found["ratio_low"] <= found["ratio"] <= found["ratio_high"]
    assert found["ci_low"] <= found["value"] <= found["ci_high"]


@UNHURRIED
@given(REFERENCED)
def test_against_itself_the_ratio_is_1(strata: list[dict[str, float]]) -> None:
    own = [
        one | {"events": one["reference_events"], "population": one["reference_population"]} for one in strata
    ]
    assert indirectly_standardized(pl.DataFrame(own), [], multiplier=1)["ratio"][0] == pytest.approx(1)


def test_events_known_in_total_only_give_the_same_ratio() -> None:
    rows = pl.DataFrame(
        {
            "area": ["a", "a", "b", "b"],
            "events": [3, 9, 1, 0],
            "population": [100, 200, 50, 60],
            "reference_events": [40, 90, 40, 90],
            "reference_population": [1000, 1500, 1000, 1500],
        }
    )
    totals = pl.DataFrame({"area": ["a", "b"], "events": [12, 1]})
    apart = indirectly_standardized(rows, ["area"], multiplier=PER)
    together = indirectly_standardized(rows.drop("events"), ["area"], multiplier=PER, observed=totals)
    assert together.equals(apart)
    for blank_is_zero in (False, True):
        missing = indirectly_standardized(
            rows, ["area"], multiplier=PER, observed=totals.head(1), blank_is_zero=blank_is_zero
        )
        assert missing["reason"].to_list() == [None, "not_computable:cell_missing"]


def _repeat(strata: list[dict[str, float]]) -> dict[str, float]:
    rows = pl.DataFrame(strata)
    return directly_standardized_repeat_events(rows, [], ["age_start"], multiplier=PER).row(0, named=True)


@UNHURRIED
@given(STRATA)
def test_one_event_each_is_as_if_events_were_independent(strata: list[dict[str, float]]) -> None:
    told = [
        one | {"age_start": age, "people": one["events"], "events_each": 1} for age, one in enumerate(strata)
    ]
    assert _repeat(told) == pytest.approx(_direct(strata))


@UNHURRIED
@given(STRATA)
def test_repeat_events_widen_the_interval_by_their_squares(strata: list[dict[str, float]]) -> None:
    told, plain, variance = [], [], 0.0
    total = sum(one["standard_population"] for one in strata)
    for age, one in enumerate(strata):
        once, thrice = one["events"], one["events"] // 3
        told += [
            one | {"age_start": age, "people": once, "events_each": 1},
            one | {"age_start": age, "people": thrice, "events_each": 3},
        ]
        plain.append(one | {"events": once + 3 * thrice})
        variance += (one["standard_population"] / one["population"] / total) ** 2 * (once + 9 * thrice)
    repeated, independent = _repeat(told), _direct(plain)
    assert repeated["events"] == independent["events"]
    assert repeated["value"] == pytest.approx(independent["value"])
    assert repeated["se"] == pytest.approx(PER * math.sqrt(variance))
    assert repeated["ci_high"] >= independent["ci_high"] * (1 - 1e-12)


def test_a_lower_limit_below_zero_is_zero() -> None:
    strata: list[dict[str, float]] = [
        {"events": 1, "population": 10, "standard_population": 1000},
        {"events": 9, "population": 100_000, "standard_population": 1},
    ]
    found = _direct(strata)
    low, _ = _byar(10, 1.959963984540054)
    assert found["value"] + found["se"] / math.sqrt(10) * (low - 10) < 0
    assert found["ci_low"] == 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"events": [-1, 40]}, "not_computable:negative_count"),
        ({"population": [0, 100]}, "not_computable:zero_population"),
        ({"standard_population": [0, 0]}, "not_computable:standard_population"),
        ({"standard_population": [-1, 2]}, "not_computable:negative_count"),
        ({"population": [None, 100]}, "not_computable:cell_missing"),
        ({"events": [4, 5]}, "withheld:few_events"),
    ],
)
def test_what_cannot_be_standardized_directly_has_a_reason(change: dict[str, list], reason: str) -> None:
    rows = {"events": [40, 40], "population": [100, 100], "standard_population": [1, 1]} | change
    found = directly_standardized(pl.DataFrame(rows), [], multiplier=1).row(0, named=True)
    assert found["reason"] == reason
    assert [found[name] for name in ("value", "se", "ci_low", "ci_high")] == [None] * 4


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"reference_population": [0, 100]}, "not_computable:zero_population"),
        ({"reference_events": [0, 0]}, "not_computable:zero_expected"),
        ({"reference_events": [None, 1]}, "not_computable:cell_missing"),
        ({"population": [-1, 1]}, "not_computable:negative_count"),
    ],
)
def test_what_cannot_be_standardized_indirectly_has_a_reason(change: dict[str, list], reason: str) -> None:
    rows = {
        "events": [4, 4],
        "population": [100, 100],
        "reference_events": [5, 5],
        "reference_population": [100, 100],
    }
    found = indirectly_standardized(pl.DataFrame(rows | change), [], multiplier=1).row(0, named=True)
    assert found["reason"] == reason
    assert [found[name] for name in ("ratio", "ratio_low", "value", "ci_high", "method")] == [None] * 5


def test_a_group_that_lacks_a_stratum_of_the_others_is_refused() -> None:
    rows = pl.DataFrame(
        {
            "area": ["a", "a", "b"],
            "events": [20, 20, 20],
            "population": [100, 100, 100],
            "standard_population": [1, 1, 1],
            "reference_events": [5, 5, 5],
            "reference_population": [100, 100, 100],
        }
    )
    for found in (
        directly_standardized(rows, ["area"], multiplier=1),
        indirectly_standardized(rows, ["area"], multiplier=1),
    ):
        assert found["reason"].to_list() == [None, "not_computable:strata_differ"]


def test_two_populations_of_one_stratum_are_refused() -> None:
    rows = pl.DataFrame(
        {
            "age_start": [0, 0],
            "people": [20, 5],
            "events_each": [1, 2],
            "population": [100, 101],
            "standard_population": [1, 1],
        }
    )
    found = directly_standardized_repeat_events(rows, [], ["age_start"], multiplier=1)
    assert found["reason"].to_list() == ["not_computable:contradictory_population"]
