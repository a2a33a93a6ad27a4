"""A user's own CSV, read with one clear message for what cannot be used."""

from pathlib import Path
from typing import TYPE_CHECKING

from lifegap.errors import LifegapError, error

if TYPE_CHECKING:
    import polars as pl


def read_own_csv(path: Path, needed: tuple[str, ...], numbers: tuple[str, ...]) -> "pl.DataFrame":
    """The rows of a CSV (UTF-8, a byte order mark and CRLF are accepted), `numbers` as numbers.

    An empty cell is no number. Raises OWN-FILE for a file that is not there or no CSV, a column that is
    missing, or a cell that should be a number and is none.
    """
    import polars as pl

    try:
        rows = pl.read_csv(path, infer_schema=False, encoding="utf-8")
    except FileNotFoundError:
        raise unusable(path, "no such file", "a CSV file", "correct the path") from None
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as wrong:
        first = str(wrong).split("\n", maxsplit=1)[0]
        raise unusable(path, first, "a CSV file in UTF-8 with a header", "save it as CSV UTF-8") from None
    rows = rows.rename({name: name.removeprefix("\ufeff").strip() for name in rows.columns})
    if missing := [name for name in needed if name not in rows.columns]:
        raise unusable(
            path,
            f"columns {', '.join(rows.columns)}",
            f"a header with {', '.join(needed)}",
            f"add {', '.join(missing)}",
        )
    return rows.with_columns(_number(path, rows, name) for name in numbers if name in rows.columns)


def _number(path: Path, rows: "pl.DataFrame", name: str) -> "pl.Series":
    """The column as numbers. Raises OWN-FILE with the lines of cells that are none."""
    import polars as pl

    text = rows[name].str.strip_chars()
    cells = rows.select(pl.when(text != "").then(text).alias(name))[name]
    found = cells.cast(pl.Float64, strict=False)
    wrong = (cells.is_not_null() & ~found.is_finite().fill_null(False)).arg_true()
    if len(wrong):
        raise unusable(
            path,
            [f"line {row + 2}: {name} is {cells[row]!r}" for row in wrong.to_list()],
            f"numbers in {name}, with a point and without thousands separators",
            "correct the cells, or leave them empty",
        )
    return found


def unusable(path: Path, found: str | list[str], expected: str, todo: str) -> LifegapError:
    return error("OWN-FILE", doing=f"reading {path}", found=found, expected=expected, todo=todo)
