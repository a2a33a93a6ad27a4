"""Philadelphia's Community Health Assessment, editions 2015, 2016 and 2017: four files each, made long.

Peculiar: one row an indicator, its years, planning districts, groups or cities side by side; the columns
differ between editions. A percentage is printed as a fraction, life expectancy as a "Count". No figure is
an empty cell, a blank, "N/A" or "."; "<1" is a bound. Numbers have thousands commas in 2015 and 2016. In
2017 the household survey's 0.000 for Lower South stands where 2016 has "N/A": it is read as a sign of no
data, while the 0.000 of other publishers is a number. Columns ending in SS stand beside the figures in
2015 and in one file of 2016; that of Philadelphia stands twice, once for its local source, and those of
other cities spell the city in another way. In 2017 one indicator of the cities is printed twice, first
without any figure. An indicator may contradict itself between files of one edition. Texts hold line breaks.
"""

import re
from collections import Counter
from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number

TEXTS = (
    "Category", "Indicator", "subTitle", "dataType", "dataSource", "dataSourceYear", "dataSource2",
    "dataSource2Year", "dataSourceYear2", "description", "chartComment", "Note", "dateUpdated",
    "CityOrCounty",
)  # fmt: skip
"""Columns that describe an indicator; all others hold its figures."""

YEARS = tuple(str(year) for year in range(2000, 2017))
DISTRICTS = (
    "Citywide", "Central", "Central Northeast", "Lower Far Northeast", "Lower North", "Lower Northeast",
    "Lower Northwest", "Lower South", "Lower Southwest", "North", "North Delaware", "River Wards", "South",
    "University-Southwest", "Upper Far Northeast", "Upper North", "Upper Northwest", "West", "West Park",
)  # fmt: skip
GROUPS = ("Total population", "Black, non-Hispanic", "White, non-Hispanic", "Hispanic", "Asian, non-Hispanic")
CITIES = (
    "Philadelphia (local source)", "Philadelphia", "New York City", "NYC-Bronx", "NYC-Kings",
    "Los Angeles-Los Angeles", "Chicago-Cook", "Houston-Harris", "Phoenix-Maricopa", "San Antonio-Bexar",
    "San Diego-San Diego", "Dallas-Dallas", "San Jose-Santa Clara", "Nationwide",
)  # fmt: skip

DIMENSIONS = {
    "assessment_over_time": ("citywide_over_time", YEARS),
    "assessment_by_district": ("planning_district", DISTRICTS),
    "assessment_by_group": ("racial_disparity", GROUPS),
    "assessment_by_city": ("top_10_cities", CITIES),
}
"""Layout → what its columns tell apart, and the columns of figures it may have."""

SIGNS = ("N/A", ".", "<1")
SURVEY = "Public Health Management Corporation (PHMC) Household Health Survey"
THOUSANDS = r"^\d{1,3}(,\d{3})+(\.\d+)?$"
SAMPLE = re.compile(r"[ _]SS$")


@table("sources.philadelphia_assessment", source="philadelphia_portal")
def philadelphia_assessment(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per edition, file, indicator and column of figures."""
    for file in files.of(*DIMENSIONS):
        dimension, known = DIMENSIONS[file.layout.id]
        names = _distinct(file.header[0])
        figures = [name for name in names if name in known]
        samples = {name: _of_sample(name) for name in names if SAMPLE.search(name)}
        unknown = [
            name for name in names if name not in (*TEXTS, *figures) and samples.get(name) not in figures
        ]
        if unknown or not figures:
            raise file.unreadable(f"columns that are no text and no figure: {', '.join(unknown)}")
        rows = _without_repeats(file, file.without_empty_lines(file.rows(names)), figures)
        printed = rows.unpivot(figures, index=ROW, variable_name="breakdown", value_name="printed")
        sample = _samples(rows, samples)
        texts = [name for name in names if name in TEXTS]
        yield (
            rows.select(FILE, ROW, *texts)
            .join(printed, on=ROW)
            .join(sample, on=(ROW, "breakdown"), how="left")
            .select(
                "source_file",
                "source_row",
                *_cells(),
                vintage=pl.lit(file.vintage.id),
                dimension=pl.lit(dimension),
                category=pl.col("Category"),
                indicator=pl.col("Indicator"),
                breakdown=pl.col("breakdown"),
                data_type=pl.col("dataType"),
                data_source=pl.col("dataSource"),
                data_years=pl.col("dataSourceYear"),
                attributes=pl.struct(texts).struct.json_encode(),
            )
        )


def _distinct(header: list[str]) -> list[str]:
    """The header's names; of the two samples of Philadelphia the first is of its local source."""
    twice = [name for name, times in Counter(header).items() if times > 1]
    names = list(header)
    if twice == ["Philadelphia_SS"]:
        names[names.index("Philadelphia_SS")] = "Philadelphia (local source)_SS"
    return names


def _of_sample(name: str) -> str:
    """The column of figures that a column of samples belongs to: NYC (Bronx)_SS is of NYC-Bronx."""
    place = SAMPLE.sub("", name)
    return place if place in CITIES else re.sub(r" \((.*)\)$", r"-\1", place)


def _without_repeats(file: SourceFile, rows: pl.DataFrame, figures: list[str]) -> pl.DataFrame:
    """The rows without those that print an indicator a second time and no figure."""
    nothing = pl.all_horizontal(pl.col(figures).is_null())
    return file.without(rows, pl.col("Indicator").is_duplicated() & nothing, "repeat_without_figures")


def _samples(rows: pl.DataFrame, samples: dict[str, str]) -> pl.DataFrame:
    """The class of the sample of each figure, where the file has them."""
    if not samples:
        return pl.DataFrame(schema={ROW: pl.Int32, "breakdown": pl.String, "ss": pl.String})
    return rows.unpivot(list(samples), index=ROW, variable_name="breakdown", value_name="ss").with_columns(
        pl.col("breakdown").replace(samples)
    )


def _cells() -> list[pl.Expr]:
    """value, sign, sample class and what is neither, out of `printed` and `ss`."""
    text = pl.col("printed").str.strip_chars().replace("", None)
    plain = pl.when(text.str.contains(THOUSANDS)).then(text.str.replace_all(",", "")).otherwise(text)
    value = plain.cast(pl.Float64, strict=False)
    no_data = (
        (pl.col("breakdown") == "Lower South") & (pl.col("dataSource") == SURVEY) & (value == 0)
    ).fill_null(False)
    sign = text.is_in(SIGNS).fill_null(False) | no_data
    number_or_sign = value.is_not_null() | sign
    return [
        pl.when(~no_data).then(value).alias("value"),
        pl.when(sign).then(text).alias("sign"),
        number("ss").cast(pl.Int32).alias("sample_class"),
        pl.concat_str(
            pl.when(text.is_not_null() & ~number_or_sign).then(pl.format("{}={}", "breakdown", text)),
            pl.when(pl.col("ss").is_not_null() & number("ss").is_null()).then(pl.format("SS={}", "ss")),
            separator="; ",
            ignore_nulls=True,
        )
        .replace("", None)
        .alias("unparsed"),
    ]
