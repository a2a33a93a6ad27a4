"""Observations of Chicago: the city, its health atlas, its planners, and what is reported of it."""

import polars as pl

from assets.concepts import LIFE_EXPECTANCY
from assets.editions import one_layout
from assets.identifiers import tract_of
from assets.warehouse.cities.chicago import CHICAGO, community_area
from assets.warehouse.observed import YEARS_IN_WORDS, observed, period_of
from lifegap.catalog.catalog import Catalog
from lifegap.methods.surveys.intervals import se_of_interval
from lifegap.methods.surveys.margins import se_of_margin
from lifegap.store.warehouse import Relation

YEARS_NOT_STATED = ("iqnk-2tcu",)
"""Datasets whose columns are of other years each, within a span, and do not say which."""

ON_2020_TRACTS = ("2026-03",)
"""Downloads of the atlas whose tracts are those of 2020."""

CAUSE_RATES = {
    "crude_rate": ("Crude death rate", "crude_low", "crude_high"),
    "adjusted_rate": ("Age-adjusted death rate", "adjusted_low", "adjusted_high"),
    "ypll_rate": ("Years of potential life lost rate", None, None),
}
"""Column → words of its label, and the columns of its limits."""

ATLAS_LIFE_EXPECTANCY = "VRLE"
"""Topic of the atlas."""

YEARS_OF_THE_SERIES = (
    "Period as printed; press reports of 2015 say that 2010 rests on deaths of 2009 and 2010."
)

CITY = 0
"""Number under which the tables of deaths list the whole city."""


@observed("sources.chicago_life_expectancy")
def city_series(city_series: Relation, _: Catalog) -> pl.DataFrame:
    """The series from the first of the files that hold it."""
    return one_layout(city_series.pl()).select(
        "vintage", "source_file", "source_row", "estimate", "ci_low", "ci_high",
        place_id=_area_or_city(),
        table_id=pl.lit("qjr3-bm53"),
        measure=pl.lit("life_expectancy"),
        measure_label=pl.lit("Life expectancy at birth"),
        concept=pl.lit(LIFE_EXPECTANCY),
        period_start="year",
        period_end="year",
        source_id=pl.lit("chicago_life_expectancy"),
        se=se_of_interval(pl.col("ci_low"), pl.col("ci_high")),
        note=pl.lit(YEARS_OF_THE_SERIES),
    )  # fmt: skip


@observed("sources.chicago_health_atlas")
def atlas(atlas: Relation, _: Catalog) -> pl.DataFrame:
    """Topics of community areas and tracts, by download: later ones repeat or revise earlier ones.

    Two downloads of one day have one topic with its standard error and with its margin; they are one.
    """
    key = ["vintage", "layer", "geoid", "topic", "period_start", "period_end"]
    census = pl.when(pl.col("vintage").is_in(ON_2020_TRACTS)).then(2020).otherwise(2010)
    return (
        atlas.pl()
        .sort("source_file", "source_row")
        .group_by(key, maintain_order=True)
        .agg(pl.col("source_file", "source_row", "estimate").first(), pl.col("se", "moe90").max())
        .select(
            "vintage", "source_file", "source_row", "period_start", "period_end", "estimate", "moe90",
            place_id=pl.when(pl.col("layer") == "Census tract")
            .then(tract_of(pl.col("geoid"), census))
            .otherwise(community_area(pl.col("geoid"))),
            table_id="topic",
            measure="topic",
            measure_label="topic",
            concept=pl.when(pl.col("topic") == ATLAS_LIFE_EXPECTANCY).then(pl.lit(LIFE_EXPECTANCY)),
            source_id=pl.lit("chicago_health_atlas"),
            se=pl.coalesce("se", se_of_margin(pl.col("moe90"))),
        )
    )  # fmt: skip


@observed("sources.chicago_reported", "sources.chicago_community_area")
def reported(reported: Relation, area: Relation, _: Catalog) -> pl.DataFrame:
    """Reported figures that are used; areas by their name, checked against the city's list."""
    names = area.pl().select(area_number="area_number", key=pl.col("name").str.replace("OHARE", "O'HARE"))
    named = pl.col("place").str.replace(r"\s*\(.*\)$", "").str.to_uppercase()
    return (
        reported.pl()
        .filter(pl.col("not_used").is_null())
        .with_columns(key=named)
        .join(names, on="key", how="left")
        .select(
            "source_file", "source_row", "period_start", "period_end", "estimate",
            "population_group",
            place_id=pl.when(pl.col("place_type") == "city")
            .then(pl.lit(CHICAGO.place_id))
            .otherwise(community_area(pl.col("area_number"))),
            table_id=pl.lit("reported"),
            measure=pl.lit("life_expectancy"),
            measure_label=pl.lit("Life expectancy at birth"),
            concept=pl.lit(LIFE_EXPECTANCY),
            source_id=pl.lit("chicago_reported"),
            vintage=pl.col("edition"),
            note=pl.format("{}: {} ({})", "source_publisher", "source_title", "source_url"),
        )
    )  # fmt: skip


@observed("sources.chicago_block")
def people_in_city(block: Relation, _: Catalog) -> pl.DataFrame:
    """People of each tract inside the city, summed over its blocks; the row is that of its first."""
    return block.aggregate(
        "tract_id, vintage, source_file, sum(population)::DOUBLE AS estimate, min(source_row) AS source_row",
        "tract_id, vintage, source_file",
    ).pl().select(
        "vintage", "source_file", "source_row", "estimate",
        place_id="tract2010:" + pl.col("tract_id"),
        table_id=pl.lit("blocks"),
        measure=pl.lit("population_in_city"),
        measure_label=pl.lit("Population inside the city"),
        period_start=pl.lit(2010, pl.Int32),
        period_end=pl.lit(2010, pl.Int32),
        source_id=pl.lit("chicago_portal"),
    )  # fmt: skip


@observed("sources.chicago_indicator")
def portal_indicators(indicator: Relation, catalog: Catalog) -> pl.DataFrame:
    """Socioeconomic and public health indicators of community areas, one table a dataset."""
    unstated = pl.col("dataset").is_in(YEARS_NOT_STATED)
    return indicator.filter("value IS NOT NULL OR sign IS NOT NULL").pl().select(
        "vintage", "source_file", "source_row",
        place_id=_area_or_city(),
        table_id="dataset",
        measure="indicator",
        measure_label="indicator",
        source_id=pl.lit("chicago_portal"),
        estimate="value",
        reason=pl.when(pl.col("sign").is_not_null()).then(pl.lit("suppressed:too_few_cases")),
        flags=pl.when(unstated).then(pl.lit(YEARS_IN_WORDS)),
        note=pl.when(unstated).then(
            pl.lit("The years lie within those given; the file does not say which they are.")
        ),
        **period_of(catalog, "chicago_portal"),
    )  # fmt: skip


@observed("sources.chicago_cause_of_death")
def causes_of_death(deaths: Relation, _: Catalog) -> pl.DataFrame:
    """Rates of each cause of death: crude, age-adjusted, and years of life lost."""
    rows = deaths.pl()
    nothing = pl.lit(None, pl.Float64)
    return pl.concat(
        rows.select(
            "vintage", "source_file", "source_row",
            place_id=_area_or_city(),
            table_id=pl.lit("j6cj-r444"),
            measure=pl.format("{}:{}", pl.lit(column), "cause"),
            measure_label=pl.format("{}!!{}", pl.lit(words), "cause"),
            period_start="year_start",
            period_end="year_end",
            source_id=pl.lit("chicago_portal"),
            estimate=column,
            ci_low=nothing if low is None else pl.col(low),
            ci_high=nothing if high is None else pl.col(high),
            note="warning",
        )
        for column, (words, low, high) in CAUSE_RATES.items()
    ).with_columns(se=se_of_interval(pl.col("ci_low"), pl.col("ci_high")))  # fmt: skip


@observed("sources.cmap_cell")
def snapshots(cells: Relation, catalog: Catalog) -> pl.DataFrame:
    """Counts and medians of the planners' snapshots that belong to the community area.

    Numbers of 1990 and 2000 beside them, and those that describe a suburb of the same name, are left out.
    """
    own = r"value IS NOT NULL AND belongs_to = 'area' AND occurrence = 1"
    return cells.filter(rf"{own} AND NOT regexp_matches(variable, '^\d{{4}}_')").pl().select(
        "vintage", "source_file", "source_row",
        place_id=community_area(pl.col("area_number")),
        table_id=pl.lit("snapshot"),
        measure="variable",
        measure_label="variable",
        source_id=pl.lit("cmap_snapshots"),
        estimate="value",
        **period_of(catalog, "cmap_snapshots"),
    )  # fmt: skip


def _area_or_city() -> pl.Expr:
    """Place id of a row with the number of a community area, or of none where it is of the whole city."""
    area = pl.col("area_number")
    return (
        pl.when(area.is_null() | (area == CITY))
        .then(pl.lit(CHICAGO.place_id))
        .otherwise(community_area(area))
    )
