"""What not knowing where in a cut area people live does to a life table of several areas.

An area that a border cuts is divided by its surface. Its people need not be: nothing is known of the true
share but its mean, so it is taken as a beta variable of precision two around it, which for an area that is
cut in half is any share alike. Whole areas have no such error, nor have areas that were divided by
counts of people.

Source: error propagation by the delta method through Chiang's life table; the variance of a beta variable
with parameters 2w and 2(1 - w), which is w(1 - w)/3.
"""

import polars as pl


def variance_of_share(share: pl.Expr) -> pl.Expr:
    """Variance of the share of people where only the share of surface is known; 0 for a whole area."""
    within = share.clip(0.0, 1.0)
    return within * (1 - within) / 3


def se_of_shares(bands: pl.DataFrame, table: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Standard error of each expectation that comes from the shares of cut areas.

    bands: rows by `by`, unit and age band, with `people` (persons of the unit within the group's place), `mx`
    (per person-year), `share` (of the unit, 0 to 1) and `var_share`. table: the pooled tables of the same
    groups, as `pooled_life_table` returns them. Returns `by`, age_start, se_shares (years), for groups
    with a cut area and a table. A share moves all ages of its unit together; units are independent.
    """
    n = pl.col("age_start").shift(-1).over(by) - pl.col("age_start")
    a, m, e_next = pl.col("ax"), pl.col("mx"), pl.col("ex").shift(-1).over(by)
    closed = n / (1 + n * (1 - a) * m) ** 2 * pl.col("lx") * ((1 - a) * n + e_next)
    pooled = table.sort(*by, "age_start").select(
        *by, "age_start", "lx", M="mx", P="people",
        years_per_rate=pl.when(n.is_null()).then(pl.col("lx") / m**2).otherwise(closed),
    )  # fmt: skip
    cut = bands.filter(pl.col("var_share") > 0).join(pooled, on=[*by, "age_start"])
    whole_unit = pl.col("people") / pl.col("share")
    moved = whole_unit * (pl.col("mx") - pl.col("M")) / pl.col("P") * pl.col("years_per_rate")
    return (
        cut.with_columns(moved=moved)
        .sort(*by, "unit", "age_start")
        .with_columns(years=pl.col("moved").cum_sum(reverse=True).over(*by, "unit") / pl.col("lx"))
        .group_by(*by, "age_start", maintain_order=True)
        .agg(se_shares=(pl.col("years") ** 2 * pl.col("var_share")).sum().sqrt())
    )
