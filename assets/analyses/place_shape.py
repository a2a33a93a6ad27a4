"""`published.place_shape`: shapes of places for maps, simplified so that neighbors still meet.

Areas of cities are all there, whether a coalition works in them or not: a map of some needs the others around
them. Of other places those that a coalition names. What touches is simplified together, set by set, so that
a border between two areas stays one line (Visvalingam and Whyatt 1993, on the edges of the whole coverage).
A city of which all areas are drawn, and a footprint, is the union of its areas as they stand here.

A shape that is not valid, or of another kind than a polygon, is left out, and a check says so. States, the
nation and cities that nobody here draws have none.
"""

from collections.abc import Iterable

import numpy as np
import polars as pl

from assets.analyses.asset import DRAWN
from assets.identifiers import shape_place
from assets.table import table
from assets.warehouse.shapes import EQUAL_AREA, WGS84, shapes
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from lifegap.store.warehouse import Relation

SIMPLIFIED_METERS = 20.0
"""Corners that make a triangle smaller than a square of this side are taken off."""

DECIMALS = 5
"""Of a degree: a meter."""

POLYGONS = (3, 6)
"""Kinds of geometry that are areas, as GEOS numbers them."""

STANDS_FOR_A_ZIP_CODE = "zcta"
"""The Census Bureau's areas for ZIP codes, which may be drawn as a city draws the ZIP code."""

BY_THE_BUREAU = (
    "Drawn and simplified by the Census Bureau for small maps of the whole country: good to find the county, "
    "not to measure it."
)
NOT_MEETING = "The map itself leaves gaps or overlaps between this place and its neighbors."
OF_THE_ZIP_CODE = (
    "The shape is that of ZIP code {} as the city draws it: near the Census Bureau's area, not the same."
)
TOGETHER = "Its places taken together."

KINDS = {
    "place_id": pl.String, "drawn_with": pl.String, "source_id": pl.String, "vintage": pl.String,
    "note": pl.String, "geometry": pl.Binary,
}  # fmt: skip


@table(
    "published.place_shape",
    known="warehouse.place",
    boundary="warehouse.place_boundary",
    census="sources.boundary_shape",
    partition="warehouse.partition",
    coalition_place="published.coalition_place",
)
def place_shape(
    known: Relation,
    boundary: Relation,
    census: Relation,
    partition: pl.DataFrame,
    coalition_place: pl.DataFrame,
    catalog: Catalog,
) -> pl.DataFrame:
    """One row per place that a map draws."""
    named = coalition_place["place_id"].unique().sort()
    drawn = pl.concat([_areas(known, boundary, named), _of_the_bureau(census, boundary, named)])
    sets = drawn.sort("drawn_with", "place_id").partition_by("drawn_with", maintain_order=True)
    single = pl.concat([pl.DataFrame(schema=KINDS | {"border_shift": pl.Float64}), *map(simplified, sets)])
    single = pl.concat([single, *_unions(single, _members(known, partition, catalog))])
    rows = pl.concat(
        [single.with_columns(shape_place_id="place_id"), stand_ins(single, coalition_place)], how="diagonal"
    )
    columns = [column.name for column in declared_tables()["published.place_shape"].columns]
    text = pl.Series("geometry", [_text(each) for each in rows["geometry"]], dtype=pl.String)
    return rows.with_columns(text).select(columns).sort("place_id")


def _areas(known: Relation, boundary: Relation, named: pl.Series) -> pl.DataFrame:
    """The areas of cities and of coalitions' own outlines, and the smaller units that a coalition names."""
    of_cities = known.filter(f"{DRAWN} AND parent_place_id IS NOT NULL").project("place_id").pl()["place_id"]
    wanted = pl.concat([of_cities, named]).unique()
    places = known.project("place_id, place_type, parent_place_id").pl()
    have = boundary.project("place_id").pl().filter(pl.col("place_id").is_in(wanted.implode()))
    if have.is_empty():
        return pl.DataFrame(schema=KINDS)
    listed = ", ".join(f"'{place_id}'" for place_id in have["place_id"].sort())
    return (
        boundary.filter(f"place_id IN ({listed})")
        .project("place_id, source_id, vintage, geometry")
        .pl()
        .join(places, on="place_id")
        .select(
            "place_id",
            drawn_with=pl.concat_str(
                pl.col("parent_place_id").fill_null(""), "place_type", "source_id", "vintage", separator=" "
            ).str.strip_chars(),
            source_id="source_id",
            vintage="vintage",
            note=pl.lit(None, pl.String),
            geometry="geometry",
        )
    )


def _of_the_bureau(census: Relation, boundary: Relation, named: pl.Series) -> pl.DataFrame:
    """Counties and ZCTAs that coalitions name, of the newest map that draws them."""
    drawn = boundary.project("place_id").pl()["place_id"]
    year = pl.col("vintage").str.slice(0, 4)
    return (
        census.filter("level <> 'tract'")
        .project("level, code, vintage, left(vintage, 4)::INTEGER AS year, geometry")
        .pl()
        .with_columns(place_id=shape_place(pl.col("level"), pl.col("code"), pl.col("year")))
        .filter(pl.col("place_id").is_in(named.implode()), ~pl.col("place_id").is_in(drawn.implode()))
        .sort("place_id", "year", "vintage", descending=[False, True, False])
        .unique("place_id", keep="first", maintain_order=True)
        .select(
            "place_id",
            drawn_with=pl.format("{} of {}", "level", year),
            source_id=pl.lit("census_geography"),
            vintage="vintage",
            note=pl.when(pl.col("level") == "county").then(pl.lit(BY_THE_BUREAU)),
            geometry="geometry",
        )
    )


def simplified(frame: pl.DataFrame) -> pl.DataFrame:
    """The places of one set, their shapes simplified together and rounded, with how far borders moved.

    frame: place_id, geometry (WKB, WGS 84) and more. What is no valid polygon before or after is left out.
    """
    import geopandas as gpd
    import shapely

    read = shapely.from_wkb(frame["geometry"].to_list(), on_invalid="ignore")
    frame = frame.filter(pl.Series(_are_areas(read)))
    if frame.is_empty():
        return frame.with_columns(border_shift=pl.lit(None, pl.Float64))
    planar = shapes(frame, EQUAL_AREA)
    before = planar.geometry.to_numpy()
    gaps = shapely.length(shapely.coverage_invalid_edges(before)) > 0
    smaller = gpd.GeoSeries(shapely.coverage_simplify(before, SIMPLIFIED_METERS), crs=EQUAL_AREA)
    degrees = shapely.transform(smaller.to_crs(epsg=WGS84).to_numpy(), lambda at: at.round(DECIMALS))
    after = gpd.GeoSeries(degrees, crs=WGS84).to_crs(epsg=EQUAL_AREA).to_numpy()
    both = pl.concat_str("note", pl.lit(NOT_MEETING), separator=" ", ignore_nulls=True)
    return frame.with_columns(
        geometry=pl.Series(shapely.to_wkb(degrees).tolist(), dtype=pl.Binary),
        border_shift=pl.Series(shapely.hausdorff_distance(before, after).round()),
        note=pl.when(pl.Series(gaps)).then(both).otherwise("note"),
    ).filter(pl.Series(_are_areas(degrees)))


def _are_areas(read: "np.ndarray") -> "np.ndarray":
    """Which of the geometries are valid polygons with an area."""
    import shapely

    kind = np.isin(shapely.get_type_id(read), POLYGONS)
    return kind & shapely.is_valid(read) & ~shapely.is_empty(read)


def _members(known: Relation, partition: pl.DataFrame, catalog: Catalog) -> dict[str, list[str]]:
    """What is made of areas → those areas: cities whose areas are all known, and footprints."""
    areas = known.filter(f"{DRAWN} AND parent_place_id IS NOT NULL").project(
        "place_id, place_type, parent_place_id"
    )
    whole = (
        partition.filter(pl.col("assigned"), pl.col("places").is_not_null())
        .join(
            areas.pl(),
            left_on=["within_place_id", "place_type"],
            right_on=["parent_place_id", "place_type"],
        )
        .filter(pl.len().over("within_place_id", "place_type") == pl.col("places"))
        .sort("place_id")
    )
    cities = {
        str(city): of_city["place_id"].to_list()
        for (city,), of_city in whole.group_by("within_place_id", maintain_order=True)
    }
    footprints = {
        footprint: [member.id for member in members]
        for coalition in catalog.coalitions.values()
        for footprint, members in coalition.footprints.items()
    }
    return cities | footprints


def _unions(single: pl.DataFrame, members: dict[str, list[str]]) -> Iterable[pl.DataFrame]:
    """What is made of areas that were all drawn on one map, as their union."""
    import shapely

    for place_id, parts in members.items():
        drawn = single.filter(pl.col("place_id").is_in(parts))
        one_map = drawn.select("drawn_with", "source_id", "vintage").unique()
        if drawn.height < len(set(parts)) or one_map.height != 1 or place_id in single["place_id"]:
            continue
        union = shapely.union_all(shapely.from_wkb(drawn["geometry"].to_list()))
        yield one_map.select(
            place_id=pl.lit(place_id),
            drawn_with="drawn_with",
            source_id="source_id",
            vintage="vintage",
            note=pl.lit(TOGETHER),
            geometry=pl.Series([shapely.to_wkb(union)], dtype=pl.Binary),
            border_shift=pl.lit(drawn["border_shift"].max(), pl.Float64),
        )


def stand_ins(single: pl.DataFrame, coalition_place: pl.DataFrame) -> pl.DataFrame:
    """ZCTAs that no map draws, in the shape of the ZIP code that they stand in for, which their note says."""
    return (
        coalition_place.filter(
            pl.col("place_id").str.starts_with(STANDS_FOR_A_ZIP_CODE),
            pl.col("stands_for").str.starts_with("zip:"),
            ~pl.col("place_id").is_in(single["place_id"].implode()),
        )
        .select("place_id", shape_place_id="stands_for")
        .unique("place_id", keep="first", maintain_order=True)
        .join(single.rename({"place_id": "shape_place_id"}), on="shape_place_id")
        .with_columns(note=pl.format(OF_THE_ZIP_CODE, pl.col("shape_place_id").str.strip_prefix("zip:")))
    )


def _text(geometry: bytes) -> str:
    import shapely

    return str(shapely.to_wkt(shapely.from_wkb(geometry), rounding_precision=DECIMALS))
