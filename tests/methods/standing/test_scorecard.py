"""Whether a metric is on its way to its target."""

import polars as pl
import pytest

from lifegap.methods.standing.scorecard import with_status

SCHEMA = {
    "metric": pl.String, "period_end": pl.Int32, "value": pl.Float64, "target": pl.Float64,
    "target_year": pl.Int32, "other_value": pl.Float64,
}  # fmt: skip


def _status(*rows: tuple[int, float, float | None, int | None, float | None]) -> list[str]:
    frame = pl.DataFrame([("m", *row) for row in rows], schema=SCHEMA, orient="row")
    return with_status(frame, ["metric"])["status"].to_list()


@pytest.mark.parametrize(
    ("value", "status"),
    [(10.0, "met"), (12.0, "met"), (5.0, "on_track"), (4.9, "behind"), (2.0, "behind")],
)
def test_half_of_the_way_is_due_after_half_of_the_years(value: float, status: str) -> None:
    """From 0 in 2020 to 10 in 2030: 5 are due by the end of 2025."""
    assert _status((2020, 0.0, 10.0, 2030, None), (2025, value, 10.0, 2030, None)) == ["reported", status]


def test_a_target_whose_year_is_over_or_not_told_is_met_or_missed() -> None:
    assert _status((2030, 9.0, 10.0, 2030, None)) == ["behind"]
    assert _status((2024, 0.4, 0.5, None, None)) == ["behind"]
    assert _status((2024, 0.5, 0.5, None, None)) == ["met"]


def test_without_a_target_there_is_a_report_and_with_two_sources_a_conflict() -> None:
    assert _status((2024, 3.0, None, None, None)) == ["reported"]
    assert _status((2024, 12.0, 10.0, 2030, 9.0)) == ["conflict"]
