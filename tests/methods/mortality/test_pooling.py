"""Pooling of small-area tables: anchors, laws, and why the mean of e(0) is not it."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifegap.methods.mortality.life_table import death_rate, death_rate_variance
from lifegap.methods.mortality.pooling import (
    pooled_life_table,
    stationary_population,
    weighted_mean,
    weighted_mean_se,
)
from tests.conftest import ANCHORS

WIDTHS = {0: 1.0, 1: 4.0, **dict.fromkeys(range(5, 85, 10), 10.0)}


def anchor_bands(case_id: str) -> pl.DataFrame:
    """The tracts of an anchor case in the shape `pooled_life_table` reads."""
    tracts = (
        pl.read_csv(ANCHORS / "pool_inputs.csv", null_values=[""])
        .filter(pl.col("case_id") == case_id)
        .sort("tract", "age")
    )
    closed = pl.col("n").is_not_null() & pl.col("age").is_in(list(WIDTHS))
    after = pl.col("lx").shift(-1).over("tract")
    ax = (
        pl.when(pl.col("lx") == after)
        .then(0.5)
        .otherwise((pl.col("nLx") / pl.col("n") - after) / (pl.col("lx") - after))
    )
    frame = tracts.with_columns(ax=pl.when(closed).then(ax))
    bands = []
    for row in frame.iter_rows(named=True):
        if row["age"] in WIDTHS:
            n, a = np.array([WIDTHS[row["age"]]]), np.array([[row["ax"]]])
            q, se = np.array([[row["nqx"]]]), np.array([[row["se_nqx"]]])
            m, variance = death_rate(q, n, a)[0, 0], death_rate_variance(q, se, n, a)[0, 0]
        else:
            m = 1 / row["ex"]
            variance = m**4 * row["se_e_open"] ** 2
        bands.append(row | {"mx": m, "var_mx": variance})
    return pl.DataFrame(bands, infer_schema_length=None).select(
        "case_id", "tract", "mx", "var_mx", "ax", "nLx", age_start="age", people="person_years"
    )


@pytest.mark.parametrize("case_id", ["pool_0", "pool_2", "pool_4"])
def test_pooling_by_age_equals_the_anchor(case_id: str) -> None:
    expected = (
        pl.read_csv(ANCHORS / "pool_expected.csv").filter(pl.col("case_id") == case_id).row(0, named=True)
    )
    pooled = pooled_life_table(anchor_bands(case_id), by=["case_id"])
    at_birth = pooled.filter(pl.col("age_start") == 0).row(0, named=True)
    assert at_birth["ex"] == pytest.approx(expected["e0_pooled_by_age_pop"], abs=1e-6)
    assert at_birth["se"] == pytest.approx(expected["se_pooled_delta_from_tract_q"], abs=1e-6)


@pytest.mark.parametrize("case_id", ["pool_0", "pool_2", "pool_4"])
def test_pooling_by_stationary_shares_equals_the_anchor(case_id: str) -> None:
    expected = (
        pl.read_csv(ANCHORS / "pool_expected.csv").filter(pl.col("case_id") == case_id).row(0, named=True)
    )
    totals = pl.col("people").sum().over("tract")
    born = pl.col("nLx").sum().over("tract")
    bands = anchor_bands(case_id).with_columns(people=stationary_population(totals, pl.col("nLx"), born))
    pooled = pooled_life_table(bands, by=["case_id"]).filter(pl.col("age_start") == 0)
    assert pooled["ex"][0] == pytest.approx(expected["e0_pooled_stationary_weights"], abs=1e-6)


@pytest.mark.parametrize("case_id", ["pool_0", "pool_2", "pool_4"])
def test_the_mean_of_life_expectancies_misses_the_pooled_one(case_id: str) -> None:
    expected = (
        pl.read_csv(ANCHORS / "pool_expected.csv").filter(pl.col("case_id") == case_id).row(0, named=True)
    )
    # Weighted means are 0.35 to 2.03 years too high in these cases.
    assert expected["e0_weighted_mean_total_pop"] - expected["e0_pooled_by_age_pop"] > 0.3


def _tract(rates: list[float], people: list[float], name: str) -> pl.DataFrame:
    ages = [*WIDTHS, 85]
    return pl.DataFrame(
        {
            "area": "one",
            "tract": name,
            "age_start": ages,
            "mx": rates,
            "var_mx": [rate / 5000 for rate in rates],
            "ax": [0.1, *[0.5] * 9, None],
            "people": people,
        }
    )


rate_lists = st.lists(st.floats(1e-4, 0.15), min_size=11, max_size=11)
people_lists = st.lists(st.floats(10, 5000), min_size=11, max_size=11)


@settings(max_examples=40, deadline=None)
@given(rate_lists, people_lists, people_lists)
def test_identical_tracts_pool_to_themselves(m: list[float], p: list[float], r: list[float]) -> None:
    alone = pooled_life_table(_tract(m, p, "a"), by=["area"])
    both = pooled_life_table(pl.concat([_tract(m, p, "a"), _tract(m, r, "b")]), by=["area"])
    np.testing.assert_allclose(both["ex"].to_numpy(), alone["ex"].to_numpy(), rtol=1e-9)


@settings(max_examples=40, deadline=None)
@given(rate_lists, rate_lists, people_lists, people_lists)
def test_pooled_rates_lie_between_and_order_does_not_matter(
    m: list[float], o: list[float], p: list[float], r: list[float]
) -> None:
    first, second = _tract(m, p, "a"), _tract(o, r, "b")
    pooled = pooled_life_table(pl.concat([first, second]), by=["area"])
    swapped = pooled_life_table(pl.concat([second, first]), by=["area"])
    np.testing.assert_array_equal(pooled["ex"].to_numpy(), swapped["ex"].to_numpy())
    low, high = np.minimum(m, o), np.maximum(m, o)
    assert (
        (pooled["mx"].to_numpy() >= low * (1 - 1e-9)) & (pooled["mx"].to_numpy() <= high * (1 + 1e-9))
    ).all()


@settings(max_examples=20, deadline=None)
@given(rate_lists, people_lists, st.integers(2, 6))
def test_clones_leave_the_expectation_and_divide_the_error(m: list[float], p: list[float], k: int) -> None:
    alone = pooled_life_table(_tract(m, p, "a"), by=["area"])
    clones = pl.concat([_tract(m, p, str(index)) for index in range(k)])
    together = pooled_life_table(clones, by=["area"])
    np.testing.assert_allclose(together["ex"].to_numpy(), alone["ex"].to_numpy(), rtol=1e-9)
    np.testing.assert_allclose(together["se"].to_numpy(), alone["se"].to_numpy() / np.sqrt(k), rtol=1e-6)


def test_a_band_without_people_leaves_the_whole_table_unknown() -> None:
    empty = _tract([0.01] * 11, [100.0] * 4 + [0.0] + [100.0] * 6, "a")
    pooled = pooled_life_table(empty, by=["area"])
    assert pooled["ex"][0] is None
    assert pooled["se"][0] is None


def test_weighted_mean_ignores_missing_parts_and_keeps_its_error_honest() -> None:
    parts = pl.DataFrame({"e": [70.0, 80.0, None], "se": [1.0, 2.0, None], "w": [3.0, 1.0, 5.0]})
    mean, se = parts.select(
        mean=weighted_mean(pl.col("e"), pl.col("w")),
        se=weighted_mean_se(pl.col("e"), pl.col("se"), pl.col("w")),
    ).row(0)
    assert mean == pytest.approx(72.5)
    assert se == pytest.approx((3**2 + 2**2) ** 0.5 / 4)
    without = parts.with_columns(se=pl.lit(None, pl.Float64))
    assert without.select(weighted_mean_se(pl.col("e"), pl.col("se"), pl.col("w"))).item() is None
