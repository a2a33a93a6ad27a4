"""Quantiles of areas: published cases, the laws, a slow second way in fractions."""

import math
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifegap.methods.counts.quantiles import quantiles
from tests.conftest import ANCHORS

UNHURRIED = settings(deadline=None)
VALUES = st.lists(st.one_of(st.none(), st.integers(-20, 20)), min_size=1, max_size=60)


def test_published_quantiles() -> None:
    cases = pl.read_csv(ANCHORS / "quantiles.csv").rename({"quantile": "printed"})
    for (count, inverted), part in cases.group_by("nquantiles", "invert"):
        found = quantiles(part, ["case_id"], count=int(str(count)), highest_first=bool(inverted))
        assert found["quantile"].to_list() == found["printed"].cast(pl.Int64).to_list()
        told = found["reason"].is_null() == found["quantile"].is_not_null()
        assert told.all()


@UNHURRIED
@given(VALUES, st.integers(2, 60), st.booleans())
def test_a_slow_implementation_in_fractions_agrees(
    values: list[int | None], count: int, highest_first: bool
) -> None:
    found = quantiles(
        pl.DataFrame({"value": values}, schema={"value": pl.Float64}),
        [],
        count=count,
        highest_first=highest_first,
    )
    known = [value for value in values if value is not None]
    for value, quantile in zip(values, found["quantile"], strict=True):
        if value is None or len(known) < count:
            assert quantile is None
            continue
        better = sum(other > value if highest_first else other < value for other in known)
        left = Fraction(len(known) - better) / Fraction(len(known), count)
        assert quantile == count + 1 - math.ceil(left)


@UNHURRIED
@given(st.lists(st.floats(-1e3, 1e3), min_size=10, max_size=80, unique_by=lambda value: round(value, 10)))
def test_without_ties_every_quantile_has_its_share_of_areas(values: list[float]) -> None:
    found = quantiles(pl.DataFrame({"value": values}), [], count=5)
    sizes = found["quantile"].value_counts()["count"]
    assert found["quantile"].unique().sort().to_list() == [1, 2, 3, 4, 5]
    assert sizes.max() - sizes.min() <= 1  # type: ignore[operator]


@UNHURRIED
@given(st.lists(st.integers(-20, 20), min_size=10, max_size=60))
def test_higher_values_are_never_in_a_later_quantile_and_equal_ones_share_theirs(values: list[int]) -> None:
    found = quantiles(pl.DataFrame({"value": values}), []).sort("value", descending=True)
    assert found["quantile"].is_sorted()
    assert found.group_by("value").agg(pl.col("quantile").n_unique())["quantile"].max() == 1


def test_pheindicatormethods_is_one_off_where_its_division_is_not_exact() -> None:
    # 70 areas in 50 quantiles: 21 / (70 / 50) is 15.000000000000002 in floating point, and its ceiling 16.
    assert math.floor(50 + 1 - math.ceil(21 / (70 / 50))) == 35
    found = quantiles(pl.DataFrame({"value": list(range(70))}), [], count=50, highest_first=False)
    assert found["quantile"][49] == 36


def test_noise_in_the_last_digits_does_not_break_a_tie() -> None:
    found = quantiles(pl.DataFrame({"value": [0.1 + 0.2, 0.3, 1.0, 2.0]}), [], count=4)
    assert found["quantile"][0] == found["quantile"][1]


def test_groups_are_ranked_apart_and_rows_keep_their_order() -> None:
    rows = pl.DataFrame({"region": ["x", "y", "x", "y"], "value": [1.0, 10, 2, 20]})
    found = quantiles(rows, ["region"], count=2)
    assert found.select(rows.columns).equals(rows)
    assert found["quantile"].to_list() == [2, 2, 1, 1]


def test_fewer_areas_than_quantiles_and_missing_values_have_reasons() -> None:
    found = quantiles(pl.DataFrame({"value": [1.0, None, math.nan]}), [], count=2)
    assert found["quantile"].to_list() == [None, None, None]
    assert found["reason"].to_list() == [
        "not_computable:fewer_areas_than_quantiles",
        "not_computable:place",
        "not_computable:place",
    ]
    with pytest.raises(ValueError, match="at least two"):
        quantiles(pl.DataFrame({"value": [1.0]}), [], count=1)
