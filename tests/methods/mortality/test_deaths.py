"""Life tables from deaths: published cases, the gates, the laws, and a slow second implementation."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.mortality.deaths import life_tables_of_deaths
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
def test_what_cannot_be_computed_has_its_reason(case: str, reason: str) -> None:
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
        ({"population": [None, *[5000] * 10]}, "not_published:population"),
        ({"population": [5000, 5000, None, 5000, *[None] * 7]}, "not_published:population"),
        ({"refused": ["not_computable:partial_year", *[None] * 10]}, "not_computable:partial_year"),
        ({"age_start": [0, 1, 15, 25, 35, 45, 55, 65, 75, 85, 95]}, "not_computable:age_band_missing"),
        ({"age_start": [0, 1, 5, 15, 25, 35, 45, 55, 65, 85, 95]}, "not_computable:age_band_missing"),
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


DEATHS = [60, 12, 18, 75, 110, 160, 330, 700, 1250, 1900, 2600]
PEOPLE = [10400, 41500, 103000, 101000, 99000, 97000, 98000, 90000, 70000, 42000, 21000]


def _example(**change: object) -> pl.DataFrame:
    rows: dict[str, object] = {"age_start": BANDS, "deaths": DEATHS, "population": PEOPLE}
    return pl.DataFrame(rows | change, strict=False)


def _at(found: pl.DataFrame, age: float) -> dict:
    return found.row(found["age_start"].to_list().index(age), named=True)


@pytest.mark.parametrize("ends", [[*BANDS[1:], None], [*(end - 1 for end in BANDS[1:]), None]])
def test_a_band_ends_at_its_last_age_or_where_the_next_begins(ends: list[int | None]) -> None:
    found = life_tables_of_deaths(_example(age_end=ends), [])
    assert found["age_end"].to_list() == [*map(float, BANDS[1:]), None]
    assert round(found["ex"][0], 2) == 79.88


def test_ages_told_in_two_ways_are_a_missing_band() -> None:
    ends = [1, 4, *BANDS[3:], None]
    found = life_tables_of_deaths(_example(age_end=ends), [])
    assert set(found["reason"]) == {"not_computable:age_band_missing"}


def test_a_wide_band_is_believed_where_the_file_says_that_it_is_wide() -> None:
    keep = [age for age in range(11) if BANDS[age] != 75]
    rows = _example(age_end=[*BANDS[1:], None])[keep].with_columns(age_end=pl.col("age_start").shift(-1))
    assert life_tables_of_deaths(rows, [])["reason"].null_count() == 10
    assert life_tables_of_deaths(rows.drop("age_end"), [])["ex"].null_count() == 10


def test_nothing_is_told_from_the_age_on_at_which_nobody_survives() -> None:
    found = life_tables_of_deaths(_example(deaths=[*DEATHS[:9], 9500, 2600]), [])
    assert found["reason"].to_list() == [None] * 9 + ["not_computable:nobody_survives"] * 2
    late = found.tail(2)
    assert late.select(pl.col("qx", "dx", "Lx", "Tx", "ex", "se", "ci_low", "ci_high").null_count()).row(
        0
    ) == ((2,) * 8)
    assert late["lx"].null_count() == 1
    assert found["ex"][:9].null_count() == 0


def test_a_table_may_begin_at_65() -> None:
    whole = life_tables_of_deaths(_example(), [])
    late = life_tables_of_deaths(_example()[8:], [])
    assert late["ex"].to_list() == pytest.approx(whole["ex"].to_list()[8:])
    assert late["lx"][0] == 100_000


def test_a_first_band_of_many_years_is_lived_half() -> None:
    rows = pl.DataFrame(
        {"age_start": [0, 65, 75, 85], "deaths": [1465, 1250, 1900, 2600],
         "population": [639_900, 70_000, 42_000, 21_000]}
    )  # fmt: skip
    found = life_tables_of_deaths(rows, [])
    m = 1465 / 639_900
    q = 65 * m / (1 + 32.5 * m)
    assert found["ax"][0] == 0.5
    assert found["qx"][0] == pytest.approx(q)
    assert found["ex"][0] == pytest.approx(65 * (1 - q / 2) + (1 - q) * found["ex"][1])


def test_without_people_from_an_age_on_a_table_is_closed_there_without_expectations() -> None:
    found = life_tables_of_deaths(_example(population=[*PEOPLE[:9], None, None]), [])
    assert found["age_start"].to_list() == BANDS[:10]
    assert set(found["reason"]) == {"not_published:population"}
    assert found.select(pl.col("Tx", "ex", "se", "ci_low", "ci_high").null_count()).row(0) == (10,) * 5
    whole = life_tables_of_deaths(_example(), [])
    for name in ("mx", "qx", "dx", "Lx"):
        assert found[name].to_list()[:9] == pytest.approx(whole[name].to_list()[:9])
        assert found[name][9] is None
    assert found["lx"].to_list() == pytest.approx(whole["lx"].to_list()[:10])


@pytest.mark.parametrize("people", [PEOPLE, [*PEOPLE[:10], None]])
def test_a_standard_closes_the_open_band(people: list[int | None]) -> None:
    rows = _example(population=people).with_columns(open_ex=pl.lit(6.7), open_se=pl.lit(0.02))
    found, plain = life_tables_of_deaths(rows, []), life_tables_of_deaths(_example(), [])
    assert found["ex"][10] == pytest.approx(6.7)
    assert found["se"][10] == pytest.approx(0.02)
    survivors = plain["lx"][10] / 100_000
    assert plain["ex"][0] - found["ex"][0] == pytest.approx(survivors * (plain["ex"][10] - 6.7))
    assert found["reason"].null_count() == 11


def test_half_a_death_in_empty_bands_would_move_the_expectation_by_years() -> None:
    """Why nothing is filled in: 5,050 person-years leave most young bands without deaths."""
    case = CASES.filter(pl.col("case_id") == "phe_df1").sort("age")
    true = life_tables_of_deaths(_of(case), [])["ex"][0]
    people = case["pop"].to_numpy() * 5050 / case["pop"].sum()
    drawn = np.random.default_rng(2015).poisson(
        case["deaths"].to_numpy() / case["pop"].to_numpy() * people, (500, len(people))
    )
    drawn = drawn[drawn[:, -1] > 0].astype(float)

    def mean_error(deaths: np.ndarray) -> float:
        rows = pl.DataFrame(
            {
                "draw": np.repeat(np.arange(len(deaths)), len(people)),
                "age_start": np.tile(case["age"].to_numpy(), len(deaths)),
                "deaths": deaths.ravel(),
                "population": np.tile(people, len(deaths)),
            }
        )
        found = life_tables_of_deaths(rows, ["draw"]).filter(pl.col("age_start") == 0)["ex"].mean()
        assert isinstance(found, float)
        return found - true

    assert abs(mean_error(drawn)) < 0.6
    assert mean_error(np.where(drawn == 0, 0.5, drawn)) < -4
