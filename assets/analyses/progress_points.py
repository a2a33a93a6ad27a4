"""The points of the series that progress is told along: gaps, and indicators of places."""

import polars as pl

from assets.units import UNOFFICIAL
from lifegap.catalog.catalog import Catalog
from lifegap.store.warehouse import Relation, Warehouse

NONE = "none"
METRIC = "life_expectancy_gap"
SUBJECT_OF_PLACE = ["place_id", "indicator_id", "source_id", "method", "population_group"]
SUBJECT = ["coalition_id", "place_id", "reference_place_id", "indicator_id", "source_id", "method"]
"""A series; its vintage is that of its latest value."""


def points_of_gaps(gap: pl.DataFrame) -> pl.DataFrame:
    """Gaps of all people as points of series; each edition of a source is a series of its own."""
    return gap.filter(pl.col("population_group") == "all", pl.col("reference_group") == "all").select(
        "coalition_id", "place_id", "reference_place_id", "source_id", "method", "period_start", "period_end",
        "vintage", "se", "reliability", "unmeasured", line="vintage", value="gap",
        indicator_id=pl.lit(METRIC), units=pl.lit(False),
    )  # fmt: skip


def points_of_indicators(
    value: Relation, crosswalk: Relation, catalog: Catalog, warehouse: Warehouse
) -> pl.DataFrame:
    """Indicators of the places that coalitions compare, of every group of people.

    Of a period that several editions have, the last.
    """
    lists = crosswalk.filter(f"basis = '{UNOFFICIAL}'").aggregate("source_id", "source_id").fetchall()
    said = [caveat for (name,) in lists if (caveat := catalog.cards[name].caveat)]
    places = pl.DataFrame(
        sorted({(coalition, each) for coalition, *pair in catalog.comparisons for each in pair}),
        schema=["coalition_id", "place_id"],
        orient="row",
    )
    order = {
        f"{card.id} {vintage.id}": index
        for card in catalog.cards.values()
        for index, vintage in enumerate(card.vintage)
    }
    frame = (
        value.set_alias("v")
        .join(
            warehouse.given(places.select("place_id").unique()).set_alias("p"),
            "v.place_id = p.place_id",
            how="semi",
        )
        .filter("value IS NOT NULL")
        .project(
            "place_id, indicator_id, source_id, vintage, period_start, period_end, population_group, method, "
            "value, se, reliability, unmeasured, cautions"
        )
        .pl()
    )
    edition = pl.format("{} {}", "source_id", "vintage").replace_strict(order, default=0)
    # Units drawn anew and taken by another list: a change between them need not be one of the place.
    units = pl.col("cautions").str.contains_any(said).fill_null(False)
    return (
        frame.with_columns(edition=edition, units=units, line=pl.lit(""))
        .sort("edition")
        .unique([*SUBJECT_OF_PLACE, "period_start", "period_end"], keep="last")
        .join(places, on="place_id")
        .with_columns(reference_place_id=pl.lit(NONE))
        .drop("edition")
    )


def no_trend(catalog: Catalog) -> pl.Expr:
    """Why a change over time may not be told, where a card or an indicator forbids it; null elsewhere."""
    sources = [card.id for card in catalog.cards.values() if not card.fitness["trend"].allowed]
    fixed = [name for name, each in catalog.indicators.items() if not each.indicator.trend_allowed]
    return (
        pl.when(pl.col("source_id").is_in(sources))
        .then(pl.lit("not_assessable:source_forbids_trend"))
        .when(pl.col("indicator_id").is_in(fixed))
        .then(pl.lit("not_assessable:not_comparable_over_time"))
    )
