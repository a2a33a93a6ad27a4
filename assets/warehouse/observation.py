"""`warehouse.observation`: every publisher's numbers in one long table, as printed.

Signs that stand for "no number" become reasons. Nothing is withheld here for being implausible: that
is decided where figures are made. The American Community Survey alone is millions of rows, so its part
stays inside DuckDB.
"""

import duckdb
import polars as pl

from assets.table import table
from assets.warehouse.identifiers import CHICAGO, census_place, county_or_above, neighborhood
from assets.warehouse.place_boundary import one_layout
from lifegap.catalog.cards import Vintage
from lifegap.catalog.catalog import Catalog
from lifegap.methods.intervals import ACS_Z90, Z95, se_of_interval
from lifegap.store.warehouse import Relation

ACS_REASONS = {
    "(X)": "not_published:not_applicable",
    "-": "not_published:too_few_cases",
    "**": "not_published:too_few_cases",
    "N": "suppressed:too_few_cases",
    "null": "not_published:blank",
}
"""Sign in an estimate's cell → reason. `250,000+` and `2,500-` are medians in an open interval."""

ACS_MARGIN_FLAGS = {
    "**": "margin_not_computable",
    "***": "median_in_open_interval",
    "*****": "controlled",
    "N": "margin_not_computable",
    "null": "margin_not_computable",
}
FLAGS = {1: "observed", 2: "predicted", 3: "mixture"}
NOT_RANKED = 999

PLAIN = (
    "place_id", "table_id", "measure", "measure_label", "population_group", "period_start",
    "period_end", "source_id", "vintage", "estimate", "se", "ci_low", "ci_high", "moe90", "reason",
    "flags", "note", "source_file", "source_row",
)  # fmt: skip


@table(
    "warehouse.observation",
    cells="sources.acs_cell",
    usaleep="sources.usaleep_tract",
    city_series="sources.chicago_life_expectancy",
    atlas="sources.chicago_health_atlas",
    reported="sources.chicago_reported",
    area="sources.chicago_community_area",
    category="sources.chr_category",
    category_name="sources.chr_category_name",
    measure="sources.chr_measure",
    population="sources.tract_population",
    block="sources.chicago_block",
)
def observation(
    cells: Relation,
    usaleep: pl.DataFrame,
    city_series: pl.DataFrame,
    atlas: pl.DataFrame,
    reported: pl.DataFrame,
    area: pl.DataFrame,
    category: pl.DataFrame,
    category_name: pl.DataFrame,
    measure: pl.DataFrame,
    population: pl.DataFrame,
    block: pl.DataFrame,
    catalog: Catalog,
    connection: duckdb.DuckDBPyConnection,
) -> Relation:
    """All observations: those made of frames, then the survey's cells."""
    frames = pl.concat(
        [
            complete(part)
            for part in (
                _usaleep(usaleep, catalog),
                _city_series(city_series),
                _atlas(atlas),
                _reported(reported, area),
                _rankings(category, category_name),
                _measures(measure, catalog),
                _population(population),
                _people_in_city(block),
            )
        ]
    )
    return connection.from_arrow(frames.to_arrow()).union(_survey(cells, connection))


def complete(part: pl.DataFrame) -> pl.DataFrame:
    """The part with every column of an observation: limits and margins it does not have are null."""
    absent = {
        name: pl.lit(None, pl.Float64 if name in ("se", "ci_low", "ci_high", "moe90") else pl.String)
        for name in ("se", "ci_low", "ci_high", "moe90", "reason", "flags", "note")
        if name not in part.columns
    }
    return (
        part.with_columns(
            population_group=pl.col("population_group")
            if "population_group" in part.columns
            else pl.lit("all"),
            **absent,
        )
        .with_columns(
            reason=pl.when(pl.col("estimate").is_null()).then(
                pl.coalesce("reason", pl.lit("not_published:blank"))
            ),
        )
        .select(PLAIN)
    )


def _survey(cells: Relation, connection: duckdb.DuckDBPyConnection) -> Relation:
    """Cells of the American Community Survey; their standard errors follow from the margins."""
    places = cells.aggregate("geo_id, vintage", "geo_id, vintage").pl()
    placed = places.with_columns(place_id=census_place(pl.col("geo_id"), pl.col("vintage")))
    reasons = " ".join(f"WHEN '{sign}' THEN '{reason}'" for sign, reason in ACS_REASONS.items())
    flags = " ".join(f"WHEN '{sign}' THEN '{flag}'" for sign, flag in ACS_MARGIN_FLAGS.items())
    joined = cells.join(connection.from_arrow(placed.to_arrow()), "geo_id, vintage")
    return joined.query(
        "cells",
        f"""
        SELECT place_id, table_id, line AS measure, label AS measure_label,
            'all' AS population_group, vintage::INTEGER - 4 AS period_start,
            vintage::INTEGER AS period_end, 'census_acs5' AS source_id, vintage, estimate,
            moe90 / {ACS_Z90} AS se, NULL::DOUBLE AS ci_low, NULL::DOUBLE AS ci_high, moe90,
            CASE
                WHEN estimate IS NOT NULL THEN NULL
                WHEN regexp_full_match(estimate_text, '[0-9,]+[+-]')
                    THEN 'not_published:median_in_open_interval'
                ELSE coalesce(CASE estimate_text {reasons} END, 'not_published:blank')
            END AS reason,
            CASE moe_text {flags} END AS flags, NULL::VARCHAR AS note, source_file, source_row
        FROM cells
        """,
    )


def _usaleep(usaleep: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    period = catalog.cards["nchs_usaleep"].vintages
    se = pl.col("se_e0")
    return usaleep.select(
        "vintage", "source_file", "source_row",
        place_id="tract2010:" + pl.col("tract_id"),
        table_id=pl.lit("file_a"),
        measure=pl.lit("e(0)"),
        measure_label=pl.lit("Life expectancy at birth"),
        period_start=_year(period, "period_start"),
        period_end=_year(period, "period_end"),
        source_id=pl.lit("nchs_usaleep"),
        estimate=pl.col("e0"),
        se=se,
        ci_low=pl.col("e0") - Z95 * se,
        ci_high=pl.col("e0") + Z95 * se,
        flags=pl.col("flag").replace_strict(FLAGS, default=None, return_dtype=pl.String),
    )  # fmt: skip


def _city_series(city_series: pl.DataFrame) -> pl.DataFrame:
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


def _atlas(atlas: pl.DataFrame) -> pl.DataFrame:
    return atlas.select(
        "vintage", "source_file", "source_row", "period_start", "period_end", "estimate",
        place_id=neighborhood(pl.col("geoid")),
        table_id="topic",
        measure="topic",
        measure_label="topic",
        source_id=pl.lit("chicago_health_atlas"),
    )  # fmt: skip


def _reported(reported: pl.DataFrame, area: pl.DataFrame) -> pl.DataFrame:
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


def _rankings(category: pl.DataFrame, category_name: pl.DataFrame) -> pl.DataFrame:
    """Ranks, scores and groups; a rank of 999 is none, and from 2024 there is none at all."""
    names = category_name.select("year", "category_id", summary="name")
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


def _measures(measure: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    period = catalog.cards["chr_measures"].vintages
    return measure.select(
        "vintage", "source_file", "source_row", "population_group", "estimate", "ci_low", "ci_high",
        "measure",
        place_id=county_or_above(pl.col("county_fips")),
        table_id="measure",
        measure_label=pl.lit("Life expectancy at birth"),
        period_start=_year(period, "period_start"),
        period_end=_year(period, "period_end"),
        source_id=pl.lit("chr_measures"),
        se=se_of_interval(pl.col("ci_low"), pl.col("ci_high")),
    )  # fmt: skip


def _population(population: pl.DataFrame) -> pl.DataFrame:
    return population.select(
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


def _people_in_city(block: pl.DataFrame) -> pl.DataFrame:
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


def _year(vintages: dict[str, Vintage], end: str) -> pl.Expr:
    """Year of data of a vintage, as its card states."""
    years = {name: getattr(vintage, end) for name, vintage in vintages.items()}
    return pl.col("vintage").replace_strict(years, return_dtype=pl.Int32)
