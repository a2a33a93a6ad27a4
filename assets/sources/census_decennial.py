"""Decennial census: people of tracts, and cells of its tables.

Peculiar: the tract counts are re-shaped by others to three columns, the year of the census in the name of
the last. Table files have codes, then labels that begin with a space; every line ends in a comma. The API
prints no labels and no GEO_ID, codes of the place in columns of their own, and numbers that stand for a
sign (-666666666 no sample, -999999999 too few).
"""

import re
from collections import Counter
from collections.abc import Iterator

import polars as pl

from assets.sources.acs_lines import label_path
from assets.table import table
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles, number, unparsed

POPULATION = {"tract_population_2010": "pop10", "tract_population_2020": "pop20"}
CELL = re.compile(r"^(?P<table>(?:PCT|PBG|P|H)\d+[A-Z]*)_\d{3}N$")
LINES = {"H1": 3, "P2": 73, "P5": 10}
"""Lines of the tables that come whole."""

JAM_VALUES = (-666666666.0, -999999999.0, -888888888.0)


@table("sources.tract_population", source="census_decennial")
def tract_population(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per tract and census; what another file has said is set aside."""
    earlier: dict[str, pl.DataFrame] = {}
    for file in files.of(*POPULATION):
        people, census = POPULATION[file.layout.id], file.vintage.id
        rows = file.without_empty_lines(file.rows())
        rows, earlier[census] = file.not_in_earlier_files(
            rows, ["GEOID", people], earlier.get(census, pl.DataFrame())
        )
        yield rows.select(
            "source_file",
            "source_row",
            pl.lit(file.vintage.id).alias("vintage"),
            tract_id=pl.col("GEOID"),
            name=pl.col("NAME"),
            population=number(people).cast(pl.Int32),
            unparsed=unparsed(people),
        )


@table("sources.decennial_cell", source="census_decennial")
def decennial_cell(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """One row per table, place and line."""
    for file in files.of("table_file", "api_json"):
        yield _cells(file)


def _cells(file: SourceFile) -> pl.DataFrame:
    codes, *printed = file.header
    columns = [code or f"empty_{index}" for index, code in enumerate(codes)]
    labels = dict(zip(columns, printed[0] if printed else columns, strict=False))
    lines = [
        (code, match["table"], label_path(labels[code])) for code in columns if (match := CELL.match(code))
    ]
    if not lines:
        raise file.unreadable("no column of a table of the census")
    _refuse_missing_lines(file, [table_id for _, table_id, _ in lines])
    geo_id = (
        pl.col("GEO_ID") if "GEO_ID" in columns else "1400000US" + pl.concat_str("state", "county", "tract")
    )
    rows = file.without_empty_lines(file.rows(columns)).with_columns(geo_id.alias("place"))
    value = pl.col("value").cast(pl.Float64, strict=False)
    kept = pl.when(~value.is_in(JAM_VALUES)).then(value)
    named = pl.DataFrame(lines, schema=["line", "table_id", "label"], orient="row")
    return (
        rows.unpivot([code for code, _, _ in lines], index=[FILE, ROW, "place", "NAME"], variable_name="line")
        .join(named, on="line", maintain_order="left")
        .select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            "table_id",
            geo_id="place",
            name="NAME",
            line="line",
            label="label",
            value=kept,
            sign=pl.when(kept.is_null()).then(pl.col("value").fill_null("blank")),
        )
    )


def _refuse_missing_lines(file: SourceFile, tables: list[str]) -> None:
    """A table file holds one table, with all its lines; the API gives those that were asked for."""
    if file.layout.id == "table_file" and Counter(tables) not in ({name: n} for name, n in LINES.items()):
        raise file.unreadable(f"lines of the tables: {dict(Counter(tables))}, whole are {LINES}")
