"""The latest figures of each set of places, for what looks at all places of a set at once."""

import polars as pl

from lifegap.store.warehouse import Relation, Warehouse

EDITION = ["source_id", "vintage", "period_start", "period_end", "method"]


def latest_figures(
    value: Relation, sets: pl.DataFrame, indicators: list[str], warehouse: Warehouse, *, least_share: float
) -> pl.DataFrame:
    """Of each set, indicator, source and method the latest edition that most places of the set have.

    sets: comparison_set, place_id. least_share: of the set's places that must have a figure. Returns
    comparison_set, indicator_id, EDITION, place_id, value, se. A figure that is unreliable for more than its
    width, and so has no standard error, is not among them.
    """
    members = warehouse.given(sets.select("comparison_set", "place_id")).set_alias("s")
    wanted = warehouse.given(pl.DataFrame({"indicator_id": sorted(indicators)})).set_alias("i")
    figures = (
        value.set_alias("v")
        .join(wanted, "v.indicator_id = i.indicator_id", how="semi")
        .join(members, "v.place_id = s.place_id")
        .filter(
            "population_group = 'all' AND value IS NOT NULL "
            "AND (reliability <> 'unreliable' OR se IS NOT NULL)"
        )
        .project(
            "comparison_set, indicator_id, source_id, vintage, period_start, period_end, method, v.place_id, "
            "value, se"
        )
        .pl()
    )
    size = sets.group_by("comparison_set").agg(size=pl.len())
    editions = (
        figures.group_by("comparison_set", "indicator_id", *EDITION)
        .agg(found=pl.len())
        .join(size, on="comparison_set")
        .filter(pl.col("found") >= least_share * pl.col("size"))
        .sort("comparison_set", "indicator_id", "source_id", "method", "period_end", "vintage")
        .unique(["comparison_set", "indicator_id", "source_id", "method"], keep="last", maintain_order=True)
    )
    return figures.join(
        editions.select("comparison_set", "indicator_id", *EDITION),
        on=["comparison_set", "indicator_id", *EDITION],
        how="semi",
    ).sort("comparison_set", "indicator_id", *EDITION, "place_id")
