"""Medians of counts by interval, with the margin that the Census Bureau's design factor gives.

An interval ends where the next one begins: nobody lives between 59,999 and 60,000 dollars. The lowest and the
highest interval may have no end. A median there is only "at least" or "at most" the end that there is, and a
limit there leaves the median without a margin. Means are not offered: they hang on the open interval.

Source: U.S. Census Bureau, *PUMS Accuracy of the Data (2013-2017)*, standard errors of medians, and *American
Community Survey Subject Definitions*, derived measures, for interpolation, linear or Pareto.
"""

from typing import Literal

import numpy as np
import polars as pl

from lifegap.methods.arrays import Floats
from lifegap.methods.surveys.intervals import ACS_Z90

ONE_YEAR_SAMPLE, FIVE_YEAR_SAMPLE = 2.5, 12.5
"""Percent of households that one year, or five years, of the American Community Survey ask."""

NARROWEST_PARETO = 2500.0
"""Dollars: an interval of income at least this wide may be interpolated as Pareto."""


def medians_of_intervals(
    counts: Floats,
    edges: Floats,
    *,
    sampling_percent: float,
    design_factor: float = 1.0,
    interpolation: Literal["linear", "pareto"] = "linear",
) -> pl.DataFrame:
    """The median of each row of counts, with its standard error and 90 percent margin.

    counts: (rows, intervals), people or households, NaN where unknown. edges: (intervals + 1,), increasing;
    the first may be -inf and the last inf where there is no end. sampling_percent: how much of the population
    was asked, in percent. interpolation: "pareto" only for income, in intervals that are wide enough.

    Returns median, se, moe90, limit_low and limit_high (below which 50 percent of the cases are, less and
    more one standard error of that share), at_least or at_most where the median lies in an interval without
    end, and reason: why the median, or beside a median why its margin, is missing. Raises ValueError where
    edges do not fit.
    """
    _refuse_impossible(counts, edges, sampling_percent, design_factor)
    whole = counts.sum(axis=1)
    usable = np.isfinite(whole) & (counts >= 0).all(axis=1) & (whole > 0)
    below = np.cumsum(np.where(usable[:, None], counts, 1.0), axis=1)
    below = np.hstack([np.zeros((len(counts), 1)), below])
    total = below[:, -1]
    se_share = design_factor * np.sqrt((100 - sampling_percent) / (sampling_percent * total)) / 2
    enough = se_share < 0.5
    shares = [np.full(len(counts), 0.5), 0.5 - se_share, 0.5 + se_share]
    inside = [np.where(enough, share, 0.5) * total for share in shares]
    median, low, high = (_value_below(people, below, edges, interpolation) for people in inside)
    at = (below[:, 1:] < (total / 2)[:, None]).sum(axis=1)
    se = np.where(np.isnan(median), np.nan, (high - low) / 2)
    found = {"median": median, "se": se, "moe90": ACS_Z90 * se, "limit_low": low, "limit_high": high}
    given = usable & enough
    columns = {name: np.where(given & ~np.isnan(median), values, np.nan) for name, values in found.items()}
    columns["at_least"] = np.where(given & np.isinf(edges[at + 1]), edges[at], np.nan)
    columns["at_most"] = np.where(given & np.isinf(edges[at]), edges[at + 1], np.nan)
    return pl.DataFrame(
        {name: pl.Series(values, dtype=pl.Float64).fill_nan(None) for name, values in columns.items()}
    ).with_columns(reason=_reasons(counts, whole, enough))


def _value_below(people: Floats, below: Floats, edges: Floats, interpolation: str) -> Floats:
    """The value below which so many people of each row are; NaN in an interval without end."""
    at = (below[:, 1:] < people[:, None]).sum(axis=1)
    rows = np.arange(len(below))
    start, end = edges[at], edges[at + 1]
    before, until, total = below[rows, at], below[rows, at + 1], below[:, -1]
    closed = np.isfinite(start) & np.isfinite(end)
    with np.errstate(divide="ignore", invalid="ignore"):
        linear = start + (people - before) / (until - before) * (end - start)
        # ln(number above / number above the value) grows from 0 at the start to its whole at the end
        step = np.log((total - before) / (total - people)) / np.log((total - before) / (total - until))
        pareto = start * (end / start) ** step
    curved = (interpolation == "pareto") & (end - start >= NARROWEST_PARETO) & (start > 0) & (until < total)
    return np.where(closed, np.clip(np.where(curved, pareto, linear), start, end), np.nan)


def _reasons(counts: Floats, whole: Floats, enough: np.ndarray) -> pl.Expr:
    """Why a row has no median, or no margin."""
    rules = (
        ((~np.isfinite(counts)).any(axis=1), "not_computable:cell_missing"),
        ((counts < 0).any(axis=1), "not_computable:negative_count"),
        (whole == 0, "not_computable:nobody_counted"),
        (~enough, "not_computable:sample_too_small"),
    )
    broken = [pl.when(pl.Series(np.asarray(holds))).then(pl.lit(reason)) for holds, reason in rules]
    endless = pl.when(pl.col("median").is_null()).then(pl.lit("not_computable:median_in_open_interval"))
    unmargined = pl.when(pl.col("se").is_null()).then(pl.lit("not_computable:limit_in_open_interval"))
    return pl.coalesce(*broken, endless, unmargined)


def _refuse_impossible(counts: Floats, edges: Floats, sampling_percent: float, design_factor: float) -> None:
    if counts.ndim != 2 or edges.shape != (counts.shape[1] + 1,):
        raise ValueError("there must be a column of counts between every two edges")
    if not (np.diff(edges) > 0).all() or not np.isfinite(edges[1:-1]).all():
        raise ValueError("edges must increase, and only the first and the last may be infinite")
    if not (0 < sampling_percent <= 100 and design_factor > 0):
        raise ValueError("the sampled percentage lies above 0 and up to 100, the design factor above 0")
