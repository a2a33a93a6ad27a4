"""Simulations of life expectancies, gaps, pooled tables and decompositions with a known truth."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from scipy.optimize import brentq

from benchmarks.simulated_areas import (
    FINE,
    WIDE,
    Line,
    Random,
    areas_of,
    at_birth,
    columns,
    expectation,
    line,
    normal_line,
    reasons,
)
from lifegap.methods.arrays import Floats
from lifegap.methods.mortality.deaths import life_tables_of_deaths
from lifegap.methods.mortality.decomposition import DRAWS, by_age, drawn
from lifegap.methods.mortality.drawn_rates import drawn_pooled_rates
from lifegap.methods.mortality.gaps import gap
from lifegap.methods.mortality.life_table import death_rate_variance, probability_variance_of_deaths
from lifegap.methods.mortality.pooling import (
    pooled_life_table,
    stationary_population,
    weighted_mean,
    weighted_mean_se,
)
from lifegap.methods.mortality.premature_mortality import AGE

EXCESS = 1.3
"""Death rates of a place over those of its reference."""

TRACTS_AT_ONCE = 300
STEEPER, OVER_85 = 0.1, np.arange(0, 40, 0.05)
"""Growth of the force of mortality by age, per year, and years lived after 85."""


def life_expectancy(
    random: Random, simulations: int, person_years: int, *, binomial: bool = False, old: float = 1.0
) -> list[Line]:
    """At birth and at 65, with the open band's term of the variance and without.

    binomial: each person-year ends in death or not; else deaths are Poisson. old: people of 75 and over, as a
    part of the usual number.
    """
    ages, rates, share = FINE
    share = np.where(ages >= AGE, old * share, share)
    people = np.round(person_years * share / share.sum())
    size = (simulations, len(ages))
    deaths = (
        random.binomial(people.astype(int), rates, size) if binomial else random.poisson(people * rates, size)
    )
    found = life_tables_of_deaths(areas_of(deaths, people, ages), ["area"])
    ex, se, lx, mx = columns(found, "ex", "se", "lx", "mx", bands=len(ages))
    name = f"{person_years:,} person-years" + (", few old people" if old < 1 else "")
    # A refused area has no l and m, whatever stands for its deaths here.
    years_left = 1 / mx[:, -1] / np.sqrt(np.maximum(deaths[:, -1], 1))
    told = []
    for age, band in (("birth", 0), ("65", int(np.searchsorted(ages, 65)))):
        truth, of_open = expectation(rates, ages)[band], lx[:, -1] / lx[:, band] * years_left
        why = reasons(found.filter(pl.col("age_start") == ages[band]))
        short = np.sqrt(se[:, band] ** 2 - of_open**2)
        told += [
            normal_line(f"{name}, at {age}", truth, ex[:, band], se[:, band])._replace(why=why),
            normal_line(f"{name}, at {age}, without the open band", truth, ex[:, band], short),
        ]
    return told


def growing(random: Random, simulations: int, growth: float, person_years: int = 100_000) -> list[Line]:
    """At birth and at 85, where people have become more by so many percent each year for long.

    The force of mortality grows by a tenth a year from 85 on, as is seen, and is such that those who reach 85
    live as long as in a population that does not grow. Where it does, people over 85 are young for their age.
    """
    ages, rates, share = WIDE

    def alive(force: float) -> Floats:
        return np.exp(-force / STEEPER * (np.exp(STEEPER * OVER_85) - 1))

    def years(force: float) -> float:
        return float(np.trapezoid(alive(force), OVER_85)) - 1 / rates[-1]

    force = float(np.asarray(brentq(years, 1e-4, 1.0)))
    people = alive(force) * np.exp(-growth / 100 * OVER_85)
    dying = force * np.exp(STEEPER * OVER_85)
    seen = np.append(rates[:-1], (people @ dying) / people.sum())
    of_age = np.round(person_years * share)
    deaths = random.poisson(of_age * seen, (simulations, len(ages)))
    found = life_tables_of_deaths(areas_of(deaths, of_age, ages), ["area"])
    ex, se = columns(found, "ex", "se", bands=len(ages))
    truth, name = expectation(rates, ages), f"growth of {growth:g} percent a year"
    return [
        normal_line(f"{name}, at {age}", truth[band], ex[:, band], se[:, band])
        for age, band in (("birth", 0), ("65", -3), ("85", -1))
    ]


def gap_of_places(
    random: Random, simulations: int, place: int, reference: int,
    *, inside: bool = False, known: bool = True, young: bool = False,
) -> list[Line]:  # fmt: skip
    """A place and a reference of so many person-years; inside: the place is a part of the reference.

    known: the interval takes account of the part. young: the place has fewer old people than the rest.
    """
    ages, rates, share = FINE
    size = (simulations, len(ages))
    younger = share * np.exp(-0.02 * ages) if young else share
    of_place = np.round(place * younger / younger.sum())
    of_rest = np.round((reference - inside * place) * share)
    whole, part = of_rest + inside * of_place, place / reference if inside else 0.0
    deaths, rest = random.poisson(of_place * EXCESS * rates, size), random.poisson(of_rest * rates, size)
    found = gap(*at_birth(deaths, of_place), *at_birth(rest + inside * deaths, whole), share=part * known)
    of_whole = (inside * of_place * EXCESS + of_rest) * rates / whole
    truth = expectation(of_whole, ages)[0] - expectation(EXCESS * rates, ages)[0]
    name = f"{place:,} of {reference:,}, share {part:g}" if inside else f"{place:,} and {reference:,}"
    name += (", a young place" if young else "") + ("" if known else ", share not known")
    return [line(name, truth, found.gap, found.ci_low, found.ci_high, found.se)]


def tracts_of(person_years: int, tracts: int, *, alike: bool) -> tuple[Floats, Floats]:
    """People by age and death rates, (tracts, bands); not alike: the higher the rates, the younger."""
    younger = np.linspace(0.02, -0.02, tracts)[:, None] * (not alike)
    people = WIDE.people * np.exp(younger * WIDE.ages)
    rates = np.linspace(0.7, 1.6, tracts)[:, None] * WIDE.rates
    return np.round(person_years * people / people.sum(axis=1, keepdims=True)), rates


def tract_tables(random: Random, simulations: int, people: Floats, rates: Floats) -> pl.DataFrame:
    """Tables of tracts as they are published, with the variance of their rates, drawn anew in each area.

    One row per area, unit (a tract) and age_start.
    """
    ages, tracts = WIDE.ages, len(people)
    people = np.tile(people, (simulations, 1))
    deaths = random.poisson(people * np.tile(rates, (simulations, 1))).astype(float)
    found = life_tables_of_deaths(areas_of(deaths, people, ages), ["area"])
    q, a, m, se = columns(found, "qx", "ax", "mx", "se", bands=len(ages))
    se_q = np.sqrt(probability_variance_of_deaths(q[:, :-1], deaths[:, :-1]))
    closed = death_rate_variance(q[:, :-1], se_q, np.diff(ages), a[:, :-1])
    variance = np.hstack([closed, m[:, -1:] ** 4 * se[:, -1:] ** 2])
    return found.with_columns(
        area=pl.col("area") // tracts,
        unit=pl.col("area"),
        var_mx=pl.Series(variance.ravel()),
        of_age=pl.Series(people.ravel()),
    )


def pooled(random: Random, simulations: int, person_years: int, *, alike: bool) -> list[Line]:
    """Life expectancy at birth of eight tracts taken together, by three ways of weighing them."""
    people, rates = tracts_of(person_years, 8, alike=alike)
    tables = tract_tables(random, simulations, people, rates).with_columns(
        total=pl.col("of_age").sum().over("unit"), T0=pl.col("Tx").first().over("unit")
    )
    truth = expectation((people * rates).sum(axis=0) / people.sum(axis=0), WIDE.ages)[0]
    born, told = pl.col("age_start") == 0, []
    name = f"{'like' if alike else 'unlike'} ages"
    stationary = stationary_population(pl.col("total"), pl.col("Lx"), pl.col("T0"))
    for method, weight in (("pooled_a", pl.col("of_age")), ("pooled_b", stationary)):
        found = pooled_life_table(tables.with_columns(people=weight), by=["area"]).filter(born)
        told.append(normal_line(f"`{method}`, {name}", truth, *columns(found, "ex", "se")))
    e, se, total = pl.col("ex"), pl.col("se"), pl.col("total")
    means = (
        tables.filter(born)
        .group_by("area")
        .agg(ex=weighted_mean(e, total), se=weighted_mean_se(e, se, total))
    )
    return [*told, normal_line(f"`weighted_mean`, {name}", truth, *columns(means, "ex", "se"))]


def with_sum(years: Floats) -> Floats:
    """Years of bands, (rows, bands), and their sum."""
    return np.column_stack([years, years.sum(axis=1)])


def limits_of(draws: Floats) -> Floats:
    """Limits and standard error of the bands of draws (draws, bands) and of their sum, (3, bands + 1)."""
    summed = with_sum(draws)
    return np.vstack([np.quantile(summed, (0.025, 0.975), axis=0), summed.std(axis=0, ddof=1)])


def by_bands(
    name: str, expected: Floats, sides: Sequence[Floats], value: Floats, limits: list[Floats]
) -> list[Line]:
    """Lines of a decomposition and of its sum. expected: deaths in the place; sides: true rates (bands,)."""
    truth = with_sum(by_age(sides[0][None, :], sides[1][None, :], WIDE.ages))[0]
    ends = ["", *(f" to {start:g}" for start in WIDE.ages[2:]), " and over"]
    bands = [
        f"{start:g}{end}, {deaths:.1f} deaths"
        for start, end, deaths in zip(WIDE.ages, ends, expected, strict=True)
    ]
    low, high, se = np.stack(limits, axis=1)
    return [
        line(f"{name}: {band}", truth[i], value[:, i], low[:, i], high[:, i], se[:, i])
        for i, band in enumerate([*bands, "sum"])
    ]


def decomposition(
    random: Random, simulations: int, person_years: int, reference: int = 500_000
) -> list[Line]:
    """A gap by age from deaths on both sides, drawn again as Poisson."""
    ages, rates, share = WIDE
    people1, people2 = np.round(person_years * share), np.round(reference * share)
    size = (simulations, len(ages))
    deaths1 = random.poisson(people1 * EXCESS * rates, size).astype(float)
    deaths2 = random.poisson(people2 * rates, size).astype(float)
    limits = [
        limits_of(drawn(one[:, None], people1, two[:, None], people2, ages, seed=seed)[:, :, 0])
        for seed, (one, two) in enumerate(zip(deaths1, deaths2, strict=True))
    ]
    value = with_sum(by_age(deaths1 / people1, deaths2 / people2, ages))
    expected = people1 * EXCESS * rates
    return by_bands(f"{person_years:,} person-years", expected, (EXCESS * rates, rates), value, limits)


def pooled_decomposition(
    random: Random, simulations: int, person_years: int, *, old: float = 1.0
) -> list[Line]:
    """A gap by age between four of twelve tracts and all twelve, from tract tables drawn again.

    old: people of 85 and over as a part of the usual number, in one tract that is then the place; told is the
    oldest band, and the sum, of the simulations in which anybody died there.
    """
    people, rates = tracts_of(person_years, 12, alike=True)
    people[-1, -1] = np.round(old * people[-1, -1])
    inside, bands, at_once = slice(8 if old == 1 else 11, 12), len(WIDE.ages), TRACTS_AT_ONCE // 12
    values, limits = [], []
    for start in range(0, simulations, at_once):
        count = min(at_once, simulations - start)
        tables = tract_tables(random, count, people, rates).with_columns(
            people="of_age", place=2 * pl.col("area") + 1, share=1.0, var_share=0.0
        )
        tables = tables.filter(pl.col("mx").is_not_null().all().over("area"))
        count = tables["area"].n_unique()
        part = tables.filter(pl.col("unit") % 12 >= inside.start).with_columns(place=2 * pl.col("area"))
        both = pl.concat([part, tables])
        (m,) = columns(pooled_life_table(both, by=["place"]), "mx", bands=bands)
        values.append(with_sum(by_age(m[::2], m[1::2], WIDE.ages)))
        _, again = drawn_pooled_rates(both, "place", draws=DRAWS, seed=start)
        limits += [
            limits_of(by_age(one, two, WIDE.ages)) for one, two in again.reshape(count, 2, DRAWS, bands)
        ]
    expected = (people * rates)[inside].sum(axis=0)
    sides = expected / people[inside].sum(axis=0), (people * rates).sum(axis=0) / people.sum(axis=0)
    name = "four tracts" if old == 1 else f"one tract, {old:g} of the old"
    lines = by_bands(name, expected, sides, np.concatenate(values), limits)
    return lines if old == 1 else lines[-2:]
