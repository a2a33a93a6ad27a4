"""`warehouse.partition`: the sets of places that units are shared out among, and what each is for.

Figures are made for the areas of cities, for the counties and for the footprints of coalitions. What makes
figures reads here which shares of the crosswalk are for it.
"""

import polars as pl

from assets.table import table
from assets.units import (
    BEFORE,
    COUNTIES,
    FOR_CONVERSION,
    FOR_FIGURES,
    FOR_SUCCESSION,
    NOW,
    TRACT_BEFORE,
    TRACT_NOW,
)
from assets.warehouse import cities
from assets.warehouse.outlines import AREA_TYPE, partition_of
from lifegap.catalog.catalog import Catalog

OF_ALL = (
    (COUNTIES, FOR_FIGURES, "Counties that coalitions name", "county", True),
    (NOW, FOR_SUCCESSION, "What counties became", None, False),
    (BEFORE, FOR_SUCCESSION, "What counties were before", None, False),
    (TRACT_NOW, FOR_SUCCESSION, "Codes that tracts got", "tract2020", False),
    (TRACT_BEFORE, FOR_SUCCESSION, "Codes that tracts had before", "tract2020", False),
    (
        "tract2010",
        FOR_CONVERSION,
        "Tracts of 2010, by the land they share with those of 2020",
        "tract2010",
        False,
    ),
    (
        "tract2020",
        FOR_CONVERSION,
        "Tracts of 2020, by the land they share with those of 2010",
        "tract2020",
        False,
    ),
)
"""Partitions of the whole country: id, purpose, title, type of its places, whether units go to one place."""

COLUMNS = {
    "partition": pl.String,
    "purpose": pl.String,
    "title": pl.String,
    "place_type": pl.String,
    "assigned": pl.Boolean,
    "within_place_id": pl.String,
    "places": pl.Int32,
}


@table("warehouse.partition")
def partition(catalog: Catalog) -> pl.DataFrame:
    """The partitions of every city, those of the whole country, and the footprints of coalitions."""
    of_cities = [
        (each.id, FOR_FIGURES, each.title, each.area_type, each.assigned, found.place_id, each.areas)
        for found in cities.registered()
        for each in found.partitions
    ]
    footprints = [
        (each, FOR_FIGURES, f"{coalition.title}, all places", "footprint", False, None, 1)
        for coalition in catalog.coalitions.values()
        for each in coalition.footprints
    ]
    drawn = [
        (
            partition_of(each.id),
            FOR_FIGURES,
            f"{each.title}, areas it draws",
            AREA_TYPE,
            False,
            None,
            len(each.outline),
        )
        for each in catalog.coalitions.values()
        if each.outline
    ]
    return pl.DataFrame(
        [*of_cities, *drawn, *((*each, None, None) for each in OF_ALL), *footprints],
        schema=COLUMNS,
        orient="row",
    )
