"""Observations of the Centers for Disease Control: social vulnerability, modeled health of adults."""

import polars as pl

from assets.identifiers import county_or_above, tract_of
from assets.warehouse.observed import observed, period_of
from lifegap.catalog.catalog import Catalog
from lifegap.methods.surveys.intervals import se_of_interval
from lifegap.methods.surveys.margins import se_of_margin
from lifegap.store.warehouse import Relation

PERCENT, MARGIN = r"^(EP_|E_P_)", r"^(MP_|M_P_)"
RANK = r"^(RPL_|R_PL_|USTP$|USG\dTP$)"
FIRST_ON_2020_PLACES = 2024
"""First release of PLACES on the tracts and ZIP code tabulation areas of 2020."""


@observed("sources.svi_cell")
def vulnerability(cells: Relation, catalog: Catalog) -> pl.DataFrame:
    """Percentages with their margins, and percentile ranks; counts are those of the census tables.

    A percentage is the table `percent`; a rank is `rank_within_nation` or `rank_within_state`.
    """
    wanted = " OR ".join(f"regexp_matches(variable, '{each}')" for each in (PERCENT, MARGIN, RANK))
    rows = cells.filter(wanted).pl()
    year = pl.col("vintage").str.slice(0, 4).cast(pl.Int32)
    margins = rows.filter(pl.col("variable").str.contains(MARGIN)).select(
        "source_file", "source_row", of=pl.col("variable").str.replace(MARGIN, ""), moe90="value"
    )
    is_rank = pl.col("variable").str.contains(RANK)
    return (
        rows.filter(~pl.col("variable").str.contains(MARGIN))
        .with_columns(of=pl.col("variable").str.replace(PERCENT, ""))
        .join(margins, on=["source_file", "source_row", "of"], how="left")
        .select(
            "vintage", "source_file", "source_row",
            place_id=pl.when(pl.col("level") == "tract")
            .then(tract_of(pl.col("code"), year))
            .otherwise(county_or_above(pl.col("code"))),
            table_id=pl.when(is_rank)
            .then(pl.format("rank_within_{}", "ranked_within"))
            .otherwise(pl.lit("percent")),
            measure="variable",
            measure_label="variable",
            source_id=pl.lit("cdc_svi"),
            estimate="value",
            moe90=pl.when(~is_rank).then("moe90"),
            se=pl.when(~is_rank).then(se_of_margin(pl.col("moe90"))),
            **period_of(catalog, "cdc_svi"),
        )
    )  # fmt: skip


@observed("sources.places_estimate")
def modeled_health(estimates: Relation, catalog: Catalog) -> pl.DataFrame:
    """Prevalences of adults, crude and adjusted for age.

    The estimate of a tract in two cities is of the part in the city it is listed under, not of the tract:
    such tracts have no place here.
    """
    code, level = pl.col("code"), pl.col("level")
    periods = period_of(catalog, "cdc_places")
    release = pl.col("vintage").str.extract(r"(\d{4})").cast(pl.Int32)
    drawn = pl.when(release < FIRST_ON_2020_PLACES).then(pl.lit("2010")).otherwise(pl.lit("2020"))
    parts = pl.col("city_code").n_unique().over("source_file", "level", "code") > 1
    return estimates.pl().select(
        "vintage", "source_file", "source_row", "measure", "estimate", "ci_low", "ci_high",
        place_id=pl.when(level == "nation")
        .then(pl.lit("nation:us"))
        .when(level == "county")
        .then(county_or_above(code))
        .when((level == "tract") & ~parts)
        .then(pl.format("tract{}:{}", drawn, code))
        .when(level == "zcta")
        .then(pl.format("zcta{}:{}", drawn, code))
        .when(level == "city")
        .then("city:" + code),
        table_id="data_value_type",
        measure_label="measure",
        source_id=pl.lit("cdc_places"),
        se=se_of_interval(pl.col("ci_low"), pl.col("ci_high")),
        period_start=pl.coalesce("year", periods["period_start"]),
        period_end=pl.coalesce("year", periods["period_end"]),
        reason=pl.when(pl.col("footnote").is_not_null()).then(pl.lit("suppressed:too_few_cases")),
    )  # fmt: skip
