"""Life tables from deaths: published cases, the gates, the laws, and a slow second implementation."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.deaths import life_tables_of_deaths
from tests.conftest import ANCHORS

CASES = pl.read_csv(ANCHORS / "lifetable_cases.csv", null_values=[""])
GATES = pl.read_csv(ANCHORS / "lifetable_gates.csv", null_values=[""])
BANDS = [0, 1, 5, 15, 25, 35, 45, 55, 65, 75, 85]
FIGURES = ("ex", "se", "ci_low", "ci_high")


def _of(cases: pl.DataFrame) -> pl.DataFrame:
    return cases.select("case_id", age_start="age", deaths="deaths", population="pop")


def test_published_cases() -> None:
    found = life_tables_of_deaths(_of(CASES), ["case_id"])
    expected = CASES.sort("case_id", "age")
    assert found["reason"].drop_nulls().is_in(["withheld:wide_interval"]).all()
    known = found["ex"].is_not_null().to_numpy()
    for ours, theirs in (("ex", "ex"), ("ci_low", "lcl95"), ("ci_high", "ucl95"), ("se", "se_silcocks")):
        np.testing.assert_allclose(
            found[ours].to_numpy()[known], expected[theirs].to_numpy()[known], atol=1e-6
        )
    np.testing.assert_allclose(found["lx"].to_numpy(), expected["lx"].to_numpy(), rtol=1e-9)
    np.testing.assert_allclose(found["Lx"].to_numpy(), expected["Lx"].to_numpy(), rtol=1e-9)


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("gate_negative_deaths", "not_computable:negative_deaths"),
        ("gate_deaths_gt_pop", "not_computable:deaths_above_population"),
        ("gate_open_band_zero_deaths", "not_computable:open_band_zero_deaths"),
    ],
)
def test_gates(case: str, reason: str) -> None:
    found = life_tables_of_deaths(_of(GATES.filter(pl.col("case_id") == case)), [])
    assert found["reason"].unique().to_list() == [reason]
    assert found.select(pl.col("mx", "qx", "lx", *FIGURES).null_count()).row(0) == (20,) * 7


def test_an_interval_too_wide_takes_value_and_limits_away() -> None:
    case = GATES.filter(pl.col("case_id") == "wide_ci").sort("age")
    found = life_tables_of_deaths(_of(case), [])
    assert found["ex"].is_null().to_list() == case["ex"].is_null().to_list()
    assert found.filter(pl.col("ex").is_null())["reason"].unique().to_list() == ["withheld:wide_interval"]
    assert found.filter(pl.col("ex").is_null())["ci_low"].null_count() == 11
    known = case["ex"].is_not_null().to_numpy()
    np.testing.assert_allclose(found["ex"].to_numpy()[known], case["ex"].to_numpy()[known], atol=1e-4)


def _plain(deaths: list[float], people: list[float]) -> tuple[float, float]:
    """e(0) and its standard error, band by band, in plain Python."""
    count = len(BANDS)
    rates = [d / p for d, p in zip(deaths, people, strict=True)]
    survivors, q, fraction = [1.0], [], []
    for i in range(count - 1):
        n, a = BANDS[i + 1] - BANDS[i], 0.1 if i == 0 else 0.5
        dying = 1.0 if n * a * rates[i] >= 1 else min(1.0, n * rates[i] / (1 + n * (1 - a) * rates[i]))
        q.append(dying)
        fraction.append(a)
        survivors.append(survivors[-1] * (1 - dying))
    lived = [
        (BANDS[i + 1] - BANDS[i]) * (survivors[i + 1] + fraction[i] * (survivors[i] - survivors[i + 1]))
        for i in range(count - 1)
    ] + [survivors[-1] / rates[-1]]
    left = [sum(lived[i:]) for i in range(count)]
    e = [left[i] / survivors[i] if survivors[i] else 0.0 for i in range(count)]
    variance = survivors[-1] ** 2 / (deaths[-1] * rates[-1] ** 2)
    for i in range(count - 1):
        if deaths[i]:
            n = BANDS[i + 1] - BANDS[i]
            of_q = q[i] ** 2 * (1 - q[i]) / deaths[i]
            variance += of_q * survivors[i] ** 2 * ((1 - fraction[i]) * n + e[i + 1]) ** 2
    return e[0], math.sqrt(variance)


AREA = st.lists(st.tuples(st.integers(0, 40), st.integers(600, 20_000)), min_size=11, max_size=11).filter(
    lambda bands: bands[-1][0] > 0
)


def _rows(area: list[tuple[int, int]], times: float = 1.0) -> pl.DataFrame:
    deaths, people = zip(*area, strict=True)
    return pl.DataFrame(
        {"age_start": BANDS, "deaths": [d * times for d in deaths], "population": [p * times for p in people]}
    )


@given(AREA)
def test_a_slow_implementation_agrees(area: list[tuple[int, int]]) -> None:
    found = life_tables_of_deaths(_rows(area), []).row(0, named=True)
    e0, se = _plain([float(d) for d, _ in area], [float(p) for _, p in area])
    if found["reason"] is None:
        assert (found["ex"], found["se"]) == pytest.approx((e0, se))
    else:
        assert 1.959963984540054 * se > 10


@given(AREA, st.sampled_from([2.0, 4.0, 9.0]))
def test_more_of_the_same_leaves_the_expectation_and_narrows_the_interval(
    area: list[tuple[int, int]], times: float
) -> None:
    once = life_tables_of_deaths(_rows(area), [])
    more = life_tables_of_deaths(_rows(area, times), [])
    known = once["ex"].is_not_null()
    assert more.filter(known)["ex"].to_list() == pytest.approx(once.filter(known)["ex"].to_list())
    assert (more.filter(known)["se"] * math.sqrt(times)).to_list() == pytest.approx(
        once.filter(known)["se"].to_list()
    )


@given(AREA, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_and_nothing_undefined_comes_out(area, random) -> None:
    rows = _rows(area)
    order = list(range(len(area)))
    random.shuffle(order)
    found = life_tables_of_deaths(rows, [])
    assert found.equals(life_tables_of_deaths(rows[order], []))
    numbers = found.select(pl.col(pl.Float64).drop_nulls().is_finite().all())
    assert all(numbers.row(0))
    assert found.filter(pl.col("ex").is_null())["ci_low"].null_count() == found["ex"].null_count()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"age_start": [5, *BANDS[1:]]}, "not_computable:age_bands"),
        ({"age_start": [0, 0, *BANDS[2:]]}, "not_computable:age_bands"),
        ({"age_end": [1, 5, 25, 25, *BANDS[5:], None]}, "not_computable:age_band_missing"),
        ({"age_end": [*BANDS[1:], 95]}, "not_computable:open_band"),
        ({"deaths": [None, *[5] * 10]}, "suppressed:too_few_cases"),
        ({"population": [0, *[5000] * 10]}, "not_computable:zero_population"),
        ({"population": [400] * 11}, "withheld:low_population"),
    ],
)
def test_what_cannot_carry_a_table_says_why(change: dict[str, list[float]], reason: str) -> None:
    rows = {"age_start": BANDS, "deaths": [5] * 11, "population": [5000] * 11} | change
    found = life_tables_of_deaths(pl.DataFrame(rows, strict=False), [])
    assert found["reason"].unique().to_list() == [reason]


def test_areas_with_other_bands_stand_side_by_side() -> None:
    few = pl.DataFrame({"age_start": [0, 50], "deaths": [20, 90], "population": [9000, 3000], "area": "few"})
    many = pl.DataFrame(
        {
            "age_start": BANDS,
            "deaths": [30, 5, 5, 8, 12, 18, 30, 60, 120, 300, 600],
            "population": [5000] * 11,
            "area": ["many"] * 11,
        }
    )
    found = life_tables_of_deaths(pl.concat([many, few.with_columns(pl.col("area"))]), ["area"])
    assert found.group_by("area", maintain_order=True).len().rows() == [("few", 2), ("many", 11)]
    assert found["reason"].null_count() == 13
