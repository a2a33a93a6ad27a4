"""The life table of several small areas taken together.

What is pooled is death rates by age, weighted by the people of that age, never life expectancies:
the mean of e(0) weights the ages of each area by the wrong populations and tends to be too high
where mortality differs.

Weights, best first: `pooled_a` people by age of the same period; `pooled_a_prime` a survey's age
profile of the same areas; `pooled_b` the total population spread by each area's own stationary
shares L(x)/T(0); `weighted_mean` the mean of e(0), published only as unreliable.

Source: Chiang (1984) for the tables; Preston, Heuveline and Guillot (2001), *Demography*, chapters
2 and 3, for rates of merged populations as population-weighted means of rates.
"""

import numpy as np
import polars as pl

from lifegap.methods.mortality.life_table import life_table, probability_variance


def stationary_population(population: pl.Expr, nLx: pl.Expr, T0: pl.Expr) -> pl.Expr:
    """People of a band if `population` had the age structure of its own life table."""
    return population * nLx / T0


def pooled_life_table(bands: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Life table of each group of areas, from the tables of its areas.

    bands: one row per group, area and age band, with `age_start` (years; the last band open),
    `people` (weight, persons of the band), `mx` (deaths per person-year), `var_mx` and `ax`
    (fraction of the band lived by those who die in it; ignored for the open band).
    Returns `by`, age_start, people, mx, ax, qx, lx, nLx, Tx, ex, se: one row per group and band.
    A group with no people in some band has nulls in all columns of the table: its rate there is
    unknown, and so is every expectation.

    Areas are taken as independent, so the standard error is a lower bound where their tables
    come from one model.
    """
    rates = (
        # Sums of floats depend on their order; sorted, the same rows give the same digits.
        bands.sort(*by, "age_start", "people", "mx", "var_mx")
        .group_by(*by, "age_start", maintain_order=True)
        .agg(
            people=pl.col("people").sum(),
            deaths=(pl.col("people") * pl.col("mx")).sum(),
            variance=(pl.col("people") ** 2 * pl.col("var_mx")).sum(),
            lived=(pl.col("people") * pl.col("mx") * pl.col("ax")).sum(),
            plain_ax=pl.col("ax").mean(),
        )
        .with_columns(
            mx=pl.when(pl.col("people") > 0).then(pl.col("deaths") / pl.col("people")),
            var_mx=pl.when(pl.col("people") > 0).then(pl.col("variance") / pl.col("people") ** 2),
            ax=pl.when(pl.col("deaths") > 0).then(pl.col("lived") / pl.col("deaths")).otherwise("plain_ax"),
        )
        .sort(*by, "age_start")
    )
    ages = rates["age_start"].unique().sort().to_numpy()
    m, var_m, a = (rates[name].to_numpy().reshape(-1, len(ages)) for name in ("mx", "var_mx", "ax"))
    n, a = np.diff(ages).astype(float), a[:, :-1]
    table = life_table(
        m,
        n,
        a,
        var_q=probability_variance(m[:, :-1], var_m[:, :-1], n, a),
        var_open=var_m[:, -1],
    )
    return rates.select(
        *by, "age_start", "people", "mx",
        ax=pl.when(pl.col("age_start") < int(ages[-1])).then("ax"),
    ).with_columns(
        pl.Series(name, values.ravel()).fill_nan(None)
        for name, values in {
            "qx": table.qx,
            "lx": table.lx,
            "nLx": table.Lx,
            "Tx": table.Tx,
            "ex": table.ex,
            "se": table.se,
        }.items()
    )  # fmt: skip


def weighted_mean(estimate: pl.Expr, weight: pl.Expr) -> pl.Expr:
    """Mean of the estimates that exist, by weight; null where none does."""
    kept = pl.when(estimate.is_not_null()).then(weight)
    return pl.when(kept.sum() > 0).then((estimate * weight).sum() / kept.sum())


def weighted_mean_se(estimate: pl.Expr, se: pl.Expr, weight: pl.Expr) -> pl.Expr:
    """Standard error of `weighted_mean`, parts independent; null where any part has none."""
    kept = pl.when(estimate.is_not_null()).then(weight)
    unknown = (estimate.is_not_null() & se.is_null()).any()
    return pl.when(~unknown & (kept.sum() > 0)).then(((se * kept) ** 2).sum().sqrt() / kept.sum())
