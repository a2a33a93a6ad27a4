"""Philadelphia's ZIP polygons and 2010 tracts, from the city's open data.

Peculiar: the city's ZIP polygons are neither ZCTAs nor addresses; its tract shapes are trimmed to the
city limit.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import SourceFiles


@table("sources.philadelphia_zip", source="philadelphia_portal")
def philadelphia_zip(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One polygon per ZIP code."""
    for file in files.of("zip_polygons"):
        yield file.features().select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            zip=pl.col("CODE"),
            geometry=pl.col("geometry"),
        )


@table("sources.philadelphia_tract", source="philadelphia_portal")
def philadelphia_tract(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One polygon per 2010 tract."""
    for file in files.of("tracts"):
        yield file.features().select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            tract_id=pl.col("GEOID10"),
            land_area=pl.col("ALAND10").cast(pl.Float64),
            geometry=pl.col("geometry"),
        )
