"""Two sides of a comparison, row by row: the gap, and how far it may be relied on.

Rows have `estimate`, `se`, `reliability`, `reason` of the place and the same columns of the reference with
the suffix `_reference`, all of one source, edition, period and group, made by one method. Nothing else is
ever subtracted.
"""

import numpy as np
import polars as pl

from lifegap.methods.mortality.gaps import gap
from lifegap.methods.surveys.reliability import reliability_of_years


def with_gap(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `gap`, `se_gap`, `ci_low`, `ci_high` (years), `p_value`, and why errors contradict a gap.

    share: the place's part of the reference's people, null where it is not inside. se_shares: the part of the
    place's standard error that comes from cut units, null for none.
    """
    columns = [
        rows[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for name in ("estimate", "se", "estimate_reference", "se_reference")
    ]
    # Where a border cuts a tract is an error of the place alone: the reference has the whole tract.
    common = pl.col("share") * (1 - (pl.col("se_shares").fill_null(0.0) / pl.col("se")) ** 2)
    found = gap(*columns, share=rows.select(common.fill_null(0.0)).to_series().to_numpy())
    figures = {
        "gap": found.gap,
        "se_gap": found.se,
        "ci_low": found.ci_low,
        "ci_high": found.ci_high,
        "p_value": found.p_value,
    }
    return rows.with_columns(
        *(pl.Series(name, values).fill_nan(None) for name, values in figures.items()),
        pl.Series("contradiction", found.reason, pl.String),
    )


def with_grade(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `grade`, the reliability of the gap, and `reason`: what stands in its way or beside."""
    unreliable = (pl.col("reliability") == "unreliable") | (pl.col("reliability_reference") == "unreliable")
    cautious = (pl.col("reliability") == "caution") | (pl.col("reliability_reference") == "caution")
    of_interval = reliability_of_years(pl.col("se_gap"))
    return rows.with_columns(
        grade=pl.when(pl.col("gap").is_null())
        .then(pl.lit("withheld"))
        .when(unreliable)
        .then(pl.lit("unreliable"))
        .when(cautious.fill_null(False) & (of_interval == "good"))
        .then(pl.lit("caution"))
        .otherwise(of_interval),
    ).with_columns(
        reason=pl.when(pl.col("estimate").is_null())
        .then("reason")
        .when(pl.col("reliability_reference").is_null())
        .then(pl.lit("not_published:reference"))
        .when(pl.col("estimate_reference").is_null())
        .then("reason_reference")
        .when(pl.col("contradiction").is_not_null())
        .then("contradiction")
        .when(pl.col("method") == "weighted_mean")
        .then(pl.lit("unreliable:weighted_mean"))
        .when((pl.col("grade") == "unreliable") & pl.col("reason").is_not_null())
        .then("reason")
        .when(pl.col("se_gap").is_null())
        .then(pl.lit("not_published:standard_error"))
        .when(pl.col("grade") == "unreliable")
        .then(pl.lit("unreliable:wide_interval")),
    )
