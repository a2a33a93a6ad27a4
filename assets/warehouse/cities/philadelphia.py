"""Philadelphia, which is its own county: ZIP codes as the city draws them, and its planning districts.

2010 tracts are shared out among the polygons of ZIP codes by area, the remainder outside. No file draws the
districts with a date, so that figures of theirs are those the city prints.
"""

import polars as pl

from assets.warehouse.cities import City, Partition, city
from assets.warehouse.shapes import overlay_shares, shapes
from assets.warehouse.why_unused import BLANK, COPY, UNDATED, Why
from lifegap.store.warehouse import Relation

PENNSYLVANIA_SOUTH = 2272
"""State plane projection, US survey feet: EPSG code."""

DISTRICTS, WHOLE_CITY = "planning_district", "Citywide"
"""Dimension of the city's health assessment, and what stands there for all districts."""

HAS_NO_SCORE = """
    t.source_row NOT IN (
        SELECT source_row FROM sources.philadelphia_small_area AS other
        WHERE other.source_file = t.source_file AND measure LIKE '%\\_score' ESCAPE '\\' AND value IS NOT NULL
    )
"""

PHILADELPHIA = city(
    City(
        "philadelphia",
        "county:42101",
        "Philadelphia",
        county_fips="42101",
        projection=PENNSYLVANIA_SOUTH,
        unused=(
            Why(
                "sources.philadelphia_assessment",
                "*",
                UNDATED,
                "t.data_years IS NULL OR t.dimension = 'top_10_cities'",
            ),
            Why("sources.philadelphia_small_area", "undated*", UNDATED),
            Why("sources.philadelphia_small_area", "*", BLANK, HAS_NO_SCORE),
            Why("sources.philadelphia_area", "*", COPY),
        ),
    )
)

ZIP_CODES = Partition("philadelphia_zip", "ZIP codes of Philadelphia", "zip", assigned=False)


def planning_district(name: pl.Expr) -> pl.Expr:
    """Place id of a planning district, by its name."""
    code = name.str.to_lowercase().str.replace_all(r"[^a-z]+", "-")
    return PHILADELPHIA.area("district", code)


@PHILADELPHIA.units("sources.philadelphia_tract")
def tracts(tract: Relation) -> pl.Series:
    """The city's 2010 tracts."""
    return "tract2010:" + tract.project("tract_id").pl()["tract_id"]


@PHILADELPHIA.places("sources.philadelphia_zip", "sources.philadelphia_lead")
def zip_codes(polygon: Relation, lead: Relation) -> pl.DataFrame:
    """ZIP polygons, and ZIP codes that the city's files speak of beside them."""
    spoken_of = lead.filter("level = 'zip'").project("code").distinct().pl()["code"]
    codes = pl.concat([polygon.project("zip").pl()["zip"], spoken_of]).unique(maintain_order=True)
    return pl.DataFrame({"zip": codes}).select(
        place_id="zip:" + pl.col("zip"), name=pl.format("ZIP code {} (Philadelphia)", "zip")
    )


@PHILADELPHIA.places("sources.philadelphia_assessment")
def planning_districts(assessment: Relation) -> pl.DataFrame:
    """Planning districts that the health assessment has figures of."""
    listed = assessment.filter(f"dimension = '{DISTRICTS}' AND breakdown <> '{WHOLE_CITY}'")
    name = pl.col("breakdown").str.replace_all(r"[^A-Za-z]+", " ").str.to_titlecase()
    return (
        listed.project("breakdown")
        .distinct()
        .order("breakdown")
        .pl()
        .select(
            place_id=planning_district(pl.col("breakdown")),
            name=pl.format("{} planning district, Philadelphia", name),
        )
    )


@PHILADELPHIA.shares(ZIP_CODES, "sources.philadelphia_tract", "sources.philadelphia_zip")
def tracts_in_zip_codes(tract: Relation, polygon: Relation) -> pl.DataFrame:
    """2010 tracts to ZIP polygons, by area."""
    return overlay_shares(
        shapes(tract.pl().select("tract_id", "geometry"), PENNSYLVANIA_SOUTH),
        shapes(polygon.pl().select("zip", "geometry"), PENNSYLVANIA_SOUTH),
    ).select(
        from_place_id="tract2010:" + pl.col("tract_id"),
        to_place_id="zip:" + pl.col("zip"),
        weight="weight",
        basis=pl.lit("area"),
        source_id=pl.lit("philadelphia_portal"),
        vintage=pl.lit("2010"),
    )


@PHILADELPHIA.boundaries("sources.philadelphia_zip")
def shapes_of_zip_codes(polygon: Relation) -> pl.DataFrame:
    """The polygons of ZIP codes."""
    return polygon.pl().select(
        "vintage", "geometry", place_id="zip:" + pl.col("zip"), source_id=pl.lit("philadelphia_portal")
    )


@PHILADELPHIA.boundaries("sources.philadelphia_tract")
def shapes_of_tracts(tract: Relation) -> pl.DataFrame:
    """The 2010 tracts as the city draws them."""
    return tract.pl().select(
        "vintage",
        "geometry",
        place_id="tract2010:" + pl.col("tract_id"),
        source_id=pl.lit("philadelphia_portal"),
    )
