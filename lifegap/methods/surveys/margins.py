"""Algebra of American Community Survey margins of error, as Polars expressions.

Margins are 90 percent margins, in the unit of their estimates. Estimates are taken as independent,
as the Bureau's approximations do; a published figure for the whole area is always better.

Source: U.S. Census Bureau (2018), *Understanding and Using American Community Survey Data*,
chapter 8; the rule for zero estimates is the Bureau's: one margin, the largest, counts for all.
For periods that overlap: the Bureau's *Instructions for Applying Statistical Testing to ACS 5-year Data*.
"""

import polars as pl

from lifegap.methods.surveys.intervals import ACS_Z90

NOTHING = 1e-12
"""Part of a squared margin that is noise of the last digit."""


def margin_of_sum(estimate: pl.Expr, margin: pl.Expr) -> pl.Expr:
    """Margin of the sum of all rows of a group (signs do not matter); null if one is unknown.

    Among rows whose estimate is zero only the largest margin counts, once.
    """
    zero = estimate == 0
    of_zeros = pl.when(zero).then(margin**2).max().fill_null(0.0)
    of_others = pl.when(~zero).then(margin**2).sum()
    known = margin.is_not_null().all() & estimate.is_not_null().all()
    return pl.when(known).then((of_others + of_zeros).sqrt())


def margin_of_proportion(
    numerator: pl.Expr,
    numerator_margin: pl.Expr,
    denominator: pl.Expr,
    denominator_margin: pl.Expr,
) -> pl.Expr:
    """Margin of numerator/denominator where the first is part of the second.

    A radicand that is negative, or 0, falls back to the formula of a ratio: a share that was estimated is not
    known exactly. Null where the denominator is 0.
    """
    share = numerator / denominator
    radicand = numerator_margin**2 - share**2 * denominator_margin**2
    ratio = numerator_margin**2 + share**2 * denominator_margin**2
    root = pl.when(radicand > NOTHING * numerator_margin**2).then(radicand).otherwise(ratio).sqrt()
    return pl.when(denominator > 0).then(root / denominator)


def margin_of_ratio(
    numerator: pl.Expr,
    numerator_margin: pl.Expr,
    denominator: pl.Expr,
    denominator_margin: pl.Expr,
) -> pl.Expr:
    """Margin of numerator/denominator where neither is part of the other."""
    ratio = numerator / denominator
    return pl.when(denominator > 0).then(
        (numerator_margin**2 + ratio**2 * denominator_margin**2).sqrt() / denominator
    )


def margin_of_product(
    first: pl.Expr, first_margin: pl.Expr, second: pl.Expr, second_margin: pl.Expr
) -> pl.Expr:
    """Margin of first × second."""
    return (first**2 * second_margin**2 + second**2 * first_margin**2).sqrt()


def margin_of_percent_change(new: pl.Expr, new_margin: pl.Expr, old: pl.Expr, old_margin: pl.Expr) -> pl.Expr:
    """Margin of 100 × (new − old)/old, in percent: that of the ratio new/old. Null unless old is above 0."""
    return 100 * margin_of_ratio(new, new_margin, old, old_margin)


def se_of_overlapping_difference(
    first_se: pl.Expr, second_se: pl.Expr, first_end: pl.Expr, second_end: pl.Expr, *, years: int = 5
) -> pl.Expr:
    """Standard error of the difference of one place's figures of two periods of `years` years.

    The ends are calendar years. The years that both periods hold are the same answers and cancel: the share C
    of common years leaves √(1 − C) of the error of independent periods.
    """
    apart = (second_end.cast(pl.Int64) - first_end.cast(pl.Int64)).abs()  # unsigned years do not go below 0
    common = (years - pl.min_horizontal(apart, pl.lit(years))) / years
    return (1 - common).sqrt() * (first_se**2 + second_se**2).sqrt()


def se_of_margin(margin: pl.Expr) -> pl.Expr:
    """Standard error of a 90 percent margin."""
    return margin / ACS_Z90
