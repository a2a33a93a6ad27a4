"""Observations of the City of Chicago, its health atlas, and what is reported of it."""

import polars as pl

from assets.warehouse.identifiers import CHICAGO, neighborhood
from assets.warehouse.observed import observed
from assets.warehouse.place_boundary import one_layout
from lifegap.catalog.catalog import Catalog
from lifegap.methods.intervals import se_of_interval


@observed("sources.chicago_life_expectancy")
def city_series(city_series: pl.DataFrame, _: Catalog) -> pl.DataFrame:
    """The series from the first of the files that hold it."""
    area = pl.col("area_number")
    return one_layout(city_series).select(
        "vintage", "source_file", "source_row", "estimate", "ci_low", "ci_high",
        place_id=pl.when(area.is_null()).then(pl.lit(CHICAGO)).otherwise(neighborhood(area)),
        table_id=pl.lit("qjr3-bm53"),
        measure=pl.lit("life_expectancy"),
        measure_label=pl.lit("Life expectancy at birth"),
        period_start="year",
        period_end="year",
        source_id=pl.lit("chicago_life_expectancy"),
        se=se_of_interval(pl.col("ci_low"), pl.col("ci_high")),
    )  # fmt: skip


@observed("sources.chicago_health_atlas")
def atlas(atlas: pl.DataFrame, _: Catalog) -> pl.DataFrame:
    """Community areas of the download that holds life expectancy; the others repeat or revise its topics."""
    used = atlas.filter(pl.col("layer") == "Community area", pl.col("vintage") == "2023-04-24")
    return used.select(
        "vintage", "source_file", "source_row", "period_start", "period_end", "estimate",
        place_id=neighborhood(pl.col("geoid")),
        table_id="topic",
        measure="topic",
        measure_label="topic",
        source_id=pl.lit("chicago_health_atlas"),
    )  # fmt: skip


@observed("sources.chicago_reported", "sources.chicago_community_area")
def reported(reported: pl.DataFrame, area: pl.DataFrame, _: Catalog) -> pl.DataFrame:
    """Reported figures that are used; areas by their name, checked against the city's list."""
    names = area.select(area_number="area_number", key=pl.col("name").str.replace("OHARE", "O'HARE"))
    named = pl.col("place").str.replace(r"\s*\(.*\)$", "").str.to_uppercase()
    return (
        reported.filter(pl.col("not_used").is_null())
        .with_columns(key=named)
        .join(names, on="key", how="left")
        .select(
            "source_file", "source_row", "period_start", "period_end", "estimate",
            "population_group",
            place_id=pl.when(pl.col("place_type") == "city")
            .then(pl.lit(CHICAGO))
            .otherwise(neighborhood(pl.col("area_number"))),
            table_id=pl.lit("reported"),
            measure=pl.lit("life_expectancy"),
            measure_label=pl.lit("Life expectancy at birth"),
            source_id=pl.lit("chicago_reported"),
            vintage=pl.col("edition"),
            note=pl.format("{}: {} ({})", "source_publisher", "source_title", "source_url"),
        )
    )  # fmt: skip


@observed("sources.chicago_block")
def people_in_city(block: pl.DataFrame, _: Catalog) -> pl.DataFrame:
    """People of each tract inside the city, summed over its blocks; the row is that of its first."""
    return block.group_by("tract_id", "vintage", "source_file").agg(
        estimate=pl.col("population").sum().cast(pl.Float64), source_row=pl.col("source_row").min()
    ).select(
        "vintage", "source_file", "source_row", "estimate",
        place_id="tract2010:" + pl.col("tract_id"),
        table_id=pl.lit("blocks"),
        measure=pl.lit("population_in_city"),
        measure_label=pl.lit("Population inside the city"),
        period_start=pl.lit(2010, pl.Int32),
        period_end=pl.lit(2010, pl.Int32),
        source_id=pl.lit("chicago_portal"),
    )  # fmt: skip
