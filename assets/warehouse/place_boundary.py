"""`warehouse.place_boundary`: shapes with the area and a point of each, from the cities' own files.

Areas are planar, in the state plane projection of the region, as the cities measure them. Tracts elsewhere
have the shape that the Census Bureau draws, measured in an equal-area projection.
"""

import polars as pl

from assets.identifiers import shape_place
from assets.table import table
from assets.warehouse import cities
from assets.warehouse.outlines import places_of_outlines
from assets.warehouse.shapes import EQUAL_AREA, WGS84, shapes
from lifegap.catalog.catalog import Catalog
from lifegap.store.warehouse import Relation

PRINTED = "printed_area_km2"


@table(
    "warehouse.place_boundary",
    census="sources.boundary_shape",
    **cities.tables_read(each for found in cities.registered() for each in found.maps),
)
def place_boundary(census: Relation, catalog: Catalog, **tables: Relation) -> pl.DataFrame:
    """Shapes of the areas and tracts that cities draw; of other tracts the Bureau's."""
    parts = [
        _measured(each.rows(tables), found.projection, found.square_meters)
        for found in cities.registered()
        for each in found.maps
    ]
    if catalog.outlines:
        parts.append(_measured(_outlines(catalog), EQUAL_AREA, square_meters=1.0))
    drawn = [place_id for part in parts for place_id in part["place_id"].to_list()]
    return pl.concat([*parts, _others(census, drawn)])


def _outlines(catalog: Catalog) -> pl.DataFrame:
    """The areas that coalitions draw themselves."""
    return places_of_outlines(catalog).select(
        "place_id", "geometry", source_id="coalition:" + pl.col("coalition_id"), vintage=pl.lit("drawn")
    )


def _others(census: Relation, drawn: list[str]) -> pl.DataFrame:
    """Tracts that no city has drawn, by the Bureau's map that says how much land they have.

    A simplified map says nothing of land and gives no area. Where several years draw a tract, the newest.
    """
    tracts = (
        census.filter("level = 'tract' AND land_area IS NOT NULL")
        .project("level, code, vintage, left(vintage, 4)::INTEGER AS year, geometry")
        .pl()
        .with_columns(
            place_id=shape_place(pl.col("level"), pl.col("code"), pl.col("year")),
            source_id=pl.lit("census_geography"),
        )
        .filter(~pl.col("place_id").is_in(drawn))
        .sort("place_id", "vintage", descending=[False, True])
        .unique("place_id", keep="first", maintain_order=True)
    )
    return _measured(tracts, EQUAL_AREA, square_meters=1.0)


def _measured(frame: pl.DataFrame, epsg: int, square_meters: float) -> pl.DataFrame:
    """The frame's shapes with their area and a point inside. square_meters: of the projection's unit."""
    planar = shapes(frame.select("place_id", "geometry"), epsg)
    inside = planar.representative_point().to_crs(epsg=WGS84)
    printed = pl.col(PRINTED) if PRINTED in frame.columns else pl.lit(None, pl.Float64).alias(PRINTED)
    return frame.select(
        "place_id",
        "source_id",
        "vintage",
        pl.Series("area_km2", planar.area.to_numpy() * square_meters / 1e6),
        printed,
        pl.Series("latitude", inside.y.to_numpy()),
        pl.Series("longitude", inside.x.to_numpy()),
        "geometry",
    )
