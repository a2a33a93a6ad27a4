"""How sure a figure is, in words: good, caution, unreliable.

Years: by the half-width of the 95 percent interval, at most 2 good, at most 5 caution (a choice of
this project). Counts and medians: by the coefficient of variation, at most 12 percent, at most 40
(the classes Esri prints beside ACS data). Proportions: a half-width of at most 2.5 points is good
whatever the rest; else the coefficient of variation of the rarer of the event and its opposite.
No standard error: caution; and losing the error never lifts a figure above the class of the nearest
edition that has one.
"""

import polars as pl

from lifegap.methods.surveys.intervals import Z95

GOOD_YEARS, CAUTION_YEARS = 2.0, 5.0
GOOD_CV, CAUTION_CV = 0.12, 0.40
GOOD_POINTS = 2.5


CLASSES = ("good", "caution", "unreliable", "withheld")
"""From the best to the worst."""


def reliability_of_years(se: pl.Expr) -> pl.Expr:
    """se: standard error in years."""
    half_width = Z95 * se
    return _classes(half_width <= GOOD_YEARS, half_width <= CAUTION_YEARS, se)


def reliability_of_count(estimate: pl.Expr, se: pl.Expr) -> pl.Expr:
    """Estimate and se of a count, a median or a mean, in one unit."""
    cv = se / estimate.abs()
    return _classes(cv <= GOOD_CV, cv <= CAUTION_CV, se)


def reliability_of_percent(percent: pl.Expr, se: pl.Expr) -> pl.Expr:
    """Percent 0 to 100 and its standard error in points."""
    rarer = pl.min_horizontal(percent, 100 - percent)
    cv = se / rarer
    good = (Z95 * se <= GOOD_POINTS) | (cv <= GOOD_CV)
    return _classes(good, cv <= CAUTION_CV, se)


def _classes(good: pl.Expr, caution: pl.Expr, se: pl.Expr) -> pl.Expr:
    return (
        pl.when(se.is_null())
        .then(pl.lit("caution"))
        .when(good)
        .then(pl.lit("good"))
        .when(caution)
        .then(pl.lit("caution"))
        .otherwise(pl.lit("unreliable"))
    )


def worse(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The worse of two classes; a null counts for nothing."""
    places = [each.cast(pl.Enum(CLASSES)).to_physical() for each in (one, other)]
    return pl.max_horizontal(places).replace_strict(dict(enumerate(CLASSES)), return_dtype=pl.String)


def at_best_caution(reliability: pl.Expr, where: pl.Expr) -> pl.Expr:
    """The reliability, lowered from good to caution where the condition holds."""
    return (
        pl.when(where.fill_null(False) & (reliability == "good"))
        .then(pl.lit("caution"))
        .otherwise(reliability)
    )


def nearest_with_error(rows: pl.DataFrame, figure: str, by: list[str]) -> pl.DataFrame:
    """Of every row whose figure has no standard error, the nearest edition that has one, added as columns.

    rows: `by` (what makes a series), period_start, period_end (years), `figure`, se, reliability. Nearest by
    the middle of the period; of two as near, the less reliable. Adds nearest (its reliability),
    nearest_start and nearest_end; null where the row has an error or no edition of its series has.
    """
    numbered = rows.with_row_index("_row")
    there = pl.col(figure).is_not_null()
    middle = (pl.col("period_start") + pl.col("period_end")) / 2
    rank = pl.col("reliability").cast(pl.Enum(CLASSES)).to_physical()
    lacking = numbered.filter(there & pl.col("se").is_null()).select("_row", *by, _middle=middle)
    known = numbered.filter(there & pl.col("se").is_not_null()).select(
        *by, _at=middle, _rank=rank, nearest="reliability", nearest_start="period_start",
        nearest_end="period_end",
    )  # fmt: skip
    found = (
        lacking.join(known, on=by)
        .sort(
            "_row",
            (pl.col("_at") - pl.col("_middle")).abs(),
            pl.col("_rank"),
            "nearest_end",
            descending=[False, False, True, True],
        )
        .unique("_row", keep="first", maintain_order=True)
        .select("_row", "nearest", "nearest_start", "nearest_end")
    )
    return numbered.join(found, on="_row", how="left", maintain_order="left").drop("_row")
