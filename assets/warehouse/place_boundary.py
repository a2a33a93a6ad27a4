"""`warehouse.place_boundary`: shapes with the area and a point of each, from the cities' own files.

Areas are planar, in the state plane projection of the region, as the cities measure them.
"""

import geopandas as gpd
import polars as pl

from assets.table import table
from assets.warehouse.identifiers import neighborhood

WGS84 = 4326
ILLINOIS_EAST, PENNSYLVANIA_SOUTH = 3435, 2272
"""State plane projections, US survey feet: EPSG codes."""

SQUARE_METERS_PER_SQUARE_FOOT = (1200 / 3937) ** 2


def shapes(frame: pl.DataFrame, epsg: int) -> gpd.GeoDataFrame:
    """The frame's `geometry` as shapes in a planar projection, all other columns kept."""
    geometry = gpd.GeoSeries.from_wkb(frame["geometry"].to_list(), crs=WGS84)
    plain = frame.drop("geometry").to_dict(as_series=False)
    return gpd.GeoDataFrame(plain, geometry=geometry).to_crs(epsg=epsg)


@table(
    "warehouse.place_boundary",
    area="sources.chicago_community_area",
    chicago_tract="sources.chicago_tract",
    zip_polygon="sources.philadelphia_zip",
    philadelphia_tract="sources.philadelphia_tract",
)
def place_boundary(
    area: pl.DataFrame,
    chicago_tract: pl.DataFrame,
    zip_polygon: pl.DataFrame,
    philadelphia_tract: pl.DataFrame,
) -> pl.DataFrame:
    """Shapes of community areas, ZIP polygons and the 2010 tracts of both cities."""
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
    return pl.concat(parts)


def one_layout(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of the first file of a table that holds one dataset in several files."""
    return frame.filter(pl.col("source_file") == pl.col("source_file").min())


def _measured(frame: pl.DataFrame, place_id: pl.Expr, source_id: str, epsg: int) -> pl.DataFrame:
    placed = frame.with_columns(place_id=place_id)
    planar = shapes(placed.select("place_id", "geometry"), epsg)
    inside = planar.representative_point().to_crs(epsg=WGS84)
    return placed.select(
        "place_id",
        pl.lit(source_id).alias("source_id"),
        "vintage",
        pl.Series("area_km2", planar.area.to_numpy() * SQUARE_METERS_PER_SQUARE_FOOT / 1e6),
        pl.Series("latitude", inside.y.to_numpy()),
        pl.Series("longitude", inside.x.to_numpy()),
        "geometry",
    )
