"""Algebra of American Community Survey margins of error, as Polars expressions.

Margins are 90 percent margins, in the unit of their estimates. Estimates are taken as independent,
as the Bureau's approximations do; a published figure for the whole area is always better.

Source: U.S. Census Bureau (2018), *Understanding and Using American Community Survey Data*,
chapter 8; the rule for zero estimates is the Bureau's: one margin, the largest, counts for all.
"""

import polars as pl

from lifegap.methods.intervals import ACS_Z90


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

    A negative radicand falls back to the formula of a ratio. Null where the denominator is 0.
    """
    share = numerator / denominator
    radicand = numerator_margin**2 - share**2 * denominator_margin**2
    ratio = numerator_margin**2 + share**2 * denominator_margin**2
    root = pl.when(radicand >= 0).then(radicand).otherwise(ratio).sqrt()
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


def se_of_margin(margin: pl.Expr) -> pl.Expr:
    """Standard error of a 90 percent margin."""
    return margin / ACS_Z90
