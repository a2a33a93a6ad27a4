"""Change of a series without a target: when it counts, and which way."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifegap.methods.standing.trend import trend

VALUES = st.floats(1, 1000)
ERRORS = st.one_of(st.none(), st.floats(0.01, 100))


def _row(baseline: float, latest: float, **others: object) -> dict:
    row = {
        "baseline": baseline, "se_baseline": None, "latest": latest, "se_latest": None, "previous": baseline,
        "se_previous": None, "better": "higher", "reason": None,
    }  # fmt: skip
    floats = dict.fromkeys(("se_baseline", "se_latest", "se_previous"), pl.Float64)
    frame = pl.DataFrame([row | others], schema_overrides=floats | {"reason": pl.String})
    return trend(frame).row(0, named=True)


@pytest.mark.parametrize(
    ("latest", "se", "better", "status"),
    [
        (109.9, None, "higher", "little_change"),
        (110.0, None, "higher", "improving"),
        (110.0, None, "lower", "getting_worse"),
        (90.0, None, "lower", "improving"),
        (110.0, 4.0, "higher", "little_change"),  # 10 is 1.77 standard errors of the difference
        (110.0, 3.0, "higher", "improving"),  # 10 is 2.36 of them
        (100.0, 1.0, "higher", "little_change"),
        (110.0, None, "none", "not_assessable"),
    ],
)
def test_a_change_counts_beyond_its_error_or_from_a_tenth(
    latest: float, se: float | None, better: str, status: str
) -> None:
    assert _row(100.0, latest, se_baseline=se, se_latest=se, better=better)["status"] == status


def test_a_refused_row_says_nothing() -> None:
    row = _row(100.0, 150.0, reason="not_assessable:method_break")
    assert row["status"] == "not_assessable"
    assert (row["change"], row["change_exceeds_noise"], row["percent_of_baseline"]) == (None, None, None)


def test_the_last_change_is_judged_against_the_value_before_the_latest() -> None:
    row = _row(100.0, 150.0, se_baseline=1.0, se_latest=1.0, previous=149.0, se_previous=1.0)
    assert row["status"] == "improving"
    assert row["change_exceeds_noise"] is False


@given(VALUES, VALUES, ERRORS)
def test_turning_signs_and_direction_gives_the_same_status(
    baseline: float, latest: float, se: float | None
) -> None:
    plain = _row(baseline, latest, se_baseline=se, se_latest=se)
    turned = _row(-baseline, -latest, se_baseline=se, se_latest=se, better="lower")
    assert plain["status"] == turned["status"]


@given(VALUES, VALUES, st.floats(0.01, 100))
def test_status_agrees_with_a_slow_reading_of_the_rule(baseline: float, latest: float, se: float) -> None:
    z = abs(latest - baseline) / (2 * se**2) ** 0.5
    expected = (
        "little_change" if z < 1.959963984540054 else "improving" if latest > baseline else "getting_worse"
    )
    if abs(z - 1.959963984540054) > 1e-9:
        assert _row(baseline, latest, se_baseline=se, se_latest=se)["status"] == expected
