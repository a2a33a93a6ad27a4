"""Weighted means of the members of a footprint, where a series has figures of the members alone."""

import polars as pl

from assets.units import tract_shares
from lifegap.catalog.catalog import Catalog
from lifegap.methods.mortality.pooling import weighted_mean, weighted_mean_se
from lifegap.methods.surveys import intervals

CENSUS_YEAR = 2010
"""Year of the counts that weight the parts of a footprint."""

LEAST_COVERAGE = 0.5
SERIES = ("period_start", "period_end", "source_id", "vintage", "population_group")


def footprint_means(
    published: pl.DataFrame, shares: pl.DataFrame, place: pl.DataFrame, catalog: Catalog
) -> pl.DataFrame:
    """Weighted means of a footprint's members, by series and period.

    Weights are the members' people in 2010: for later periods nothing better is here, for earlier
    ones there is nothing at all. A source that has only some places gives none: which members it has is
    somebody's choice.
    """
    weights = member_weights(shares, place)
    selective = [card.id for card in catalog.cards.values() if card.selective]
    rows = (
        published.filter(pl.col("method") == "published", ~pl.col("source_id").is_in(selective))
        .join(weights, left_on="place_id", right_on="member")
        .sort("footprint", *SERIES, "place_id")
        .group_by("footprint", *SERIES, maintain_order=True)
        .agg(
            estimate=weighted_mean(pl.col("estimate"), pl.col("people")),
            se=weighted_mean_se(pl.col("estimate"), pl.col("se"), pl.col("people")),
            share=pl.col("people").filter(pl.col("estimate").is_not_null()).sum()
            / pl.col("of_footprint").first(),
        )
        .rename({"footprint": "place_id"})
    )
    weighted = pl.col("period_end") >= CENSUS_YEAR
    covered = pl.col("share") >= LEAST_COVERAGE
    kept = weighted & covered
    return rows.with_columns(
        estimate=pl.when(kept).then("estimate"), se=pl.when(kept).then("se")
    ).with_columns(
        method=pl.lit("weighted_mean"),
        ci_low=intervals.ci_low(pl.col("estimate"), pl.col("se")),
        ci_high=intervals.ci_high(pl.col("estimate"), pl.col("se")),
        reliability=pl.when(kept).then(pl.lit("unreliable")).otherwise(pl.lit("withheld")),
        reason=pl.when(~weighted)
        .then(pl.lit("not_computable:no_weights"))
        .when(~covered)
        .then(pl.lit("withheld:coverage"))
        .otherwise(pl.lit("unreliable:weighted_mean")),
        modeled=pl.lit(False),
        unmeasured=pl.lit(False),
        cautions=pl.when(kept).then(
            pl.lit(
                "A mean of the parts by their people of 2010, not the life expectancy of the people "
                "together; it tends to be too high."
            )
        ),
        note=pl.lit(None, pl.String),
    )


def member_weights(shares: pl.DataFrame, place: pl.DataFrame) -> pl.DataFrame:
    """footprint, member, people: members that are made of tracts, with their people of 2010."""
    counts = (
        tract_shares(shares, place)
        .group_by("place_id", maintain_order=True)
        .agg(people=(pl.col("population") * pl.col("weight")).sum())
    )
    return (
        shares.filter(
            pl.col("partition").str.starts_with("footprint:"),
            ~pl.col("from_place_id").str.contains(r"^(tract|block_group)"),
        )
        .select(footprint="to_place_id", member="from_place_id")
        .join(counts, left_on="member", right_on="place_id")
        .sort("footprint", "member")
        .with_columns(of_footprint=pl.col("people").sum().over("footprint"))
    )
