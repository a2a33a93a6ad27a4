"""Years of life lost before 75, and deaths in excess of a reference.

Someone who dies in a band of ages has lost the years from its middle to 75. So the bands must break at 75:
one that goes past it holds deaths that lose years and deaths that lose none, and is refused rather than
shared out. Years lost are a weighted sum of deaths and have Dobson's limits.

Source: Romeder and McWhinnie (1977, International Journal of Epidemiology 6:143-151) for years lost; Dobson,
Kuulasmaa, Eberle and Scherer (1991, Statistics in Medicine 10:457-462) for the limits. The standard
population is the United States' of 2000: Klein and Schoenborn (2001), NCHS Healthy People Statistical
Notes 20.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import polars as pl

from lifegap.methods.arrays import Floats
from lifegap.methods.counts.rates import MISSING, normal_quantile, poisson_limits
from lifegap.methods.frames import by_group, first_reason, floats, unknown, with_figures

AGE = 75.0
PER = 100_000
LEAST_DEATHS = 10
"""Years lost that rest on fewer deaths are unreliable; County Health Rankings asks for 20."""

UNITED_STATES_2000: dict[float, float] = {
    0: 13_818,
    1: 55_317,
    5: 145_565,
    15: 138_646,
    25: 135_573,
    35: 162_613,
    45: 134_834,
    55: 87_247,
    65: 66_037,
    75: 44_842,
    85: 15_508,
}
"""The standard million by the age at which each band starts (NCHS, projected population of 2000)."""

WHOLE_AGES: dict[float, float] = {
    0: 0.5, 1: 2.5, 5: 9.5, 15: 19.5, 25: 29.5, 35: 39.5, 45: 49.5, 55: 59.5, 65: 69.5,
}  # fmt: skip
"""The age at death that County Health Rankings takes for each band: the middle of its whole ages, so that a
band of ten years counts half a year more than from its true middle."""

NO_BREAK = "not_computable:no_break_at_75"
NO_EXCESS = "not_computable:no_excess"
NOTHING = 1e-9
"""An excess of less than this share of the deaths is what rounding leaves of none."""


class Concentration(NamedTuple):
    """How far excess deaths gather in few areas.

    top_share is the share of all excess in the `top_areas` areas with the most, NaN with fewer than ten
    areas. lorenz, (areas + 1,), is the share of all excess in the 0, 1, 2 … areas with the least: it runs
    below 0 where areas have fewer deaths than expected, and the Gini coefficient may then exceed 1. reason
    says why figures are NaN.
    """

    top_share: float
    top_areas: int
    gini: float
    lorenz: Floats
    negative_areas: int
    reason: str | None


def years_lost(
    rows: pl.DataFrame,
    by: list[str],
    *,
    standard: Mapping[float, float] = UNITED_STATES_2000,
    middles: Mapping[float, float] | None = None,
    least_deaths: int = LEAST_DEATHS,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """Years of life lost before 75 in each group, and their rates per 100,000 people below 75.

    rows: `by`, age_start (years), deaths, population (person-years), and perhaps age_end (where the band
    ends; null in the open band). standard: people by age_start, with the same bands below 75 as the rows.
    middles: age at death by age_start, in place of the middle of each band (see `WHOLE_AGES`).
    Returns `by`, deaths (below 75), years (lost), crude_rate, crude_se, ypll75_rate (age-adjusted), se,
    ci_low, ci_high and reason, sorted by group. Figures that rest on few deaths stand, as
    unreliable:few_deaths; without deaths there is no standard error and no limit. Bands other than the
    standard's leave only the crude rate.
    """
    found = _sums_below(_bands(rows, by), by, standard, middles or {})
    deaths, years, people = (floats(found, name) for name in ("deaths", "years", "population"))
    some = np.where(deaths > 0, deaths, np.nan)
    crude = {
        "deaths": deaths,
        "years": years,
        "crude_rate": years / people * PER,
        "crude_se": np.where(deaths > 0, np.sqrt(floats(found, "squares")) / people * PER, np.nan),
    }
    other_bands = first_reason((~pl.col("as_standard"), "not_computable:standard_population"))
    told = found.with_columns(reason=pl.coalesce("reason", other_bands))
    rate = floats(told, "weighted") / floats(told, "standard") * PER
    se = np.where(deaths > 0, np.sqrt(floats(told, "variance")) / floats(told, "standard") * PER, np.nan)
    # Dobson and others: the limits of the count, stretched by the weighted sum's error over the count's.
    limits = poisson_limits(some, confidence)
    adjusted = {
        "ypll75_rate": rate,
        "se": se,
        "ci_low": np.maximum(rate + se / np.sqrt(some) * (limits.low - some), 0),
        "ci_high": rate + se / np.sqrt(some) * (limits.high - some),
    }
    few = first_reason((pl.col("deaths") < least_deaths, "unreliable:few_deaths"))
    made = with_figures(with_figures(found, crude).with_columns(told["reason"]), adjusted)
    return made.with_columns(reason=pl.coalesce("reason", few)).select(*by, *crude, *adjusted, "reason")


def excess_deaths(rows: pl.DataFrame, by: list[str], *, confidence: float = 0.95) -> pl.DataFrame:
    """Deaths of each group beyond those that the reference's death rates by age would give.

    rows: `by`, age_start (years), deaths, population (person-years), reference_deaths, reference_population,
    and perhaps age_end. The reference must not hold the group itself: the standard error takes both as
    independent. Returns `by`, deaths, expected, excess (below 0: fewer than expected), se, ci_low, ci_high,
    avoided (deaths fewer if the difference in rates were halved at every age) with avoided_low and
    avoided_high, excess_below_75, share_below_75 (of all excess; may exceed 1) and reason, sorted by group.
    Without a break at 75 the last two are empty; the share also without a band for all who are older, and
    where there is no excess.
    """
    deaths, people = pl.col("deaths"), pl.col("population")
    cases, source = pl.col("reference_deaths"), pl.col("reference_population")
    bands = _bands(rows, by, "reference_deaths", "reference_population")
    found = by_group(
        bands.with_columns(over=deaths - people * cases / source),
        by,
        [
            pl.coalesce(
                _ages_refused(),
                _counts_refused(deaths, people, people < 0),
                _counts_refused(cases, source, source <= 0),
            ).alias("reason"),
            deaths.sum(),
            (people * cases / source).sum().alias("expected"),
            pl.col("over").sum().alias("excess"),
            pl.col("over").filter(pl.col("age_start") < AGE).sum().alias("excess_below_75"),
            # Two Poisson counts: the group's deaths, and the reference's times people over its people.
            (deaths.sum() + (people**2 * cases / source**2).sum()).sqrt().alias("se"),
            (pl.col("age_end") == AGE).any().alias("breaks"),
            pl.col("age_end").last().is_null().alias("open"),
        ],
    )
    excess, se = floats(found, "excess"), floats(found, "se")
    half = normal_quantile(confidence) * se
    figures = {
        "deaths": floats(found, "deaths"),
        "expected": floats(found, "expected"),
        "excess": excess,
        "se": se,
        "ci_low": excess - half,
        "ci_high": excess + half,
        "avoided": excess / 2,
        "avoided_low": (excess - half) / 2,
        "avoided_high": (excess + half) / 2,
    }
    return _with_share(with_figures(found, figures)).select(
        *by, *figures, "excess_below_75", "share_below_75", "reason"
    )


def concentration(excess: Floats) -> Concentration:
    """How far the excess deaths of areas, (areas,), gather in the tenth of the areas that have the most.

    Areas with fewer deaths than expected count as they are, below 0. Chance alone gathers deaths somewhere.
    """
    areas = len(excess)
    top = -(-areas // 10)
    below = int((excess < 0).sum())
    unknown_lorenz = np.full(areas + 1, np.nan)
    if not np.isfinite(excess).all():
        return Concentration(np.nan, top, np.nan, unknown_lorenz, below, MISSING)
    total = excess.sum()
    if total <= NOTHING * np.abs(excess).sum():
        return Concentration(np.nan, top, np.nan, unknown_lorenz, below, NO_EXCESS)
    rising = np.sort(excess)
    lorenz = np.append(0.0, np.cumsum(rising) / total)
    # Gini's mean difference over twice the mean, by the order of the areas: Σ(2i − n − 1)x / nΣx.
    gini = float(((2 * np.arange(1, areas + 1) - areas - 1) * rising).sum() / (areas * total))
    if areas < 10:
        return Concentration(np.nan, top, gini, lorenz, below, "not_computable:fewer_than_ten_areas")
    return Concentration(float(rising[-top:].sum() / total), top, gini, lorenz, below, None)


def _with_share(found: pl.DataFrame) -> pl.DataFrame:
    """Excess deaths with those below 75 and their share, where the bands and the excess allow for one."""
    excess, below = pl.col("excess"), pl.col("excess_below_75")
    broken = pl.coalesce("reason", first_reason((~pl.col("breaks"), NO_BREAK)))
    none = pl.coalesce(
        "broken",
        first_reason(
            (~pl.col("open"), "not_computable:open_band"),
            (excess <= NOTHING * pl.col("deaths"), NO_EXCESS),
        ),
    )
    noise = first_reason((pl.col("ci_low") <= 0, "unreliable:excess_within_noise"))
    return (
        found.with_columns(broken=broken)
        .with_columns(
            excess_below_75=pl.when(pl.col("broken").is_null()).then(below),
            share_below_75=pl.when(none.is_null()).then(below / excess),
            reason=none,
        )
        .with_columns(reason=pl.coalesce("reason", noise))
    )


def _sums_below(
    bands: pl.DataFrame, by: list[str], standard: Mapping[float, float], middles: Mapping[float, float]
) -> pl.DataFrame:
    """What the bands below 75 of each group add up to, whether they are the standard's, and reason."""
    weights = pl.DataFrame(
        {
            "age_start": [float(age) for age in standard],
            "weight": [float(people) for people in standard.values()],
        }
    )
    younger = weights.filter(pl.col("age_start") < AGE)
    below = pl.col("age_start") < AGE
    deaths, people, weight = (pl.col(name).filter(below) for name in ("deaths", "population", "weight"))
    named = {float(age): float(middle) for age, middle in middles.items()}
    middle = pl.coalesce(
        pl.col("age_start").replace_strict(named, default=None, return_dtype=pl.Float64),
        (pl.col("age_start") + pl.col("age_end")) / 2,
    )
    lost = (AGE - middle).filter(below)
    return by_group(
        bands.join(younger, on="age_start", how="left", maintain_order="left"),
        by,
        [
            pl.coalesce(
                _ages_refused(),
                first_reason((~(pl.col("age_end") == AGE).any(), NO_BREAK)),
                _counts_refused(deaths, people, people <= 0),
            ).alias("reason"),
            (
                (weight >= 0).fill_null(value=False).all()
                & (weight.len() == younger.height)
                & (weight.sum() > 0)
            ).alias("as_standard"),
            deaths.sum().alias("deaths"),
            people.sum().alias("population"),
            (deaths * lost).sum().alias("years"),
            (deaths * lost**2).sum().alias("squares"),
            weight.sum().alias("standard"),
            (weight * deaths * lost / people).sum().alias("weighted"),
            ((weight * lost / people) ** 2 * deaths).sum().alias("variance"),
        ],
    )


def _bands(rows: pl.DataFrame, by: list[str], *others: str) -> pl.DataFrame:
    """The rows in order of age, numbers as floats; a band without a given end ends where the next begins."""
    numbers = rows.with_columns(pl.col("age_start", "deaths", "population", *others).cast(pl.Float64))
    ordered = numbers.sort(*by, "age_start")
    if "age_end" in rows.columns:
        return ordered.with_columns(pl.col("age_end").cast(pl.Float64))
    following = pl.col("age_start").shift(-1)
    return ordered.with_columns(age_end=following.over(by) if by else following)


def _ages_refused() -> pl.Expr:
    """Why a group's bands do not cover the ages from 0 on; null where they do."""
    starts, ends = pl.col("age_start"), pl.col("age_end")
    following = starts.shift(-1)
    return first_reason(
        (unknown("age_start").any(), "not_computable:age_bands"),
        ((starts.first() != 0) | (starts.diff() <= 0).any(), "not_computable:age_bands"),
        ((ends.is_null() & following.is_not_null()).any(), "not_computable:age_bands"),
        ((ends != following).any(), "not_computable:age_band_missing"),
    )


def _counts_refused(deaths: pl.Expr, people: pl.Expr, nobody: pl.Expr) -> pl.Expr:
    """Why a group's deaths and people cannot be used; null where they can. nobody: bands without people."""
    return first_reason(
        ((~deaths.is_finite().fill_null(value=False)).any(), "suppressed:too_few_cases"),
        ((deaths < 0).any(), "not_computable:negative_deaths"),
        ((~people.is_finite().fill_null(value=False) | nobody).any(), "not_computable:zero_population"),
        ((deaths > people).any(), "not_computable:deaths_above_population"),
    )
