"""Years lost before 75, excess deaths and where they gather: anchors, the laws, slow second ways, refusals."""

import json
import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifegap.methods.mortality.premature_mortality import (
    UNITED_STATES_2000,
    WHOLE_AGES,
    concentration,
    excess_deaths,
    years_lost,
)
from tests.conftest import ANCHORS

UNHURRIED = settings(max_examples=50, deadline=None)
AGES = [0, 1, 5, 15, 25, 35, 45, 55, 65, 75, 85]
MIDDLES = [0.5, 3, 10, 20, 30, 40, 50, 60, 70]
WEIGHTS = list(UNITED_STATES_2000.values())
BAND = st.tuples(st.integers(0, 400), st.integers(500, 20_000))
PLACE = st.lists(BAND, min_size=11, max_size=11)
EXCESS = st.lists(st.floats(-50, 100), min_size=1, max_size=60).map(np.array)


def _rows(place: list[tuple[int, int]], reference: list[tuple[int, int]] | None = None) -> pl.DataFrame:
    deaths, population = zip(*place, strict=True)
    rows = pl.DataFrame({"age_start": AGES, "deaths": deaths, "population": population})
    if reference is None:
        return rows
    deaths, population = zip(*reference, strict=True)
    return rows.with_columns(reference_deaths=pl.Series(deaths), reference_population=pl.Series(population))


def _lost(rows: pl.DataFrame, standard: dict[float, float] | None = None) -> dict:
    return years_lost(rows, [], standard=standard or UNITED_STATES_2000).row(0, named=True)


def test_the_standard_population_is_a_million() -> None:
    assert sum(UNITED_STATES_2000.values()) == 1_000_000
    assert list(UNITED_STATES_2000) == AGES


def test_years_lost_of_the_anchors() -> None:
    for case in pl.read_csv(ANCHORS / "ypll.csv").to_dicts():
        ages, deaths, population, weights = (
            json.loads(case[name]) for name in ("ages", "deaths", "population", "std_weights")
        )
        rows = pl.DataFrame({"age_start": ages, "deaths": deaths, "population": population})
        standard = dict(zip(map(float, ages), weights, strict=True))
        for given_standard in (standard, UNITED_STATES_2000):
            found = _lost(rows, given_standard)
            assert found["years"] == pytest.approx(case["ypll75"], abs=1e-6)
            assert found["crude_rate"] == pytest.approx(case["ypll75_rate_crude"], abs=1e-6)
            assert found["ypll75_rate"] == pytest.approx(case["ypll75_rate_adj"], abs=1e-6)
            assert found["se"] == pytest.approx(case["se_adj"], abs=1e-6)
            assert found["reason"] is None


@UNHURRIED
@given(PLACE)
def test_a_slow_count_of_years_lost_agrees(place: list[tuple[int, int]]) -> None:
    found = _lost(_rows(place))
    years = adjusted = variance = crude_variance = 0.0
    young = place[:9]
    people = sum(population for _, population in young)
    for (deaths, population), middle, weight in zip(young, MIDDLES, WEIGHTS[:9], strict=True):
        years += deaths * (75 - middle)
        crude_variance += deaths * (75 - middle) ** 2
        adjusted += weight * deaths * (75 - middle) / population
        variance += (weight * (75 - middle) / population) ** 2 * deaths
    standard = sum(WEIGHTS[:9])
    assert found["years"] == pytest.approx(years)
    assert found["crude_rate"] == pytest.approx(years / people * 1e5)
    assert found["ypll75_rate"] == pytest.approx(adjusted / standard * 1e5)
    assert found["years"] >= 0
    if found["deaths"]:
        assert found["crude_se"] == pytest.approx(math.sqrt(crude_variance) / people * 1e5)
        assert found["se"] == pytest.approx(math.sqrt(variance) / standard * 1e5)
        assert 0 <= found["ci_low"] <= found["ypll75_rate"] <= found["ci_high"]


@UNHURRIED
@given(PLACE, PLACE)
def test_years_lost_add_over_areas(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    both = [(d + e, p + q) for (d, p), (e, q) in zip(one, other, strict=True)]
    apart = pl.concat(
        [_rows(one).with_columns(area=pl.lit("one")), _rows(other).with_columns(area=pl.lit("other"))]
    )
    found = years_lost(apart.sample(fraction=1, shuffle=True, seed=1), ["area"])
    assert found["area"].to_list() == ["one", "other"]
    assert found["years"].sum() == pytest.approx(_lost(_rows(both))["years"])


@UNHURRIED
@given(PLACE)
def test_with_its_own_ages_as_the_standard_the_adjusted_rate_is_the_crude_one(
    place: list[tuple[int, int]],
) -> None:
    own = {float(age): 3.0 * population for age, (_, population) in zip(AGES, place, strict=True)}
    found = _lost(_rows(place), own)
    assert found["ypll75_rate"] == pytest.approx(found["crude_rate"])
    assert found["se"] == (pytest.approx(found["crude_se"]) if found["deaths"] else None)


def test_few_deaths_are_unreliable_and_none_have_no_standard_error() -> None:
    few = [(1, 1000)] * 9 + [(50, 1000), (50, 1000)]
    found = _lost(_rows(few))
    assert found["reason"] == "unreliable:few_deaths"
    assert found["ci_low"] < found["ypll75_rate"] < found["ci_high"]
    assert years_lost(_rows(few), [], least_deaths=9)["reason"].to_list() == [None]
    none = _lost(_rows([(0, 1000)] * 11))
    assert none["reason"] == "unreliable:few_deaths"
    assert (none["years"], none["ypll75_rate"], none["se"], none["ci_high"]) == (0, 0, None, None)


def test_other_bands_than_the_standards_leave_only_the_crude_rate() -> None:
    rows = _rows([(5, 1000)] * 11)
    finer = pl.concat(
        [
            rows.with_columns(pl.col("age_start").cast(pl.Float64)),
            rows.head(1).with_columns(age_start=pl.lit(10.0)),
        ]
    )
    coarser = rows.filter(pl.col("age_start") != 1)
    assert _lost(rows, dict.fromkeys(map(float, AGES), 0.0))["reason"] == "not_computable:standard_population"
    for other in (finer, coarser):
        found = _lost(other)
        assert found["reason"] == "not_computable:standard_population"
        assert found["crude_rate"] > 0
        assert (found["ypll75_rate"], found["se"], found["ci_low"]) == (None, None, None)


def _changed(**columns: list) -> pl.DataFrame:
    return _rows([(5, 1000)] * 11).with_columns(
        *(pl.Series(name, values, strict=False) for name, values in columns.items())
    )


ENDS = [1, 5, 15, 25, 35, 45, 55, 65, 75, 85, None]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (_changed(age_start=[0, 1, 5, 15, 25, 35, 45, 55, 65, 70, 80]), "not_computable:no_break_at_75"),
        (_changed().head(9), "not_computable:no_break_at_75"),
        (_changed().filter(pl.col("age_start") != 75), "not_computable:no_break_at_75"),
        (_changed(age_start=[1, 2, *AGES[2:]]), "not_computable:age_bands"),
        (_changed(age_start=[0, 1, 1, *AGES[3:]]), "not_computable:age_bands"),
        (_changed(age_start=[0, 1, None, *AGES[3:]]), "not_computable:age_bands"),
        (_changed(age_end=[1, None, *ENDS[2:]]), "not_computable:age_bands"),
        (_changed(age_end=ENDS).filter(pl.col("age_start") != 15), "not_computable:age_band_missing"),
        (_changed(deaths=[5, None] + [5] * 9), "suppressed:too_few_cases"),
        (_changed(deaths=[-5] + [5] * 10), "not_computable:negative_deaths"),
        (_changed(population=[0] + [1000] * 10), "not_computable:zero_population"),
        (_changed(deaths=[1001] + [5] * 10), "not_computable:deaths_above_population"),
    ],
)
def test_bands_and_counts_that_cannot_be_used_have_a_reason(rows: pl.DataFrame, reason: str) -> None:
    found = _lost(rows)
    assert found.pop("reason") == reason
    assert set(found.values()) == {None}


def test_what_happens_after_75_does_not_matter_for_years_lost() -> None:
    unknown = _changed(deaths=[5] * 9 + [None, -3], population=[1000] * 9 + [0, None])
    assert _lost(unknown) == _lost(_changed())
    assert _lost(_changed(age_end=ENDS).head(9))["years"] == _lost(_changed())["years"]


def _excess(place: list[tuple[int, int]], reference: list[tuple[int, int]]) -> dict:
    return excess_deaths(_rows(place, reference), []).row(0, named=True)


@UNHURRIED
@given(PLACE, PLACE)
def test_a_slow_count_of_excess_deaths_agrees(
    place: list[tuple[int, int]], reference: list[tuple[int, int]]
) -> None:
    found = _excess(place, reference)
    excess = younger = variance = halved = 0.0
    for age, (deaths, people), (cases, source) in zip(AGES, place, reference, strict=True):
        over = deaths - people * cases / source
        excess += over
        younger += over if age < 75 else 0
        variance += deaths + people**2 * cases / source**2
        halved += people * (deaths / people - cases / source) / 2
    assert found["excess"] == pytest.approx(excess, abs=1e-6)
    assert found["se"] == pytest.approx(math.sqrt(variance))
    assert found["avoided"] == pytest.approx(halved, abs=1e-6)
    assert found["excess_below_75"] == pytest.approx(younger, abs=1e-6)
    assert found["deaths"] == pytest.approx(found["expected"] + found["excess"], abs=1e-6)
    assert found["ci_low"] <= found["excess"] <= found["ci_high"]
    if found["share_below_75"] is not None:
        assert excess > 0
        assert found["share_below_75"] == pytest.approx(younger / excess, rel=1e-6)
        assert (found["reason"] == "unreliable:excess_within_noise") == (found["ci_low"] <= 0)


@UNHURRIED
@given(PLACE)
def test_against_itself_a_place_has_no_excess(place: list[tuple[int, int]]) -> None:
    found = _excess(place, place)
    assert found["excess"] == pytest.approx(0, abs=1e-9)
    assert found["share_below_75"] is None
    assert found["reason"] == "not_computable:no_excess"


@UNHURRIED
@given(PLACE, PLACE, PLACE)
def test_excess_adds_over_areas(
    one: list[tuple[int, int]], other: list[tuple[int, int]], reference: list[tuple[int, int]]
) -> None:
    both = [(d + e, p + q) for (d, p), (e, q) in zip(one, other, strict=True)]
    apart = _excess(one, reference)["excess"] + _excess(other, reference)["excess"]
    assert _excess(both, reference)["excess"] == pytest.approx(apart, abs=1e-6)


def test_a_share_of_the_excess_needs_a_break_at_75_and_the_ages_after_it() -> None:
    rows = _rows([(20, 1000)] * 11, [(100, 10_000)] * 11)
    whole = excess_deaths(rows, []).row(0, named=True)
    assert whole["reason"] is None
    assert whole["share_below_75"] == pytest.approx(9 / 11)
    without = excess_deaths(rows.filter(pl.col("age_start") != 75), []).row(0, named=True)
    assert without["reason"] == "not_computable:no_break_at_75"
    assert without["excess"] == pytest.approx(100)
    assert (without["excess_below_75"], without["share_below_75"]) == (None, None)
    young = excess_deaths(rows.with_columns(age_end=pl.Series(ENDS)).head(9), []).row(0, named=True)
    assert young["reason"] == "not_computable:open_band"
    assert young["excess_below_75"] == pytest.approx(90)
    assert young["share_below_75"] is None


def test_an_age_without_people_and_deaths_has_no_excess_but_the_reference_must_have_people() -> None:
    place = [(20, 1000)] * 10 + [(0, 0)]
    assert _excess(place, [(100, 10_000)] * 11)["excess"] == pytest.approx(100)
    assert (
        _excess([(20, 1000)] * 10 + [(1, 0)], [(1, 10)] * 11)["reason"]
        == "not_computable:deaths_above_population"
    )
    refused = _excess(place, [(100, 10_000)] * 10 + [(0, 0)])
    assert refused.pop("reason") == "not_computable:zero_population"
    assert set(refused.values()) == {None}


@UNHURRIED
@given(EXCESS)
def test_a_slow_concentration_agrees(excess: np.ndarray) -> None:
    found = concentration(excess)
    values = sorted(excess.tolist())
    total, areas = math.fsum(values), len(values)
    if found.reason == "not_computable:no_excess":
        assert total <= 1e-6 * sum(map(abs, values))
        return
    apart = sum(abs(one - other) for one in values for other in values)
    assert found.gini == pytest.approx(apart / (2 * areas * total), rel=1e-6, abs=1e-9)
    assert found.lorenz[-1] == pytest.approx(1)
    assert found.lorenz[0] == 0
    trapezoids = (found.lorenz[1:] + found.lorenz[:-1]).sum() / (2 * areas)
    assert found.gini == pytest.approx(1 - 2 * trapezoids, rel=1e-6, abs=1e-9)
    assert found.negative_areas == sum(value < 0 for value in values)
    if areas >= 10:
        assert found.reason is None
        assert found.top_areas == math.ceil(areas / 10)
        assert found.top_share == pytest.approx(sum(values[-found.top_areas :]) / total)
    else:
        assert found.reason == "not_computable:fewer_than_ten_areas"
        assert np.isnan(found.top_share)


def test_areas_below_the_reference_are_shown_and_not_zeroed() -> None:
    found = concentration(np.array([-40.0, *([10.0] * 9)]))
    assert found.negative_areas == 1
    assert found.lorenz[1] == pytest.approx(-0.8)
    assert found.top_share == pytest.approx(0.2)
    assert concentration(np.array([-95.0, *([10.0] * 9), 10])).gini > 1
    equal = concentration(np.full(20, 3.0))
    assert (equal.top_share, equal.gini) == pytest.approx((0.1, 0))


def test_no_excess_or_an_unknown_one_gives_no_concentration() -> None:
    for excess, reason in (
        ([5.0, -6.0], "not_computable:no_excess"),
        ([0.1, 0.2, -0.3], "not_computable:no_excess"),
        ([], "not_computable:no_excess"),
        ([5.0, np.nan], "not_computable:cell_missing"),
    ):
        found = concentration(np.array(excess))
        assert found.reason == reason
        assert np.isnan([found.top_share, found.gini, *found.lorenz]).all()


def test_years_counted_from_whole_ages_are_more() -> None:
    """One death at 65 to 74 loses 5 years from the middle of the band, 5.5 from that of its whole ages."""
    rows = pl.DataFrame(
        {
            "age_start": [0, 1, 5, 15, 25, 35, 45, 55, 65, 75],
            "deaths": [0, 0, 0, 0, 0, 0, 0, 0, 1, 1],
            "population": [1000] * 10,
        }
    )
    by_band = years_lost(rows, []).row(0, named=True)
    by_age = years_lost(rows, [], middles=WHOLE_AGES).row(0, named=True)
    assert (by_band["years"], by_age["years"]) == (5.0, 5.5)
    assert by_age["ypll75_rate"] == pytest.approx(1.1 * by_band["ypll75_rate"])
