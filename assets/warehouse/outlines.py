"""Areas that coalitions draw themselves: places, their shapes, and the tracts of 2010 that they are made of.

A tract that an outline cuts gives it a share by area, known as badly as everywhere (decision 12). An outline
of which the shapes at hand cover less than LEAST_COVERED is made of no tracts: what is missing could be half
of its people.
"""

import polars as pl

from assets.warehouse.shapes import EQUAL_AREA, overlay_shares, shapes
from lifegap.catalog.catalog import Catalog

LEAST_COVERED = 0.95
"""Part of an outline's area that tracts must cover; the rest may be water that maps of tracts leave out."""

AREA_TYPE = "neighborhood"


def partition_of(coalition_id: str) -> str:
    """The set of places that a coalition's outlines are."""
    return f"outline_{coalition_id}"


def places_of_outlines(catalog: Catalog) -> pl.DataFrame:
    """place_id, name, county (its code), coalition_id, geometry (WKB) of every outline."""
    rows = [
        {
            "place_id": each.place_id,
            "name": each.outline.title,
            "county": each.outline.county,
            "coalition_id": each.coalition_id,
            "geometry": each.shape.geometry,
        }
        for each in catalog.outlines
    ]
    columns = {"place_id": pl.String, "name": pl.String, "county": pl.String, "coalition_id": pl.String}
    return pl.DataFrame(rows, schema=columns | {"geometry": pl.Binary})


def shares_of_outlines(catalog: Catalog, boundary: pl.DataFrame) -> pl.DataFrame:
    """from_place_id, to_place_id, weight, basis, source_id, vintage, partition: tracts to outlines.

    boundary: place_id, source_id, vintage, geometry of tracts of 2010.
    """
    outlines = places_of_outlines(catalog)
    parts = [
        _shares(own, boundary).with_columns(partition=pl.lit(partition_of(str(coalition_id))))
        for (coalition_id,), own in outlines.group_by("coalition_id", maintain_order=True)
    ]
    text = dict.fromkeys(
        ("from_place_id", "to_place_id", "basis", "source_id", "vintage", "partition"), pl.String
    )
    return pl.concat(parts) if parts else pl.DataFrame(schema=text | {"weight": pl.Float64})


def _shares(outlines: pl.DataFrame, boundary: pl.DataFrame) -> pl.DataFrame:
    """Shares of tracts in the outlines of one coalition that tracts cover."""
    areas = shapes(outlines.select("geometry", outline="place_id"), EQUAL_AREA)
    tracts = shapes(boundary.select("place_id", "geometry"), EQUAL_AREA)
    size = pl.DataFrame({"place_id": list(tracts["place_id"]), "whole": tracts.area.to_numpy()})
    of_outline = pl.DataFrame({"outline": list(areas["outline"]), "area": areas.area.to_numpy()})
    found = overlay_shares(tracts, areas).join(size, on="place_id").join(of_outline, on="outline")
    covered = (pl.col("weight") * pl.col("whole")).sum().over("outline") / pl.col("area")
    return (
        found.filter(covered >= LEAST_COVERED)
        .join(boundary.select("place_id", "source_id", "vintage"), on="place_id")
        .select(
            from_place_id="place_id",
            to_place_id="outline",
            weight="weight",
            basis=pl.lit("area"),
            source_id="source_id",
            vintage="vintage",
        )
    )
