"""Census tables of Cook County as its health department re-shaped them.

Peculiar: percent_poverty divides by all people (5,265,398), not by those whose poverty status is
determined; 250001 stands for an income limit of 250,000 or more; NA where a tract has nobody; one tract
file numbers tracts without leading zeros.
"""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFiles, number


class Dataset(NamedTuple):
    """Column of the place, what it is, and the columns that say which part of the people a row is about."""

    place: str
    place_type: str
    part: tuple[str, ...] = ()


DATASETS = {
    "age_sex_tract": Dataset("GEOID_tract", "tract", ("year", "sex")),
    "age_sex_zcta": Dataset("zcta", "zcta", ("variable", "sex", "age", "vintage")),
    "income_zcta": Dataset("zcta", "zcta"),
    "poverty_tract": Dataset("geoid", "tract"),
    "jurisdiction_tract": Dataset("fips", "tract"),
    "census_age_sex_zcta": Dataset("geoid_zcta", "zcta", ("variable", "sex", "age")),
    "census_race_tract": Dataset("fips", "tract"),
}


@table("sources.ccdph_value", source="ccdph_census")
def ccdph_value(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per cell: place, part of the people, column."""
    for file in files.of(*DATASETS):
        dataset = DATASETS[file.layout.id]
        rows = file.without_empty_lines(file.rows())
        measures = [name for name in rows.columns if name not in (FILE, ROW, dataset.place, *dataset.part)]
        part = pl.concat_str(dataset.part, separator=", ") if dataset.part else pl.lit("")
        value = number("value")
        yield (
            rows.with_columns(the_part=part, place_code=pl.col(dataset.place).str.replace("^1400000US", ""))
            .unpivot(measures, index=[FILE, ROW, "place_code", "the_part"], variable_name="measure")
            .select(
                FILE,
                ROW,
                pl.lit(file.vintage.id).alias("vintage"),
                pl.lit(file.layout.id).alias("dataset"),
                pl.lit(dataset.place_type).alias("place_type"),
                "place_code",
                "measure",
                part="the_part",
                text=pl.when(value.is_null()).then("value"),
                value=value,
            )
        )
