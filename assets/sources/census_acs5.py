"""American Community Survey tables: every cell of every line, estimate beside margin.

Peculiar: ten layouts. The Bureau's own table files have codes in the first row and labels in the second;
FactFinder's older form, Census Reporter, the API and the summary file print no labels; tables as displayed
are turned on their side, with thousands separators and a ± before margins; a subset made for County Health
Rankings holds lines of many tables in one file. The codes of a line move between years, and so do the
words of its label and the order of a line's columns (`acs_lines`). Some files start with a byte order
mark, some lines end in a comma. Cells that are no number are words or signs with a meaning: `(X)`, `-`,
`N`, `**`, `***`, `*****`, `250,000+`, `null`; they are kept as text. The county file of 2010 and the API
write them as numbers (-666666666, -888888888); these become the sign, so annotations add nothing.
"""

import re
from collections.abc import Iterable, Iterator

import numpy as np
import polars as pl

from assets.sources.acs_bounds import ANNOTATED, BOUND, OPEN_INTERVAL, OPEN_NUMBER, bound, limited
from assets.sources.acs_lines import Line, label_path, refuse_other_year, table_lines
from assets.sources.acs_places import GEOGRAPHY, NATION, api_place, shortened
from assets.table import table
from lifegap.errors import error
from lifegap.landing.columns import plain_name
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles

CONTROLLED, CONTROLLED_NUMBER = "*****", -555555555.0
"""Margin of an estimate that is controlled to a census count: zero by definition."""

JAM_VALUES = {
    -222222222.0: "**",
    -333333333.0: "***",
    CONTROLLED_NUMBER: CONTROLLED,
    -666666666.0: "-",
    -888888888.0: "(X)",
    -999999999.0: "N",
}
"""Numbers that stand for a sign."""

LABELED = ("data_csv", "data_with_overlays", "with_ann")
UNLABELED = ("factfinder_codes", "reporter_csv", "reporter_geojson", "api_json", "summary_file")
SELECTED = ("selected_counties", "selected_tracts")
API = "api_json"
DISPLAYED = "displayed"

PLACES = {
    "with_ann": ("GEO.id", "GEO.display-label"),
    "factfinder_codes": ("GEO.id", "GEO.display-label"),
    "reporter_csv": ("geoid", "name"),
    "reporter_geojson": ("geoid", "name"),
    "selected_counties": ("GEOID", "NAME"),
    "selected_tracts": ("GEOID", "NAME"),
    "summary_file": ("GEO_ID", "GEO_ID"),
}
"""Layout → columns of the place's id and name, where they are not GEO_ID and NAME."""

EMPTY = "empty_"
"""Begins the name that a column without one is given: some lines end in a comma."""

KNOWN = re.compile(
    rf"{EMPTY}\d+|(?i:geo[._]?id2?|geo\.display-label|name|ucgid|statecode|countycode|fipscode|geocomp|sumlevel"
    r"|[A-Z]+\d+[A-Z]*_.*[EM]A|id)"
)
"""Columns of the place and notes."""

DISPLAYED_PLACES = {"United States": NATION}


@table("sources.acs_cell", source="census_acs5")
def acs_cell(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """All cells, file after file; files with labels first."""
    known: dict[str, str] = {}
    for file in files.of(*LABELED):
        rows = cells(file, known)
        known |= dict(rows.select("line", "label").unique().iter_rows())
        yield rows
    for file in files.of(*UNLABELED, *SELECTED):
        yield cells(file, known)
    for file in files.of(DISPLAYED):
        yield _displayed(file)


def cells(file: SourceFile, known: dict[str, str] | None = None) -> pl.DataFrame:
    """The cells of one file: one row per place and line. known: labels for layouts that print none."""
    layout = file.layout.id
    rows, labels = _rows(file)
    lines = table_lines(file, labels, known or {}, whole=layout not in (*SELECTED, API))
    file.tell_unused(unknown_columns(labels, lines))
    refuse_other_year(file, list(labels.values()))
    rows = _placed(file, file.without_empty_lines(rows))
    file.refuse_another_edition(rows)
    estimates = rows.unpivot(
        [line.estimate for line in lines], index=[FILE, ROW, "geo_id", "name"], value_name="estimate"
    )
    named = pl.DataFrame([line[:4] for line in lines], schema=Line._fields[:4], orient="row").select(
        "table_id", "label", line="code"
    )
    # Lines follow one another, each with all rows: a join by name would take as long as reading the file.
    of_line = pl.Series(np.repeat(np.arange(len(lines)), rows.height))
    return (
        estimates.drop("variable")
        .hstack(named.with_columns(limited=limited(file.vintage.id))[of_line])
        .with_columns(
            _turned(rows, [line.margin for line in lines if line.margin is not None]).alias("moe"),
            _annotations(rows, lines).alias(ANNOTATED),
            vintage=pl.lit(file.vintage.id),
        )
        .pipe(_with_numbers, file.vintage.id)
    )


def _turned(rows: pl.DataFrame, columns: list[str]) -> pl.Series | pl.Expr:
    """The cells of the columns, one below the other; null where there are none."""
    return rows.unpivot(columns)["value"] if columns else pl.lit(None, pl.String)


def _annotations(rows: pl.DataFrame, lines: list[Line]) -> pl.Series | pl.Expr:
    """What stands beside each estimate, where any of it is a bound; null elsewhere."""
    beside = [line.annotation for line in lines]
    present = {name for name in beside if name is not None and rows[name].dtype == pl.String}
    bounds = {name for name in present if rows[name].str.contains(BOUND).any()}
    if not bounds:
        return pl.lit(None, pl.String)
    nothing = pl.Series([None] * rows.height, dtype=pl.String)
    return pl.concat([rows[name].alias("") if name in bounds else nothing for name in beside])


def unknown_columns(columns: Iterable[str], lines: list[Line]) -> list[str]:
    """Columns that are of no line and no place, and no note, which repeats what the cell beside it says."""
    of_lines = {name for line in lines for name in (line.estimate, line.margin)}
    return [
        name
        for name in columns
        if name not in of_lines and not KNOWN.fullmatch(name) and plain_name(name) not in GEOGRAPHY
    ]


def _placed(file: SourceFile, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with geo_id, the Bureau's id of the place, and name; the id where no name is printed."""
    geo_id, name = PLACES.get(file.layout.id, ("GEO_ID", "NAME"))
    in_parts = file.layout.id == API and geo_id not in rows.columns
    ids = api_place(file, rows.columns) if in_parts else shortened(geo_id)
    named = pl.col(name) if name in rows.columns else pl.lit(None, pl.String)
    return rows.with_columns(geo_id=ids).with_columns(name=pl.coalesce(named, "geo_id"))


def _rows(file: SourceFile) -> tuple[pl.DataFrame, dict[str, str]]:
    """The rows of a file under its codes, and the label of each column."""
    if file.layout.format == "geojson":
        rows = file.features().drop("geometry").with_columns(pl.exclude(ROW, FILE).cast(pl.String))
        return rows, {name: "" for name in rows.columns if name not in (ROW, FILE)}
    _, *labels = file.header
    columns = [code or f"{EMPTY}{index}" for index, code in enumerate(file.match.names)]
    printed = labels[0] if labels else [""] * len(columns)
    return file.rows(columns), dict(zip(columns, printed, strict=False))


def _displayed(file: SourceFile) -> pl.DataFrame:
    """A table as displayed: one row a line, one column a place, kind of column and number.

    Lines have no codes; they are counted. Labels are indented under those that they belong to.
    """
    rows = file.without_empty_lines(file.rows())
    first, *columns = (name for name in rows.columns if name not in (FILE, ROW))
    table_id = file.name.split(".")[1].split("-")[0]
    places = {column.split("!!")[0] for column in columns}
    if unknown := places - set(DISPLAYED_PLACES):
        raise error(
            "SOURCE-COLUMN",
            doing=f"reading the header of {file.named}",
            found=f"columns of {', '.join(sorted(unknown))}",
            expected=f"columns of {', '.join(DISPLAYED_PLACES)}",
            todo="add the place and its id to the parser",
        )
    paths = _indented(rows[first].to_list())
    pairs = [(column, _margin_column(column)) for column in columns if not _is_margin(column)]
    if sorted(columns) != sorted(column for pair in pairs for column in pair):
        raise file.unreadable("a column of estimates without its margins, or margins without estimates")
    return pl.concat(
        rows.select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            pl.lit(table_id).alias("table_id"),
            geo_id=pl.lit(DISPLAYED_PLACES[estimate.split("!!")[0]]),
            name=pl.lit(estimate.split("!!")[0]),
            line=pl.format(
                "{}_{}_row{}",
                pl.lit(table_id),
                pl.lit(_group(estimate)),
                pl.col(ROW).cast(pl.String).str.zfill(3),
            ),
            label=pl.Series([label_path(f"{_group(estimate)}!!{path}") for path in paths], dtype=pl.String),
            estimate=pl.col(estimate).str.replace_all(r"[,%]", ""),
            moe=pl.col(margin).str.replace_all(r"[,±]", ""),
        )
        .with_columns(pl.lit(None, pl.String).alias(ANNOTATED), limited=limited(file.vintage.id))
        .pipe(_with_numbers, file.vintage.id)
        for estimate, margin in pairs
    )  # fmt: skip


def _is_margin(column: str) -> bool:
    return "Margin of Error" in column


def _margin_column(column: str) -> str:
    return f"{column} Margin of Error" if column.endswith("!!Percent") else column.replace(
        "Estimate", "Margin of Error"
    )  # fmt: skip


def _group(column: str) -> str:
    """What a column of numbers is of: the levels between the place and the word Estimate."""
    return "!!".join(level for level in column.split("!!")[1:] if level != "Estimate") or "Estimate"


def _indented(labels: list[str]) -> list[str]:
    """Label paths out of labels indented by four (no-break) spaces a level."""
    path: list[str] = []
    paths = []
    for label in labels:
        text = label.replace("\xa0", " ")
        depth = (len(text) - len(text.lstrip())) // 4
        path = [*path[:depth], text.strip()]
        paths.append("!!".join(path))
    return paths


def _with_numbers(cells: pl.DataFrame, vintage: str) -> pl.DataFrame:
    """The two numbers of each cell, and the signs in their place; a bound is a sign, however it is written.

    cells: estimate, moe and annotation as text, line, label, and `limited`, whether the line may have bounds.
    """
    read = cells.with_columns(
        pl.col(name).cast(pl.Float64, strict=False).alias(f"{name}_number") for name in ("estimate", "moe")
    )
    beyond = _bounds(read, vintage)
    number, moe = pl.col("estimate_number"), pl.col("moe_number")
    return read.with_columns(beyond=beyond).select(
        FILE,
        ROW,
        "vintage",
        "table_id",
        "geo_id",
        "name",
        "line",
        "label",
        estimate=pl.when(pl.col("beyond").is_null() & ~_is_sign(number)).then(number),
        moe90=pl.when((pl.col("moe") == CONTROLLED) | (moe == CONTROLLED_NUMBER))
        .then(0.0)
        .when(~_is_sign(moe))
        .then(moe),
        estimate_text=pl.coalesce("beyond", _text_of(read, "estimate")),
        moe_text=_text_of(read, "moe"),
    )


def _bounds(cells: pl.DataFrame, vintage: str) -> pl.Series:
    """The text of the cells that are bounds, else null; looked for only where one may be."""
    may_be = (
        pl.col("limited")
        | (pl.col("estimate_number").is_null() & pl.col("estimate").is_not_null())
        | pl.col(ANNOTATED).is_not_null()
        | (pl.col("moe") == OPEN_INTERVAL)
        | (pl.col("moe_number") == OPEN_NUMBER)
    )
    at = cells.select(may_be.fill_null(value=False).arg_true()).to_series()
    found = pl.Series("beyond", [None], dtype=pl.String).new_from_index(0, cells.height)
    return found.scatter(at, cells[at].select(bound(vintage)).to_series())


def _is_sign(number: pl.Expr) -> pl.Expr:
    """Whether a number stands for a sign."""
    return number.is_in(list(JAM_VALUES))


def _text_of(cells: pl.DataFrame, column: str) -> pl.Expr:
    """The sign or word in a cell that is no number."""
    number = pl.col(f"{column}_number")
    words = pl.when(number.is_null()).then(column)
    if not cells.select(_is_sign(number).any()).item():
        return words
    return pl.coalesce(words, number.replace_strict(JAM_VALUES, default=None, return_dtype=pl.String))
