"""County Health Rankings, relational tables: scores and ranks of counties, values of states.

Values by race are those of counties in three releases, 2017 to 2019.

Peculiar: a rank of 999 means not ranked; ranks end with 2023, from 2024 the score is national and
rows of states and the nation join in; the summaries are renamed in 2025; the files of 2022 and 2023
exist in a first version with fewer columns. Missing is NA. A measure's number is its code without
letter and zeros. Corrected values stand beside the wrong ones (correction 1 was used in the rankings,
2 replaced it). -999 among the additional values of juvenile arrests (2020, 2021) is a sign. The file of
state values of 2023 holds one row three times. Of the race groups only three have values.
"""

from collections.abc import Iterator

import polars as pl

from assets.sources.chr_reading import RACES, cells_as_text, measure_code
from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed

NOT_STATED = "NA"
NOT_RANKED = "999"
NO_NUMBER = ("-999", "-888")
"""Signs in cells of additional values."""

LEVELS = {
    "categories": "category",
    "factors": "factor",
    "focus_areas": "focus_area",
    "factor_data": "factor",
    "focus_area_data": "focus_area",
}
"""Layout → what its rows are of: a category has factors, a factor has focus areas, these have measures."""

CLASSES = range(1, 6)
OTHERS = range(1, 5)
DETAILS = {
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "reliability": pl.Int32,
    "rank_ready": pl.Int32,
    "display": pl.Int32,
    "show_details": pl.Int32,
    "state_min": pl.Float64,
    "state_max": pl.Float64,
    "trend_graph": pl.Int32,
}
"""Columns that describe the value of a measure, not the additional ones beside it."""


@table("sources.chr_category", source="chr_rankings")
def chr_category(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per release, summary and county."""
    numbers = ("z_score", "rank", "quartile", "health_group", "state_comparison", "us_comparison")
    for file in files.of("category_data", "category_data_first"):
        rows = _relational(file)
        absent = [name for name in numbers if name not in rows.columns]
        rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
        yield rows.select(
            *_origin(file),
            year=_whole("year"),
            category_id=_whole("category_id"),
            state_fips=pl.col("state_fips"),
            county_fips=pl.col("state_fips") + pl.col("county_fips"),
            z_score=number("z_score"),
            rank=_whole("rank"),
            quartile=_whole("quartile"),
            health_group=_whole("health_group"),
            state_comparison=_whole("state_comparison"),
            us_comparison=_whole("us_comparison"),
            last_updated=pl.col("last_updated"),
            unparsed=unparsed("year", "category_id", *numbers),
        )


@table("sources.chr_part_score", source="chr_rankings")
def chr_part_score(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per release, factor or focus area, and county."""
    for file in files.of("factor_data", "focus_area_data"):
        level = LEVELS[file.layout.id]
        rows = _relational(file)
        sign = cells_as_text(*((name, pl.col(name) == NOT_RANKED) for name in ("rank", "quartile")))
        rows = rows.with_columns(pl.col("rank", "quartile").replace(NOT_RANKED, None), sign=sign)
        yield rows.select(
            *_origin(file),
            year=_whole("year"),
            level=pl.lit(level),
            summary_id=_whole(f"{level}_id"),
            county_fips=pl.col("state_fips") + pl.col("county_fips"),
            z_score=number("z_score"),
            rank=_whole("rank"),
            quartile=_whole("quartile"),
            sign=pl.col("sign"),
            last_updated=pl.col("last_updated"),
            unparsed=unparsed("year", f"{level}_id", "z_score", "rank", "quartile"),
        )


@table("sources.chr_summary_name", source="chr_rankings")
def chr_summary_name(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per release and category, factor or focus area: its name, what it is part of, its weight."""
    for file in files.of("categories", "factors", "focus_areas"):
        level = LEVELS[file.layout.id]
        rows = _relational(file)
        weights = {f"weight_{part}": f"{level}_{part}" for part in ("numerator", "denominator")}
        weighed = weights["weight_numerator"] in rows.columns
        numbers = ["year", *(f"{level}_{part}" for part in ("id", "parent", "index"))]
        yield rows.select(
            *_origin(file),
            year=_whole("year"),
            level=pl.lit(level),
            summary_id=_whole(f"{level}_id"),
            name=pl.col(f"{level}_name"),
            parent_id=_whole(f"{level}_parent"),
            position=_whole(f"{level}_index"),
            **{
                name: _whole(column) if weighed else pl.lit(None, pl.Int32)
                for name, column in weights.items()
            },
            last_updated=pl.col("last_updated"),
            unparsed=unparsed(*numbers, *(weights.values() if weighed else ())),
        )


@table("sources.chr_rank_class", source="chr_rankings")
def chr_rank_class(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per release, state and class of the map: the ranks that are in it."""
    for file in files.of("map_legend"):
        rows = _relational(file)
        for place in CLASSES:
            low, high = f"range_{place}_min", f"range_{place}_max"
            yield rows.select(
                *_origin(file),
                year=_whole("year"),
                state_fips=pl.col("state_fips"),
                rank_class=pl.lit(place, pl.Int32),
                rank_min=_whole(low),
                rank_max=_whole(high),
                total_counties=_whole("total_counties"),
                ranked_counties=_whole("ranked_counties"),
                not_ranked_min=pl.col("not_ranked_min"),
                not_ranked_max=pl.col("not_ranked_max"),
                last_updated=pl.col("last_updated"),
                unparsed=unparsed("year", low, high, "total_counties", "ranked_counties"),
            )


@table("sources.chr_measure_release", source="chr_rankings")
def chr_measure_release(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per file, release and measure: what it was in that release."""
    numbers = (
        "direction", "format_type", "display_precision", "measure_type", "weight_numerator",
        "weight_denominator", "compare_states", "compare_years",
    )  # fmt: skip
    for file in files.of("measures", "measure_years"):
        rows = _relational(file)
        absent = [name for name in ("compare_years", "years_used") if name not in rows.columns]
        rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
        yield rows.select(
            *_origin(file),
            year=_whole("year"),
            measure=measure_code("measure_id"),
            name=pl.col("measure_name"),
            focus_area_id=_whole("measure_parent"),
            position=_whole("measure_index"),
            description=pl.col("description"),
            **{name: _whole(name) for name in numbers},
            years_used=pl.col("years_used"),
            last_updated=pl.col("last_updated"),
            unparsed=unparsed("year", "measure_id", "measure_parent", "measure_index", *numbers),
        )


@table("sources.chr_benchmark", source="chr_rankings")
def chr_benchmark(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per release, measure and correction: the value that the best tenth of counties reaches."""
    for file in files.of("benchmarks"):
        yield _relational(file).select(
            *_origin(file),
            year=_whole("year"),
            measure=measure_code("measure_id"),
            correction=_whole("correction"),
            benchmark=number("benchmark"),
            percentile=pl.col("source"),
            last_updated=pl.col("last_updated"),
            unparsed=unparsed("year", "measure_id", "correction", "benchmark"),
        )


@table("sources.chr_relational_value", source="chr_rankings")
def chr_relational_value(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per release, measure, correction, place, population group and kind of value."""
    for file in files.of("state_data"):
        rows = _relational(file)
        again = ~pl.struct(pl.exclude(FILE, ROW)).is_first_distinct()
        rows = file.without(rows, again, "repeated_row")
        yield _values(file, rows, "raw_value", ("raw_value", "ci_low", "ci_high", None))
        for name in (f"other_data_{each}" for each in OTHERS):
            yield _values(file, _stated(rows, name), name, _four(name))
    for file in files.of("race_data"):
        rows = _relational(file)
        empty = pl.all_horizontal(pl.col("^race_.*$").is_null())
        rows = file.without(rows, empty, "no_value")
        for short, group in RACES.items():
            part = _stated(rows, f"race_{short}")
            yield _values(file, part, "raw_value", _four(f"race_{short}"), group)


def _values(
    file: SourceFile,
    rows: pl.DataFrame,
    kind: str,
    cells: tuple[str, str, str, str | None],
    group: str = "all",
) -> pl.DataFrame:
    """The rows' values of one kind; what describes the measure's own value stays with that."""
    *numbers, flag = cells
    described = kind == "raw_value" and group == "all"
    details = DETAILS if described else {}
    signs = cells_as_text(*((str(name), pl.col(str(name)).is_in(NO_NUMBER)) for name in numbers))
    rows = rows.with_columns(
        signs.alias("sign"), *(pl.col(str(name)).replace(NO_NUMBER, None) for name in numbers)
    )
    return rows.select(
        *_origin(file),
        year=_whole("year"),
        measure=measure_code("measure_id"),
        correction=_whole("correction"),
        county_fips=pl.col("state_fips") + pl.col("county_fips"),
        population_group=pl.lit(group),
        kind=pl.lit(kind),
        estimate=number(str(numbers[0])),
        ci_low=number(str(numbers[1])),
        ci_high=number(str(numbers[2])),
        flag=pl.col(flag) if flag else pl.lit(None, pl.String),
        **{
            name: number(name).cast(dtype) if name in details else pl.lit(None, dtype)
            for name, dtype in DETAILS.items()
        },
        years_used=pl.col("years_used") if described else pl.lit(None, pl.String),
        last_updated=pl.col("last_updated"),
        sign=pl.col("sign"),
        unparsed=unparsed("year", "measure_id", "correction", *map(str, numbers), *details),
    )


def _four(name: str) -> tuple[str, str, str, str]:
    """The columns of an additional value: itself, its limits, its flag."""
    return name, f"{name}_ci_low", f"{name}_ci_high", f"{name}_flag"


def _stated(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows where any cell of an additional value says something."""
    return rows.filter(pl.any_horizontal(pl.col(cell).is_not_null() for cell in _four(name)))


def _relational(file: SourceFile) -> pl.DataFrame:
    """The rows of a relational table, NA as null."""
    rows = file.without_empty_lines(file.rows())
    return rows.with_columns(pl.exclude(FILE, ROW).replace(NOT_STATED, None))


def _origin(file: SourceFile) -> tuple[pl.Expr, ...]:
    return pl.col(FILE), pl.col(ROW), pl.lit(file.vintage.id).alias("vintage")


def _whole(column: str) -> pl.Expr:
    return number(column).cast(pl.Int32)
