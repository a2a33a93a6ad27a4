"""American Community Survey 5-year tables: every cell of every line, estimate beside margin.

Peculiar: three layouts, all with codes in the first row and labels in the second. The codes of a line
move between years, and so do the words of its label (a trailing colon, "MOE", the place of the word
Estimate, a level more or less); lines are therefore known by a label path without those words. Some
files start with a byte order mark, some lines end in a comma. Cells that are no number are words or
signs with a meaning: `(X)`, `-`, `N`, `**`, `***`, `*****`, `250,000+`, `null`; they are kept as text.
The county file of 2010 writes some of them as numbers (-666666666, -888888888); these become the sign.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from assets.table import table
from lifegap.errors import error
from lifegap.landing.files import FILE, ROW, SourceFile, SourceFiles

CONTROLLED = "*****"
"""Margin of an estimate that is controlled to a census count: zero by definition."""

JAM_VALUES = {
    -222222222.0: "**",
    -333333333.0: "***",
    -555555555.0: CONTROLLED,
    -666666666.0: "-",
    -888888888.0: "(X)",
    -999999999.0: "N",
}
"""Numbers that stand for a sign."""

WORDS = {"Estimate", "Margin of Error"}
CODE = re.compile(r"^(?P<line>(?P<table>[BCS]\d+[A-Z]*)_(?:C\d+_)?\d{3})(?P<kind>E|M)$")
FACTFINDER_DETAILED = re.compile(r"^HD(?P<kind>0[12])_VD(?P<number>\d+)$")
FACTFINDER_SUBJECT = re.compile(r"^HC(?P<group>\d+)_(?P<kind>EST|MOE)_VC(?P<number>\d+)$")
YEAR_OF_DOLLARS = re.compile(r" \(in (\d{4}) inflation-adjusted dollars\)", re.IGNORECASE)


class Line(NamedTuple):
    """A line of a table: its code, its label path, and the columns of its two numbers."""

    code: str
    label: str
    estimate: str
    margin: str


@table("sources.acs_cell", source="census_acs5")
def acs_cell(files: SourceFiles) -> Iterator[pl.DataFrame]:
    """All cells, file after file."""
    for file in files.of("data_csv", "data_with_overlays", "with_ann"):
        yield cells(file)


def cells(file: SourceFile) -> pl.DataFrame:
    """The cells of one file: one row per place and line."""
    codes, labels = file.header
    columns = [code or f"empty_{index}" for index, code in enumerate(codes)]
    table_id = _table_id(file, codes)
    lines = table_lines(file, table_id, dict(zip(codes, labels, strict=False)))
    _refuse_other_year(file, labels)
    geo_id, name = ("GEO.id", "GEO.display-label") if codes[0] == "GEO.id" else ("GEO_ID", "NAME")
    rows = file.without_empty_lines(file.rows(columns))
    index = [FILE, ROW, geo_id, name]
    estimates = rows.unpivot([line.estimate for line in lines], index=index, value_name="estimate")
    margins = rows.unpivot([line.margin for line in lines], value_name="moe")
    named = pl.DataFrame(
        {
            "variable": [line.estimate for line in lines],
            "line": [line.code for line in lines],
            "label": [line.label for line in lines],
        }
    )
    moe = margins["moe"]
    return (
        estimates.with_columns(moe)
        .join(named, on="variable", how="left", maintain_order="left")
        .select(
            FILE,
            ROW,
            pl.lit(file.vintage.id).alias("vintage"),
            pl.lit(table_id).alias("table_id"),
            pl.col(geo_id).alias("geo_id"),
            pl.col(name).alias("name"),
            "line",
            "label",
            _number_of("estimate"),
            moe90=pl.when(_text_of("moe") == CONTROLLED).then(0.0).otherwise(_number_of("moe")),
            estimate_text=_text_of("estimate"),
            moe_text=_text_of("moe"),
        )
    )


def label_path(label: str) -> str:
    """The label of a column as a path that is the same in all years.

    >>> label_path("Margin of Error!!Households MOE!!Total!!Less than $10,000")
    'Households!!Less than $10,000'
    >>> label_path("Below poverty level; Estimate; AGE - Under 18 years")
    'Below poverty level!!AGE!!Under 18 years'
    >>> label_path("Estimate!!Total:")
    'Total'
    """
    levels = re.split(r"!!|; | - ", YEAR_OF_DOLLARS.sub("", label))
    kept = [re.sub(r"( MOE)?:?$", "", level.strip()) for level in levels if level.strip() not in WORDS]
    path = [level for level in kept[:-1] if level != "Total"] + kept[-1:]
    return "!!".join(level for level in path if level)


def table_lines(file: SourceFile, table_id: str, labels: dict[str, str]) -> list[Line]:
    """The lines of a table from its header; each must have an estimate and a margin.

    Raises SOURCE-COLUMN where one of the two is missing or a line of the publisher's numbering is.
    """
    found: dict[str, dict[str, str]] = {}
    for code in labels:
        if parsed := _parsed(code, table_id):
            line, kind = parsed
            found.setdefault(line, {})[kind] = code
    problems = [
        f"{line} has no {kind}"
        for line, columns in found.items()
        for kind in ("estimate", "margin")
        if kind not in columns
    ]
    problems += _missing_lines(list(found))
    if problems or not found:
        raise error(
            "SOURCE-COLUMN",
            doing=f"reading the header of {file.named}",
            found=problems or "no column of an estimate",
            expected=f"an estimate and a margin for every line of {table_id}",
            todo="obtain the file again; if the Bureau changed the table, add the layout to the card",
        )
    return [
        Line(line, label_path(labels[columns["estimate"]]), columns["estimate"], columns["margin"])
        for line, columns in found.items()
    ]


def _table_id(file: SourceFile, codes: list[str]) -> str:
    """The table: from the codes, or (FactFinder names it nowhere else) from the name of the file."""
    stated = re.search(r"[._]([BCS]\d+[A-Z]*)(?:-Data|_with_ann|_data)", file.name)
    coded = {match["table"] for code in codes if (match := CODE.match(code))}
    tables = coded or ({stated[1]} if stated else set())
    if len(tables) != 1 or (stated and stated[1] not in tables):
        raise error(
            "SOURCE-VINTAGE",
            doing=f"reading the header of {file.named}",
            found=f"columns of {', '.join(sorted(tables)) or 'no table'}",
            expected=f"columns of {stated[1] if stated else 'one table'}",
            todo="obtain the file again; it stands under the name of another",
        )
    return tables.pop()


def _parsed(code: str, table_id: str) -> tuple[str, str] | None:
    """Line of a column code, and whether it is the estimate or the margin; None if neither."""
    if match := CODE.match(code):
        return match["line"], "estimate" if match["kind"] == "E" else "margin"
    if match := FACTFINDER_DETAILED.match(code):
        kind = "estimate" if match["kind"] == "01" else "margin"
        return f"{table_id}_{int(match['number']):03d}", kind
    if match := FACTFINDER_SUBJECT.match(code):
        kind = "estimate" if match["kind"] == "EST" else "margin"
        return f"{table_id}_HC{match['group']}_VC{match['number']}", kind
    return None


def _missing_lines(lines: list[str]) -> list[str]:
    """Gaps in the numbering of lines; FactFinder's subject tables skip numbers and are left out."""
    numbered: dict[str, set[int]] = {}
    for line in lines:
        prefix, _, number = line.rpartition("_")
        if number.isdigit():
            numbered.setdefault(prefix, set()).add(int(number))
    return [
        f"no line {prefix}_{number:03d}"
        for prefix, numbers in numbered.items()
        for number in range(1, max(numbers) + 1)
        if number not in numbers
    ]


def _refuse_other_year(file: SourceFile, labels: list[str]) -> None:
    """Labels of money name the year of the dollars, which is the last year of the period."""
    years = {match[1] for label in labels if (match := YEAR_OF_DOLLARS.search(label))}
    if wrong := years - {str(file.vintage.period_end)}:
        raise error(
            "SOURCE-VINTAGE",
            doing=f"reading the header of {file.named}",
            found=f"amounts in dollars of {', '.join(sorted(wrong))}",
            expected=f"dollars of {file.vintage.period_end}, the last year of the period",
            todo="obtain the file again; it stands under the name of another year",
        )


def _number_of(column: str) -> pl.Expr:
    """The number in a cell; null where it is a sign, or a number that stands for one."""
    number = pl.col(column).cast(pl.Float64, strict=False)
    return pl.when(~number.is_in(list(JAM_VALUES))).then(number)


def _text_of(column: str) -> pl.Expr:
    """The sign or word in a cell that is no number."""
    number = pl.col(column).cast(pl.Float64, strict=False)
    sign = number.replace_strict(JAM_VALUES, default=None, return_dtype=pl.String)
    return pl.when(number.is_null()).then(pl.col(column)).otherwise(sign)
