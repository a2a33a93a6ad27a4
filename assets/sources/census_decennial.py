"""Population of census tracts in 2010 and 2020.

Peculiar: re-shaped by others to three columns; the year of the census is in the name of the last.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import SourceFiles, number, unparsed

POPULATION = {"tract_population_2010": "pop10", "tract_population_2020": "pop20"}


@table("sources.tract_population", source="census_decennial")
def tract_population(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per tract and census."""
    for file in files.of(*POPULATION):
        people = POPULATION[file.layout.id]
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            tract_id=pl.col("GEOID"),
            name=pl.col("NAME"),
            population=number(people).cast(pl.Int32),
            unparsed=unparsed(people),
        )
