"""Fractions of a band lived by those who die in it, by the printed rules."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.mortality.decomposition import table_of
from lifegap.methods.mortality.fractions import CONVENTIONS, fractions
from tests.conftest import ANCHORS

AGES = np.array([0.0, 1, 5, 15, 85])


def _young(convention: str, infant_rate: float) -> list[float]:
    m = np.full((1, len(AGES)), 0.01)
    m[0, 0] = infant_rate
    return fractions(convention, AGES)(m)[0].tolist()


# First-year fraction in years and 1-4 fraction in years of four, by hand from the published rules.
PRINTED = [
    ("phe", 0.006, 0.1, 2.0),
    ("as", 0.006, 0.07 + 1.7 * 0.006, 1.6),
    ("ak_male", 0.006, 0.14929 - 1.99545 * 0.006, 1.6),
    ("ak_male", 0.05, 0.02832 + 3.26021 * 0.05, 1.6),
    ("ak_male", 0.09, 0.29915, 1.6),
    ("ak_female", 0.006, 0.14903 - 2.05527 * 0.006, 1.6),
    ("ak_female", 0.05, 0.04667 + 3.88089 * 0.05, 1.6),
    ("ak_female", 0.09, 0.31411, 1.6),
    ("ak_both", 0.006, (0.14929 - 1.99545 * 0.006 + 0.14903 - 2.05527 * 0.006) / 2, 1.6),
    ("cd_male", 0.006, 0.045 + 2.684 * 0.006, 1.651 - 2.816 * 0.006),
    ("cd_male", 0.12, 0.330, 1.352),
    ("cd_female", 0.006, 0.053 + 2.800 * 0.006, 1.522 - 1.518 * 0.006),
    ("cd_female", 0.12, 0.350, 1.361),
]


@pytest.mark.parametrize(("convention", "rate", "infants", "years_of_four"), PRINTED)
def test_infants_and_children_follow_the_printed_rules(
    convention: str, rate: float, infants: float, years_of_four: float
) -> None:
    found = _young(convention, rate)
    assert found[:2] == pytest.approx([infants, years_of_four / 4])
    assert found[2:] == [0.5, 0.5]


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_a_band_of_other_width_gets_one_half(convention: str) -> None:
    wide = fractions(convention, np.array([0.0, 5, 15, 85]))(np.full((2, 4), 0.01))
    assert (wide == 0.5).all()


@given(st.floats(0, 1), st.sampled_from(CONVENTIONS))
def test_no_fraction_leaves_the_band(rate: float, convention: str) -> None:
    assert all(0 <= each <= 1 for each in _young(convention, rate))


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_a_table_that_begins_later_has_no_infants(convention: str) -> None:
    late = fractions(convention, np.array([65.0, 66, 70, 85]))(np.full((2, 4), 0.01))
    assert (late == 0.5).all()


@pytest.mark.parametrize("convention", ["phe", "as", "ak_female", "cd_female"])
def test_published_tables_of_the_nation_come_out_whichever_the_convention(convention: str) -> None:
    """Printed from single years of age: bands of five years give the same within six hundredths of a year."""
    rows = pl.read_csv(ANCHORS / "lifetable_published.csv")
    ages = rows["age"].str.strip_chars("+").cast(pl.Float64).to_numpy()
    m = rows["nmx"].to_numpy()[None, :]
    table = table_of(m, ages, fractions(convention, ages))
    assert table.ex[0] == pytest.approx(rows["ex_published"].to_numpy(), abs=0.06)
    assert table.lx[0] == pytest.approx(rows["lx_published"].to_numpy(), abs=0.0015)
