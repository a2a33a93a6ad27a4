"""Chicago: its 77 community areas, made of census tracts.

2010 tracts go whole to the area that the city assigns them to, but for the people of tracts that cross the
city limit, who count by the blocks inside it; the overlay of the shapes is a table of its own, compared with
it and used for nothing else. 2020 tracts follow an unofficial list.
"""

import polars as pl

from assets.editions import one_layout
from assets.table import table
from assets.units import UNOFFICIAL
from assets.warehouse.cities import City, Partition, city
from assets.warehouse.shapes import overlay_shares, shapes
from assets.warehouse.why_unused import COPY, SAID, WAITS, Why
from lifegap.store.warehouse import Relation

ILLINOIS_EAST = 3435
"""State plane projection, US survey feet: EPSG code."""

SQUARE_KILOMETERS_PER_SQUARE_FOOT = 0.09290341161 / 1e6

CHICAGO = city(
    City(
        "chicago",
        "city:1714000",
        "Chicago, Illinois",
        county_fips="17031",
        projection=ILLINOIS_EAST,
        unused=(
            Why("sources.chicago_life_expectancy", "*", COPY),
            Why("sources.chicago_health_atlas", "*", COPY),
            Why("sources.cmap_cell", "*", COPY),
            Why("sources.chicago_reported", "*", SAID, "t.not_used IS NOT NULL"),
            Why("sources.chicago_survey_cell", "*", COPY),
            Why("sources.paral_tract2010", "*", COPY),
            Why("sources.chicago_diabetes", "*", WAITS),
            Why("sources.chicago_school", "*", WAITS),
        ),
    )
)

COMMUNITY_AREAS = Partition(
    "chicago_community_area",
    "Community areas of Chicago",
    "neighborhood",
    assigned=True,
    areas=77,
)


def community_area(number: pl.Expr) -> pl.Expr:
    """Place id of a community area."""
    return CHICAGO.area("neighborhood", number)


@CHICAGO.units("sources.chicago_tract", "sources.paral_tract2020")
def tracts(tract: Relation, paral: Relation) -> pl.Series:
    """The city's 2010 tracts, and the 2020 tracts of the list."""
    return pl.concat(
        [
            "tract2010:" + tract.project("tract_id").pl()["tract_id"],
            "tract2020:" + paral.project("tract_id").pl()["tract_id"],
        ]
    )


@CHICAGO.places("sources.chicago_community_area")
def community_areas(area: Relation) -> pl.DataFrame:
    """The areas by the names on the map, as they are spelled in text."""
    name = pl.col("name").replace("OHARE", "O'HARE").str.to_titlecase().replace("O'hare", "O'Hare")
    return area.pl().select(place_id=community_area(pl.col("area_number")), name=name)


@CHICAGO.shares(COMMUNITY_AREAS, "sources.chicago_tract", "sources.chicago_block", "sources.tract_population")
def assigned_2010(tract: Relation, block: Relation, population: Relation) -> pl.DataFrame:
    """2010 tracts to the community area of the city's own assignment."""
    return community_area_2010(one_layout(tract.pl()), block.pl(), population.pl())


def community_area_2010(tract: pl.DataFrame, block: pl.DataFrame, population: pl.DataFrame) -> pl.DataFrame:
    """2010 tracts to the community area of the city's own assignment.

    The weight is the share of the tract's people who live inside the city: its blocks there over its
    census count. A tract without people goes whole. An area of which one tract was not counted is left out:
    whether the tract crosses the city limit cannot be told.
    """
    inside = block.group_by("tract_id").agg(inside=pl.col("population").sum())
    counted = population.filter(pl.col("vintage") == "2010").select("tract_id", people="population")
    share = pl.col("inside") / pl.col("people")
    return (
        tract.join(inside, on="tract_id", how="left")
        .join(counted, on="tract_id", how="left")
        .filter(pl.col("people").is_not_null().all().over("area_number"))
        .select(
            from_place_id="tract2010:" + pl.col("tract_id"),
            to_place_id=community_area(pl.col("area_number")),
            weight=pl.when(pl.col("people") > 0).then(share).otherwise(1.0),
            basis=pl.lit("published"),
            source_id=pl.lit("chicago_portal"),
            vintage="vintage",
        )
        .filter(pl.col("weight") > 0)
    )


@CHICAGO.shares(COMMUNITY_AREAS, "sources.paral_tract2020")
def assigned_2020(paral: Relation) -> pl.DataFrame:
    """2020 tracts to the community area of an unofficial list."""
    return paral.pl().select(
        from_place_id="tract2020:" + pl.col("tract_id"),
        to_place_id=community_area(pl.col("area_number")),
        weight=pl.lit(1.0),
        basis=pl.lit(UNOFFICIAL),
        source_id=pl.lit("paral_community_areas"),
        vintage="vintage",
    )


@CHICAGO.boundaries("sources.chicago_community_area")
def shapes_of_areas(area: Relation) -> pl.DataFrame:
    """The areas, with the surface that the city prints."""
    return area.pl().select(
        "vintage",
        "geometry",
        place_id=community_area(pl.col("area_number")),
        source_id=pl.lit("chicago_portal"),
        printed_area_km2=pl.col("shape_area") * SQUARE_KILOMETERS_PER_SQUARE_FOOT,
    )


@CHICAGO.boundaries("sources.chicago_tract")
def shapes_of_tracts(tract: Relation) -> pl.DataFrame:
    """The 2010 tracts as the city draws them."""
    return one_layout(tract.pl()).select(
        "vintage",
        "geometry",
        place_id="tract2010:" + pl.col("tract_id"),
        source_id=pl.lit("chicago_portal"),
    )


@table(
    "warehouse.community_area_overlay",
    area="sources.chicago_community_area",
    chicago_tract="sources.chicago_tract",
)
def community_area_overlay(area: pl.DataFrame, chicago_tract: pl.DataFrame) -> pl.DataFrame:
    """Shares of tracts in community areas by their shapes, a check on the city's assignment."""
    return overlay_shares(
        shapes(one_layout(chicago_tract).select("tract_id", "geometry"), ILLINOIS_EAST),
        shapes(area.select("area_number", "geometry"), ILLINOIS_EAST),
    ).select(
        tract_place_id="tract2010:" + pl.col("tract_id"),
        area_place_id=community_area(pl.col("area_number")),
        share="weight",
    )
