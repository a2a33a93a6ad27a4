"""USALEEP: life expectancy and life tables of census tracts, in three layouts that must agree.

Peculiar: tract codes are text with leading zeros; files A and B end with an empty line; the national
file A lacks Maine and Wisconsin, Texas has no tables in file B, New York City's tables have a file
of their own and California's come in two; the standard error printed for nq(x) of the open band is
none and is used for nothing; the data.cdc.gov export names tracts instead of coding them, mixes in
one row for each state, and ends the names of Pennsylvania's counties in ", PA".
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import SourceFiles, number, unparsed

AGE_BANDS = {
    "Under 1": (0, 1),
    "1-4": (1, 5),
    "5-14": (5, 15),
    "15-24": (15, 25),
    "25-34": (25, 35),
    "35-44": (35, 45),
    "45-54": (45, 55),
    "55-64": (55, 65),
    "65-74": (65, 75),
    "75-84": (75, 85),
    "85 and older": (85, None),
}
"""Age band as printed → first age and the age at which it ends, in years."""

CODES = {
    "tract_id": "Tract ID",
    "state2kx": "STATE2KX",
    "cnty2kx": "CNTY2KX",
    "tract2kx": "TRACT2KX",
}


@table("sources.usaleep_tract", source="nchs_usaleep")
def usaleep_tract(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """File A: e(0), its standard error and the flag of each tract.

    Files of states say again what the national file says: rows that it has, cell for cell, are set aside.
    """
    national: pl.DataFrame | None = None
    for file in files.of("file_a"):
        rows = file.without_empty_lines(file.rows())
        printed = [name for name in rows.columns if name not in ("source_file", "source_row")]
        if national is None:
            national = rows.select(printed).with_columns(national=pl.lit(True))
        else:
            rows = rows.join(national, on=printed, how="left", nulls_equal=True, maintain_order="left")
            rows = file.without(rows, pl.col("national"), "repeats_national_file")
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            **{name: pl.col(printed) for name, printed in CODES.items()},
            e0=number("e(0)"),
            se_e0=number("se(e(0))"),
            flag=number("Abridged life table flag").cast(pl.Int32),
            unparsed=unparsed("e(0)", "se(e(0))", "Abridged life table flag"),
        )


@table("sources.usaleep_life_table", source="nchs_usaleep")
def usaleep_life_table(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """File B: the life table of each tract, eleven age bands."""
    starts = {printed: start for printed, (start, _) in AGE_BANDS.items()}
    ends = {printed: end for printed, (_, end) in AGE_BANDS.items()}
    numbers = {
        "nqx": "nq(x)",
        "lx": "l(x)",
        "ndx": "nd(x)",
        "nLx": "nL(x)",
        "Tx": "T(x)",
        "ex": "e(x)",
        "se_nqx": "se(nq(x))",
        "se_ex": "se(e(x))",
    }
    for file in files.of("file_b"):
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            **{name: pl.col(printed) for name, printed in CODES.items()},
            age_group=pl.col("Age Group"),
            age_start=pl.col("Age Group").replace_strict(starts, default=None, return_dtype=pl.Int32),
            age_end=pl.col("Age Group").replace_strict(ends, default=None, return_dtype=pl.Int32),
            **{name: number(printed) for name, printed in numbers.items()},
            unparsed=unparsed(*numbers.values()),
        )


@table("sources.usaleep_export", source="nchs_usaleep")
def usaleep_export(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """The data.cdc.gov export: rows of states have an empty county and tract number."""
    for file in files.of("portal_export"):
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            level=pl.when(pl.col("Census Tract Number").is_null())
            .then(pl.lit("state"))
            .otherwise(pl.lit("tract")),
            state=pl.col("State"),
            county=pl.col("County").fill_null(""),
            tract_number=pl.col("Census Tract Number").fill_null(""),
            e0=number("Life Expectancy"),
            e0_range=pl.col("Life Expectancy Range"),
            se_e0=number("Life Expectancy Standard Error"),
            unparsed=unparsed("Life Expectancy", "Life Expectancy Standard Error"),
        )
