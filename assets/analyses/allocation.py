"""`published.allocation`: what a split of an amount over a coalition's places would be, rule by rule.

A what-if: no rule here is anybody's decision. Each gives a place a weight: its people; the person-years that
its people live shorter than the reference; or its people by their need, which is how far up their place
ranks in its comparison set. Shares are as the weights; those of gaps and needs are drawn, so that each
says how unsure it is. Places that lie apart share no amount.
"""

from typing import Any

import numpy as np
import polars as pl

from assets.table import table
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalitions import Coalition
from lifegap.catalog.tables import declared_tables
from lifegap.methods.disparity.allocation import drawn_shares, limits, proportionality, shares
from lifegap.methods.seeds import SEED
from lifegap.methods.surveys.intervals import Z95

EXAMPLE = 100_000.0
"""US dollars that the table splits."""

POPULATION, GAP, NEED = "population", "gap", "need"
MISSING = {
    POPULATION: "not_computable:population_missing",
    GAP: "not_computable:value_missing",
    NEED: "not_computable:no_ranks",
}
NO_NEED = "not_computable:no_need"
WHAT_IF = "A what-if split of 100,000 US dollars by one rule, not a recommendation; people are those of 2010."
UNSURE = "Gaps behind it are unreliable or to be read with caution."


@table(
    "published.allocation",
    place="published.place",
    gap="indicators.life_expectancy_gap",
    index="published.priority_index",
)
def allocation(place: pl.DataFrame, gap: pl.DataFrame, index: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """One row per coalition, rule and member; coalitions with two places or more that lie together."""
    people = dict(place.select("place_id", "population").drop_nulls().iter_rows())
    rows = [
        row
        for coalition in catalog.coalitions.values()
        if not coalition.apart and len(_now(coalition)) > 1
        for rule in (POPULATION, GAP, NEED)
        for row in _split(coalition, rule, people, gap, index)
    ]
    columns = {"VARCHAR": pl.String, "DOUBLE": pl.Float64}
    declared = declared_tables()["published.allocation"].columns
    return pl.DataFrame(rows, schema={each.name: columns[each.type] for each in declared})


def _now(coalition: Coalition) -> list[str]:
    """Members whose membership has no end."""
    return [member.id for member in coalition.members if member.valid_to is None]


def _split(
    coalition: Coalition, rule: str, people: dict[str, int], gap: pl.DataFrame, index: pl.DataFrame
) -> list[dict[str, Any]]:
    """The rows of one rule; without a share and with a reason where a member lacks what the rule needs."""
    members = _now(coalition)
    sure = True
    heads = np.array([people.get(each, np.nan) for each in members])
    if rule == GAP:
        each, error, basis, sure = _years_short(coalition, gap)
    elif rule == NEED:
        each, error, basis = _need(coalition, index)
    else:
        each, error, basis = np.ones(len(members)), np.zeros(len(members)), "people of 2010"
    said = WHAT_IF if sure else f"{WHAT_IF} {UNSURE}"
    weights, errors = heads * each, heads * error
    measured = bool(np.isfinite(weights).all())
    known = measured and bool((weights > 0).any())
    rows: dict[str, list[float]] = {"weight": [*weights], "weight_se": [*errors]}
    if known:
        found = shares(np.maximum(weights, 0))
        low, high = limits(drawn_shares(weights, errors, SEED))
        rows |= {
            "share": [*found], "share_low": [*low], "share_high": [*high], "amount": [*(EXAMPLE * found)],
            "proportionality": [*proportionality(found, heads)],
        }  # fmt: skip
    lacking = MISSING[POPULATION] if np.isnan(heads).any() else NO_NEED if measured else MISSING[rule]
    return [
        {
            "coalition_id": coalition.id,
            "rule": rule,
            "place_id": member,
            "basis": basis,
            "people": _finite(heads[position]),
            "reason": None if known else lacking,
            "caveat": said if known else None,
        }
        | {name: _finite(values[position]) if known else None for name, values in rows.items()}
        for position, member in enumerate(members)
    ]


def _years_short(coalition: Coalition, gap: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, str | None, bool]:
    """Years that each member lives shorter than its first reference, with errors, the series, and if good.

    The series is the newest in which every member has a gap with a standard error.
    """
    members = _now(coalition)
    first = {each.id: each.references[0] for each in coalition.members if each.references}
    series = ["source_id", "vintage", "period_start", "period_end"]
    mine = gap.filter(
        pl.col("coalition_id") == coalition.id,
        pl.col("reference_place_id") == pl.col("place_id").replace_strict(first, default=None),
        pl.col("place_id").is_in(members),
        pl.col("population_group") == "all",
        pl.col("reference_group") == "all",
        pl.col("gap").is_not_null() & pl.col("se").is_not_null(),
    )
    whole = (
        mine.group_by(series)
        .agg(found=pl.col("place_id").n_unique())
        .filter(pl.col("found") == len(members))
        .sort("period_end", "period_start", "source_id", "vintage")
    )
    nothing = np.full(len(members), np.nan)
    if whole.is_empty():
        return nothing, nothing, None, True
    last = whole.tail(1)
    source, vintage, start, end = last.select(series).row(0)
    chosen = mine.join(last, on=series, how="semi")
    known = {place: (years, se) for place, years, se in chosen.select("place_id", "gap", "se").iter_rows()}
    sure = bool((chosen["reliability"] == "good").all())
    years, errors = np.array([known[each] for each in members]).T
    return years, errors, f"life expectancy of {start} to {end}, {source} {vintage}", sure


def _need(coalition: Coalition, index: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, str | None]:
    """Share of its set that each member ranks before, the mean of the priority areas that rank, with errors.

    The errors of the areas are taken as going together, which is the most that they can be.
    """
    members = _now(coalition)
    mine = index.filter(
        pl.col("coalition_id") == coalition.id,
        pl.col("place_id").is_in(members),
        pl.col("rank").is_not_null(),
    ).with_columns(
        need=(pl.col("places") - pl.col("rank") + 0.5) / pl.col("places"),
        need_se=(pl.col("rank_high") - pl.col("rank_low")) / (2 * Z95 * pl.col("places")),
    )
    found = mine.group_by("place_id").agg(pl.col("need").mean(), pl.col("need_se").mean())
    known = {place: (need, se) for place, need, se in found.iter_rows()}
    need, errors = np.array([known.get(each, (np.nan, np.nan)) for each in members]).T
    areas = ", ".join(sorted(mine["priority_area"].unique()))
    return need, errors, f"ranks in {areas}" if areas else None


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
