"""Neighborhoods of seven cities as their cities draw them, and the outline of Detroit.

Peculiar: each city's map has other properties, in the ten letters that a shapefile leaves of them.
Some cities number their neighborhoods, others only name them, and five names (one of Nashville, four of
Oakland) stand for two shapes. Nashville's are associations, which overlap and leave holes: not a
partition of the county. Detroit's outline has the place code 22000 without its state's digits. Oakland's
coordinates are WGS 84 under a name that no registry knows. Washington's clusters are called by number and
list the neighborhoods in them. New Orleans comes re-shaped by others, its names alone.
"""

from collections.abc import Iterator

import polars as pl

from assets.sources.map_properties import attributes, shapes
from assets.table import table
from lifegap.landing.files import SourceFiles

CITIES = {
    "boston": ("Boston", "neighborhood", "Neighborho", "Name"),
    "detroit_outline": ("Detroit", "city", "fipscode", "name"),
    "detroit": ("Detroit", "neighborhood", None, "name"),
    "houston": ("Houston", "neighborhood", "POLYID", "SNBNAME"),
    "nashville": ("Nashville", "neighborhood", None, "name"),
    "new_orleans": ("New Orleans", "neighborhood", None, "name"),
    "oakland": ("Oakland", "neighborhood", None, "name"),
    "washington": ("Washington", "neighborhood", "NAME", "NBH_NAMES"),
}
"""Layout → city, level, and the columns of code and name."""


@table("sources.city_neighborhood", source="city_boundaries")
def city_neighborhood(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per shape of a city's map."""
    for file in files.of(*CITIES):
        city, level, code, name = CITIES[file.layout.id]
        yield shapes(file).select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            city=pl.lit(city),
            level=pl.lit(level),
            code=pl.lit(None, pl.String) if code is None else pl.col(code).cast(pl.String),
            name=pl.col(name),
            attributes=attributes(),
            geometry=pl.col("geometry"),
        )
