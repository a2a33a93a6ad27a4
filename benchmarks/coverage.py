"""How often 95 percent intervals hold the truth, by simulation: the tables of benchmarks/coverage.md.

    python benchmarks/coverage.py               writes the tables into the report (2.5 minutes)
    python benchmarks/coverage.py --draws 400   prints them, of at most 400 simulations each

The truth is known, data are drawn from it, and intervals are made of the data with the project's own
functions. Each simulation of a setting gives one line of a table or more; tests call it with fewer draws.
"""

import argparse
import re
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtri

from lifegap import CHECKOUT
from lifegap.methods.deaths import life_tables_of_deaths
from lifegap.methods.decomposition import DRAWS, by_age, drawn, table_of
from lifegap.methods.drawn_rates import drawn_pooled_rates
from lifegap.methods.gaps import gap
from lifegap.methods.inequality import measures
from lifegap.methods.intervals import Z95
from lifegap.methods.life_table import Floats, death_rate_variance, probability_variance_of_deaths
from lifegap.methods.pooling import pooled_life_table, stationary_population, weighted_mean, weighted_mean_se
from lifegap.methods.premature_mortality import AGE, PER, UNITED_STATES_2000, years_lost
from lifegap.methods.progress import progress
from lifegap.methods.projection import projections
from lifegap.methods.ranks import rank_uncertainty
from lifegap.methods.rates import poisson_limits, wilson_limits
from lifegap.methods.standardisation import directly_standardised

Random = np.random.Generator
Numbers = NDArray[Any]

REPORT = CHECKOUT / "benchmarks" / "coverage.md"
SEED = 20261123
SOUND = (94, 96)
"""Percent of intervals that hold the truth beyond which the report says why."""

EXCESS = 1.3
"""Death rates of a place over those of its reference."""

TRACTS_AT_ONCE = 300
MEASURED = ("sii", "rii", "bgv", "bgv_corrected", "bgsd", "mdmw", "mdbw", "ti", "mld", "aci", "rci", "par")


class Line(NamedTuple):
    """How often the intervals of one setting held the truth, with the 95 percent Monte Carlo error of that.

    intervals: how many simulations gave one; refused: how many gave none; marked: the share of the intervals
    that came with a warning, NaN where there are no warnings. high, low: the shares of the intervals that lie
    above the truth and below it. se: the mean standard error, NaN where there is none; sd: the spread of the
    estimates, which it should equal. why: the reasons of the refused, if told.
    """

    setting: str
    intervals: int
    refused: int
    marked: float
    coverage: float
    error: float
    high: float
    low: float
    bias: float
    se: float
    sd: float
    why: str = ""


class Shape(NamedTuple):
    """Ages at which bands begin, death rates, and the share of the people in each band."""

    ages: Floats
    rates: Floats
    people: Floats


def line(
    setting: str,
    truth: Floats | float,
    value: Floats,
    low: Floats,
    high: Floats,
    se: Floats | None = None,
    marked: Floats | None = None,
) -> Line:
    """The line of figures (simulations,), or of several places in each, (simulations, places)."""
    made = np.isfinite(low) & np.isfinite(high)
    if made.ndim == 2:
        made = made.all(axis=1)
    off, count = (value - truth)[made], int(made.sum())
    held = np.asarray((low <= truth) & (truth <= high))[made].reshape(count, -1).mean(axis=1)
    return Line(
        setting,
        intervals=count,
        refused=int(np.size(made)) - count,
        marked=np.nan if marked is None else float(marked[made].mean()),
        coverage=float(held.mean()),
        error=float(Z95 * held.std() / np.sqrt(count)),
        high=float(np.mean((low > truth)[made])),
        low=float(np.mean((high < truth)[made])),
        bias=float(off.mean()),
        se=np.nan if se is None else float(se[made].mean()),
        sd=float(off.std(axis=0, ddof=1).mean()),
    )


def normal_line(setting: str, truth: float, value: Floats, se: Floats) -> Line:
    return line(setting, truth, value, value - Z95 * se, value + Z95 * se, se)


def anchor_area(starts: Sequence[float] | None = None) -> Shape:
    """The ages and rates of an area of the anchors, perhaps in wider bands."""
    cases = pl.read_csv(CHECKOUT / "tests" / "anchors" / "lifetable_cases.csv")
    area = cases.filter(pl.col("case_id") == "phe_df1")
    ages, deaths, people = columns(area, "age", "deaths", "pop")
    wide = ages if starts is None else np.array(starts, dtype=float)
    band = np.searchsorted(wide, ages, side="right") - 1
    deaths, people = np.bincount(band, deaths), np.bincount(band, people)
    return Shape(wide, deaths / people, people / people.sum())


def columns(rows: pl.DataFrame, *names: str, bands: int = 1) -> list[Floats]:
    """Columns as numbers, (rows,) or (areas, bands); NaN where there is nothing."""
    found = [rows[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in names]
    return found if bands == 1 else [each.reshape(-1, bands) for each in found]


def warned(rows: pl.DataFrame) -> Floats:
    """Whether figures came with a warning, 0 or 1."""
    unreliable = pl.col("reason").str.starts_with("unreliable").fill_null(value=False)
    return columns(rows.select(marked=unreliable), "marked")[0]


def reasons(rows: pl.DataFrame) -> str:
    """How many figures were refused for each reason."""
    counts = rows.drop_nulls("reason").group_by("reason").len().sort("len", descending=True)
    return ", ".join(f"{count:,} `{reason.split(':')[1]}`" for reason, count in counts.iter_rows())


def areas_of(deaths: Numbers, people: Numbers, ages: Numbers, **others: Numbers) -> pl.DataFrame:
    """One row per area and band of deaths, (areas, bands); others have any shape that fits."""
    grid = {"deaths": deaths.astype(float), "population": people, "age_start": ages, **others}
    rows = {name: np.broadcast_to(each, deaths.shape).ravel() for name, each in grid.items()}
    return pl.DataFrame({"area": np.repeat(np.arange(len(deaths)), deaths.shape[1]), **rows})


FINE, WIDE = anchor_area(), anchor_area(list(UNITED_STATES_2000))
STANDARD = np.array(list(UNITED_STATES_2000.values()))


def expectation(rates: Floats, ages: Floats) -> Floats:
    """True life expectancy at each age, of rates (bands,)."""
    return table_of(rates[None, :], ages).ex[0]


def at_birth(deaths: Numbers, people: Numbers) -> tuple[Floats, Floats]:
    """Life expectancy at birth and its standard error, (areas,)."""
    found = life_tables_of_deaths(areas_of(deaths, people, FINE.ages), ["area"])
    ex, se = columns(found.filter(pl.col("age_start") == 0), "ex", "se")
    return ex, se


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


def pooled_decomposition(random: Random, simulations: int, person_years: int) -> list[Line]:
    """A gap by age between four of twelve tracts and all twelve, from tract tables drawn again."""
    people, rates = tracts_of(person_years, 12, alike=True)
    inside, bands, at_once = slice(8, 12), len(WIDE.ages), TRACTS_AT_ONCE // 12
    values, limits = [], []
    for start in range(0, simulations, at_once):
        count = min(at_once, simulations - start)
        tables = tract_tables(random, count, people, rates).with_columns(
            people="of_age", place=2 * pl.col("area") + 1, share=1.0, var_share=0.0
        )
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
    return by_bands("four tracts", expected, sides, np.concatenate(values), limits)


def of_measures(name: str, rows: pl.DataFrame, scale: str, wanted: Sequence[str], draws: int) -> list[Line]:
    """Lines of measures of ordered groups of many areas, the first of which holds the truth."""
    rows = rows.with_columns(order="age_start", favorable=1, scale=pl.lit(scale))
    made = measures(rows, ["area"], seed=SEED, draws=draws, wanted=wanted)
    told = []
    for measure in wanted:
        found = made.filter(pl.col("measure") == measure)
        value, low, high, se = columns(found, "value", "ci_low", "ci_high", "se")
        figures = (each[1:] for each in (value, low, high, se, warned(found)))
        told.append(line(f"`{measure}`, {name}", value[0], *figures))
    return told


def inequality(
    random: Random,
    simulations: int,
    groups: int,
    errors: float,
    *,
    on_a_line: bool = False,
    draws: int = 2000,
) -> list[Line]:
    """Groups that rise from 70 to 80 years, off a line or on it; errors: those of 2,000 people, in years."""
    truth = np.linspace(70, 80, groups) + np.resize([2.0, -1.0, 0.5, -1.5], groups) * (not on_a_line)
    people = np.resize([1000.0, 2000.0, 4000.0], groups)
    se = errors * np.sqrt(2000 / people)
    estimate = np.vstack([truth, truth + se * random.standard_normal((simulations, groups))])
    known = np.vstack([0 * se, np.tile(se, (simulations, 1))])
    rows = areas_of(estimate, people, np.arange(groups), estimate=estimate, se=known)
    name = f"{groups} groups{' on a line' if on_a_line else ''}, errors of {errors:g}"
    wanted = ("aci", "rci") if on_a_line else MEASURED
    return of_measures(name, rows, "years", wanted, draws)


def attributable(random: Random, simulations: int, people: int) -> list[Line]:
    """What shares of so many people in each of five groups would gain at the level of the best group."""
    shares = np.array([0.75, 0.80, 0.84, 0.88, 0.92])
    cases = np.vstack([people * shares, random.binomial(people, shares, (simulations, 5))])
    everyone = np.full(5, float(people))
    rows = areas_of(cases, everyone, np.arange(5), estimate=100 * cases / people, se=0 * everyone)
    return of_measures(f"five shares of {people:,} people each", rows, "percent", ("par", "paf"), 2)


def events(random: Random, simulations: int, mean: float) -> list[Line]:
    found = random.poisson(mean, simulations).astype(float)
    return [line(f"{mean:g} events", mean, found, *poisson_limits(found))]


def proportion(random: Random, simulations: int, share_of: tuple[float, int]) -> list[Line]:
    share, people = share_of
    cases, of = random.binomial(people, share, simulations).astype(float), np.full(simulations, float(people))
    return [line(f"{share:g} of {people} people", share, cases / of, *wilson_limits(cases, of))]


def deaths_by_age(
    random: Random, simulations: int, below: float, deaths: float, *, young: bool
) -> pl.DataFrame:
    """Areas with so many deaths expected below an age, in the bands of the standard population."""
    ages, rates, share = WIDE
    share = share * np.exp(-0.03 * ages) if young else share
    people = share * deaths / (share * rates)[ages < below].sum()
    found = random.poisson(people * rates, (simulations, len(ages))).astype(float)
    return areas_of(found, people, ages, events=found, standard_population=STANDARD)


def standardised(random: Random, simulations: int, deaths: float, *, young: bool = False) -> list[Line]:
    rows = deaths_by_age(random, simulations, np.inf, deaths, young=young)
    made = directly_standardised(rows, ["area"], multiplier=PER)
    truth = PER * STANDARD @ WIDE.rates / STANDARD.sum()
    name = f"{deaths:g} events" + (", a young place" if young else "")
    return [line(name, truth, *columns(made, "value", "ci_low", "ci_high", "se"))]


def lost_years(random: Random, simulations: int, deaths: float) -> list[Line]:
    rows = deaths_by_age(random, simulations, AGE, deaths, young=False)
    made = years_lost(rows, ["area"])
    below = WIDE.ages[:-1] < AGE
    lost = AGE - (WIDE.ages[:-1] + WIDE.ages[1:])[below] / 2
    weight = STANDARD[:-1][below]
    truth = PER * (weight * lost) @ WIDE.rates[:-1][below] / weight.sum()
    figures = columns(made, "ypll75_rate", "ci_low", "ci_high", "se")
    return [line(f"{deaths:g} deaths", truth, *figures, marked=warned(made))]


def projection(random: Random, simulations: int, points: int, errors: str) -> list[Line]:
    """A new value, as precise as the middle one of a yearly series on a line, two years after its end."""
    years = 2000.0 + np.append(np.arange(points), points + 1)
    se = np.resize([0.4, 0.8, 0.6], points) if errors == "unequal" else np.full(points, 0.5)
    spread = np.hypot(np.append(se, np.median(se)), 0.8 if errors == "larger than told" else 0)
    series = 12 - 0.2 * (years - 2000) + spread * random.standard_normal((simulations, points + 1))
    told = areas_of(series[:, :-1], np.ones(points), years[:-1], value=series[:, :-1], se=se)
    targets = pl.DataFrame({"area": np.arange(simulations)}).with_columns(
        baseline_start=2000, baseline_end=2000, target=6.0, target_year=int(years[-1]), better=pl.lit("lower")
    )
    made = projections(told.with_columns(period_start="age_start", period_end="age_start"), targets, ["area"])
    figures = columns(made, "projection", "projection_low", "projection_high")
    return [line(f"{points} points, errors {errors}", series[:, -1], *figures)]


def percent_achieved(random: Random, simulations: int, errors: float, *, half: bool) -> list[Line]:
    """From 12 to 9. half: the target is half of the baseline as it was measured; else it is 6."""
    baseline, latest = (value + errors * random.standard_normal(simulations) for value in (12.0, 9.0))
    target = baseline / 2 if half else np.full(simulations, 6.0)
    rows = pl.DataFrame({"baseline": baseline, "latest": latest, "target": target}).with_columns(
        se_baseline=errors, se_latest=errors, better=pl.lit("lower")
    )
    made = progress(rows, of_gap=True)
    figures = columns(made, *(f"percent_{each}" for each in ("achieved", "low", "high", "se")))
    name = f"errors of {errors:g}, target {'half of the measured baseline' if half else 'of 6'}"
    return [line(name, 100 * (9 - 12) / (target - 12), *figures)]


def ranked(random: Random, simulations: int, places: int, errors: float, draws: int = 1000) -> list[Line]:
    """Ranks of places whose true values lie as a normal distribution with a standard deviation of 2 does."""
    truth, rank = 2 * ndtri((np.arange(places) + 0.5) / places), np.arange(1.0, places + 1)
    estimates = truth + errors * random.standard_normal((simulations, places))
    found = [
        rank_uncertainty(each, np.full(places, errors), worst="lowest", seed=seed, draws=draws)
        for seed, each in enumerate(estimates)
    ]
    figures = [
        np.array([getattr(each, name) for each in found]) for name in ("rank", "rank_low", "rank_high")
    ]
    name, middle = f"{places} places, errors of {errors:g}", places // 2
    return [
        line(f"{name}, all", rank, *figures),
        line(f"{name}, the worst", rank[0], *(each[:, 0] for each in figures)),
        line(f"{name}, the middle one", rank[middle], *(each[:, middle] for each in figures)),
    ]


def varied(simulate: Callable[..., list[Line]], **options: Sequence[Any]) -> list[Callable[..., list[Line]]]:
    """A simulation with every combination of its options."""
    return [
        partial(simulate, **dict(zip(options, chosen, strict=True))) for chosen in product(*options.values())
    ]


SIZES = (5050, 10_000, 25_000, 100_000, 500_000)
PARTS = {"place": [25_000], "reference": [250_000, 50_000], "inside": [True]}
TABLES: dict[str, tuple[int, list[Callable[..., list[Line]]]]] = {
    "life_expectancy": (
        20_000,
        [
            *varied(life_expectancy, person_years=SIZES),
            *varied(life_expectancy, person_years=(5050, 25_000), old=[0.1]),
        ],
    ),
    "binomial": (20_000, varied(life_expectancy, person_years=SIZES, binomial=[True])),
    "gap": (
        20_000,
        [
            *varied(gap_of_places, place=[5050, 25_000], reference=[25_000, 500_000]),
            *varied(gap_of_places, **PARTS, known=[True, False]),
            *varied(gap_of_places, **PARTS, young=[True]),
        ],
    ),
    "pooling": (4000, varied(pooled, person_years=[25_000], alike=[True, False])),
    "decomposition": (2000, varied(decomposition, person_years=[10_000, 50_000])),
    "pooled_decomposition": (2000, varied(pooled_decomposition, person_years=[25_000])),
    "inequality": (
        3000,
        [
            *varied(inequality, groups=[10, 50], errors=[0.5, 3]),
            *varied(inequality, groups=[50], errors=[1.5]),
        ],
    ),
    "inequality_on_a_line": (4000, varied(inequality, groups=[10, 50], errors=[0.5], on_a_line=[True])),
    "attributable": (4000, varied(attributable, people=[100, 1000])),
    "events": (200_000, varied(events, mean=[2, 6, 10, 50])),
    "proportion": (200_000, varied(proportion, share_of=[(0.02, 50), (0.1, 30), (0.5, 100)])),
    "standardised": (
        20_000,
        [
            *varied(standardised, deaths=[16, 50, 160, 650]),
            *varied(standardised, deaths=[50, 650], young=[True]),
        ],
    ),
    "lost_years": (20_000, varied(lost_years, deaths=[6, 16, 32, 128, 637])),
    "projection": (
        20_000,
        varied(projection, points=[3, 5, 8], errors=["equal", "unequal", "larger than told"]),
    ),
    "percent_achieved": (20_000, varied(percent_achieved, errors=[0.3, 1, 2], half=[False, True])),
    "ranks": (1000, varied(ranked, places=[20, 77], errors=[0.3, 1, 3])),
}
"""Table of the report → simulations of each setting, and the settings."""

HEADER = """\
| setting | intervals | refused | marked % | coverage % | too high / low % | bias | mean se | sd |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def printed(found: Line) -> str:
    """The line in Markdown; bold where the coverage is not what it should be."""
    percent = round(100 * found.coverage, 1)
    bold = "" if SOUND[0] <= percent <= SOUND[1] else "**"
    marked = "" if np.isnan(found.marked) else f"{100 * found.marked:.0f}"
    covered = f"{bold}{percent:.1f}{bold} ± {100 * found.error:.1f}"
    numbers = ["" if np.isnan(number) else f"{number:.3g}" for number in (found.bias, found.se, found.sd)]
    cells = [
        found.setting,
        f"{found.intervals:,}",
        found.why or (f"{found.refused:,}" if found.refused else ""),
        marked,
        covered,
        f"{100 * found.high:.1f} / {100 * found.low:.1f}",
        *numbers,
    ]
    return f"| {' | '.join(cells)} |\n"


def table(name: str, most: int | None) -> str:
    """A table of the report, of at most so many simulations of each setting."""
    simulations, settings = TABLES[name]
    lines: list[Line] = []
    for index, simulate in enumerate(settings):
        random = np.random.default_rng((SEED, list(TABLES).index(name), index))
        lines += simulate(random, min(simulations, most or simulations))
    return HEADER + "".join(map(printed, lines))


def main() -> None:
    options = argparse.ArgumentParser(description="How often 95 percent intervals hold the truth.")
    options.add_argument("--draws", type=int, metavar="N", help="at most so many simulations; writes nothing")
    options.add_argument("--only", choices=TABLES, help="this table alone")
    chosen = options.parse_args()
    report = REPORT.read_text(encoding="utf-8")
    for name in [chosen.only] if chosen.only else TABLES:
        started = time.perf_counter()
        made = table(name, chosen.draws)
        print(f"{name}, {time.perf_counter() - started:.1f} seconds\n\n{made}")
        report, places = re.subn(rf"(?<=<!-- {name} -->\n)(\|.*\n)*", made, report)
        if places != 1:
            raise SystemExit(f"{REPORT.name} has no place for the table {name}")
    if chosen.draws is None:
        REPORT.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
