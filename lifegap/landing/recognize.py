"""Telling what a file is by its header and content, never by its name alone.

Publishers change layouts; a card lists those that exist. What fits none of them is refused with
the nearest one and the columns that differ.
"""

import csv
import gzip
import io
import json
import re
import zipfile
import zlib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from lifegap.catalog.cards import Layout
from lifegap.errors import LifegapError, error
from lifegap.landing.columns import Match, names_row, needed
from lifegap.landing.content import described

SNIFFED = 1 << 18
"""Bytes that are enough for the header rows of any layout here."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ZIP, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SHAPES = ("geojson", "geojson_lines", "topojson")


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


def recognize(content: bytes, layouts: tuple[Layout, ...], named: str) -> Layout:
    """The layout that `content` is of: of those whose needed columns it has, the one that knows most of it.

    Raises SOURCE-HTML, SOURCE-HEADER with what is missing, or SOURCE-TRUNCATED.
    """
    start = content[:SNIFFED].removeprefix(BYTE_ORDER_MARK).lstrip()
    if start[:1] == b"<":
        raise _wrong_file(
            "SOURCE-HTML",
            named,
            f"a web page that begins {_first_line(start)!r}",
            f"{_formats(layouts)} data",
        )
    try:
        candidates = [layout for layout in layouts if _has_format(content, start, layout)]
        if (nearest := _nearest(content, candidates)) is not None:
            return nearest
        differences = _differences(content, candidates)
    except (zipfile.BadZipFile, json.JSONDecodeError, RecursionError) as wrong:
        raise _wrong_file("SOURCE-TRUNCATED", named, str(wrong), "a complete file") from None
    raise _wrong_file(
        "SOURCE-HEADER",
        named,
        differences or described(content),
        " or ".join(f"layout {layout.id} ({layout.about})" for layout in layouts),
    )


def text_of(content: bytes, layout: Layout) -> bytes:
    """A text file of the layout as UTF-8 without byte order mark, taken out of its zip.

    Raises UnicodeDecodeError where the bytes are not of the layout's encoding.
    """
    if layout.inside is not None:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = packed.read(members(packed, layout)[0])
    if layout.encoding != "utf-8":
        return content.decode(layout.encoding).encode("utf-8")
    return content.removeprefix(BYTE_ORDER_MARK)


def header_cells(content: bytes, layout: Layout) -> list[list[str]]:
    """The header rows of a file with rows, cells as text."""
    if layout.format == "workbook":
        return _first_rows_of_sheet(content, layout)
    if layout.format == "shapefile":
        return [_shapefile_fields(content)]
    text = text_of(content, layout)
    if layout.format == "json":
        return [json_columns(json.loads(text))]
    lines = io.StringIO(text[:SNIFFED].decode("utf-8", "replace"), newline="")
    rows = csv.reader(lines, delimiter=layout.delimiter)
    try:
        return [next(rows, []) for _ in range(layout.header_rows)]
    except csv.Error:
        # A cell longer than any header's: bytes that are no table.
        return []


def json_columns(document: Any) -> list[str]:
    """The columns of a JSON array: its first row, or every key of its objects; none of anything else."""
    if not isinstance(document, list) or not document:
        return []
    if isinstance(document[0], list):
        return [str(cell) for cell in document[0]]
    objects = [each for each in document if isinstance(each, dict)]
    return list(dict.fromkeys(key for each in objects for key in each))


def workbook_sheet(content: bytes, layout: Layout) -> list[list[str]]:
    """All cells of the layout's sheet (the first, where it names none) as text, row by row.

    Raises fastexcel.FastExcelError where the bytes are no workbook or the sheet is not in it.
    """
    import fastexcel

    sheet = fastexcel.read_excel(content).load_sheet(layout.sheet or 0, header_row=None, dtypes="string")
    return [["" if cell is None else cell for cell in row] for row in sheet.to_polars().rows()]


def _first_rows_of_sheet(content: bytes, layout: Layout) -> list[list[str]]:
    import fastexcel

    try:
        return workbook_sheet(content, layout)[: layout.header_rows]
    except fastexcel.FastExcelError:
        return []


def _shapefile_fields(content: bytes) -> list[str]:
    import pyogrio
    import pyogrio.errors

    try:
        return list(pyogrio.read_info(io.BytesIO(content))["fields"])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
        return []


def members(packed: zipfile.ZipFile, layout: Layout) -> list[str]:
    """Names of the files of a zip that the layout is of."""
    return [name for name in packed.namelist() if fnmatch(name, layout.inside or "")]


def _has_format(content: bytes, start: bytes, layout: Layout) -> bool:
    """Whether the first bytes are those of the layout's format."""
    if start[:4] == ZIP:
        return _zipped_format(content, layout)
    if layout.inside is not None:
        return False
    if start[:4] == OLD_WORKBOOK:
        return layout.format == "workbook"
    if start[:1] == b"{":
        kinds = {b'"FeatureCollection"': "geojson", b'"Topology"': "topojson", b'"Feature"': "geojson_lines"}
        found = next((kind for word, kind in kinds.items() if word in start[:500]), "json")
        return layout.format == found
    return layout.format == ("json" if start[:1] == b"[" else "csv")


def _zipped_format(content: bytes, layout: Layout) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if layout.inside is not None:
            return bool(members(packed, layout))
        names = packed.namelist()
    if any(name.startswith("xl/") for name in names):
        return layout.format == "workbook"
    return layout.format == "shapefile" and any(name.endswith(".shp") for name in names)


def _nearest(content: bytes, layouts: list[Layout]) -> Layout | None:
    """The layout that fits and knows most of the file's columns; among equals the first of the card."""
    fitting = [(closeness, layout) for layout in layouts if (closeness := _closeness(content, layout))]
    return max(fitting, key=lambda each: each[0])[1] if fitting else None


def _closeness(content: bytes, layout: Layout) -> tuple[int, int, bool, bool] | None:
    """How well a layout fits a file; None where it does not."""
    if _is_object(content, layout):
        known = len(needed(layout))
        return None if _absent(content, layout) else (known, 0, False, False)
    if layout.first_line is not None:
        fits = re.match(layout.first_line, _first_line(text_of(content, layout)))
        return (len(layout.columns), 0, True, False) if fits else None
    rows = header_cells(content, layout)
    match = Match(layout, tuple(names_row(layout, rows)))
    labels = layout.labels_begin_with
    at = 0 if layout.begins_with else min(match.known, default=0)
    labeled = labels is None or (len(rows) > 1 and rows[1][at : at + 1] == [labels])
    return (*match.closeness, labels is not None) if match.fits and labeled else None


def _is_object(content: bytes, layout: Layout) -> bool:
    """Whether the file is a map or a JSON object, whose properties are looked for in its text."""
    return layout.format in SHAPES or content.lstrip()[:1] == b"{"


def _absent(content: bytes, layout: Layout) -> list[str]:
    """Properties of the layout that the start of a JSON file does not name."""
    start = content[:SNIFFED]
    return [name for name in (*layout.columns, *layout.has_columns) if f'"{name}"'.encode() not in start]


def _differences(content: bytes, layouts: list[Layout]) -> list[str]:
    """What is missing and what is unknown, against the layout that shares most columns."""
    if not layouts:
        return []
    if objects := [layout for layout in layouts if _is_object(content, layout)]:
        missing = {layout.id: _absent(content, layout) for layout in objects}
        nearest = min(missing, key=lambda name: len(missing[name]))
        return [f"properties missing against {nearest}: {', '.join(missing[nearest])}"]
    matches = [Match(layout, tuple(names_row(layout, header_cells(content, layout)))) for layout in layouts]
    match = max(matches, key=lambda each: (len(each.known), -len(each.missing)))
    return match.differences() if match.known or match.layout.begins_with else []


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
