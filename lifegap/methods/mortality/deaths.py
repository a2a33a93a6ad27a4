"""Life tables from deaths and population by age, in any bands, for many areas at once.

Gates come first (`gates`): an area whose deaths or population cannot be true, or cannot carry a table, gets
no column at all and a reason. Nothing is merged or borrowed to save a table, but for the years of life in the
open band where the caller gives them.

Source: Chiang (1984) with the open band's term of Silcocks, Jenner and Reza (2001), by default under the
convention of Public Health England: those who die in the first year have lived a tenth of it, all others
half of their band.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lifegap.methods.arrays import Floats
from lifegap.methods.mortality.fractions import fractions
from lifegap.methods.mortality.gates import areas_of, refusal
from lifegap.methods.mortality.life_table import (
    RADIX,
    LifeTable,
    life_table,
    probability_of_dying,
    probability_variance_of_deaths,
)
from lifegap.methods.surveys.intervals import Z95

Bools = NDArray[np.bool_]

LEAST_PERSON_YEARS = 5000.0
"""A total of this many or fewer is too small for a table."""

WIDEST_YEARS = 10.0
"""Half-width of an interval beyond which an expectation is withheld, with its limits."""

WIDE, NOBODY, NO_PEOPLE = (
    "withheld:wide_interval", "not_computable:nobody_survives", "not_published:population",
)  # fmt: skip

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
    band), open_ex and open_se (years of life at the start of the open band, of a standard), refused (a
    reason that the caller has). The first age need not be 0. Returns `by`, age_start, age_end, the columns
    of the table (mx per person-year, ages and expectations in years, lx of 100,000 at the first age) and
    reason, sorted. A group that is refused has its reason in every row and nothing else; an expectation
    whose interval is too wide has its reason in its row, as have all from the age on at which nobody
    survives, and all where there are no people from some age on and no standard closes the table.
    """
    if rows.is_empty():
        return _empty(rows, by)
    areas = areas_of(rows, by)
    areas = areas.with_columns(reason=refusal(areas, least_person_years))
    parts = areas.with_columns(made=pl.col("reason").is_null()).partition_by(
        "age_start", "made", maintain_order=True
    )
    made = [_tables(part, by, convention) if part["made"][0] else _refused(part, by) for part in parts]
    if len(made) == 1:
        return made[0]  # sorted as it came
    return pl.concat(made, how="diagonal_relaxed").sort(*by, "age_start")


def _tables(areas: pl.DataFrame, by: list[str], convention: str) -> pl.DataFrame:
    """The tables of areas with the same bands."""
    ages = np.array(areas["age_start"][0].to_list())
    n = np.diff(ages)
    deaths, people = (_matrix(areas[name]) for name in ("deaths", "population"))
    borrowed, borrowed_se = (areas[name].to_numpy() for name in ("open_ex", "open_se"))
    has_standard = np.isfinite(borrowed)
    no_people = areas["closed"].to_numpy() & ~has_standard
    with np.errstate(divide="ignore", invalid="ignore"):
        m = deaths / people  # of an open band that a standard closes there may be no people
    m[:, -1] = np.where(has_standard, 1 / borrowed, np.where(no_people, 1.0, m[:, -1]))
    a = fractions(convention, ages)(m)
    q = probability_of_dying(m[:, :-1], n, a)
    # A Poisson count of D deaths: var(D / P) = D / P² = m² / D.
    of_deaths = m[:, -1] ** 2 / np.where(deaths[:, -1] > 0, deaths[:, -1], 1.0)
    found = life_table(
        m,
        n,
        a,
        var_q=probability_variance_of_deaths(q, deaths[:, :-1]),
        # The variance of 1/e is that of e over its fourth power.
        var_open=np.where(has_standard, m[:, -1] ** 4 * np.nan_to_num(borrowed_se) ** 2, of_deaths),
        radix=RADIX,
    )
    return _columns(areas, by, m, a, found, no_people)


def _columns(
    areas: pl.DataFrame, by: list[str], m: Floats, a: Floats, found: LifeTable, no_people: Bools
) -> pl.DataFrame:
    """The tables as rows, without the figures that have a reason instead."""
    ages = np.array(areas["age_start"][0].to_list())
    dies_out = np.cumsum(found.qx >= 1, axis=1) > 0
    dies_out[:, -1] = dies_out[:, -2]  # that all die in the open band is no fault
    born_out = np.hstack([np.zeros((len(m), 1), dtype=bool), dies_out[:, :-1]])
    last = np.arange(len(ages)) == len(ages) - 1
    open_unknown = no_people[:, None] & last
    half = Z95 * found.se
    wide = half > WIDEST_YEARS
    no_ex = wide | dies_out | no_people[:, None]
    gone = dies_out | open_unknown
    columns: dict[str, tuple[Floats, Bools]] = {
        "mx": (m, open_unknown),
        "ax": (np.hstack([a, np.full((len(m), 1), np.nan)]), gone),
        "qx": (found.qx, gone),
        "lx": (found.lx, born_out),
        "dx": (found.lx * found.qx, gone),
        "Lx": (found.Lx, gone),
        "Tx": (found.Tx, dies_out | no_people[:, None]),
        "ex": (found.ex, no_ex),
        "se": (found.se, no_ex),
        "ci_low": (found.ex - half, no_ex),
        "ci_high": (found.ex + half, no_ex),
    }
    starts = areas.select(*by, "age_start").explode("age_start")
    closed = np.append(ages[1:], np.nan)[None, :].repeat(len(m), axis=0)
    reasons = ((np.broadcast_to(no_people[:, None], m.shape), NO_PEOPLE), (dies_out, NOBODY), (wide, WIDE))
    return starts.with_columns(
        pl.Series("age_end", closed.ravel()).fill_nan(None),
        *(
            pl.Series(name, np.where(without, np.nan, values).ravel()).fill_nan(None)
            for name, (values, without) in columns.items()
        ),
    ).with_columns(
        reason=pl.coalesce(pl.when(pl.Series(where.ravel())).then(pl.lit(why)) for where, why in reasons)
    )


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
    """Lists of one length as (areas, bands); NaN where nothing is known."""
    return lists.explode().to_numpy().reshape(len(lists), -1).astype(np.float64)
