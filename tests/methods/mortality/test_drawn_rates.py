"""Rates drawn again: their spread, what places share, and the open band."""

import numpy as np
import polars as pl
import pytest

from lifegap.methods.mortality.age_counts import se_of_age_counts
from lifegap.methods.mortality.decomposition import table_of
from lifegap.methods.mortality.drawn_rates import drawn_pooled_rates
from lifegap.methods.mortality.pooling import pooled_life_table
from lifegap.methods.mortality.shares import se_of_shares, variance_of_share
from tests.methods.mortality.test_pooling import anchor_bands

DRAWS, SEED = 4000, 20261122


def _places(share: float = 1.0) -> pl.DataFrame:
    """Two places of an anchor's tracts: tract 1 (a share of it), and all."""
    bands = anchor_bands("pool_0").rename({"tract": "unit"})
    alone = bands.filter(pl.col("unit") == 1).with_columns(place=pl.lit("one"), share=pl.lit(share))
    together = bands.with_columns(place=pl.lit("whole"), share=pl.lit(1.0))
    return pl.concat([alone, together]).with_columns(
        people=pl.col("people") * pl.col("share"), var_share=variance_of_share(pl.col("share"))
    )


def _expectation(rates: np.ndarray, table: pl.DataFrame) -> np.ndarray:
    ages, a = table["age_start"].to_numpy().astype(float), table["ax"].to_numpy()[:-1]
    return table_of(rates, ages, lambda m: np.broadcast_to(a, (len(m), len(a)))).ex[:, 0]


def test_life_expectancies_of_draws_spread_by_the_standard_error_of_the_pooled_table() -> None:
    bands = _places()
    places, rates = drawn_pooled_rates(bands, "place", draws=DRAWS, seed=SEED)
    pooled = pooled_life_table(bands, by=["place"])
    assert places == ["one", "whole"]
    for index, place in enumerate(places):
        table = pooled.filter(pl.col("place") == place).sort("age_start")
        drawn = _expectation(rates[index], table)
        assert drawn.mean() == pytest.approx(table["ex"][0], abs=0.15)
        assert drawn.std(ddof=1) == pytest.approx(table["se"][0], rel=0.06)


def test_a_place_and_the_whole_it_lies_in_are_made_of_the_same_draws() -> None:
    """The covariance is the part's variance times its share of the people, here band by band."""
    bands = _places()
    _, rates = drawn_pooled_rates(bands, "place", draws=DRAWS, seed=SEED)
    for band, age in enumerate(sorted(bands["age_start"].unique().to_list())[:-1]):
        people = bands.filter(pl.col("age_start") == age)
        part = people.filter(pl.col("place") == "one").row(0, named=True)
        whole = people.filter(pl.col("place") == "whole")["people"].sum()
        covariance = np.cov(rates[0, :, band], rates[1, :, band])[0, 1]
        assert covariance == pytest.approx(part["people"] / whole * part["var_mx"], rel=0.15)


def test_a_cut_unit_adds_what_its_unknown_share_does() -> None:
    bands = (
        _places()
        .filter(pl.col("place") == "whole")
        .with_columns(share=pl.when(pl.col("unit") == 1).then(0.5).otherwise(1.0))
        .with_columns(people=pl.col("people") * pl.col("share"), var_share=variance_of_share(pl.col("share")))
    )
    quiet = bands.with_columns(var_mx=pl.lit(0.0))
    _, rates = drawn_pooled_rates(quiet, "place", draws=DRAWS, seed=SEED)
    pooled = pooled_life_table(bands, by=["place"])
    expected = se_of_shares(bands, pooled, by=["place"])["se_shares"][0]
    assert _expectation(rates[0], pooled).std(ddof=1) == pytest.approx(expected, rel=0.06)


def test_draws_of_an_unsure_open_band_keep_their_mean_and_spread_and_are_not_cut_off() -> None:
    """An error as large as the figure: of normal draws one in six would fall below nothing."""
    bands = _places().with_columns(
        var_mx=pl.when(pl.col("age_start") == 85).then(pl.col("mx") ** 2).otherwise("var_mx")
    )
    _, rates = drawn_pooled_rates(bands, "place", draws=200_000, seed=SEED)
    assert (rates >= 0).all()
    years = 1 / rates[0, :, -1]
    expected = 1 / bands.filter(pl.col("place") == "one", pl.col("age_start") == 85)["mx"][0]
    assert years.mean() == pytest.approx(expected, rel=0.02)
    assert years.std() == pytest.approx(expected, rel=0.05)
    assert (years == years.min()).sum() == 1


def test_counts_of_people_by_age_move_the_draws_as_their_errors_say() -> None:
    bands = (
        _places()
        .filter(pl.col("place") == "whole")
        .with_columns(
            se_of_age=0.2 * pl.col("people"),
            counted=pl.max_horizontal("age_start", pl.lit(1)),
            var_mx=pl.lit(0.0),
        )
    )
    _, rates = drawn_pooled_rates(bands, "place", draws=DRAWS, seed=SEED)
    pooled = pooled_life_table(bands, by=["place"])
    expected = se_of_age_counts(bands, pooled, by=["place"], seed=1)["se_people"][0]
    assert _expectation(rates[0], pooled).std(ddof=1) == pytest.approx(expected, rel=0.06)


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    one, again, other = (drawn_pooled_rates(_places(), "place", draws=10, seed=seed)[1] for seed in (1, 1, 2))
    assert (one == again).all()
    assert (one != other).any()


def test_another_place_moves_no_digit_of_those_there_are() -> None:
    bands = _places(share=0.5)
    places, rates = drawn_pooled_rates(bands, "place", draws=10, seed=SEED)
    another = bands.filter(pl.col("place") == "one").with_columns(place=pl.lit("a further one"), unit=0)
    more, again = drawn_pooled_rates(
        pl.concat([another, bands], how="vertical_relaxed"), "place", draws=10, seed=SEED
    )
    assert [place for place in more if place in places] == places
    kept = [more.index(place) for place in places]
    assert again[kept] == pytest.approx(rates, rel=1e-12)
