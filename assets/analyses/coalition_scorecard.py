"""`published.coalition_scorecard`: what coalitions report of themselves, against what they set out to do.

The part of a committee's seats that residents hold is computed from its seats, where the coalition reports
both and not the share itself: half of them is the rule that it is held against.
"""

import polars as pl

from assets.table import table
from assets.wording import sentences
from lifegap.catalog.tables import declared_tables
from lifegap.methods.standing.scorecard import with_status

METRIC = ["coalition_id", "metric_id", "subject"]
COMMITTEE = ["coalition_id", "subject", "period_start", "period_end"]
SEATS, OF_RESIDENTS, SHARE = "committee_seats_total", "committee_seats_residents", "resident_share"
HALF = 0.5
TITLE = "Share of decision power held by residents"
WORST_FIRST = ("no", "document", "yes")


@table("published.coalition_scorecard", reported="sources.coalition_scorecard")
def coalition_scorecard(reported: pl.DataFrame) -> pl.DataFrame:
    """One row per metric, subject and period, with its status."""
    rows = pl.concat([reported, _resident_shares(reported)], how="diagonal_relaxed")
    columns = [column.name for column in declared_tables()["published.coalition_scorecard"].columns]
    return with_status(rows, METRIC).select(columns)


def _resident_shares(reported: pl.DataFrame) -> pl.DataFrame:
    """Residents' seats over all seats of each committee, where the share is not reported itself."""
    seats = reported.filter(pl.col("metric_id") == SEATS, pl.col("value") > 0).select(
        *COMMITTEE, seats="value", of_seats="verified", disputed=pl.col("other_value").is_not_null()
    )
    there = reported.filter(pl.col("metric_id") == SHARE)
    rank = {word: place for place, word in enumerate(WORST_FIRST)}
    least = pl.min_horizontal(
        pl.col(name).replace_strict(rank, return_dtype=pl.Int8) for name in ("verified", "of_seats")
    )
    either = pl.col("disputed") | pl.col("other_value").is_not_null()
    return (
        reported.filter(pl.col("metric_id") == OF_RESIDENTS)
        .join(seats, on=COMMITTEE)
        .join(there, on=COMMITTEE, how="anti")
        .with_columns(
            note=sentences(
                pl.format(
                    "Computed: {} of {} seats.",
                    pl.col("value").round(0).cast(pl.Int64),
                    pl.col("seats").round(0).cast(pl.Int64),
                ),
                pl.when(either).then(pl.lit("Sources disagree on the seats; see their rows.")),
            ),
            metric_id=pl.lit(SHARE),
            title=pl.lit(TITLE),
            value=pl.col("value") / pl.col("seats"),
            unit=pl.lit("share"),
            target=pl.lit(HALF),
            target_year=pl.lit(None, pl.Int32),
            verified=least.replace_strict(dict(enumerate(WORST_FIRST)), return_dtype=pl.String),
            other_value=pl.lit(None, pl.Float64),
            other_source=pl.lit(None, pl.String),
            choice=pl.lit(None, pl.String),
        )
        .select(reported.columns)
    )
