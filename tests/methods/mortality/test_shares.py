"""Cut areas: what not knowing the share of people does, against moving the share by hand."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.mortality.pooling import pooled_life_table
from lifegap.methods.mortality.shares import se_of_shares, variance_of_share
from tests.methods.mortality.test_pooling import anchor_bands

STEP = 1e-5


def _bands(shares: dict[int, float]) -> pl.DataFrame:
    """The tracts of an anchor as one place that holds the given shares of some of them."""
    part = pl.col("tract").replace_strict(shares, default=1.0, return_dtype=pl.Float64)
    return (
        anchor_bands("pool_0")
        .with_columns(share=part)
        .with_columns(
            people=pl.col("people") * pl.col("share"),
            var_share=variance_of_share(pl.col("share")),
            unit="tract",
        )
    )


def _expectations(shares: dict[int, float]) -> np.ndarray:
    return pooled_life_table(_bands(shares), by=["case_id"])["ex"].to_numpy()


@pytest.mark.parametrize("shares", [{1: 0.5}, {1: 0.2, 3: 0.7}])
def test_standard_error_equals_that_of_moving_each_share_by_hand(shares: dict[int, float]) -> None:
    bands = _bands(shares)
    found = se_of_shares(bands, pooled_life_table(bands, by=["case_id"]), by=["case_id"])
    variance = np.zeros(found.height)
    for tract, share in shares.items():
        up, down = (_expectations(shares | {tract: share + step}) for step in (STEP, -STEP))
        variance += ((up - down) / (2 * STEP)) ** 2 * share * (1 - share) / 3
    assert found["se_shares"].to_numpy() == pytest.approx(np.sqrt(variance), rel=1e-4)


def test_standard_error_is_about_the_spread_of_drawn_shares() -> None:
    bands = _bands({1: 0.5})
    found = se_of_shares(bands, pooled_life_table(bands, by=["case_id"]), by=["case_id"])
    shares = np.random.default_rng(20261122).beta(1.0, 1.0, 300)
    drawn = [_expectations({1: share})[0] for share in shares]
    assert found["se_shares"][0] == pytest.approx(np.std(drawn), rel=0.15)


def test_whole_areas_have_no_such_error() -> None:
    bands = _bands({})
    assert se_of_shares(bands, pooled_life_table(bands, by=["case_id"]), by=["case_id"]).is_empty()


def test_areas_with_equal_tables_have_none_however_they_are_cut() -> None:
    """Who lives where does not matter where all die alike."""
    one = anchor_bands("pool_0").filter(pl.col("tract") == 1)
    clones = pl.concat([one, one.with_columns(tract=pl.lit(2, one["tract"].dtype))])
    bands = clones.with_columns(
        share=pl.when(pl.col("tract") == 2).then(0.5).otherwise(1.0), unit="tract"
    ).with_columns(var_share=variance_of_share(pl.col("share")), people=pl.col("people") * pl.col("share"))
    found = se_of_shares(bands, pooled_life_table(bands, by=["case_id"]), by=["case_id"])
    assert found["se_shares"].to_numpy() == pytest.approx(np.zeros(11), abs=1e-9)


@given(st.floats(-1, 2))
def test_variance_is_that_of_any_share_alike_at_one_half_and_none_at_the_ends(share: float) -> None:
    variance = pl.select(variance_of_share(pl.lit(share))).item()
    assert 0 <= variance <= 1 / 12 + 1e-15
    assert pl.select(variance_of_share(pl.lit(0.5))).item() == pytest.approx(1 / 12)
    assert pl.select(variance_of_share(pl.lit(1.0))).item() == 0
