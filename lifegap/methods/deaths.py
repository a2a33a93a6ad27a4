"""Life tables from deaths and population by age, in any bands, for many areas at once.

Gates come first: an area whose deaths or population cannot be true, or cannot carry a table, gets no
column at all and a reason. Nothing is merged or borrowed to save a table.

Source: Chiang (1984) with the open band's term of Silcocks, Jenner and Reza (2001), by default under the
convention of Public Health England: those who die in the first year have lived a tenth of it, all others
half of their band. The gates are those of the same method.
"""

import numpy as np
import polars as pl

from lifegap.methods.fractions import fractions
from lifegap.methods.intervals import Z95
from lifegap.methods.life_table import (
    RADIX,
    Floats,
    life_table,
    probability_of_dying,
    probability_variance_of_deaths,
)

LEAST_PERSON_YEARS = 5000.0
"""A total of this many or fewer is too small for a table."""

WIDEST_YEARS = 10.0
"""Half-width of an interval beyond which an expectation is withheld, with its limits."""

COLUMNS = ("mx", "ax", "qx", "lx", "dx", "Lx", "Tx", "ex", "se", "ci_low", "ci_high")


def life_tables_of_deaths(
    rows: pl.DataFrame,
    by: list[str],
    *,
    least_person_years: float = LEAST_PERSON_YEARS,
    convention: str = "phe",
) -> pl.DataFrame:
    """The life table of each group of rows, under one convention of `fractions`.

    rows: `by`, age_start (years), deaths, population (person-years), and perhaps age_end (null in the open
    band). Returns `by`, age_start, age_end, the columns of the table (mx per person-year, ages and
    expectations in years, lx of 100,000 born) and reason, sorted. A group that is refused has its reason in
    every row and nothing else; an expectation whose interval is too wide has its reason in its row.
    """
    ends = rows if "age_end" in rows.columns else rows.with_columns(age_end=pl.lit(None, pl.Float64))
    areas = (
        ends.with_columns(pl.col("age_start", "age_end", "deaths", "population").cast(pl.Float64))
        .sort(*by, "age_start")
        .group_by(by or pl.lit(1).alias("_all"), maintain_order=True)
        .agg("age_start", "age_end", "deaths", "population")
        .with_columns(reason=_refusal(least_person_years))
    )
    parts = areas.with_columns(refused=pl.col("reason").is_not_null()).partition_by(
        "age_start", "refused", maintain_order=True
    )
    made = [_refused(part, by) if part["refused"][0] else _tables(part, by, convention) for part in parts]
    if len(made) == 1:
        return made[0]  # sorted as it came
    return pl.concat(made, how="diagonal_relaxed").sort(*by, "age_start") if made else _empty(rows, by)


def _refusal(least_person_years: float) -> pl.Expr:
    """Why a group gets no table; null where it gets one."""
    starts, ends = pl.col("age_start"), pl.col("age_end")
    deaths, people = pl.col("deaths"), pl.col("population")
    widths = starts.list.diff().list.slice(1)
    ended = ends.list.slice(0, ends.list.len() - 1)
    apart = (ended - starts.list.slice(1)).list.eval(pl.element() != 0).list.any()
    surplus = (deaths - people).list.max() > 0
    unknown = deaths.list.eval(pl.element().is_null()).list.any()
    nobody = people.list.eval(pl.element().is_null() | (pl.element() <= 0)).list.any()
    rules = (
        (starts.list.eval(pl.element().is_null()).list.any(), "not_computable:age_bands"),
        ((starts.list.first() != 0) | (starts.list.len() < 2), "not_computable:age_bands"),
        (widths.list.min() <= 0, "not_computable:age_bands"),
        (apart.fill_null(False), "not_computable:age_band_missing"),
        (ends.list.last().is_not_null(), "not_computable:open_band"),
        (unknown, "suppressed:too_few_cases"),
        (deaths.list.min() < 0, "not_computable:negative_deaths"),
        (nobody, "not_computable:zero_population"),
        (surplus, "not_computable:deaths_above_population"),
        (people.list.sum() <= least_person_years, "withheld:low_population"),
        (deaths.list.last() == 0, "not_computable:open_band_zero_deaths"),
    )
    return pl.coalesce(pl.when(broken).then(pl.lit(reason)) for broken, reason in rules)


def _tables(areas: pl.DataFrame, by: list[str], convention: str) -> pl.DataFrame:
    """The tables of areas with the same bands."""
    ages = np.array(areas["age_start"][0].to_list())
    n = np.diff(ages)
    deaths, people = (_matrix(areas[name]) for name in ("deaths", "population"))
    m = deaths / people
    a = fractions(convention, ages)(m)
    q = probability_of_dying(m[:, :-1], n, a)
    found = life_table(
        m,
        n,
        a,
        var_q=probability_variance_of_deaths(q, deaths[:, :-1]),
        var_open=m[:, -1] ** 2 / deaths[:, -1],
        radix=RADIX,
    )
    half = Z95 * found.se
    wide = half > WIDEST_YEARS
    open_a = np.full((len(m), 1), np.nan)
    columns: dict[str, Floats] = {
        "mx": m,
        "ax": np.hstack([a, open_a]),
        "qx": found.qx,
        "lx": found.lx,
        "dx": found.lx * found.qx,
        "Lx": found.Lx,
        "Tx": found.Tx,
        "ex": np.where(wide, np.nan, found.ex),
        "se": np.where(wide, np.nan, found.se),
        "ci_low": np.where(wide, np.nan, found.ex - half),
        "ci_high": np.where(wide, np.nan, found.ex + half),
    }
    starts = areas.select(*by, "age_start").explode("age_start")
    closed = np.append(ages[1:], np.nan)[None, :].repeat(len(m), axis=0)
    return starts.with_columns(
        pl.Series("age_end", closed.ravel()).fill_nan(None),
        *(pl.Series(name, values.ravel()).fill_nan(None) for name, values in columns.items()),
    ).with_columns(reason=pl.when(pl.Series(wide.ravel())).then(pl.lit("withheld:wide_interval")))


def _refused(areas: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The rows of areas without a table."""
    rows = areas.select(*by, "age_start", "age_end", "reason").explode("age_start", "age_end")
    return rows.with_columns(pl.lit(None, pl.Float64).alias(name) for name in COLUMNS)


def _empty(rows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    names = ("age_start", "age_end", *COLUMNS)
    return rows.select(by).with_columns(
        *(pl.lit(None, pl.Float64).alias(name) for name in names), reason=pl.lit(None, pl.String)
    )


def _matrix(lists: pl.Series) -> Floats:
    """Lists of one length as (areas, bands)."""
    return lists.explode().to_numpy().reshape(len(lists), -1)
