"""Rob Paral's lists of the community area that each 2010 and 2020 tract of Chicago is assigned to.

Peculiar: unofficial. The city has published no assignment of 2020 tracts; of 2010 tracts it has, and the
2010 list differs from it: three tracts more, which a note says hold none of Chicago's people, and one
less. Its codes come in pieces, the county without leading zero, area and tract as one number that lost
its own; the name of Archer Heights ends in a comma.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import SourceFiles, number

ILLINOIS = {"IL": "17"}


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


@table("sources.paral_tract2010", source="paral_community_areas")
def paral_tract2010(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per 2010 tract."""
    for file in files.of("tract2010"):
        rows = file.without_empty_lines(file.rows())
        state = pl.col("STUSAB").replace_strict(ILLINOIS, default=None, return_dtype=pl.String)
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            tract_id=state + pl.col("COUNTY").str.zfill(3) + pl.col("TRACT"),
            area_number=number("CHGOCA").cast(pl.Int32),
            area_name=pl.col("Community Area Name"),
            area_and_tract=pl.col("GEOID2").str.zfill(8),
            state=pl.col("STUSAB"),
            summary_level=pl.col("SUMLEV").str.zfill(3),
            county_subdivision=pl.col("COUSUB"),
            place=pl.col("PLACE"),
            label=pl.col("NAME"),
            notes=pl.col("Notes"),
        )
