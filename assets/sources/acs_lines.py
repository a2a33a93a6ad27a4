"""Lines of American Community Survey tables, found in the header of any layout.

A line has a code, a label path, and the columns of its estimate and margin. Codes move between years and
layouts write them differently (B19013_001E, HD01_VD01, HC01_EST_VC13, B19013001, B19013_E001), so the label
decides. Some layouts print no labels; those of detailed tables (B, C), whose numbering stands, are then
taken from files that do, and other lines are known by their code alone.
"""

import re
from typing import NamedTuple

from lifegap.errors import error
from lifegap.landing.files import SourceFile

WORDS = {"Estimate", "Margin of Error"}
TABLE = r"(?P<table>(?:[BCS]|DP)\d+[A-Z]*)"
CODE = re.compile(rf"^(?P<line>{TABLE}_(?:C\d+_)?\d{{3,4}}P?)(?P<kind>E|M)$", re.IGNORECASE)
SUMMARY_FILE = re.compile(rf"^{TABLE}_(?P<kind>E|M)(?P<number>\d{{3}})$")
CENSUS_REPORTER = re.compile(r"^(?P<table>[BC]\d{5}[A-Z]*)(?P<number>\d{3})(?P<error>, Error)?$")
FACTFINDER_DETAILED = re.compile(r"^HD(?P<kind>0[12])_VD(?P<number>\d+)$")
FACTFINDER_SUBJECT = re.compile(r"^HC(?P<group>\d+)_(?P<kind>EST|MOE)_VC(?P<number>\d+)$")
STATED = re.compile(r"(?:^|[._/])((?:[BCS]|DP)\d{4,5}[A-Z]*|DP\d\d)(?=[-_.]|$)")
YEAR_OF_DOLLARS = re.compile(r" \(in (\d{4}) inflation-adjusted dollars\)", re.IGNORECASE)

UNWEIGHTED = ("B00001", "B00002")
"""Tables of unweighted counts, which have no margins."""

LABELS_OF_CODES = {
    f"S1901_HC{group:02d}_VC13": f"{who}!!Median income (dollars)"
    for group, who in enumerate(
        ("Households", "Families", "Married-couple families", "Nonfamily households"), start=1
    )
}
"""Labels that a layout does not print and an indicator needs: FactFinder's median of 2017."""


class Line(NamedTuple):
    """A line of a table: its code, its label path, and the columns of its numbers and of its annotation."""

    table_id: str
    code: str
    label: str
    estimate: str
    margin: str | None
    annotation: str | None = None


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


def table_lines(
    file: SourceFile, labels: dict[str, str], known: dict[str, str], *, whole: bool
) -> list[Line]:
    """The lines of a file from its columns; each must have an estimate and a margin.

    labels: column → label, empty where the layout prints none. known: line → label path, from other files.
    whole: whether the file holds whole tables, or some of their lines. Raises SOURCE-COLUMN where a line
    lacks one of its two columns (tables of unweighted counts have no margins) or a whole table a number.
    """
    stated = match[1] if (match := STATED.search(file.name)) else None
    found: dict[tuple[str, str], dict[str, str]] = {}
    for column in labels:
        if parsed := _parsed(column, stated):
            table_id, line, kind = parsed
            found.setdefault((table_id, line), {})[kind] = column
    _refuse_other_table(file, {table_id for table_id, _ in found}, stated, whole=whole)
    problems = [
        f"{line} has no {kind}"
        for (_, line), columns in found.items()
        for kind in (("estimate",) if line.startswith(UNWEIGHTED) else ("estimate", "margin"))
        if kind not in columns
    ]
    if whole:
        problems += _missing_lines([line for _, line in found])
    if problems or not found:
        raise error(
            "SOURCE-COLUMN",
            doing=f"reading the header of {file.named}",
            found=problems or "no column of an estimate",
            expected="an estimate and a margin for every line of the table",
            todo="obtain the file again; if the Bureau changed the table, add the layout to the card",
        )
    return [
        Line(
            table_id,
            line,
            _label(line, labels[columns["estimate"]], known),
            columns["estimate"],
            columns.get("margin"),
            annotation if (annotation := f"{columns['estimate']}A") in labels else None,
        )
        for (table_id, line), columns in found.items()
    ]


def _label(line: str, printed: str, known: dict[str, str]) -> str:
    """The label path of a line; where none is known, its code."""
    if printed:
        return label_path(printed)
    return LABELS_OF_CODES.get(line) or (known.get(line, line) if line[0] in "BC" else line)


def _parsed(column: str, stated: str | None) -> tuple[str, str, str] | None:
    """Table and line of a column, and whether it is the estimate or the margin; None if neither."""
    if match := CODE.match(column):
        return match["table"].upper(), match["line"].upper(), _kind(match["kind"] in "Ee")
    if match := SUMMARY_FILE.match(column):
        table_id = match["table"].upper()
        return table_id, f"{table_id}_{match['number']}", _kind(match["kind"] in "Ee")
    if match := CENSUS_REPORTER.match(column):
        return match["table"], f"{match['table']}_{match['number']}", _kind(match["error"] is None)
    return None if stated is None else _parsed_of_factfinder(column, stated)


def _parsed_of_factfinder(column: str, table_id: str) -> tuple[str, str, str] | None:
    """The same for FactFinder, whose codes do not name their table."""
    if match := FACTFINDER_DETAILED.match(column):
        return table_id, f"{table_id}_{int(match['number']):03d}", _kind(match["kind"] == "01")
    if match := FACTFINDER_SUBJECT.match(column):
        return table_id, f"{table_id}_HC{match['group']}_VC{match['number']}", _kind(match["kind"] == "EST")
    return None


def _kind(estimate: bool) -> str:
    return "estimate" if estimate else "margin"


def _refuse_other_table(file: SourceFile, tables: set[str], stated: str | None, *, whole: bool) -> None:
    """A file must be of the table that its name states, where it states one; a whole one of no other."""
    other = tables != {stated} if whole else stated not in tables
    if stated is not None and tables and other:
        raise error(
            "SOURCE-VINTAGE",
            doing=f"reading the header of {file.named}",
            found=f"columns of {', '.join(sorted(tables))}",
            expected=f"columns of {stated}",
            todo="obtain the file again; it stands under the name of another",
        )


def _missing_lines(lines: list[str]) -> list[str]:
    """Gaps in the numbering of lines; FactFinder's subject tables skip numbers and are left out."""
    numbered: dict[tuple[str, str], set[int]] = {}
    for line in lines:
        prefix, _, number = line.rpartition("_")
        if number.rstrip("P").isdigit():
            percent = "P" if number.endswith("P") else ""
            numbered.setdefault((prefix, percent), set()).add(int(number.rstrip("P")))
    return [
        f"no line {prefix}_{number:03d}{percent}"
        for (prefix, percent), numbers in numbered.items()
        for number in range(1, max(numbers) + 1)
        if number not in numbers
    ]


def refuse_other_year(file: SourceFile, labels: list[str]) -> None:
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
