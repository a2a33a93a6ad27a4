"""`published.asset`: points of cities' lists of assets, each in the place whose shape holds it.

Never in the place of its address: a ZIP code is a set of addresses, a city's polygon of it is another thing.
Where the two differ the row says so. Within an edition an asset counts once: one that has the number of
another before it, or its name within 50 meters, stands there twice. Editions are not mixed.

Lists come from the modules of the cities (`@CITY.assets`); a coalition's own would be one more frame in
`_listed`, with the coalition's id.
"""

from collections.abc import Mapping

import polars as pl

from assets.table import table
from assets.warehouse import cities
from assets.warehouse.cities import LISTED
from assets.warehouse.shapes import EQUAL_AREA, places_of_points, shapes
from lifegap.catalog.tables import declared_tables
from lifegap.store.warehouse import Relation

SAME_METERS = 50.0
"""Two points of one name so near to each other are one asset."""

METERS_PER_DEGREE = 111_195.0
"""Of a great circle, on a sphere of 6,371 kilometers."""

EDITION = ["covered_place_id", "asset_type", "source_id", "vintage"]
"""A list of assets of one type."""

DRAWN = "place_type NOT SIMILAR TO '(tract|block_group)[0-9]*'"
"""Places that assets are counted in: areas with a shape, and not the census units that they are made of."""


@table(
    "published.asset",
    known="warehouse.place",
    boundary="warehouse.place_boundary",
    **cities.tables_read(each for found in cities.registered() for each in found.lists),
)
def asset(known: Relation, boundary: Relation, **tables: Relation) -> pl.DataFrame:
    """One row per point of each list and edition, counted or not."""
    columns = [column.name for column in declared_tables()["published.asset"].columns]
    rows = _listed(tables).pipe(with_doubles).pipe(with_places, areas_with_shapes(known, boundary))
    return rows.with_columns(coalition_id=pl.lit(None, pl.String)).select(columns)


def areas_with_shapes(known: Relation, boundary: Relation) -> pl.DataFrame:
    """place_id, covered_place_id (the place that it is part of) and geometry of the areas of cities."""
    areas = known.filter(f"{DRAWN} AND parent_place_id IS NOT NULL").project(
        "place_id, parent_place_id AS covered_place_id"
    )
    return areas.join(boundary.project("place_id, geometry"), "place_id").order("place_id").pl()


def _listed(tables: Mapping[str, Relation]) -> pl.DataFrame:
    """The rows of all lists, with their ids and the place that each covers."""
    lists = [
        reading.rows(tables)
        .select(LISTED)
        .with_columns(
            covered_place_id=pl.lit(found.place_id),
            asset_id=pl.format("{}:{}-{}-{}", "asset_type", pl.lit(found.id), "vintage", "key"),
        )
        for found in cities.registered()
        for reading in found.lists
    ]
    return pl.concat(lists, how="vertical_relaxed")


def with_doubles(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows, those that are counted already marked `twice`; the first by file and row stays.

    Without coordinates a name is the same at the same address.
    """
    letters = pl.col("name").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")
    ordered = rows.sort("source_file", "source_row").with_row_index("at").with_columns(same_name=letters)
    counted = ordered.filter(pl.col("not_counted").is_null())
    named = counted.join(counted, on=[*EDITION, "same_name"], suffix="_later").filter(
        pl.col("at") < pl.col("at_later"),
        (_meters() <= SAME_METERS).fill_null(value=False)
        | (pl.col("latitude").is_null() & (pl.col("address") == pl.col("address_later"))).fill_null(
            value=False
        ),
    )
    numbered = counted.drop_nulls("number").filter(~pl.struct(*EDITION, "number").is_first_distinct())
    doubles = pl.concat([named["at_later"], numbered["at"]]).unique()
    return ordered.with_columns(
        not_counted=pl.when(pl.col("at").is_in(doubles.implode()))
        .then(pl.lit("twice"))
        .otherwise("not_counted")
    ).drop("at", "same_name")


def _meters() -> pl.Expr:
    """Between two near points: `latitude`, `longitude` and those of the later."""
    north = pl.col("latitude") - pl.col("latitude_later")
    east = (pl.col("longitude") - pl.col("longitude_later")) * pl.col("latitude").radians().cos()
    return (north**2 + east**2).sqrt() * METERS_PER_DEGREE


def with_places(rows: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """The rows, each with the area whose shape holds it and whether the list names the same.

    areas: place_id, geometry.
    """
    pointed = rows.drop_nulls(["latitude", "longitude"]).select("asset_id", "latitude", "longitude")
    if areas.is_empty() or pointed.is_empty():
        held = pl.DataFrame(schema={"asset_id": pl.String, "place_id": pl.String})
    else:
        held = places_of_points(pointed, shapes(areas.select("place_id", "geometry"), EQUAL_AREA))
    placed = rows.join(held.select("asset_id", "place_id"), on="asset_id", how="left", maintain_order="left")
    return placed.with_columns(
        located=pl.when(pl.col("latitude").is_null())
        .then(pl.lit("nowhere"))
        .when(pl.col("place_id").is_null())
        .then(pl.lit("outside"))
        .otherwise(pl.lit("inside")),
        agrees=pl.col("stated_place") == pl.col("place_id"),
    )
