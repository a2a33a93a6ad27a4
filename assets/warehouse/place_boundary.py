"""`warehouse.place_boundary`: shapes with the area and a point of each, from the cities' own files.

Areas are planar, in the state plane projection of the region, as the cities measure them. Tracts elsewhere
have the shape that the Census Bureau draws, measured in an equal-area projection.
"""

from typing import TYPE_CHECKING

import polars as pl

from assets.identifiers import neighborhood, shape_place
from assets.table import table
from lifegap.store.warehouse import Relation

if TYPE_CHECKING:
    import geopandas as gpd

WGS84 = 4326
ILLINOIS_EAST, PENNSYLVANIA_SOUTH = 3435, 2272
"""State plane projections, US survey feet: EPSG codes."""

EQUAL_AREA = 5070
"""Equal-area projection of the contiguous states, meters: areas are true wherever a shape lies."""

SQUARE_METERS_PER_SQUARE_FOOT = (1200 / 3937) ** 2


def shapes(frame: pl.DataFrame, epsg: int) -> "gpd.GeoDataFrame":
    """The frame's `geometry` as shapes in a planar projection, all other columns kept."""
    import geopandas as gpd

    geometry = gpd.GeoSeries.from_wkb(frame["geometry"].to_list(), crs=WGS84)
    plain = frame.drop("geometry").to_dict(as_series=False)
    return gpd.GeoDataFrame(plain, geometry=geometry).to_crs(epsg=epsg)


@table(
    "warehouse.place_boundary",
    area="sources.chicago_community_area",
    chicago_tract="sources.chicago_tract",
    zip_polygon="sources.philadelphia_zip",
    philadelphia_tract="sources.philadelphia_tract",
    census="sources.boundary_shape",
)
def place_boundary(
    area: pl.DataFrame,
    chicago_tract: pl.DataFrame,
    zip_polygon: pl.DataFrame,
    philadelphia_tract: pl.DataFrame,
    census: Relation,
) -> pl.DataFrame:
    """Shapes of community areas, ZIP polygons and the 2010 tracts of both cities; of others the Bureau's."""
    chicago = one_layout(chicago_tract)
    parts = [
        _measured(area, neighborhood(pl.col("area_number")), "chicago_portal", ILLINOIS_EAST),
        _measured(chicago, "tract2010:" + pl.col("tract_id"), "chicago_portal", ILLINOIS_EAST),
        _measured(zip_polygon, "zip:" + pl.col("zip"), "philadelphia_portal", PENNSYLVANIA_SOUTH),
        _measured(
            philadelphia_tract,
            "tract2010:" + pl.col("tract_id"),
            "philadelphia_portal",
            PENNSYLVANIA_SOUTH,
        ),
    ]
    return pl.concat([*parts, _others(census, pl.concat([part["place_id"] for part in parts]))])


def _others(census: Relation, drawn: pl.Series) -> pl.DataFrame:
    """Tracts that no city has drawn, by the Bureau's map that says how much land they have.

    A simplified map says nothing of land and gives no area. Where several years draw a tract, the newest.
    """
    tracts = (
        census.filter("level = 'tract' AND land_area IS NOT NULL")
        .project("level, code, vintage, left(vintage, 4)::INTEGER AS year, geometry")
        .pl()
        .with_columns(place_id=shape_place(pl.col("level"), pl.col("code"), pl.col("year")))
        .filter(~pl.col("place_id").is_in(drawn.to_list()))
        .sort("place_id", "vintage", descending=[False, True])
        .unique("place_id", keep="first", maintain_order=True)
    )
    return _measured(tracts, pl.col("place_id"), "census_geography", EQUAL_AREA, square_meters=1.0)


def one_layout(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of the first file of a table that holds one dataset in several files."""
    return frame.filter(pl.col("source_file") == pl.col("source_file").min())


def _measured(
    frame: pl.DataFrame,
    place_id: pl.Expr,
    source_id: str,
    epsg: int,
    square_meters: float = SQUARE_METERS_PER_SQUARE_FOOT,
) -> pl.DataFrame:
    """The frame's shapes with their area and a point inside. square_meters: of the projection's unit."""
    placed = frame.with_columns(place_id=place_id)
    planar = shapes(placed.select("place_id", "geometry"), epsg)
    inside = planar.representative_point().to_crs(epsg=WGS84)
    return placed.select(
        "place_id",
        pl.lit(source_id).alias("source_id"),
        "vintage",
        pl.Series("area_km2", planar.area.to_numpy() * square_meters / 1e6),
        pl.Series("latitude", inside.y.to_numpy()),
        pl.Series("longitude", inside.x.to_numpy()),
        "geometry",
    )
