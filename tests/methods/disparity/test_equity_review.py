"""A change is one beyond its error, and the average may rise while the gap widens."""

import math

import polars as pl
import pytest

from lifegap.methods.disparity.equity_review import reviewed

CASES = [
    # better, place from → to, gap from → to, level, gap
    ("higher", (70.0, 72.0), (10.0, 12.0), "improved", "widened"),
    ("higher", (70.0, 72.0), (10.0, 8.0), "improved", "narrowed"),
    ("higher", (70.0, 68.0), (10.0, 10.1), "worsened", "no_clear_change"),
    ("higher", (70.0, 70.2), (1.0, -2.0), "no_clear_change", "passed"),
    ("higher", (70.0, 70.2), (-1.0, 2.0), "no_clear_change", "fell_behind"),
    ("lower", (30.0, 25.0), (-10.0, -8.0), "improved", "narrowed"),
    ("lower", (30.0, 35.0), (-10.0, -12.0), "worsened", "widened"),
    ("lower", (30.0, 30.0), (2.0, 4.0), "no_clear_change", "widened"),
    ("lower", (30.0, 30.0), (2.0, -1.0), "no_clear_change", "fell_behind"),
    ("none", (30.0, 35.0), (1.0, -2.0), "rose", "changed_sides"),
    ("none", (35.0, 30.0), (1.0, 3.0), "fell", "widened"),
]


@pytest.mark.parametrize(("better", "value", "gap", "level_verdict", "gap_verdict"), CASES)
def test_level_and_gap_are_judged_apart(
    better: str,
    value: tuple[float, float],
    gap: tuple[float, float],
    level_verdict: str,
    gap_verdict: str,
) -> None:
    found = reviewed(_row(better, value, gap, se=0.3)).row(0, named=True)
    assert found["level_verdict"] == level_verdict
    assert found["gap_verdict"] == gap_verdict


def test_variances_of_both_periods_add() -> None:
    found = reviewed(_row("higher", (70.0, 72.0), (10.0, 12.0), se=0.3)).row(0, named=True)
    half = 1.959963984540054 * math.hypot(0.3, 0.3)
    assert found["level_change_low"] == pytest.approx(2 - half)
    assert found["gap_change_high"] == pytest.approx(2 + half)


@pytest.mark.parametrize("se", [None, 0.0])
def test_without_an_error_there_is_a_change_and_no_verdict(se: float | None) -> None:
    found = reviewed(_row("higher", (70.0, 72.0), (10.0, 12.0), se=se)).row(0, named=True)
    assert (found["level_change"], found["gap_change"]) == (2.0, 2.0)
    assert found["level_change_low"] is found["level_verdict"] is found["gap_verdict"] is None


def _row(
    better: str, value: tuple[float, float], gap: tuple[float, float], *, se: float | None
) -> pl.DataFrame:
    errors = ("se_from", "se_to", "gap_se_from", "gap_se_to")
    return pl.DataFrame(
        {
            "better": better, "value_from": value[0], "value_to": value[1], "gap_from": gap[0],
            "gap_to": gap[1], **dict.fromkeys(errors, se),
        },
        schema_overrides=dict.fromkeys(errors, pl.Float64),
    )  # fmt: skip
