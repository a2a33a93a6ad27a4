"""Observations of the Census Bureau's counts and models; the survey's cells stay in DuckDB."""

import polars as pl

from assets.warehouse.identifiers import census_place, county_or_above
from assets.warehouse.observed import observed, period_of
from lifegap.catalog.catalog import Catalog
from lifegap.methods.intervals import Z95
from lifegap.methods.margins import se_of_margin
from lifegap.store.warehouse import Relation


@observed("sources.tract_population")
def population(population: Relation, _: Catalog) -> pl.DataFrame:
    return population.pl().select(
        "vintage", "source_file", "source_row",
        place_id=pl.format("tract{}:{}", "vintage", "tract_id"),
        table_id=pl.lit("tract_population"),
        measure=pl.lit("population"),
        measure_label=pl.lit("Population"),
        period_start=pl.col("vintage").cast(pl.Int32),
        period_end=pl.col("vintage").cast(pl.Int32),
        source_id=pl.lit("census_decennial"),
        estimate=pl.col("population").cast(pl.Float64),
    )  # fmt: skip


@observed("sources.decennial_cell")
def counts(cells: Relation, _: Catalog) -> pl.DataFrame:
    """Lines of the census tables, under the census's own tracts."""
    year = pl.col("vintage").str.slice(0, 4).cast(pl.Int32)
    return cells.pl().select(
        "vintage", "source_file", "source_row", "table_id",
        place_id=census_place(pl.col("geo_id"), year),
        measure="line",
        measure_label="label",
        period_start=year,
        period_end=year,
        source_id=pl.lit("census_decennial"),
        estimate="value",
    )  # fmt: skip


@observed("sources.saipe_estimate")
def modelled_income_and_poverty(estimates: Relation, catalog: Catalog) -> pl.DataFrame:
    """Poverty and income by county; the printed limits are of 90 percent."""
    half = (pl.col("ci90_high") - pl.col("ci90_low")) / 2
    se = se_of_margin(half)
    return estimates.pl().select(
        "vintage", "source_file", "source_row", "measure", "estimate",
        place_id=county_or_above(pl.col("county_fips")),
        table_id=pl.lit("saipe"),
        measure_label="measure",
        source_id=pl.lit("census_saipe"),
        moe90=half,
        se=se,
        ci_low=pl.col("estimate") - Z95 * se,
        ci_high=pl.col("estimate") + Z95 * se,
        **period_of(catalog, "census_saipe"),
    )  # fmt: skip
