"""One rounding for all that people read."""

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.digits import carried, digits, rounded

HALVES = [float(f"{60 + tenth / 10 + 0.05:.2f}") for tenth in range(300)]
"""Halves of a tenth among life expectancies, as files print them."""


def test_sentences_polars_and_duckdb_give_the_same_digit_of_every_half() -> None:
    shown = [digits(half, 1) for half in HALVES]
    of_polars = pl.DataFrame({"half": HALVES}).select(rounded(pl.col("half"), 1))["half"]
    of_duckdb = duckdb.execute("SELECT round(unnest(?), 1)", [HALVES]).fetchall()
    assert shown == [f"{value:.1f}" for value in of_polars]
    assert shown == [f"{value:.1f}" for (value,) in of_duckdb]
    assert shown[:3] == ["60.1", "60.2", "60.3"]


def test_formats_of_python_give_another_digit_for_half_of_them() -> None:
    """Why there is a rounding of our own."""
    assert sum(digits(half, 1) != f"{half:.1f}" for half in HALVES) == 150


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (68.25, 1, "68.3"),
        (-0.04, 1, "0.0"),
        (-2.5, 0, "-3"),
        (1234567.891, 2, "1,234,567.89"),
        (1e-9, 2, "0.00"),
    ],
)
def test_digits_of_a_number(value: float, places: int, shown: str) -> None:
    assert digits(value, places) == shown


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_what_is_shown_carries_the_number(value: float, places: int) -> None:
    assert float(carried(value, places).replace(",", "")) == pytest.approx(value, rel=0.051)
