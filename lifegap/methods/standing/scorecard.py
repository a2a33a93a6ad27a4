"""How far a metric of a scorecard has come towards its target.

A target is to be reached from below. Where it has a year, the straight way from the metric's first value to
the target at the end of that year says how far it should have come by the end of the row's last year.
"""

import polars as pl

MET, ON_TRACK, BEHIND, REPORTED, CONFLICT = "met", "on_track", "behind", "reported", "conflict"


def with_status(rows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The rows with `status`.

    rows: `by` (what makes one metric), period_end (year), value, target, target_year, other_value. conflict:
    another source says otherwise. Else, with a target: met; behind where its year is over or none is stated,
    and where the value is below the straight way; on_track where it is not; reported where nothing earlier
    than the row is known, so that there is no way yet. Without a target: reported.
    """
    first_end = pl.col("period_end").min().over(by)
    first = pl.col("value").sort_by("period_end").first().over(by)
    part = (pl.col("period_end") - first_end) / (pl.col("target_year") - first_end)
    due = first + part * (pl.col("target") - first)
    over = pl.col("target_year").is_null() | (pl.col("target_year") <= pl.col("period_end"))
    status = (
        pl.when(pl.col("other_value").is_not_null())
        .then(pl.lit(CONFLICT))
        .when(pl.col("target").is_null())
        .then(pl.lit(REPORTED))
        .when(pl.col("value") >= pl.col("target"))
        .then(pl.lit(MET))
        .when(over)
        .then(pl.lit(BEHIND))
        .when(pl.col("period_end") == first_end)
        .then(pl.lit(REPORTED))
        .when(pl.col("value") >= due)
        .then(pl.lit(ON_TRACK))
        .otherwise(pl.lit(BEHIND))
    )
    return rows.with_columns(status=status)
