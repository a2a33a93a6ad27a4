"""Each gap relative to the place's own gap in the baseline period of the same series."""

import polars as pl

from assets.wording import ACROSS_THE_PANDEMIC, period_text, sentences, touches_pandemic
from lifegap.catalog.catalog import Catalog
from lifegap.methods.standing.progress import above_noise

LINE = (
    "coalition_id", "place_id", "reference_place_id", "source_id", "vintage", "population_group",
    "reference_group", "method",
)  # fmt: skip
"""What makes a series of gaps."""


def against_baseline(rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The gap relative to the place's own gap in the baseline period of the same series.

    The period is that of the coalition's target where the series has it; else the series' own first
    one, and the note says that the line is re-based. A series of one period has no baseline, and of a
    baseline that is within reach of noise, or has no standard error, there is no percent.
    """
    stated = {
        coalition.id: coalition.target[0].baseline_period
        for coalition in catalog.coalitions.values()
        if coalition.target
    }
    period = period_text(pl.col("period_start"), pl.col("period_end"))
    known = pl.col("gap").is_not_null()
    stated_one = known & (pl.col("period") == pl.col("stated"))
    points = ("gap", "se", "period_start", "period")
    return (
        rows.with_columns(
            period=period,
            stated=pl.col("coalition_id").replace_strict(stated, default=None, return_dtype=pl.String),
        )
        .sort("period_end")
        .with_columns(
            *(_first(name, stated_one).alias(f"{name}_stated") for name in points),
            *(_first(name, known).alias(f"{name}_first") for name in points),
            periods=known.sum().over(LINE),
        )
        .with_columns(rebased=pl.col("gap_stated").is_null() & (pl.col("periods") > 1))
        .with_columns(
            pl.when("rebased").then(f"{name}_first").otherwise(f"{name}_stated").alias(f"{name}_base")
            for name in points
        )
        .with_columns(
            percent_of_baseline=pl.when(above_noise(pl.col("gap_base"), pl.col("se_base"))).then(
                100 * pl.col("gap") / pl.col("gap_base")
            ),
            baseline_period=pl.when(known).then("period_base"),
        )
        .with_columns(_notes_and_reasons(known))
    )


def _first(name: str, where: pl.Expr) -> pl.Expr:
    return pl.col(name).filter(where).first().over(LINE)


def _notes_and_reasons(known: pl.Expr) -> list[pl.Expr]:
    """What must be said of the percent, or why there is none."""
    base, se = pl.col("gap_base"), pl.col("se_base")
    without = (
        pl.when(base.is_null())
        .then(pl.lit("the series has one period."))
        .when(base <= 0)
        .then(pl.lit("there was no gap in the baseline period."))
        .when(se.is_null())
        .then(pl.lit("the baseline has no standard error."))
        .when(pl.col("percent_of_baseline").is_null())
        .then(pl.lit("the gap in the baseline period lies within its margin of error."))
    )
    spans = pl.col("percent_of_baseline").is_not_null() & (base != pl.col("gap"))
    crossed = spans & touches_pandemic(pl.col("period_start_base"), pl.col("period_end"))
    return [
        sentences(
            pl.when(pl.col("rebased") & known).then(
                pl.format(
                    "Re-based: 100 percent is this series' own {}, not the baseline of a target.",
                    "period_base",
                )
            ),
            pl.when(known).then(pl.concat_str(pl.lit("No percent of baseline: "), without)),
            pl.col("note"),
        ).alias("note"),
        sentences(pl.col("cautions"), pl.when(crossed).then(pl.lit(ACROSS_THE_PANDEMIC))).alias("cautions"),
    ]
