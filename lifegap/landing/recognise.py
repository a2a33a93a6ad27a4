"""Telling what a file is by its header and content, never by its name alone.

Publishers change layouts; a card lists those that exist. What fits none of them is refused with
the nearest one and the columns that differ.
"""

import csv
import gzip
import io
import re
import zlib
from pathlib import Path

from lifegap.catalog.cards import Layout
from lifegap.errors import LifegapError, error

SNIFFED = 1 << 18
"""Bytes that are enough for the header rows of any layout here."""


def read_content(path: Path, named: str) -> bytes:
    """The bytes of a file as the publisher made them (`.gz` is only our wrapping).

    Raises SOURCE-TRUNCATED when the wrapping ends early, SOURCE-EMPTY when nothing is inside.
    """
    try:
        wrapped = path.read_bytes()
        content = gzip.decompress(wrapped) if path.suffix == ".gz" and wrapped else wrapped
    except (EOFError, gzip.BadGzipFile, zlib.error) as wrong:
        raise _wrong_file("SOURCE-TRUNCATED", named, str(wrong), "a complete gzip file") from None
    if not content.strip():
        raise _wrong_file("SOURCE-EMPTY", named, "no bytes", "a file with a header and rows")
    return content


def recognise(content: bytes, layouts: tuple[Layout, ...], named: str) -> Layout:
    """The layout whose header `content` has. Raises SOURCE-HTML or SOURCE-HEADER."""
    start = content[:SNIFFED].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"<":
        raise _wrong_file(
            "SOURCE-HTML",
            named,
            f"a web page that begins {_first_line(start)!r}",
            f"{_formats(layouts)} data",
        )
    candidates = [layout for layout in layouts if _has_format(start, layout)]
    for layout in candidates:
        if _matches(start, layout):
            return layout
    nearest = candidates or layouts
    raise _wrong_file(
        "SOURCE-HEADER",
        named,
        _differences(start, nearest),
        " or ".join(f"layout {layout.id} ({layout.about})" for layout in layouts),
    )


def header_cells(content: bytes, layout: Layout) -> list[list[str]]:
    """The header rows of a delimited file, cells as text."""
    text = content[:SNIFFED].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=layout.delimiter)
    return [next(rows, []) for _ in range(layout.header_rows)]


def _has_format(start: bytes, layout: Layout) -> bool:
    if start[:2] == b"PK":
        return layout.format == "xlsx"
    if start[:1] == b"{":
        return layout.format == "geojson"
    return layout.format == "csv"


def _matches(start: bytes, layout: Layout) -> bool:
    if layout.format == "xlsx":
        return True
    if layout.format == "geojson":
        return all(f'"{name}"'.encode() in start for name in layout.columns)
    if layout.first_line is not None:
        return re.match(layout.first_line, _first_line(start)) is not None
    rows = header_cells(start, layout)
    names = rows[0]
    if layout.columns:
        return names == list(layout.columns)
    begins = tuple(names[: len(layout.begins_with)]) == layout.begins_with
    labels = layout.labels_begin_with
    return begins and (labels is None or rows[1][:1] == [labels])


def _differences(start: bytes, layouts: tuple[Layout, ...] | list[Layout]) -> list[str]:
    """What is missing and what is unknown, against the layout that shares most columns."""
    if all(layout.format == "geojson" for layout in layouts):
        missing = {
            layout.id: [name for name in layout.columns if f'"{name}"'.encode() not in start]
            for layout in layouts
        }
        nearest = min(missing, key=lambda name: len(missing[name]))
        return [f"properties missing against {nearest}: {', '.join(missing[nearest])}"]
    layout = max(
        layouts,
        key=lambda each: len(set(_header(start, each)) & set(each.columns or each.begins_with)),
    )
    names = _header(start, layout)
    declared = list(layout.columns or layout.begins_with)
    found = [f"header: {_first_line(start)[:200]}"]
    if lacking := [name for name in declared if name not in names]:
        found.append(f"missing against {layout.id}: {', '.join(lacking)}")
    if layout.columns and (extra := [name for name in names if name not in declared]):
        found.append(f"not in {layout.id}: {', '.join(extra[:20])}")
    if len(found) == 1:
        found.append(f"the columns of {layout.id} in another order, or repeated")
    return found


def _header(start: bytes, layout: Layout) -> list[str]:
    rows = header_cells(start, layout)
    return rows[0] if rows else []


def _first_line(start: bytes) -> str:
    return start.split(b"\n", 1)[0].strip().decode("utf-8", "replace")[:300]


def _formats(layouts: tuple[Layout, ...]) -> str:
    return " or ".join(sorted({layout.format.upper() for layout in layouts}))


def _wrong_file(code: str, named: str, found: str | list[str], expected: str) -> LifegapError:
    return error(
        code,
        doing=f"reading {named}",
        found=found,
        expected=expected,
        todo="obtain the file again; if the publisher changed it, add the layout to the card",
    )
