"""The published figures: life expectancy, its gaps, indicators, and the coverage behind them."""

import polars as pl

from assets.published.quotable import with_quotability
from assets.table import table
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from lifegap.store.warehouse import Relation


def _columns(full_name: str) -> list[str]:
    return [column.name for column in declared_tables()[full_name].columns]


@table("published.life_expectancy", computed="indicators.life_expectancy")
def life_expectancy(computed: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Every estimate, with what may be quoted."""
    return with_quotability(computed, "estimate", catalog, unit=" years", modelled=pl.col("modelled")).select(
        _columns("published.life_expectancy")
    )


@table("published.life_expectancy_gap", computed="indicators.life_expectancy_gap")
def life_expectancy_gap(computed: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Every gap, with what may be quoted. A source that forbids comparing places gives none."""
    forbidden = [card.id for card in catalog.cards.values() if not card.fitness["compare_places"].allowed]
    return with_quotability(
        computed.filter(~pl.col("source_id").is_in(forbidden)), "gap", catalog, unit=" years"
    ).select(_columns("published.life_expectancy_gap"))


@table("published.indicator_value", computed="indicators.indicator_value")
def indicator_value(computed: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Every value, with what may be quoted."""
    modelled = [card.id for card in catalog.cards.values() if card.modelled]
    return with_quotability(
        computed, "value", catalog, unit="", modelled=pl.col("source_id").is_in(modelled)
    ).select(_columns("published.indicator_value"))


@table("published.coverage", computed="indicators.coverage")
def coverage(computed: Relation) -> Relation:
    """Coverage as computed."""
    return computed
