"""A user's own file: a CSV with a header, or an export of CDC WONDER."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lifegap.errors import LifegapError, error

if TYPE_CHECKING:
    import polars as pl

WONDER = "cdc_wonder"


def read_own_csv(path: Path, needed: tuple[str, ...], numbers: tuple[str, ...]) -> "pl.DataFrame":
    """The rows of a CSV (UTF-8, a byte order mark and CRLF are accepted), `numbers` as numbers.

    An empty cell is no number. Raises OWN-FILE for a file that is not there or no CSV, a column that is
    missing, or a cell that should be a number and is none.
    """
    import polars as pl

    try:
        rows = pl.read_csv(path, infer_schema=False, encoding="utf-8")
    except FileNotFoundError:
        raise _unusable(path, "no such file", "a CSV file", "correct the path") from None
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as wrong:
        first = str(wrong).split("\n", maxsplit=1)[0]
        raise _unusable(path, first, "a CSV file in UTF-8 with a header", "save it as CSV UTF-8") from None
    rows = rows.rename({name: name.removeprefix("\ufeff").strip() for name in rows.columns})
    if missing := [name for name in needed if name not in rows.columns]:
        raise _unusable(
            path,
            f"columns {', '.join(rows.columns)}",
            f"a header with {', '.join(needed)}",
            f"add {', '.join(missing)}",
        )
    return rows.with_columns(_number(path, rows, name) for name in numbers if name in rows.columns)


def read_wonder(path: Path, data: Path) -> "pl.DataFrame | None":
    """The rows of a CDC WONDER export, as the source's own parser reads them; None if it is none.

    Raises the parser's errors as OWN-FILE.
    """
    from assets.sources.cdc_wonder import wonder_death
    from lifegap.catalog.cards import read_cards
    from lifegap.landing.files import SourceFile, SourceFiles
    from lifegap.landing.receipts import Receipt
    from lifegap.landing.recognise import read_content, recognise

    card = read_cards(data)[WONDER]
    try:
        content = read_content(path, str(path))
        layout = recognise(content, card.layout, str(path))
    except (LifegapError, OSError):
        return None
    vintage = card.vintage[-1]
    receipt = Receipt(
        source_id=card.id, file=path.name, vintage=vintage.id, layout=layout.id, origin="hand",
        obtained_from="", obtained_at="", bytes=len(content), sha256="", sha256_listed=None,
        rows_expected=None, landed="", origin_size=0, origin_modified=0,
    )  # fmt: skip
    file = SourceFile(receipt=receipt, layout=layout, vintage=vintage, path=path)
    import polars as pl

    try:
        made: Any = wonder_death(SourceFiles(card, [file]))  # pyright: ignore[reportCallIssue]
        parts: list[pl.DataFrame] = list(made)
    except LifegapError as wrong:
        raise _unusable(path, wrong.found, wrong.expected, "export it again from CDC WONDER") from None
    return pl.concat(parts)


def _number(path: Path, rows: "pl.DataFrame", name: str) -> "pl.Series":
    """The column as numbers. Raises OWN-FILE with the lines of cells that are none."""
    import polars as pl

    text = rows[name].str.strip_chars()
    filled = pl.when(text != "").then(text) if rows.height else pl.lit(None, pl.String)
    cells = rows.select(filled.alias(name))[name]
    found = cells.cast(pl.Float64, strict=False)
    wrong = (cells.is_not_null() & ~found.is_finite().fill_null(False)).arg_true()
    if len(wrong):
        raise _unusable(
            path,
            [f"line {row + 2}: {name} is {cells[row]!r}" for row in wrong.to_list()],
            f"numbers in {name}, with a point and without thousands separators",
            "correct the cells, or leave them empty",
        )
    return found


def _unusable(path: Path, found: str | list[str], expected: str, todo: str) -> LifegapError:
    return error("OWN-FILE", doing=f"reading {path}", found=found, expected=expected, todo=todo)
