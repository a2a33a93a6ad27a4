"""Shapes of places in planar projections, and what part of one lies in another."""

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import geopandas as gpd

WGS84 = 4326
EQUAL_AREA = 5070
"""Equal-area projection of the contiguous states, meters: areas are true wherever a shape lies."""

SQUARE_METERS_PER_SQUARE_FOOT = (1200 / 3937) ** 2
"""Of the US survey foot, the unit of state plane projections."""

SLIVER = 1e-6
"""Shares below this come from borders drawn twice, not from land."""


def shapes(frame: pl.DataFrame, epsg: int) -> "gpd.GeoDataFrame":
    """The frame's `geometry` as shapes in a planar projection, all other columns kept."""
    import geopandas as gpd

    geometry = gpd.GeoSeries.from_wkb(frame["geometry"].to_list(), crs=WGS84)
    plain = frame.drop("geometry").to_dict(as_series=False)
    return gpd.GeoDataFrame(plain, geometry=geometry).to_crs(epsg=epsg)


def overlay_shares(units: "gpd.GeoDataFrame", places: "gpd.GeoDataFrame") -> pl.DataFrame:
    """Share of each unit's area in each place, both in one planar projection."""
    import geopandas as gpd

    unit, place = units.columns[0], places.columns[0]
    whole = pl.DataFrame({unit: list(units[unit]), "whole": units.area.to_numpy()})
    pieces = gpd.overlay(units, places, how="intersection", keep_geom_type=True)
    return (
        pl.DataFrame({unit: list(pieces[unit]), place: list(pieces[place]), "piece": pieces.area.to_numpy()})
        .sort(unit, place, "piece")
        .group_by(unit, place, maintain_order=True)
        .agg(pl.col("piece").sum())
        .join(whole, on=unit)
        .select(unit, place, weight=pl.min_horizontal(pl.col("piece") / pl.col("whole"), 1.0))
        .filter(pl.col("weight") > SLIVER)
        .sort(unit, place)
    )


def places_of_points(points: pl.DataFrame, places: "gpd.GeoDataFrame") -> pl.DataFrame:
    """The points, by `latitude` and `longitude`, with the column of `places` that names the one they lie in.

    A point that lies in none is left out; one on a border goes to the first by name.
    """
    import geopandas as gpd

    located = gpd.GeoDataFrame(
        {"point": range(points.height)},
        geometry=gpd.points_from_xy(points["longitude"].to_list(), points["latitude"].to_list(), crs=WGS84),
    )
    assert places.crs is not None
    located = located.to_crs(places.crs)
    name = places.columns[0]
    found = gpd.sjoin(located, places, predicate="intersects", how="inner")
    kinds = {"point": pl.Int64, name: pl.String}
    inside = (
        pl.DataFrame({"point": list(found["point"]), name: list(found[name])}, schema=kinds)
        .sort("point", name)
        .unique("point", keep="first", maintain_order=True)
    )
    numbered = points.with_row_index("point").with_columns(pl.col("point").cast(pl.Int64))
    return numbered.join(inside, on="point", maintain_order="left").drop("point")
