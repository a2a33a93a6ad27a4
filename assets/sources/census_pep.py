"""Population estimates of counties by age and sex.

Peculiar: YEAR is a code, 1 for the base of April 2020, 2 for July of that year, and so on to the vintage;
columns of ages overlap, and eighteen of them alone add up to all; ages under 5 are one group, so that infants
cannot be told from children of 1 to 4; the file has no code in one piece, and names in windows-1252
(Doña Ana).
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed

ALL_AGES = "POPEST"
WIDTH, OPEN = 5, 85
AGES: dict[str, tuple[int, int | None]] = {
    ALL_AGES: (0, None),
    **{f"AGE{start}{start + WIDTH - 1}": (start, start + WIDTH) for start in range(0, OPEN, WIDTH)},
    f"AGE{OPEN}PLUS": (OPEN, None),
}
"""Stem of the columns → first age and end; the groups that add up to all."""

BASE = 1
YEAR_BEFORE_CODES = 2018
"""Code 2 is the estimate of July 2020."""


@table("sources.county_age_estimate", source="census_pep")
def county_age_estimate(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per county, year and age group, both sexes and each."""
    for file in files.of("agesex_zip", "agesex"):
        yield from _groups(file)


def _groups(file: SourceFile) -> Iterator[pl.DataFrame]:
    rows = file.without_empty_lines(file.rows())
    rows = file.without(rows, pl.col("SUMLEV") != "050", "not_a_county")
    code = number("YEAR").cast(pl.Int32)
    for stem, (start, end) in AGES.items():
        people = "POPESTIMATE" if stem == ALL_AGES else f"{stem}_TOT"
        male, female = f"{stem}_MALE", f"{stem}_FEM"
        yield rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            county_fips=pl.col("STATE").str.zfill(2) + pl.col("COUNTY").str.zfill(3),
            name=pl.col("CTYNAME"),
            year_code=code,
            year=pl.when(code == BASE).then(YEAR_BEFORE_CODES + BASE + 1).otherwise(code + YEAR_BEFORE_CODES),
            base_of_estimates=code == BASE,
            age_group=pl.lit(stem),
            age_start=pl.lit(start, pl.Int32),
            age_end=pl.lit(end, pl.Int32),
            people=number(people).cast(pl.Int64),
            male=number(male).cast(pl.Int64),
            female=number(female).cast(pl.Int64),
            unparsed=unparsed(people, male, female, "YEAR"),
        )
