"""CMAP's community data snapshots of Chicago's community areas, two releases.

Peculiar: 36 columns are of municipalities only; no community area has them, but in the release of 2024
Riverdale (54) carries those of the suburb of that name; eleven columns of the older release stand twice or
three times under one name, and `total_emp` then holds two different numbers; counts have decimals because
they are summed from parts of areas; the releases share most columns but not all; areas come in no order
or in that of their names; the Loop is "The Loop"; no margins of error.
"""

from collections import Counter
from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number

MUNICIPAL = frozenset(
    {
        *("IDES_START_EMP", "IDES_MID_EMP", "IDES_CURR_EMP", "RET_SALES", "GEN_MERCH"),
        *("RES_EAV", "CMRCL_EAV", "IND_EAV", "RAIL_EAV", "FARM_EAV", "MIN_EAV", "TOT_EAV"),
        *("2000_UND19", "2000_A20_34", "2000_A35_49", "2000_A50_64", "2000_OV65", "2000_MED_AGE"),
        *("2000_TOT_HH", "2000_OWN_OCC_HU", "2000_RENT_OCC_HU", "2000_VAC_HU", "2000_HU_TOT"),
        *("2000_LT_HS", "2000_HS", "2000_SOME_COLL", "2000_ASSOC", "2000_BACH", "2000_GRAD_PROF"),
        *("2000_POP_25OV", "HT_Cost_Typical", "HT_Cost_Mod", "H_Cost_Typical", "H_Cost_Mod"),
        *("T_Cost_Typical", "T_Cost_Mod"),
    }
)
"""Columns that CMAP has of municipalities only: jobs, sales, assessed value, 2000 in detail, costs."""

WORDS = r"^((RES|WORK)_(NAICS|CITY)[1-5]_TYPE|med_walk_(pop|emp|popemp)|GlobalID)$"
"""Columns that hold words."""


@table("sources.cmap_cell", source="cmap_snapshots")
def cmap_cell(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per release, area and column."""
    for file in files.of("snapshots_2024", "profiles_2015_2019"):
        cells = file.without_empty_lines(file.rows(_numbered(file))).unpivot(
            index=[FILE, ROW, "GEOID#1", "GEOG#1"], variable_name="column"
        )
        named = cells.with_columns(
            pl.col("column").str.extract_groups(r"^(?<variable>.+)#(?<occurrence>\d+)$").struct.unnest()
        )
        words = pl.col("variable").str.contains(WORDS)
        no_number = ~words & pl.col("value").is_not_null() & number("value").is_null()
        yield named.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            "variable",
            area_number=number("GEOID#1").cast(pl.Int32),
            area_name=pl.col("GEOG#1"),
            occurrence=pl.col("occurrence").cast(pl.Int32),
            belongs_to=pl.when(pl.col("variable").is_in(MUNICIPAL))
            .then(pl.lit("suburb"))
            .otherwise(pl.lit("area")),
            value=pl.when(~words).then(number("value")),
            text=pl.when(words).then(pl.col("value")),
            unparsed=pl.when(no_number).then(pl.format("{}={}", "variable", "value")),
        )


def _numbered(file: SourceFile) -> list[str]:
    """The columns, each with its place among those of its name. Raises where a municipal one is missing."""
    if missing := sorted(MUNICIPAL - set(file.header[0])):
        raise file.unreadable(f"no column {', '.join(missing)}")
    seen: Counter[str] = Counter()
    names = []
    for name in file.header[0]:
        seen[name] += 1
        names.append(f"{name}#{seen[name]}")
    return names
