"""Simulations of inequality, rates, progress and ranks with a known truth."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from scipy.special import ndtri

from benchmarks.simulated_areas import SEED, STANDARD, WIDE, Line, Random, areas_of, columns, line, warned
from lifegap.methods.counts.rates import poisson_limits, wilson_limits
from lifegap.methods.counts.standardization import directly_standardized
from lifegap.methods.disparity.inequality import measures
from lifegap.methods.mortality.premature_mortality import AGE, PER, years_lost
from lifegap.methods.standing.progress import progress
from lifegap.methods.standing.projection import projections
from lifegap.methods.standing.ranks import rank_uncertainty

ALONG_A_LINE = ("sii", "rii", "aci", "rci")
MEASURED = (
    *ALONG_A_LINE, "bgv", "bgv_corrected", "bgsd", "cov", "mdmw", "mdmu", "idisw", "mdrw", "mdbw", "max_min",
    "ti", "mld", "par",
)  # fmt: skip


def of_measures(name: str, rows: pl.DataFrame, scale: str, wanted: Sequence[str], draws: int) -> list[Line]:
    """Lines of measures of ordered groups of many areas, the first of which holds the truth."""
    last = pl.col("age_start") == pl.col("age_start").max()
    rows = rows.with_columns(
        order="age_start", favorable=1, scale=pl.lit(scale), reference=last.cast(pl.Int8)
    )
    made = measures(rows, ["area"], seed=SEED, draws=draws, wanted=wanted)
    of_truth = dict(made.filter(pl.col("area") == 0).select("measure", "value").rows())
    # The truth has no noise that could be taken off it.
    of_truth["bgv_corrected"] = of_truth.get("bgv")
    told = []
    for measure in wanted:
        found = made.filter(pl.col("measure") == measure)
        value, low, high, se = columns(found, "value", "ci_low", "ci_high", "se")
        figures = (each[1:] for each in (value, low, high, se, warned(found)))
        told.append(line(f"`{measure}`, {name}", of_truth[measure], *figures))
    return told


def inequality(
    random: Random,
    simulations: int,
    groups: int,
    errors: float,
    *,
    on_a_line: bool = False,
    known: bool = True,
    draws: int = 2000,
) -> list[Line]:
    """Groups that rise from 70 to 80 years, off a line or on it; errors: those of 2,000 people, in years.

    known: whether the errors are; else those of the concentration index are by residuals.
    """
    people = np.resize([1000.0, 2000.0, 4000.0], groups)
    if on_a_line:
        truth = 70 + 10 * (np.cumsum(people) - people / 2) / people.sum()
    else:
        truth = np.linspace(70, 80, groups) + np.resize([2.0, -1.0, 0.5, -1.5], groups)
    se = errors * np.sqrt(2000 / people)
    estimate = np.vstack([truth, truth + se * random.standard_normal((simulations, groups))])
    rows = areas_of(estimate, people, np.arange(groups), estimate=estimate, se=se)
    rows = rows if known else rows.drop("se")
    name = f"{groups} groups{' on a line' if on_a_line else ''}, errors of {errors:g}"
    name += "" if known else " not known"
    wanted = ("aci", "rci") if not known else ALONG_A_LINE if on_a_line else MEASURED
    return of_measures(name, rows, "years", wanted, draws)


def logit(random: Random, simulations: int, groups: int, *, known: bool) -> list[Line]:
    """Shares of 200 people asked in each group of as many people, on a logit line from 55 to 90 percent."""
    ridit = (np.arange(groups) + 0.5) / groups
    low, high = np.log(0.55 / 0.45), np.log(0.90 / 0.10)
    shares, asked = 1 / (1 + np.exp(-(low + (high - low) * ridit))), 200
    cases = np.vstack([asked * shares, random.binomial(asked, shares, (simulations, groups))])
    share = cases / asked
    se = 100 * np.sqrt(share * (1 - share) / asked)
    rows = areas_of(cases, np.full(groups, 5000.0), np.arange(groups), estimate=100 * share, se=se)
    name = f"{groups} shares on a logit line, errors {'' if known else 'not '}known"
    wanted = ("sii_logit", "rii_logit")
    return of_measures(name, rows if known else rows.drop("se"), "percent", wanted, 2)


def attributable(
    random: Random, simulations: int, people: int, asked: int, *, known: bool = False
) -> list[Line]:
    """What shares of so many people in each of five groups would gain at the level of the best group.

    asked: how many of them the shares are of; known: whether the standard errors of the shares are given.
    """
    shares = np.array([0.75, 0.80, 0.84, 0.88, 0.92])
    cases = np.vstack([asked * shares, random.binomial(asked, shares, (simulations, 5))])
    share = cases / asked
    se = 100 * np.sqrt(share * (1 - share) / asked)
    rows = areas_of(cases, np.full(5, float(people)), np.arange(5), estimate=100 * share, se=se)
    name = f"{asked:,} of {people:,} people asked, errors {'' if known else 'not '}given"
    return of_measures(name, rows if known else rows.drop("se"), "percent", ("par", "paf"), 2)


def near_the_bound(random: Random, simulations: int, draws: int = 2000) -> list[Line]:
    """Ten shares of 97 to 99 percent, of 100 people each: nine draws of ten would pass 100 percent somewhere.

    Errors are those of Agresti and Coull, which are not 0 where all are served.
    """
    shares, asked = np.linspace(0.97, 0.99, 10), 100
    cases = np.vstack([asked * shares, random.binomial(asked, shares, (simulations, 10))])
    added = (cases + 2) / (asked + 4)
    se = 100 * np.sqrt(added * (1 - added) / (asked + 4))
    rows = areas_of(cases, np.full(10, 100.0), np.arange(10), estimate=100 * cases / asked, se=se)
    wanted = ("d", "sii", "max_min", "bgv", "bgv_corrected", "bgsd", "mdmw", "mdbw", "par")
    return of_measures("ten shares near 100 percent", rows, "percent", wanted, draws)


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


def standardized(random: Random, simulations: int, deaths: float, *, young: bool = False) -> list[Line]:
    rows = deaths_by_age(random, simulations, np.inf, deaths, young=young)
    made = directly_standardized(rows, ["area"], multiplier=PER)
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
