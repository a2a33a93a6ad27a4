"""Gaps: anchors and laws."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.mortality.gaps import gap
from tests.conftest import ANCHORS


def _one(place: float, se_place: float, reference: float, se_reference: float, share: float = 0.0):
    values = [np.array([each]) for each in (place, se_place, reference, se_reference)]
    return gap(*values, share=np.array([share]))


@pytest.mark.parametrize(
    "case", pl.read_csv(ANCHORS / "gap.csv").to_dicts(), ids=lambda case: case["case_id"]
)
def test_gap_equals_the_anchor(case: dict) -> None:
    share = case["share_of_place_in_reference"] or 0.0
    found = _one(case["e_place"], case["se_place"], case["e_reference"], case["se_reference"], share)
    for name, column in (("gap", "gap"), ("se", "se_gap"), ("ci_low", "ci_low"), ("ci_high", "ci_high")):
        assert getattr(found, name)[0] == pytest.approx(case[column], abs=1e-9)
    assert found.p_value[0] == pytest.approx(case["p_two_sided"], rel=1e-6, abs=1e-300)


def test_west_garfield_park_against_the_loop_2010() -> None:
    # City of Chicago, dataset qjr3-bm53: 68.8 (66.9-70.6) and 85.0 (83.6-86.4).
    z = 1.959963984540054
    found = _one(68.8, (70.6 - 66.9) / (2 * z), 85.0, (86.4 - 83.6) / (2 * z))
    assert found.gap[0] == pytest.approx(16.2)
    assert found.se[0] == pytest.approx(1.1837, abs=5e-5)
    assert (round(found.ci_low[0], 2), round(found.ci_high[0], 2)) == (13.88, 18.52)


years, errors = st.floats(50, 95), st.floats(0.05, 4)


@given(years, errors, years, errors)
def test_swapping_the_sides_turns_the_sign_only(a: float, sa: float, b: float, sb: float) -> None:
    one, other = _one(a, sa, b, sb), _one(b, sb, a, sa)
    assert one.gap[0] == -other.gap[0]
    assert one.se[0] == pytest.approx(other.se[0])
    assert one.p_value[0] == pytest.approx(other.p_value[0])


@given(years, errors, years, errors)
def test_significant_exactly_when_the_interval_excludes_zero(
    a: float, sa: float, b: float, sb: float
) -> None:
    found = _one(a, sa, b, sb)
    if abs(found.p_value[0] - 0.05) > 1e-9:
        assert (found.p_value[0] < 0.05) == (found.ci_low[0] > 0 or found.ci_high[0] < 0)


@given(years, errors)
def test_a_place_against_itself_has_no_gap(a: float, sa: float) -> None:
    found = _one(a, sa, a, sa, share=1.0)
    assert found.gap[0] == 0
    assert found.se[0] == pytest.approx(0, abs=1e-9)
    assert found.p_value[0] == 1


def test_a_missing_error_gives_the_gap_without_interval() -> None:
    found = _one(70.0, np.nan, 80.0, 1.0)
    assert found.gap[0] == 10
    assert np.isnan([found.se[0], found.ci_low[0], found.p_value[0]]).all()


@pytest.mark.parametrize(("reference_se", "share"), [(0.1, 0.9), (0.1, 0.5), (0.0, 0.2), (0.5, 0.6)])
def test_a_reference_surer_than_the_part_it_holds_gives_no_gap(reference_se: float, share: float) -> None:
    """The place's error times its share is the least that a whole can have which holds the place."""
    found = _one(70.0, 1.0, 72.0, reference_se, share)
    assert np.isnan([found.gap[0], found.se[0], found.ci_low[0], found.ci_high[0], found.p_value[0]]).all()
    assert found.reason[0] == "not_computable:contradictory_errors"


@given(years, errors, years, errors, st.floats(0, 1))
def test_a_whole_made_of_a_part_and_a_rest_is_never_a_contradiction(
    a: float, sa: float, rest: float, of_rest: float, share: float
) -> None:
    whole, error = share * a + (1 - share) * rest, float(np.hypot(share * sa, (1 - share) * of_rest))
    found = _one(a, sa, whole, error, share)
    assert found.reason[0] is None
    assert found.se[0] == pytest.approx((1 - share) * np.hypot(sa, of_rest), abs=1e-6)
