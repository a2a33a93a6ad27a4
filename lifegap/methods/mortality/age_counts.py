"""What the errors of a survey's counts of people by age do to a life table of several areas.

Each area's death rates are weighted by its people of that age, whom a survey has only counted in a sample:
with the count of one area moves the rate of all. Counts of tracts are small beside their errors, and none is
below zero, so they are drawn anew, normal and cut off at nothing, and the spread of the tables that come of
it is the error. Areas and counts are independent; bands that are parts of one count (under 1 and 1 to 4, of
the survey's under 5) move together.

Source: parametric bootstrap of the weights; Preston, Heuveline and Guillot (2001), *Demography*, chapter 2,
for rates as weighted means.
"""

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from lifegap.methods.arrays import Floats
from lifegap.methods.draws import standard_draws
from lifegap.methods.mortality.decomposition import DRAWS, table_of


def rates_by_drawn_counts(bands: pl.DataFrame, group: str, *, draws: int, seed: int) -> tuple[list, Floats]:
    """Groups, sorted, and their rates (groups, draws, bands) where nothing but the counts is drawn.

    bands: one row for each group (column `group`), unit and age_start, with people, mx (per person-year),
    share (of the unit that is of the group, 0 to 1), se_of_age (persons: of all people of the unit in the
    band; null where they are exact) and counted (the count that the band is a part of). A unit is drawn once
    for all groups that it is of. NaN where a draw leaves nobody of an age.
    """
    rows = bands.sort(group, "unit", "age_start")
    groups, units = (rows[name].unique().sort().to_list() for name in (group, "unit"))
    ages = rows["age_start"].unique().sort().to_list()
    standard: dict[int, Floats] = {}
    found = np.empty((len(groups), draws, len(ages)))
    for index, age in enumerate(ages):
        of_age = rows.filter(pl.col("age_start") == age)
        counted = of_age["counted"][0]
        if counted not in standard:
            standard = {counted: standard_draws(units, str(counted), draws=draws, seed=seed)}
        row = np.searchsorted(groups, of_age[group].to_list())
        column = np.searchsorted(units, of_age["unit"].to_list())
        people, m = of_age["people"].to_numpy(), of_age["mx"].to_numpy()
        error = of_age.select(pl.col("share") * pl.col("se_of_age").fill_null(0.0)).to_series().to_numpy()
        drawn = np.maximum(people[:, None] + error[:, None] * standard[counted][column], 0.0)
        whose = csr_array((np.ones(len(row)), (row, np.arange(len(row)))), shape=(len(groups), len(row)))
        deaths, everybody = whose @ (m[:, None] * drawn), whose @ drawn
        found[:, :, index] = np.divide(
            deaths, everybody, out=np.full_like(deaths, np.nan), where=everybody > 0
        )
    return groups, found


def se_of_age_counts(bands: pl.DataFrame, table: pl.DataFrame, by: list[str], *, seed: int) -> pl.DataFrame:
    """Standard error of each expectation that comes from the counts of people by age.

    bands: rows by `by`, unit and age band, as `rates_by_drawn_counts` reads them. table: the pooled tables of
    the same groups, as `pooled_life_table` returns them. Returns `by`, age_start, se_people (years), for
    groups with such errors and a table.
    """
    whole = table.filter(pl.col("se").is_not_null().all().over(by)).sort(*by, "age_start")
    counted = bands.filter(pl.col("se_of_age").is_not_null().any().over(by))
    keys = (
        whole.select(by).unique(maintain_order=True).join(counted, on=by, how="semi", maintain_order="left")
    )
    keys = keys.with_row_index("group")
    if keys.is_empty():
        return whole.clear().select(*by, "age_start", se_people=pl.lit(None, pl.Float64))
    _, rates = rates_by_drawn_counts(counted.join(keys, on=by), "group", draws=DRAWS, seed=seed)
    kept = keys.join(whole, on=by, maintain_order="left")
    ages = kept["age_start"].unique().sort().to_numpy().astype(np.float64)
    fractions = kept["ax"].to_numpy().reshape(len(keys), len(ages))[:, :-1]
    spread = []
    for of_group, a in zip(rates, fractions, strict=True):
        drawn = of_group[np.isfinite(of_group).all(axis=1)]
        ex = table_of(drawn, ages, lambda m, a=a: np.broadcast_to(a, (len(m), len(a)))).ex
        spread.append(ex.std(axis=0, ddof=1))
    return kept.select(*by, "age_start", se_people=pl.Series(np.concatenate(spread)))
