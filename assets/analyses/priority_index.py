"""`published.priority_index`: which places of a set are most in need in each priority area, and how sure.

A score is made of the area's indicators that most places of the set have with a standard error, in their
latest edition, one source each. What has no standard error is not ranked, nor what its card forbids to rank.
Ranks are the medians of draws, with their limits.
"""

import numpy as np
import polars as pl

from assets.analyses.comparison_sets import comparison_sets, sets_of
from assets.analyses.latest_figures import EDITION, latest_figures
from assets.table import table
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalitions import Coalition, PriorityArea
from lifegap.catalog.tables import declared_tables
from lifegap.methods.seeds import SEED
from lifegap.methods.standing.ranks import PRIORITY, index_with_ranks
from lifegap.store.warehouse import Relation, Warehouse

METHOD = "z_scores"
LEAST_SHARE = 0.75
LEAST_INDICATORS = 2
WIDEST = 0.5
"""Part of the set that an interval of ranks may span before the rank says nothing."""


@table("published.priority_index", value="indicators.indicator_value", place="warehouse.place")
def priority_index(
    value: Relation, place: pl.DataFrame, catalog: Catalog, warehouse: Warehouse
) -> pl.DataFrame:
    """One row per coalition, set, priority area and place."""
    sets = comparison_sets(place, catalog)
    figures = _rankable(value, sets, catalog, warehouse)
    made = [
        _of_area(coalition.id, name, area, sets, figures)
        for coalition in _ranking(catalog)
        for name in sets_of([member.id for member in coalition.members], sets)
        for area in coalition.priority_area
    ]
    columns = [column.name for column in declared_tables()["published.priority_index"].columns]
    return pl.concat(made, how="diagonal").pipe(_quoted).select(columns)


def _ranking(catalog: Catalog) -> list[Coalition]:
    """Coalitions whose places are set against each other; those that lie apart belong to no set together."""
    return [each for each in catalog.coalitions.values() if not each.apart]


def _rankable(value: Relation, sets: pl.DataFrame, catalog: Catalog, warehouse: Warehouse) -> pl.DataFrame:
    """Per set and indicator the latest edition of one source that may rank and has standard errors."""
    may_rank = [card.id for card in catalog.cards.values() if card.fitness["rank"].allowed]
    directed = {
        name: {"higher": -1.0, "lower": 1.0}[each.indicator.direction]
        for name, each in catalog.indicators.items()
        if each.indicator.direction != "none" and each.indicator.aggregate not in ("rank", "score")
    }
    asked = {
        indicator
        for coalition in _ranking(catalog)
        for area in coalition.priority_area
        for indicator in area.indicators
    }
    own = {name for coalition in _ranking(catalog)
           for name in sets_of([member.id for member in coalition.members], sets)}  # fmt: skip
    figures = latest_figures(
        value, sets.filter(pl.col("comparison_set").is_in(own)), sorted(asked & directed.keys()), warehouse,
        least_share=LEAST_SHARE,
    ).filter(pl.col("source_id").is_in(may_rank))  # fmt: skip
    size = sets.group_by("comparison_set").agg(size=pl.len())
    chosen = (
        figures.filter(pl.col("se").is_not_null())
        .group_by("comparison_set", "indicator_id", *EDITION)
        .agg(found=pl.len())
        .join(size, on="comparison_set")
        .filter(pl.col("found") >= LEAST_SHARE * pl.col("size"))
        .sort("comparison_set", "indicator_id", "period_end", "found", "source_id")
        .unique(["comparison_set", "indicator_id"], keep="last")
    )
    keys = ["comparison_set", "indicator_id", *EDITION]
    return figures.join(chosen.select(keys), on=keys, how="semi").with_columns(
        worse=pl.col("indicator_id").replace_strict(directed, return_dtype=pl.Float64)
    )


def _of_area(
    coalition_id: str, comparison_set: str, area: PriorityArea, sets: pl.DataFrame, figures: pl.DataFrame
) -> pl.DataFrame:
    """The index of one priority area over one set; no rows where none of its indicators can be used."""
    places = sets.filter(pl.col("comparison_set") == comparison_set).sort("place_id").select("place_id")
    mine = figures.filter(
        pl.col("comparison_set") == comparison_set, pl.col("indicator_id").is_in(list(area.indicators))
    )
    used = mine.select("indicator_id", *EDITION, "worse").unique("indicator_id").sort("indicator_id")
    left_out = sorted(set(area.indicators) - set(used["indicator_id"]))
    if used.is_empty():
        return pl.DataFrame()
    rows = places.with_columns(
        coalition_id=pl.lit(coalition_id),
        comparison_set=pl.lit(comparison_set),
        priority_area=pl.lit(area.id),
        method=pl.lit(METHOD),
        period_start=pl.lit(used["period_start"].min(), pl.Int32),
        period_end=pl.lit(used["period_end"].max(), pl.Int32),
        indicators_used=pl.lit(_named(used)),
        indicators_left_out=pl.lit(", ".join(left_out) or None, pl.String),
        seed=pl.lit(SEED, pl.Int32),
    )
    if used.height < LEAST_INDICATORS:
        return _without_score(rows)
    estimates, se = (_grid(mine, places, used["indicator_id"].to_list(), name) for name in ("value", "se"))
    weights = np.full(used.height, 1 / used.height)
    found = index_with_ranks(estimates, se, used["worse"].to_numpy(), weights, SEED)
    numbers = {
        "score": found.score, "rank": found.rank, "rank_low": found.rank_low, "rank_high": found.rank_high,
        "probability_worst_quarter": found.probability_worst_quarter, "drawn_weight": found.drawn_weight,
    }  # fmt: skip
    return rows.with_columns(
        *(pl.Series(name, values).fill_nan(None) for name, values in numbers.items()),
        places=pl.lit(int(np.isfinite(found.score).sum()), pl.Int64),
    ).with_columns(
        reason=pl.when(pl.col("score").is_null()).then(pl.lit("withheld:missing_measures")),
        priority=pl.col("probability_worst_quarter") >= PRIORITY,
    )


def _without_score(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of an area with too little to make an index of."""
    empty = ("score", "rank", "rank_low", "rank_high", "probability_worst_quarter", "drawn_weight")
    return rows.with_columns(
        *(pl.lit(None, pl.Float64).alias(name) for name in empty),
        places=pl.lit(0, pl.Int64),
        reason=pl.lit("not_computable:few_indicators"),
        priority=pl.lit(None, pl.Boolean),
    )


def _named(used: pl.DataFrame) -> str:
    """What an index is made of, in words."""
    return "; ".join(
        f"{row['indicator_id']} ({row['source_id']}, {row['vintage']})" for row in used.iter_rows(named=True)
    )


def _grid(figures: pl.DataFrame, places: pl.DataFrame, indicators: list[str], name: str) -> np.ndarray:
    """A column of the figures as (places, indicators), NaN where there is none."""
    wide = figures.pivot("indicator_id", index="place_id", values=name)
    ordered = places.join(wide, on="place_id", how="left", maintain_order="left")
    return ordered.select(indicators).cast(pl.Float64).fill_null(np.nan).to_numpy()


def _quoted(rows: pl.DataFrame) -> pl.DataFrame:
    """A rank is quoted with its limits or, where they span half of the set, not at all."""
    width = pl.col("rank_high") - pl.col("rank_low")
    useless = width.is_null() | (width > WIDEST * pl.col("places"))
    limits = pl.format(
        "Rank {} of {}, and between {} and {} by sampling error alone.",
        pl.col("rank").round(0).cast(pl.Int64), "places",
        pl.col("rank_low").round(0).cast(pl.Int64), pl.col("rank_high").round(0).cast(pl.Int64),
    )  # fmt: skip
    return rows.with_columns(
        quotable=pl.when(pl.col("score").is_null() | useless)
        .then(pl.lit("no"))
        .otherwise(pl.lit("with_caveat")),
        caveat=pl.when(pl.col("score").is_null())
        .then(
            pl.lit(
                "Too few of the area's indicators have figures with standard errors for most of the places."
            )
        )
        .when(useless)
        .then(pl.concat_str(limits, pl.lit(" That says nothing.")))
        .otherwise(limits),
    )
