"""Summary measures of inequality of many sets of groups, each with its interval or the reason it has none.

A set is an indicator over groups: neighborhoods, counties, income fifths. Where its groups have an order,
from the most disadvantaged on, the measures that need one are made as well. A group without an estimate is
left out together with its people, and so is one group in twenty without people where the others have some.
Direction and scale are what the rows declare, never what the numbers look like.

Source: Schlotheuber and Hosseinpoor (2022), "Summary measures of health inequality", IJERPH 19:3697, whose
measures these are; the modules for spread and for order name their own.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from lifegap.methods.disparity.inequality_figures import BY_ORDER, COMPUTE, biased_by_noise, draw_groups
from lifegap.methods.disparity.inequality_groups import (
    BY_DRAWS,
    NO_DIRECTION,
    NO_ORDER,
    NO_PEOPLE,
    NO_REFERENCE,
    NOISE,
    OUTSIDE,
    PARTLY_ORDERED,
    REFERENCE_LOST,
    SEVERAL_REFERENCES,
    TIED,
    TOO_FEW,
    Draws,
    Figure,
    Groups,
    refused,
)
from lifegap.methods.disparity.inequality_intervals import read_scale

MEASURES = tuple(COMPUTE)
PAIRED = ("d", "r")
RANKED = ("aci", "rci", "rci_erreygers", "rci_wagstaff", "sii", "rii", "sii_logit", "rii_logit")
UNWEIGHTED = (*PAIRED, "max_min", "mdbu", "mdru")
DIRECTED = ("mdbu", "mdbw", "par", "paf")
AGAINST_REFERENCE = ("mdru", "mdrw")
NOISY = ("bgv", "bgsd", "cov", "mdmu", "mdmw", "mdbu", "mdbw", "mdru", "mdrw", "idisu", "idisw", "ti", "mld")

WITHOUT_DRAWS = (*PAIRED, *RANKED, "par", "paf", "bgv", "bgv_corrected", "bgsd", "ti", "mld")
"""Measures of ordered groups that need no draws."""

MOST_LEFT_OUT = 0.05
"""Part of the groups that may be left out because nobody knows their people."""

LARGEST = 1e60
"""Beyond this fourth powers leave the range of numbers."""

NUMBERS = ("estimate", "se", "population", "order", "reference", "favorable")
FIGURES = {
    "measure": pl.String,
    "value": pl.Float64,
    "se": pl.Float64,
    "ci_low": pl.Float64,
    "ci_high": pl.Float64,
    "groups": pl.Int64,
    "reason": pl.String,
    "null_95": pl.Float64,
    "left_out": pl.Int64,
    "note": pl.String,
}


def measures(
    rows: pl.DataFrame, by: list[str], *, seed: int, draws: int = 10_000, wanted: Sequence[str] = MEASURES
) -> pl.DataFrame:
    """Every wanted measure of each set of rows, one row for each set and measure, sorted by set.

    rows: `by`, estimate, and perhaps se and population of the group, order (1 = most disadvantaged; empty
    where the groups have none), reference (0/1), favorable (0/1: more is better; one value in a set), scale
    (one in a set: percent, proportion, per_100k, years, …; see read_scale).

    Returns `by`, measure, value, se (of the logarithm for r and rii_logit), 95 percent limits, groups (how
    many were used), reason, null_95 (what chance alone would stay below, where the groups compared were
    picked for their estimates), left_out (groups without an estimate or people), note (further reasons).
    Every set is drawn with the same seed, so that neither the other sets nor the order of the rows matter.
    Raises ValueError for a scale that is not known or not the same within a set.
    """
    absent = [name for name in (*NUMBERS, "scale") if name not in rows.columns]
    sets = (
        rows.with_columns(pl.lit(None).alias(name) for name in absent)
        .with_columns(pl.col(name).cast(pl.Float64) for name in NUMBERS)
        .with_columns(pl.col("scale").cast(pl.String))
        .sort(by)
        .group_by(by or pl.lit(1).alias("_all"), maintain_order=True)
        .agg(*NUMBERS, "scale")
        .with_row_index("_set")
    )
    told = []
    for each in sets.drop(by).iter_rows(named=True):
        groups, left_out = _groups(each)
        for name, figure in figures_of(groups, seed=seed, draws=draws, wanted=wanted).items():
            told.append(_row_of_figure(name, figure, groups, left_out) | {"_set": each["_set"]})
    found = pl.DataFrame(told, schema={"_set": pl.UInt32, **FIGURES})
    return sets.select("_set", *by).join(found, on="_set", maintain_order="left_right").select(*by, *FIGURES)


def _groups(each: dict[str, Any]) -> tuple[Groups, int]:
    """The groups of a set that have an estimate, in an order that does not depend on that of the rows."""
    given = {name: np.array(each[name], dtype=np.float64) for name in NUMBERS}
    known = np.isfinite(given["estimate"])
    without_people = known & ~(given["population"] > 0)
    if 0 < without_people.sum() <= MOST_LEFT_OUT * known.sum():
        known &= ~without_people
    # Nobody measures everything exactly: errors that are all 0 are errors that nobody gave.
    exact = not (given["se"][known] > 0).any()
    given["se"] = np.where((given["se"] >= 0) & ~exact, given["se"], np.nan)
    named = given["reference"] == 1
    # Of groups with one estimate the largest comes first: it is the one that counts as best or worst.
    keys = [given[name] for name in ("reference", "order", "se")] + [-given["population"], given["estimate"]]
    order = np.lexsort(keys)
    order = order[known[order]]
    fault = None
    if named.any():
        fault = SEVERAL_REFERENCES if named.sum() > 1 else REFERENCE_LOST if not known[named].all() else None
    favorable = {value for value in each["favorable"] if value is not None}
    scales = {read_scale(word) for word in each["scale"]}
    if len(scales) > 1:
        raise ValueError(f"one set has several scales: {', '.join(map(str, set(each['scale'])))}")
    groups = Groups(
        estimate=given["estimate"][order],
        se=given["se"][order],
        people=given["population"][order],
        order=given["order"][order],
        reference=int(np.flatnonzero(named[order])[0]) if named.any() and fault is None else None,
        reference_fault=fault,
        favorable=favorable == {1.0} if favorable in ({0.0}, {1.0}) else None,
        scale=scales.pop(),
    )
    return groups, int((~known).sum())


def figures_of(
    groups: Groups, *, seed: int, draws: int, wanted: Sequence[str] = MEASURES
) -> dict[str, Figure]:
    """Every wanted measure of a set, by its id; none for fewer than two groups or an impossible estimate."""
    if len(groups.estimate) < 2:
        return dict.fromkeys(wanted, refused(TOO_FEW))
    low, high = max(groups.scale.low, -LARGEST), min(groups.scale.high, LARGEST)
    if (
        groups.estimate.min() < low
        or groups.estimate.max() > high
        or np.nanmax(groups.se, initial=0) > LARGEST
    ):
        return dict.fromkeys(wanted, refused(OUTSIDE))
    needed = not (groups.ordered and set(wanted) <= set(WITHOUT_DRAWS))
    drawn = draw_groups(groups, seed, draws) if needed and groups.has_errors else Draws({}, {})
    noisy = biased_by_noise(groups, NOISY) if groups.weighted and groups.has_errors else ()
    figures = {}
    for name in wanted:
        why = _missing(groups, name)
        figure = refused(why) if why else COMPUTE[name](groups, drawn)
        if name in noisy and np.isfinite(figure.value):
            others = (each for each in figure.reasons if each != BY_DRAWS)
            figure = figure._replace(reasons=(*others, NOISE))
        figures[name] = figure
    return figures


def _missing(groups: Groups, name: str) -> str | None:
    """Why the measure cannot be made of these groups, as far as their inputs go."""
    ranked, paired = name in RANKED, name in PAIRED
    by_order = ranked or (groups.ordered and name in BY_ORDER)
    against = name in AGAINST_REFERENCE or (
        paired and not groups.ordered and groups.reference_fault is not None
    )
    directed = name in DIRECTED or (paired and (groups.ordered or groups.reference is not None))
    best_shared = by_order and not ranked and not groups.alone_at(-1)
    worst_shared = by_order and paired and not groups.alone_at(0)
    rules = (
        (name not in UNWEIGHTED and not groups.weighted, NO_PEOPLE),
        (ranked and not groups.ordered, NO_ORDER),
        (by_order and not np.isfinite(groups.order).all(), PARTLY_ORDERED),
        (ranked and np.ptp(groups.place) == 0, TIED),
        (against and groups.reference is None, groups.reference_fault or NO_REFERENCE),
        (directed and groups.favorable is None, NO_DIRECTION),
        (best_shared or worst_shared, TIED),
    )
    return next((reason for broken, reason in rules if broken), None)


def _row_of_figure(name: str, figure: Figure, groups: Groups, left_out: int) -> dict[str, Any]:
    """The figure as a row. A number that is not finite is left out, and never without a reason."""
    if not np.isfinite(figure.value) and not figure.reasons:
        figure = refused(OUTSIDE)
    numbers = {
        column: value if np.isfinite(value := float(getattr(figure, column))) else None
        for column in ("value", "se", "ci_low", "ci_high", "null_95")
    }
    first, *others = figure.reasons or (None,)
    if left_out:
        others.append(f"{left_out} groups without an estimate or people left out")
    return numbers | {
        "measure": name,
        "groups": len(groups.estimate),
        "reason": first,
        "left_out": left_out,
        "note": "; ".join(others) or None,
    }
