"""Chicago Health Atlas: indicators of community areas and census tracts, as downloaded.

Peculiar: one column per topic and period (VRLE_2020, UNI_2017-2021, EDG-I_2017-2021), some with a
standard error (`_se`) or a 90 % margin (`_moe`) beside it; labels stand on a second sheet of a workbook,
in one row or in four under the header of a CSV; area ids are text and sorted as text; population and
coordinates come with some downloads only, and the populations differ; the number of decimals changes by
year; life expectancy (VRLE) has no standard error, and that of a lead poisoning rate of zero is empty;
walkability, hardship and other indexes have an `_se` column with nothing in it.
"""

from collections.abc import Iterator

import polars as pl

from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed
from lifegap.landing.recognize import workbook_sheet

AREA_COLUMNS = ("Layer", "Name", "GEOID")
PLACED = ("Population", "Longitude", "Latitude")
"""Columns of the area that only some downloads have."""

COLUMN = r"^(?<topic>[A-Z]+(?:-[A-Z]+)?)_(?<start>\d{4})(?:-(?<end>\d{4}))?(?:_(?<beside>se|moe))?$"

DICTIONARY = "Data Dictionary"
DICTIONARY_HEADER = ["Field", "Description", "Topic Definition", "Data Source"]
LABEL_ROWS = {"csv_long": ["(Indicator name)", "(Definition)", "(Citation)", "---"], "csv_short": [""]}
"""Layout → first cells of the rows between header and data."""

TOPIC = ("topic", "start", "end")


@table("sources.chicago_health_atlas", source="chicago_health_atlas")
def chicago_health_atlas(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per download, area, topic and period, with what stands beside the value."""
    for file in files.of("workbook", *LABEL_ROWS):
        rows = file.without_empty_lines(file.rows())
        columns = _columns(file, [name for name in rows.columns if name not in _OF_THE_AREA])
        cells = _cells(rows, columns)
        beside = {
            kind: cells.filter(pl.col("beside") == kind).select(
                ROW, *TOPIC, pl.col("read").alias(kind), pl.col("unread").alias(f"{kind}_unread")
            )
            for kind in ("se", "moe")
        }
        estimates = cells.filter(pl.col("beside").is_null())
        for each in beside.values():
            estimates = estimates.join(each, on=[ROW, *TOPIC], how="left", nulls_equal=True)
        labeled = estimates.join(_labels(file), on="column", how="left")
        yield labeled.sort("position").select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            *(pl.col(printed).alias(printed.lower()) for printed in ("Layer", "Name", "GEOID")),
            *(number(printed).alias(printed.lower()) for printed in PLACED),
            "topic",
            "label",
            "definition",
            "citation",
            period_start=pl.col("start").cast(pl.Int32),
            period_end=pl.coalesce("end", "start").cast(pl.Int32),
            estimate=pl.col("read"),
            se=pl.col("se"),
            moe90=pl.col("moe"),
            unparsed=_joined("unread", "se_unread", "moe_unread", "area_unread"),
        )


_OF_THE_AREA = {*AREA_COLUMNS, *PLACED, ROW, FILE}


def _columns(file: SourceFile, names: list[str]) -> pl.DataFrame:
    """Topic, period and kind of each column; what is none, or is beside nothing, is refused."""
    columns = pl.DataFrame({"column": names}).with_columns(
        pl.col("column").str.extract_groups(COLUMN).struct.unnest()
    )
    if wrong := columns.filter(pl.col("topic").is_null())["column"].to_list():
        raise file.unreadable(f"columns that are no topic and period: {', '.join(wrong)}")
    estimates = columns.filter(pl.col("beside").is_null())
    alone = columns.join(estimates, on=TOPIC, how="anti", nulls_equal=True)["column"].to_list()
    if alone or estimates.is_empty():
        raise file.unreadable(f"columns without the topic they belong to: {', '.join(alone) or 'all'}")
    return columns


def _cells(rows: pl.DataFrame, columns: pl.DataFrame) -> pl.DataFrame:
    """One row per area and column, its number read."""
    placed = rows.with_columns(
        pl.lit(None, pl.String).alias(name) for name in PLACED if name not in rows.columns
    ).with_columns(area_unread=unparsed(*PLACED))
    return (
        placed.unpivot(
            columns["column"].to_list(),
            index=[FILE, ROW, *AREA_COLUMNS, *PLACED, "area_unread"],
            variable_name="column",
        )
        .with_row_index("position")
        .join(columns, on="column", how="left")
        .with_columns(
            read=number("value"),
            unread=pl.when(pl.col("value").is_not_null() & number("value").is_null()).then(
                pl.format("{}={}", "column", "value")
            ),
        )
    )


def _labels(file: SourceFile) -> pl.DataFrame:
    """What each column is called: from the second sheet, or from the rows under the header."""
    if file.layout.format == "workbook":
        cells = workbook_sheet(file.content(), file.layout.model_copy(update={"sheet": DICTIONARY}))
        if cells[0] != DICTIONARY_HEADER:
            raise file.unreadable(f"a sheet {DICTIONARY} that begins {', '.join(cells[0])}")
        told = cells[1:]
    else:
        names, *under = file.header
        if [row[0] for row in under] != LABEL_ROWS[file.layout.id]:
            raise file.unreadable(f"rows {', '.join(row[0] for row in under)} under the header")
        told = [
            [name, *texts[:3], *[""] * (3 - len(texts))] for name, *texts in zip(names, *under, strict=True)
        ]
    names = ["column", "label", "definition", "citation"]
    labels = pl.DataFrame(told, schema=dict.fromkeys(names, pl.String), orient="row")
    return labels.with_columns(pl.all().replace("", None)).filter(pl.col("column").is_not_null())


def _joined(*columns: str) -> pl.Expr:
    """The texts joined; null where there is none."""
    joined = pl.concat_str(columns, separator="; ", ignore_nulls=True)
    return pl.when(joined != "").then(joined)
