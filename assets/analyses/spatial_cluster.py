"""`published.spatial_cluster`: where like figures lie together, over the sets whose shapes are here.

Life expectancy, premature death and hardship by each source, in the latest period that most of the places
have. Neighbors are places that touch. A cluster says where, not why; figures are
taken as exact, so a map of noisy figures shows fewer clusters than there are, never more of one kind.
"""

import numpy as np
import polars as pl

from assets.analyses.comparison_sets import comparison_sets
from assets.analyses.latest_figures import EDITION, latest_figures
from assets.quotable import caveat_of_source
from assets.table import table
from assets.warehouse.shapes import shapes
from assets.wording import sentences
from lifegap.catalog.catalog import Catalog
from lifegap.methods.maps.local_moran import local_moran
from lifegap.methods.seeds import SEED
from lifegap.store.warehouse import Relation, Warehouse

SERIES = ["comparison_set", "indicator_id", *EDITION]
INDICATOR, OTHERS = "life_expectancy", ("premature_death_ypll", "hardship_index")
LEAST_SHARE = 0.9
EXACT = "Figures are taken as exact. A cluster says where, not why."
PLANAR, TOUCHING_METERS = 5070, 1.0
"""Borders drawn by hand miss each other by a little."""

COLUMNS = (
    "comparison_set", "place_id", *SERIES[1:], "population_group", "value", "neighbors", "local_i", "p_value",
    "q_value", "cluster", "need", "reason", "caveat", "seed",
)  # fmt: skip


@table(
    "published.spatial_cluster",
    estimate="indicators.life_expectancy",
    value="indicators.indicator_value",
    place="warehouse.place",
    boundary="warehouse.place_boundary",
)
def spatial_cluster(
    estimate: pl.DataFrame,
    value: Relation,
    place: pl.DataFrame,
    boundary: pl.DataFrame,
    catalog: Catalog,
    warehouse: Warehouse,
) -> pl.DataFrame:
    """One row per place of a set, and figure mapped."""
    sets = comparison_sets(place, catalog).join(boundary, on="place_id")
    figures = _figures(estimate, value, sets, warehouse)
    made = [
        _of_set(part, figures.filter(pl.col("comparison_set") == part["comparison_set"][0]))
        for part in sets.partition_by("comparison_set", maintain_order=True)
    ]
    return pl.concat(made).pipe(_judged, catalog).select(COLUMNS)


def _figures(
    estimate: pl.DataFrame, value: Relation, sets: pl.DataFrame, warehouse: Warehouse
) -> pl.DataFrame:
    """What is mapped over each set."""
    expectancy = warehouse.given(
        estimate.filter(pl.col("method") != "weighted_mean").with_columns(
            indicator_id=pl.lit(INDICATOR), value="estimate"
        )
    )
    return pl.concat(
        [
            latest_figures(expectancy, sets, [INDICATOR], warehouse, least_share=LEAST_SHARE),
            latest_figures(value, sets, list(OTHERS), warehouse, least_share=LEAST_SHARE),
        ]
    )


def _of_set(sets: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """Statistics of every figure over one set."""
    planar = shapes(sets.select("place_id", "geometry"), PLANAR)
    one, other = planar.sindex.query(planar.geometry, predicate="dwithin", distance=TOUCHING_METERS)
    neighbors = [np.sort(other[(one == index) & (other != index)]) for index in range(len(planar))]
    places = sets.select("place_id", neighbors=pl.Series([len(each) for each in neighbors]))
    made = [
        _statistics(
            places.join(each, on="place_id", how="left", maintain_order="left"), neighbors
        ).with_columns(pl.lit(each[name][0]).alias(name) for name in SERIES)
        for each in figures.partition_by(SERIES, maintain_order=True)
    ]
    return pl.concat(made) if made else pl.DataFrame()


def _statistics(places: pl.DataFrame, neighbors: list[np.ndarray]) -> pl.DataFrame:
    """Local Moran of one figure."""
    values = places["value"].fill_null(np.nan).to_numpy()
    found = local_moran(values, neighbors, seed=SEED)
    numbers = {"local_i": found.local_i, "p_value": found.p_value, "q_value": found.q_value}
    return places.with_columns(
        *(pl.Series(name, column).fill_nan(None) for name, column in numbers.items()),
        pl.Series("cluster", found.cluster.tolist(), pl.String),
        pl.Series("reason", found.reason.tolist(), pl.String),
    )


def _judged(rows: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Whether a cluster is one of need."""
    directions = {name: each.indicator.direction for name, each in catalog.indicators.items()}
    direction = pl.col("indicator_id").replace_strict(directions, return_dtype=pl.String)
    worse = (
        pl.when(direction == "higher")
        .then(pl.lit("low_low"))
        .when(direction == "lower")
        .then(pl.lit("high_high"))
    )
    return rows.with_columns(
        population_group=pl.lit("all"),
        need=pl.when(pl.col("cluster").is_not_null()).then(pl.col("cluster") == worse),
        neighbors=pl.col("neighbors").cast(pl.Int64),
        caveat=sentences(pl.lit(EXACT), caveat_of_source(catalog)),
        seed=pl.lit(SEED, pl.Int32),
    )
