"""A user's own file of rows, read with one clear message for what cannot be used.

Separated by commas, semicolons or tabs, in UTF-8, with a header; a byte order mark and CRLF are accepted.
Blank rows are left out, columns that a command does not read are ignored, and both are told.
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lifegap.errors import LifegapError, error

if TYPE_CHECKING:
    import polars as pl

Tell = Callable[[str], None]
"""Who is told what was left out or ignored."""

SEPARATORS = (",", ";", "\t")
LINE = "line"
"""The column that holds each row's line in the file."""

DECIMAL_COMMA = r"^[+-]?(0|\d*),(\d{1,2}|\d{4,})$|^[+-]?0,\d+$"
"""A comma that can only be a decimal one: not before exactly three digits, or after a lone zero."""


def own_cells(path: Path, read: tuple[str, ...], *, tell: Tell) -> "pl.DataFrame":
    """All cells as text, stripped, empty ones null, and `line`; blank rows are left out, which is told."""
    import polars as pl

    rows = every_row(path, read)
    kept = rows.filter(~pl.all_horizontal(pl.exclude(LINE).is_null()))
    if blank := rows.height - kept.height:
        tell(f"Left out: {blank} blank {'row' if blank == 1 else 'rows'}.")
    return kept


def every_row(path: Path, read: tuple[str, ...]) -> "pl.DataFrame":
    """All cells as text, stripped, empty ones null, and `line`; blank rows too.

    read: the columns that the command reads; the separator is the one that finds most of them in the header.
    """
    import polars as pl

    text = _text(path)
    header, separator = _header(path, text, read)
    try:
        cells = pl.read_csv(
            io.BytesIO(text.encode()), has_header=False, infer_schema=False, separator=separator,
            infer_schema_length=None, raise_if_empty=False,
        )  # fmt: skip
    except pl.exceptions.PolarsError as wrong:
        raise _no_rows_and_columns(path, str(wrong).split("\n", maxsplit=1)[0]) from None
    if cells.width > len(header):
        raise _no_rows_and_columns(path, f"{cells.width} cells in a row under a header of {len(header)}")
    cells.columns = _distinct_names(header[: cells.width])
    stripped = cells.with_columns(pl.all().str.strip_chars()).with_columns(pl.all().replace("", None))
    return stripped.with_row_index(LINE, offset=1).slice(1)


def own_columns(
    path: Path,
    cells: "pl.DataFrame",
    *,
    needed: tuple[str, ...],
    numbers: tuple[str, ...],
    texts: tuple[str, ...] = (),
    tell: Tell,
) -> "pl.DataFrame":
    """The columns that a command reads, numbers as such, and `line`; others are ignored with a note.

    Raises OWN-FILE for a column that is needed and missing, or a cell that should be a number and is none.
    """
    if missing := [name for name in needed if name not in cells.columns]:
        raise unusable(
            path,
            f"columns {', '.join(name for name in cells.columns if name != LINE)}",
            f"a header with {', '.join(needed)}",
            f"add {', '.join(missing)}",
        )
    read = [name for name in cells.columns if name in (LINE, *numbers, *texts)]
    if ignored := [name for name in cells.columns if name not in read]:
        tell(f"Not used: {', '.join(ignored)}.")
    kept = cells.select(read)
    return kept.with_columns(own_number(path, kept, name, tell=tell) for name in numbers if name in read)


def _text(path: Path) -> str:
    """The file as text. Raises OWN-FILE where it is not there or no text in UTF-8."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise unusable(path, "no such file", "a CSV file", "correct the path") from None
    except (OSError, UnicodeDecodeError) as wrong:
        raise _no_rows_and_columns(path, str(wrong)) from None
    if not text.strip() or "\0" in text:
        raise _no_rows_and_columns(path, "no text" if text.strip() else "an empty file")
    return text


def _header(path: Path, text: str, read: tuple[str, ...]) -> tuple[list[str], str]:
    """The names in the first line, and what separates them."""
    splits: dict[str, list[str]] = {}
    for separator in SEPARATORS:
        try:
            cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
        except csv.Error as wrong:
            raise _no_rows_and_columns(path, str(wrong)) from None
        splits[separator] = [cell.strip() for cell in cells]
    found = max(splits, key=lambda each: (len(set(splits[each]) & set(read)), len(splits[each])))
    header = splits[found]
    if twice := sorted({name for name in header if name in read and header.count(name) > 1}):
        raise unusable(
            path,
            f"{', '.join(twice)} more than once in the header",
            "each column that is read once",
            "remove the copy, or give it another name",
        )
    return header, found


def _distinct_names(header: list[str]) -> list[str]:
    """The names of columns, made different where they are empty or repeat."""
    names: list[str] = []
    for position, name in enumerate(header, 1):
        known = name and name != LINE and name not in names
        names.append(name if known else f"{name or 'without a name'} (column {position})")
    return names


def own_number(path: Path, rows: "pl.DataFrame", name: str, *, tell: Tell) -> "pl.Series":
    """The column as numbers. Raises OWN-FILE with the lines of cells that are none."""
    import polars as pl

    cells = rows[name]
    # In files with other separators a comma may be the decimal sign, if no cell leaves it in doubt.
    if cells.str.contains(DECIMAL_COMMA).any() and not cells.str.contains(r"\.|,.*,").any():
        cells = cells.str.replace(",", ".", literal=True)
        tell(f"The commas in {name} are read as decimal signs.")
    found = cells.cast(pl.Float64, strict=False)
    wrong = (cells.is_not_null() & ~found.is_finite().fill_null(False)).arg_true()
    if len(wrong):
        raise unusable(
            path,
            [f"line {rows[LINE][row]}: {name} is {cells[row]!r}" for row in wrong.to_list()],
            f"numbers in {name}, with a point and without thousands separators",
            "correct the cells, or leave them empty",
        )
    return found


def _no_rows_and_columns(path: Path, found: str) -> LifegapError:
    return unusable(path, found, "a CSV file in UTF-8 with a header", "save it as CSV UTF-8")


def unusable(path: Path, found: str | list[str], expected: str, todo: str) -> LifegapError:
    """The error that every fault of a user's file ends in."""
    return error("OWN-FILE", doing=f"reading {path}", found=found, expected=expected, todo=todo)
