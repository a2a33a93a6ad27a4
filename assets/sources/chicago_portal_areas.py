"""Health and living conditions by community area and ZIP code, from the city's portal.

Peculiar: the city's row has no area number in one dataset, 0 in the others, and no hardship index; the
header "PER CAPITA INCOME " ends in a space; a suppressed number is a dot in one column and an empty cell
in the next; names of areas are spelled three ways, so numbers decide; deaths of the areas sum to less than
those of the city, those of men and women in some areas to less than those of all; limits are empty where
no one died; ZIP codes of few people are taken together, and two of them have nothing before 2002. The survey
by area (t68z-cikk) knows areas by name alone, and its people are 37 percent too few in Oakland: it is read
to be compared, and no figure is made of it.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed

CITY = 0
"""Area number of the city's row."""

NUMBER_AND_NAME = {
    "kn9c-c2s2": ("Community Area Number", "COMMUNITY AREA NAME"),
    "iqnk-2tcu": ("Community Area", "Community Area Name"),
    "a2fk-ec6q": ("Community Area", "Community Area Name"),
}
"""Dataset, which is the layout too → its columns of area number and name."""

PREDOMINANT = "PREDOMINANT.NONENGLISH.LANGUAGE"
SUPPRESSED = "."


@table("sources.chicago_indicator", source="chicago_portal")
def chicago_indicator(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per dataset, area and indicator."""
    for file in files.of(*NUMBER_AND_NAME):
        area, name = NUMBER_AND_NAME[file.layout.id]
        cells = file.without_empty_lines(file.rows()).unpivot(
            index=[FILE, ROW, area, name], variable_name="indicator", value_name="printed"
        )
        is_text = pl.col("indicator") == PREDOMINANT
        told = (
            pl.when(is_text).then(pl.col("printed").str.extract(r"^.+ \(([\d.]+)%\)$")).otherwise("printed")
        )
        yield cells.with_columns(told=told).select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            dataset=pl.lit(file.layout.id),
            area_number=pl.when(pl.col(area).is_null() & (pl.col(name) == "CHICAGO"))
            .then(CITY)
            .otherwise(number(area))
            .cast(pl.Int32),
            area_name=pl.col(name),
            indicator=pl.col("indicator").str.strip_chars_end(),
            value=number("told"),
            text=pl.when(is_text).then("printed"),
            sign=pl.when(pl.col("printed").is_null())
            .then(pl.lit(""))
            .when(pl.col("printed") == SUPPRESSED)
            .then(pl.col("printed")),
            unparsed=pl.when(
                pl.col("printed").is_not_null() & (pl.col("printed") != SUPPRESSED) & number("told").is_null()
            ).then(pl.format("{}={}", "indicator", "printed")),
        )


@table("sources.chicago_survey_cell", source="chicago_portal")
def chicago_survey_cell(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per area and column of the city's own table of the survey."""
    for file in files.of("t68z-cikk"):
        lines = [name for name in file.layout.columns if name not in ("acs_year", "community_area")]
        cells = file.without_empty_lines(file.rows()).unpivot(
            lines, index=[FILE, ROW, "acs_year", "community_area"], variable_name="line"
        )
        yield cells.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            year=number("acs_year").cast(pl.Int32),
            area_name=pl.col("community_area"),
            line=pl.col("line"),
            people=number("value").cast(pl.Int64),
            unparsed=unparsed("value", "acs_year"),
        )


COUNTS_OF_DEATH = {
    "deaths": "Cumulative Deaths 2006 - 2010",
    "deaths_rank": "Cumulative Deaths Rank",
    "deaths_per_year": "Average Annual Deaths 2006 - 2010",
    "crude_rank": "Crude Rate Rank",
    "adjusted_rank": "Adjusted Rate Rank",
    "ypll_rank": "YPLL Rate RANK",
}

RATES_OF_DEATH = {
    "crude_rate": "Average Crude Rate 2006 - 2010",
    "crude_low": "Average Crude Rate Lower CI",
    "crude_high": "Average Crude Rate Upper CI",
    "adjusted_rate": "Average Adjusted Rate 2006 - 2010",
    "adjusted_low": "Average Adjusted Rate Lower CI",
    "adjusted_high": "Average Adjusted Rate Upper CI",
    "ypll_rate": "Average Annual Years of Potential Life Lost (YPLL) Rate 2006 - 2010",
}


@table("sources.chicago_cause_of_death", source="chicago_portal")
def chicago_cause_of_death(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per cause and area, and the city."""
    for file in files.of("causes_of_death"):
        rows = file.without_empty_lines(file.rows())
        yield rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            area_number=number("Community Area").cast(pl.Int32),
            area_name=pl.col("Community Area Name"),
            cause=pl.col("Cause of Death"),
            year_start=pl.lit(2006, pl.Int32),
            year_end=pl.lit(2010, pl.Int32),
            **{name: number(printed).cast(pl.Int32) for name, printed in COUNTS_OF_DEATH.items()},
            **{name: number(printed) for name, printed in RATES_OF_DEATH.items()},
            warning=pl.col("WARNING"),
            unparsed=unparsed(*COUNTS_OF_DEATH.values(), *RATES_OF_DEATH.values()),
        )


ZIPS = "ZIP code (or aggregate)"
DIABETES = {
    "hospitalizations": "Hospitalizations {}",
    "crude_rate": "Crude Rate {}",
    "crude_low": "Crude Rate {} Lower CI",
    "crude_high": "Crude Rate {} Upper CI",
    "adjusted_rate": "Adjusted Rate {}",
    "adjusted_low": "Adjusted Rate {} Lower CI",
    "adjusted_high": "Adjusted Rate {} Upper CI",
}
YEARS = range(2000, 2012)


@table("sources.chicago_diabetes", source="chicago_portal")
def chicago_diabetes(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per ZIP code, or group of them, and year."""
    for file in files.of("diabetes"):
        _refuse_other_years(file)
        rows = file.without_empty_lines(file.rows())
        for year in YEARS:
            printed = {name: column.format(year) for name, column in DIABETES.items()}
            yield rows.select(
                FILE,
                ROW,
                pl.lit(file.vintage.id).alias("vintage"),
                zips=pl.col(ZIPS),
                year=pl.lit(year, pl.Int32),
                **{name: number(column) for name, column in printed.items()},
                unparsed=unparsed(*printed.values()),
            ).with_columns(pl.col("hospitalizations").cast(pl.Int32))


def _refuse_other_years(file: SourceFile) -> None:
    """Raise where the header is not the ZIP codes and seven columns of each year."""
    expected = [ZIPS, *(column.format(year) for year in YEARS for column in DIABETES.values())]
    if file.header[0] != expected:
        wrong = sorted(set(file.header[0]) ^ set(expected))
        raise file.unreadable(f"other columns than seven of each year: {', '.join(wrong)}")
