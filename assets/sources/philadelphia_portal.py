"""Philadelphia's maps and small-area figures: areas, places of care, food and play, lead, heat, food retail.

Peculiar: the city's ZIP polygons are neither ZCTAs nor addresses, so a facility's ZIP and the polygon it
lies in differ for some; its tract shapes are trimmed to the city limit; the planning districts come
without Lower South, and their label points have the same properties as their shapes. The corner stores
are one Feature a line with a comma at its end, no collection. A ZIP is text in some files and a number
in others, and one school's is "19143 - 4111". The farmers' markets exist in two editions; the later has
the name of a vendor where Y or nothing is expected. Hospitals are those of the whole state. In the lead
files an empty count is suppressed (fewer than 6 children) and 0 is none; three tracts print a percentage
of 0.0 beside an empty count. The older adult centers of the recreation sites include two that are none.
"""

from collections.abc import Iterator

import polars as pl

from assets.sources.map_properties import attributes, shapes, with_coordinates
from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFiles, number, unparsed

POINTS = {
    "health_centers": ("health_center", "OBJECTID", "NAME", "ZIP"),
    "schools": ("school", "OBJECTID", "FACIL_NAME", "ZIPCODE"),
    "corner_stores": ("corner_store", "OBJECTID", "OFFICIAL_STORE_NAME", "ZIP"),
    "farmers_markets_62": ("farmers_market", "OBJECTID", "NAME", "ZIP"),
    "farmers_markets_49": ("farmers_market", "OBJECTID", "NAME", "ZIP"),
    "hospitals": ("hospital", "SURVEY_ID_", "FACILITY_N", "ZIP_CODE"),
    "recreation_sites": ("recreation_site", "objectid", "park_name", None),
    "district_labels": ("planning_district_label", "ABBREV", "DIST_NAME", None),
}
"""Layout → kind of point, and the columns of its id, name and ZIP code."""

AREAS = {
    "planning_districts": ("planning_district", "ABBREV", "DIST_NAME"),
    "neighborhoods": ("neighborhood", "name", "listname"),
    "city_limits": ("city", "OBJECTID", None),
    "food_retail": ("block_group", "GEOID10", None),
}
"""Layout → level of area, and the columns of its code and name."""

LEAD_LEVELS = {"lead_by_zip": ("zip", "zip_code"), "lead_by_tract": ("tract", "census_tract")}
LEAD_COUNT = "children_with_bll_gte_5_micrograms_per_deciliter"
LEAD_SCREENED = "children_lt_6_screened"
LEAD_PERCENT = "percent_children_with_bll_gte_micrograms_per_deciliter"
"""The publisher's name lacks the 5 that its neighbor's has."""

WORDS = ("NON_RESIDENTIAL", "HPSS_ACCESS", "SUPERMARKET_ACCESS", "HIGH_POVERTY", "name10")
"""Columns of the small-area files that hold words."""


@table("sources.philadelphia_zip", source="philadelphia_portal")
def philadelphia_zip(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One polygon per ZIP code."""
    for file in files.of("zip_polygons"):
        yield file.features().select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            zip=pl.col("CODE"),
            geometry=pl.col("geometry"),
        )


@table("sources.philadelphia_tract", source="philadelphia_portal")
def philadelphia_tract(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One polygon per 2010 tract."""
    for file in files.of("tracts"):
        yield file.features().select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            tract_id=pl.col("GEOID10"),
            land_area=pl.col("ALAND10").cast(pl.Float64),
            geometry=pl.col("geometry"),
        )


@table("sources.philadelphia_area", source="philadelphia_portal")
def philadelphia_area(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per planning district, neighborhood, block group, and the city itself."""
    for file in files.of(*AREAS):
        level, code, name = AREAS[file.layout.id]
        figures_elsewhere = level == "block_group"
        yield shapes(file).select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            level=pl.lit(level),
            code=pl.col(code).cast(pl.String),
            name=pl.lit(None, pl.String) if name is None else pl.col(name),
            attributes=pl.lit(None, pl.String) if figures_elsewhere else attributes(),
            geometry=pl.col("geometry"),
        )


@table("sources.philadelphia_point", source="philadelphia_portal")
def philadelphia_point(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per facility, and per label point of a planning district, in each edition."""
    for file in files.of(*POINTS):
        kind, id_column, name, zip_column = POINTS[file.layout.id]
        printed = pl.lit(None, pl.String) if zip_column is None else pl.col(zip_column).cast(pl.String)
        zip_code = printed.str.extract(r"^(\d{5})(?: ?- ?\d{4})?$")
        yield with_coordinates(shapes(file)).select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            kind=pl.lit(kind),
            id=pl.col(id_column).cast(pl.String),
            name=pl.col(name),
            zip=zip_code,
            attributes=attributes(),
            longitude=pl.col("longitude"),
            latitude=pl.col("latitude"),
            geometry=pl.col("geometry"),
            unparsed=pl.when(printed.is_not_null() & zip_code.is_null()).then(pl.format("zip={}", printed)),
        )


@table("sources.philadelphia_lead", source="philadelphia_portal")
def philadelphia_lead(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per ZIP code or tract: children screened, and those with lead in their blood."""
    for file in files.of(*LEAD_LEVELS):
        level, code = LEAD_LEVELS[file.layout.id]
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            level=pl.lit(level),
            code=pl.col(code),
            children_5_or_more=number(LEAD_COUNT),
            children_screened=number(LEAD_SCREENED),
            percent_5_or_more=number(LEAD_PERCENT),
            sign=pl.when(pl.col(LEAD_COUNT).is_null()).then(pl.lit("suppressed")),
            unparsed=unparsed(LEAD_COUNT, LEAD_SCREENED, LEAD_PERCENT),
        )


@table("sources.philadelphia_small_area", source="philadelphia_portal")
def philadelphia_small_area(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per tract or block group and measure: heat vulnerability, food retail."""
    for file in files.of("heat_vulnerability", "food_retail"):
        if file.layout.id == "heat_vulnerability":
            level, code, rows = "tract", "geoid10", file.without_empty_lines(file.rows())
        else:
            level, code, rows = "block_group", "GEOID10", shapes(file).drop("geometry")
        measures = [name for name in rows.columns if name not in (FILE, ROW, code)]
        words = pl.col("measure").is_in(WORDS)
        yield (
            rows.with_columns(pl.col(measures).cast(pl.String))
            .unpivot(measures, index=[FILE, ROW, code], variable_name="measure", value_name="printed")
            .select(
                "source_file",
                "source_row",
                pl.lit(file.vintage.id).alias("vintage"),
                "measure",
                level=pl.lit(level),
                code=pl.col(code),
                value=pl.when(~words).then(number("printed")),
                text=pl.when(words).then(pl.col("printed")),
                unparsed=pl.when(~words & pl.col("printed").is_not_null() & number("printed").is_null()).then(
                    pl.format("{}={}", "measure", "printed")
                ),
            )
        )
