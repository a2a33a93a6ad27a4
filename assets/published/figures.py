"""The published figures: life expectancy, its gaps, indicators, and the coverage behind them."""

import polars as pl

from assets.quotable import with_quotability
from assets.table import table
from assets.wording import in_the_pandemic
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from lifegap.methods.surveys.pooling_needed import (
    pooling_needed,
    pools_for_count,
    pools_for_percent,
    pools_for_years,
)
from lifegap.store.warehouse import Relation

YEARS = in_the_pandemic(pl.col("period_start"), pl.col("period_end"))


def _columns(full_name: str) -> list[str]:
    return [column.name for column in declared_tables()[full_name].columns]


def _with_pooling(rows: pl.DataFrame, by_precision: pl.Expr) -> pl.DataFrame:
    """The rows with what would make an unreliable figure publishable."""
    return rows.with_columns(
        pooling_needed=pooling_needed(pl.col("reason"), pl.col("reliability"), by_precision=by_precision)
    )


@table("published.life_expectancy", computed="indicators.life_expectancy")
def life_expectancy(computed: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Every estimate, with what may be quoted."""
    quoted = with_quotability(
        computed, "estimate", catalog, unit=" years", modeled=pl.col("modeled"), pandemic=YEARS
    )
    return _with_pooling(quoted, pools_for_years(pl.col("se"))).select(_columns("published.life_expectancy"))


@table("published.life_expectancy_gap", computed="indicators.life_expectancy_gap")
def life_expectancy_gap(computed: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Every gap, with what may be quoted. A source that forbids comparing places gives none."""
    forbidden = [card.id for card in catalog.cards.values() if not card.fitness["compare_places"].allowed]
    allowed = computed.filter(~pl.col("source_id").is_in(forbidden))
    quoted = with_quotability(allowed, "gap", catalog, unit=" years", pandemic=YEARS)
    return _with_pooling(quoted, pools_for_years(pl.col("se"))).select(
        _columns("published.life_expectancy_gap")
    )


@table("published.indicator_value", by_source="as read", computed="indicators.indicator_value")
def indicator_value(computed: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Every value, with what may be quoted."""
    modeled = [card.id for card in catalog.cards.values() if card.modeled]
    deaths = pl.col("indicator_id").is_in(catalog.of_deaths)
    quoted = with_quotability(
        computed, "value", catalog, unit="", modeled=pl.col("source_id").is_in(modeled),
        pandemic=pl.when(deaths).then(YEARS),
    )  # fmt: skip
    percent = [name for name, each in catalog.indicators.items() if each.indicator.unit == "percent"]
    value, se = pl.col("value"), pl.col("se")
    pools = (
        pl.when(pl.col("indicator_id").is_in(percent))
        .then(pools_for_percent(value, se))
        .otherwise(pools_for_count(value, se))
    )
    return _with_pooling(quoted, pools).select(_columns("published.indicator_value"))


@table("published.coverage", computed="indicators.coverage")
def coverage(computed: Relation) -> Relation:
    """Coverage as computed."""
    return computed
