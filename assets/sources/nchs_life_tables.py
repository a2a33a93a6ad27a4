"""NCHS: life tables of the nation by year and group, life expectancy of states, a century of death rates.

Peculiar: the life tables have two header rows, a byte order mark, thousands separators in quotes and
ages such as 0-1 and 100-; their year and group stand only in the name of the file. The nation has no
standard error among the states, and * for a class; the limits of the states' classes overlap for
women. The file of death rates has no life expectancy by race for its last year. The pressroom's table of
states by year knows them by postal code, prints a tenth of a year and no error, and has neither the nation
nor the District of Columbia.
"""

import re
from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed

GROUPS = {
    None: "all",
    "hispanic": "race:hispanic",
    "nonhispanicblack": "race:black_non_hispanic",
    "nonhispanicwhite": "race:white_non_hispanic",
}
"""End of the file's name → population group."""

LABELS = {"age": "age", "qx": "nqx", "lx": "lx", "dx": "ndx", "Lx": "nLx", "Tx": "Tx", "ex": "ex"}
"""Second header row of a life table → column here, as in the tables of tracts."""

NUMBERS = [name for name in LABELS.values() if name != "age"]

NO_CLASS = "*"


@table("sources.us_life_table", source="nchs_life_tables")
def us_life_table(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per year, group and age."""
    for file in files.of("life_table"):
        year, group = _year_and_group(file)
        if file.header[1:] != [[*LABELS]]:
            raise file.unreadable(f"a second header row that is not {', '.join(LABELS)}: {file.header[1:]}")
        rows = file.without_empty_lines(file.rows())
        rows = rows.rename(dict(zip(file.header[0], LABELS.values(), strict=True)))
        rows = rows.with_columns(_without_separators(name) for name in NUMBERS)
        ages = pl.col("age").str.extract_groups(r"^(?<start>\d{1,3})-(?<end>\d{0,3})$").struct
        yield rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            year=pl.lit(year, pl.Int32),
            population_group=pl.lit(group),
            age_group=pl.col("age"),
            age_start=ages.field("start").cast(pl.Int32),
            age_end=ages.field("end").replace("", None).cast(pl.Int32),
            **{name: number(name) for name in NUMBERS},
            unparsed=unparsed(*NUMBERS),
        )


def _year_and_group(file: SourceFile) -> tuple[int, str]:
    """What the name of a life table's file says of it; nothing inside does."""
    told = re.fullmatch(r"(?:.*/)?nchs_us_life_table_(\d{4})(?:_([a-z]+))?\.csv", file.name)
    if told is None or told[2] not in GROUPS or told[1] != file.vintage.id:
        raise file.unreadable(f"a name that does not say its group and the year {file.vintage.id}")
    return int(told[1]), GROUPS[told[2]]


def _without_separators(column: str) -> pl.Expr:
    """The text without thousands separators where they stand before three digits, else as it is."""
    text = pl.col(column)
    return (
        pl.when(text.str.contains(r"^\d{1,3}(,\d{3})+$")).then(text.str.replace_all(",", "")).otherwise(text)
    )


@table("sources.state_life_expectancy", source="nchs_life_tables")
def state_life_expectancy(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per place and sex."""
    for file in files.of("state_by_sex"):
        rows = file.without_empty_lines(file.rows()).with_columns(
            pl.col("Quartile").str.extract_groups(r"^(?<low>[\d.]+) - (?<high>[\d.]+)$").struct.unnest()
        )
        classed = pl.col("Quartile") != NO_CLASS
        rows = rows.with_columns(
            pl.when(classed).then(pl.coalesce(name, "Quartile")).alias(name) for name in ("low", "high")
        )
        yield rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            state=pl.col("State"),
            sex=pl.col("Sex"),
            e0=number("LE"),
            se_e0=number("SE"),
            quartile=pl.col("Quartile"),
            quartile_low=number("low"),
            quartile_high=number("high"),
            unparsed=unparsed("LE", "SE", "low", "high"),
        )


@table("sources.pressroom_life_expectancy", source="nchs_life_tables")
def pressroom_life_expectancy(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per year and state."""
    for file in files.of("states_by_year"):
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            year=number("YEAR").cast(pl.Int32),
            postal_code=pl.col("STATE"),
            e0=number("RATE"),
            unparsed=unparsed("YEAR", "RATE"),
        )


@table("sources.us_death_rate", source="nchs_life_tables")
def us_death_rate(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per year, race and sex."""
    for file in files.of("death_rates"):
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            year=number("Year").cast(pl.Int32),
            race=pl.col("Race"),
            sex=pl.col("Sex"),
            e0=number("Average Life Expectancy (Years)"),
            age_adjusted_rate=number("Age-adjusted Death Rate"),
            unparsed=unparsed("Year", "Average Life Expectancy (Years)", "Age-adjusted Death Rate"),
        )
