"""Counts of people by age: what their errors do to a pooled table, against drawing each count by hand."""

import numpy as np
import polars as pl
import pytest

from lifegap.methods.mortality.age_counts import rates_by_drawn_counts, se_of_age_counts
from lifegap.methods.mortality.pooling import pooled_life_table
from tests.methods.mortality.test_pooling import anchor_bands

SEED, YOUNG = 20261130, 5
STEP = 1e-3


def _bands(error: float = 0.1, share: float = 1.0) -> pl.DataFrame:
    """The tracts of an anchor, of which a survey has counted the people of each age with this relative error."""
    return anchor_bands("pool_0").with_columns(
        ax=pl.col("ax").mean().over("age_start"),
        share=pl.lit(share),
        people=pl.col("people") * share,
        se_of_age=error * pl.col("people"),
        # One count of the survey holds the first two bands.
        counted=pl.when(pl.col("age_start") < YOUNG).then(1).otherwise("age_start"),
        unit="tract",
    )


def _found(bands: pl.DataFrame) -> np.ndarray:
    table = pooled_life_table(bands, by=["case_id"])
    return se_of_age_counts(bands, table, by=["case_id"], seed=SEED)["se_people"].to_numpy()


@pytest.mark.parametrize("share", [1.0, 0.4])
def test_small_errors_are_those_of_moving_each_count_by_hand(share: float) -> None:
    bands = _bands(share=share)
    variance = np.zeros(bands["age_start"].n_unique())
    for tract, counted in bands.select("tract", "counted").unique().rows():
        one = (pl.col("tract") == tract) & (pl.col("counted") == counted)
        move = pl.when(one).then(STEP * pl.col("se_of_age") * pl.col("share")).otherwise(0.0)
        up, down = (
            pooled_life_table(bands.with_columns(people=pl.col("people") + sign * move), by=["case_id"])["ex"]
            for sign in (1, -1)
        )
        variance += ((up - down).to_numpy() / (2 * STEP)) ** 2
    np.testing.assert_allclose(_found(bands), np.sqrt(variance), rtol=0.06, atol=1e-9)


def test_counts_smaller_than_their_errors_are_never_below_nothing() -> None:
    """Against plain Python: each count drawn and cut at 0, the tables of the draws made one by one."""
    bands, random = _bands(error=1.2), np.random.default_rng(5)
    tracts, ages = (bands[name].unique().sort().to_list() for name in ("tract", "age_start"))
    cells = {(row["tract"], row["age_start"]): row for row in bands.to_dicts()}
    expectations = []
    for _ in range(800):
        drawn = []
        for tract in tracts:
            normal = {counted: random.standard_normal() for counted in {max(age, 1) for age in ages}}
            for age in ages:
                cell = cells[tract, age]
                people = max(0.0, cell["people"] + cell["se_of_age"] * normal[max(age, 1)])
                drawn.append(cell | {"people": people})
        frame = pl.DataFrame(drawn, schema=bands.schema)
        expectations.append(pooled_life_table(frame, by=["case_id"])["ex"][0])
    by_hand = np.std([each for each in expectations if each is not None], ddof=1)
    assert _found(bands)[0] == pytest.approx(by_hand, rel=0.1)
    _, rates = rates_by_drawn_counts(bands, "case_id", draws=2000, seed=SEED)
    assert np.nanmin(rates) >= 0


def test_one_area_weighs_nothing_but_itself_and_exact_counts_move_nothing() -> None:
    alone = _bands().filter(pl.col("tract") == 1)
    np.testing.assert_allclose(_found(alone), 0, atol=1e-9)
    assert _found(_bands().with_columns(se_of_age=pl.lit(None, pl.Float64))).size == 0


def test_the_seed_decides_and_other_groups_do_not() -> None:
    bands = _bands()
    both = pl.concat([bands, bands.with_columns(case_id=pl.lit("another"))])
    table = pooled_life_table(both, by=["case_id"])
    found = se_of_age_counts(both, table, by=["case_id"], seed=SEED)
    for name in ("another", "pool_0"):
        np.testing.assert_array_equal(found.filter(case_id=name)["se_people"], _found(bands))
