"""Figures without a standard error: at best as sure as the nearest edition of the same series that has one.

A series is a place, a publisher, a population group and what is measured. Where no edition of it has an
error, nothing says how sure the figure is: it is shown, with caution, and not quoted. Ranks and scores are
no estimates, and where everyone is counted there is no error of sampling: these have lost nothing.
"""

import polars as pl

from assets.wording import period_text, sentences
from lifegap.catalog.catalog import Catalog
from lifegap.methods.surveys.reliability import nearest_with_error, worse

NO_ESTIMATE = ("rank", "z-score", "score", "percentile", "index")
"""Units of what orders places and estimates nothing."""


def as_sure_as_the_nearest_edition(
    rows: pl.DataFrame, figure: str, by: list[str], catalog: Catalog, *, no_estimate: pl.Expr | None = None
) -> pl.DataFrame:
    """The rows with reliability, reason and cautions so lowered, and unmeasured: no edition has an error.

    rows: `by`, source_id, period_start, period_end, `figure`, se, reliability, reason, cautions.
    no_estimate: where the figure is none that could have an error.
    """
    everyone = [card.id for card in catalog.cards.values() if card.counts_everyone]
    exact = pl.col("source_id").is_in(everyone)
    if no_estimate is not None:
        exact = exact | no_estimate
    lacking = pl.col(figure).is_not_null() & pl.col("se").is_null() & ~exact
    unmeasured = lacking & pl.col("nearest").is_null()
    near = pl.when(lacking).then("nearest")
    lost = (near == "unreliable").fill_null(value=False) & (pl.col("reliability") != "unreliable")
    period = period_text(pl.col("nearest_start"), pl.col("nearest_end"))
    told = pl.format("No error is printed; how sure it is, is told by the edition of {}.", period)
    return (
        nearest_with_error(rows, figure, by)
        .with_columns(
            unmeasured=unmeasured,
            reliability=worse(pl.col("reliability"), near),
            reason=pl.when(lost)
            .then(pl.lit("unreliable:nearest_edition"))
            .otherwise(
                pl.coalesce("reason", pl.when(unmeasured).then(pl.lit("not_published:standard_error")))
            ),
            cautions=sentences(pl.col("cautions"), pl.when(near.is_not_null()).then(told)),
        )
        .drop("nearest", "nearest_start", "nearest_end")
    )
