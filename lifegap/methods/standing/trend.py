"""Change of a series that has no target: since its baseline, and is it real.

Source: the rules for the status of an objective in CDC/NCHS, Healthy People 2030, *How We Measure Progress*,
without the target: a change counts beyond its error or, without errors, from a tenth of the baseline.
"""

import polars as pl

from lifegap.methods.standing.progress import EQUAL_AT, LEAST_PERCENT, exceeds_noise


def trend(rows: pl.DataFrame) -> pl.DataFrame:
    """Change and status of every row, added to its columns.

    rows: baseline, se_baseline, latest, se_latest, previous, se_previous (one unit, se null where unknown),
    better (`higher` or `lower`), reason (null where the row can be assessed). Adds change,
    change_exceeds_noise (from previous to latest; null without errors), percent_of_baseline (null for a
    baseline of 0 or less) and status: improving, little_change, getting_worse or not_assessable.
    """
    baseline, latest, usable = pl.col("baseline"), pl.col("latest"), pl.col("reason").is_null()
    change = (latest - baseline).round(EQUAL_AT)
    # Nothing is a tenth of 0: of a baseline of 0, no change is none and any other counts.
    a_tenth = pl.when(baseline != 0).then(
        (100 * change.abs() / baseline.abs()).round(EQUAL_AT) >= LEAST_PERCENT
    )
    beyond = exceeds_noise(baseline, pl.col("se_baseline"), latest, pl.col("se_latest"))
    counts = pl.coalesce(beyond, a_tenth).fill_null(change != 0)
    toward = pl.when(pl.col("better") == "higher").then(change > 0).otherwise(change < 0)
    status = (
        pl.when(~usable | ~pl.col("better").is_in(["higher", "lower"]))
        .then(pl.lit("not_assessable"))
        .when(~counts)
        .then(pl.lit("little_change"))
        .when(toward)
        .then(pl.lit("improving"))
        .otherwise(pl.lit("getting_worse"))
    )
    last_change = exceeds_noise(pl.col("previous"), pl.col("se_previous"), latest, pl.col("se_latest"))
    return rows.with_columns(
        change=pl.when(usable).then(latest - baseline),
        change_exceeds_noise=pl.when(usable).then(last_change),
        percent_of_baseline=pl.when(usable & (baseline > 0)).then(100 * latest / baseline),
        status=status,
    )
