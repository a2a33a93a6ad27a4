"""Quantiles of areas: tenths, fifths, quarters by rank.

The areas of a tie share the better of their ranks, so that they fall into one quantile and the next may be
small. Ties are taken on values rounded to ten decimals, and the share is counted in whole numbers:
PHEindicatormethods divides in floating point, which for twenty and more quantiles puts some areas one off.

Source: Office for Health Improvement and Disparities, *Public Health Technical Guidance: assigning
deprivation categories*.
"""

import polars as pl

from lifegap.methods.frames import first_reason, unknown

TIE_DECIMALS = 10


def quantiles(
    rows: pl.DataFrame, by: list[str], *, count: int = 10, highest_first: bool = True
) -> pl.DataFrame:
    """The quantile, 1 to `count`, of each row within its group.

    rows: `by`, value. highest_first: quantile 1 holds the highest values. Returns the rows in their order
    with quantile and reason: a row without a value has no quantile, nor has a group with fewer values than
    quantiles.
    ValueError where `count` is below 2.
    """
    if count < 2:
        raise ValueError(f"there are at least two quantiles, not {count}")
    value = pl.when(~unknown("value")).then(pl.col("value").cast(pl.Float64).round(TIE_DECIMALS))
    areas = value.count().cast(pl.Int64)
    rank = value.rank("min", descending=highest_first).cast(pl.Int64)
    if by:
        areas, rank = areas.over(by), rank.over(by)
    not_better = areas + 1 - rank
    from_the_end = (not_better * count + areas - 1) // areas
    return rows.with_columns(
        reason=first_reason(
            (unknown("value"), "not_computable:place"),
            (areas < count, "not_computable:fewer_areas_than_quantiles"),
        ),
        quantile=count + 1 - from_the_end,
    ).with_columns(quantile=pl.when(pl.col("reason").is_null()).then(pl.col("quantile")))
