"""Death rates of several areas together, drawn again within their errors, with what the draws share.

Places that share an area (a ZIP code and its county) share its errors, so areas are drawn once and places
are made of the same draws. A draw moves each area's rate by its standard error; the rate of a place follows
as a mean with fixed weights, so no area is cut off at zero, which would push it up.

Source: parametric bootstrap; rates of areas are taken as normal and independent.
"""

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from lifegap.methods.life_table import Floats

SHORTEST_LIFE = 0.01
"""Years in the open band below which no draw goes."""


def drawn_pooled_rates(bands: pl.DataFrame, place: str, *, draws: int, seed: int) -> tuple[list[str], Floats]:
    """Places and their rates, (places, draws, bands), per person-year and never below 0.

    bands: one row for each place (column `place`), unit and age_start, with people, mx, var_mx, share and
    var_share as in `shares.se_of_shares`. Every place has the same bands, and people in each of them.
    """
    random = np.random.default_rng(seed)
    rows = bands.sort(place, "unit", "age_start").with_columns(
        weight=pl.col("people") / pl.col("people").sum().over(place, "age_start")
    )
    places, units = (rows[name].unique().sort().to_list() for name in (place, "unit"))
    ages = rows["age_start"].unique().sort().to_list()
    pairs = rows.select(place, "unit", "var_share").unique(maintain_order=True)
    cut = pairs.with_columns(pl.col("var_share").sqrt())["var_share"].to_numpy()
    moved = cut[:, None] * random.standard_normal((len(cut), draws)) if cut.any() else None
    found = np.empty((len(places), draws, len(ages)))
    mean: Floats = np.zeros(len(places))
    for index, age in enumerate(ages):
        of_age = rows.filter(pl.col("age_start") == age)
        row = np.searchsorted(places, of_age[place].to_list())
        column = np.searchsorted(units, of_age["unit"].to_list())
        m, weight = of_age["mx"].to_numpy(), of_age["weight"].to_numpy()
        shape = (len(places), len(units))
        of_units = csr_array((weight, (row, column)), shape=shape)
        se = of_age.unique("unit").sort("unit")["var_mx"].sqrt().to_numpy()
        mean = np.bincount(row, weight * m, len(places)).astype(np.float64)
        rates = mean[:, None] + of_units @ (se[:, None] * random.standard_normal((len(units), draws)))
        if moved is not None:
            share = of_age["share"].to_numpy()
            of_share = np.divide(weight * (m - mean[row]), share, out=np.zeros_like(m), where=share > 0)
            rates += csr_array((of_share, (row, np.arange(len(row)))), shape=(len(places), len(row))) @ moved
        found[:, :, index] = np.maximum(rates, 0) if age != ages[-1] else rates
    return places, _with_open_band(found, mean)


def _with_open_band(rates: Floats, mean: Floats) -> Floats:
    """The rates with the open band's drawn as years of life, 1/m, on which an expectation rests evenly."""
    years = 2 / mean[:, None] - rates[:, :, -1] / mean[:, None] ** 2
    rates[:, :, -1] = 1 / np.maximum(years, SHORTEST_LIFE)
    return rates
