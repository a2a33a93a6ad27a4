"""Observations of County Health Rankings."""

import polars as pl

from assets.warehouse.identifiers import county_or_above
from assets.warehouse.observed import observed, year_of
from lifegap.catalog.catalog import Catalog
from lifegap.methods.intervals import se_of_interval

NOT_RANKED = 999
LIFE_EXPECTANCY = "v147"
RESHAPED = "-reshaped"


@observed("sources.chr_category", "sources.chr_summary_name")
def rankings(category: pl.DataFrame, summary_name: pl.DataFrame, _: Catalog) -> pl.DataFrame:
    """Ranks, scores and groups; a rank of 999 is none, and from 2024 there is none at all."""
    names = summary_name.filter(pl.col("level") == "category").select(
        "year", category_id="summary_id", summary="name"
    )
    rank = pl.when(pl.col("rank") != NOT_RANKED).then("rank").cast(pl.Float64)
    score = pl.when(pl.col("year") < 2024).then("z_score")
    national = pl.when(pl.col("year") >= 2024).then("z_score")
    group = pl.col("health_group").cast(pl.Float64)
    unranked = pl.when(pl.col("rank") == NOT_RANKED).then(pl.lit("not_published:not_ranked"))
    parts = {
        "rank": (rank, unranked.otherwise(pl.lit("not_published:no_ranks_since_2024"))),
        "z-score within the state": (score, pl.lit("not_published:national_score_since_2024")),
        "z-score within the nation": (national, pl.lit("not_published:state_score_before_2024")),
        "health group": (group, pl.lit("not_published:no_groups_before_2024")),
    }
    joined = category.join(names, on=["year", "category_id"], how="left")
    return pl.concat(
        joined.select(
            "vintage", "source_file", "source_row",
            place_id=county_or_above(pl.col("county_fips")),
            table_id=pl.lit("t_category_data"),
            measure=pl.format("category_{}_{}", "category_id", pl.lit(what.replace(" ", "_"))),
            measure_label=pl.format("{}!!{}", "summary", pl.lit(what)),
            period_start="year",
            period_end="year",
            source_id=pl.lit("chr_rankings"),
            estimate=value,
            reason=reason,
        )
        for what, (value, reason) in parts.items()
    )  # fmt: skip


@observed("sources.chr_measure")
def measures(measure: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Life expectancy in the publisher's own files; those re-shaped by others have no interval."""
    published = (pl.col("measure") == LIFE_EXPECTANCY) & ~pl.col("vintage").str.ends_with(RESHAPED)
    return measure.filter(published).select(
        "vintage", "source_file", "source_row", "population_group", "estimate", "ci_low", "ci_high",
        "measure",
        place_id=county_or_above(pl.col("county_fips")),
        table_id="measure",
        measure_label=pl.lit("Life expectancy at birth"),
        period_start=year_of(catalog, "chr_measures", "period_start"),
        period_end=year_of(catalog, "chr_measures", "period_end"),
        source_id=pl.lit("chr_measures"),
        se=se_of_interval(pl.col("ci_low"), pl.col("ci_high")),
    )  # fmt: skip
