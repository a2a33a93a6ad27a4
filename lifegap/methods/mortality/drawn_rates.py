"""Death rates of several areas together, drawn again within their errors, with what the draws share.

Places that share an area (a ZIP code and its county) share its errors, so areas are drawn once and places
are made of the same draws. A draw moves each area's rate by its standard error; the rate of a place follows
as a mean with fixed weights. Below nothing no rate falls. What is drawn of the open band are years of life,
1/m, on which an expectation rests evenly: on their logarithm, so that they keep their mean and their standard
error, and none is cut off however few have died.

Source: parametric bootstrap; rates of areas are taken as normal and independent, the years of a place's open
band as lognormal.
"""

from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import ndtri

from lifegap.methods.arrays import Floats
from lifegap.methods.draws import standard_draws
from lifegap.methods.mortality.age_counts import rates_by_drawn_counts

Moves = tuple[csr_array, Floats]
"""By how much each standard normal moves each place, (places, normals), and their draws (normals, draws)."""


def drawn_pooled_rates(bands: pl.DataFrame, place: str, *, draws: int, seed: int) -> tuple[list[str], Floats]:
    """Places and their rates, (places, draws, bands), per person-year and never below 0.

    bands: one row for each place (column `place`), unit and age_start, with people, mx, var_mx, share and
    var_share as in `shares.se_of_shares`, and perhaps se_of_age and counted as in
    `age_counts.rates_by_drawn_counts`. Every place has the same bands, and people in each of them.
    """
    rows = bands.sort(place, "unit", "age_start")
    places, units = (rows[name].unique().sort().to_list() for name in (place, "unit"))
    ages = rows["age_start"].unique().sort().to_list()
    pairs = rows.select(place, "unit", "var_share").unique(maintain_order=True)

    drawn_of = partial(standard_draws, draws=draws, seed=seed)
    is_cut = (pairs["var_share"] > 0).to_numpy()
    cut = np.zeros((len(pairs), draws))
    if is_cut.any():
        cut[is_cut] = drawn_of(pairs.filter(is_cut).select(place, "unit").iter_rows(), "share")
    counted = "se_of_age" in rows.columns and rows["se_of_age"].is_not_null().any()
    by_counts = rates_by_drawn_counts(rows, place, draws=draws, seed=seed)[1] if counted else None
    found = np.empty((len(places), draws, len(ages)))
    for index, age in enumerate(ages):
        of_age = rows.filter(pl.col("age_start") == age)
        row = np.searchsorted(places, of_age[place].to_list())
        column = np.searchsorted(units, of_age["unit"].to_list())
        m, people, share = (of_age[name].to_numpy() for name in ("mx", "people", "share"))
        all_people = np.bincount(row, people, len(places))[row]
        mean = np.bincount(row, people * m / all_people, len(places)).astype(np.float64)
        away = (m - mean[row]) / all_people
        rate_error = people / all_people * of_age["var_mx"].sqrt().to_numpy()
        moves = [_moves(rate_error, row, column, drawn_of(units, f"rate at {age}"), len(places))]
        if is_cut.any():
            of_share = np.divide(people, share, out=np.zeros_like(m), where=share > 0)
            each = away * of_share * of_age["var_share"].sqrt().to_numpy()
            moves.append(_moves(each, row, np.arange(len(row)), cut, len(places)))
        moved = np.sum([by @ drawn for by, drawn in moves], axis=0)
        variance = np.sum([(by * by).sum(axis=1) for by, _ in moves], axis=0)
        if by_counts is not None:
            # Where a draw leaves nobody of an age nothing moves.
            off = np.nan_to_num(by_counts[:, :, index] - np.nanmean(by_counts[:, :, index], axis=1)[:, None])
            moved, variance = moved + off, variance + off.var(axis=1)
        last = age == ages[-1]
        found[:, :, index] = (
            _years_lognormal(mean, moved, variance) if last else np.maximum(mean[:, None] + moved, 0.0)
        )
    return places, found


def _moves(
    each: Floats, row: NDArray[np.intp], column: NDArray[np.intp], drawn: Floats, places: int
) -> Moves:
    return csr_array((each, (row, column)), shape=(places, len(drawn))), drawn


def _years_lognormal(mean: Floats, moved: Floats, variance: Floats) -> Floats:
    """Rates (places, draws) around these means (places,), moved so, whose 1/m are lognormal around 1/mean.

    The draws of a place stand, in their order, at the quantiles of the normal distribution: how long the
    tail is, on which the spread of years rests, is not left to the two or three largest draws.
    """
    relative = np.divide(variance, mean**2, out=np.zeros_like(mean), where=mean > 0)
    spread, error = np.log1p(relative)[:, None], np.sqrt(variance)[:, None]
    ranks = moved.argsort(axis=1).argsort(axis=1)
    standard = np.where(error > 0, ndtri((ranks + 0.5) / moved.shape[1]), 0.0)
    return mean[:, None] * np.exp(np.sqrt(spread) * standard + spread / 2)
