"""Rob Paral's list of the community area that each 2020 tract of Chicago is assigned to.

Peculiar: unofficial. The city has published no assignment of 2020 tracts.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import SourceFiles, number


@table("sources.paral_tract2020", source="paral_community_areas")
def paral_tract2020(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per 2020 tract."""
    for file in files.of("tract2020"):
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            tract_id=pl.col("GEOID20"),
            area_number=number("CA").cast(pl.Int32),
            area_name=pl.col("COMMUNIT_1"),
        )
