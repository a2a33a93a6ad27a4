"""Delimited text, strictly: every line has the cells of the header.

The reader fills a line with too few cells up with empty ones, so a file that is cut, or damaged in the
middle, would speak in the publisher's name. The delimiters of the whole text are counted instead, which
costs next to nothing; only where their number is not that of whole lines are the lines looked at one by one.
"""

import csv
import io
from collections.abc import Iterator

import numpy as np
import polars as pl

CHUNK = 1 << 18
"""Bytes of text that are looked at together."""

QUOTE = ord('"')


class RaggedError(Exception):
    """A line that has not the cells of the header, or a quoted cell that never ends."""


def read_delimited(text: bytes, names: list[str], *, delimiter: str, header_rows: int) -> pl.DataFrame:
    """The lines under the header as text; an empty line is a row of nothing.

    text: UTF-8 with its header rows. names: of the columns, each once.
    Raises RaggedError, or polars.exceptions.PolarsError where the text is no table.
    """
    schema = dict.fromkeys(names, pl.String)
    try:
        frame = pl.read_csv(
            text,
            has_header=False,
            schema=schema,
            skip_rows=header_rows,
            separator=delimiter,
            raise_if_empty=False,
        )
    except pl.exceptions.PolarsError:
        refuse_ragged(text, len(names), delimiter=delimiter, header_rows=header_rows)
        raise
    if not frame.width:
        frame = pl.DataFrame(schema=schema)
    if not _is_whole(text, frame, delimiter=delimiter, header_rows=header_rows):
        refuse_ragged(text, len(names), delimiter=delimiter, header_rows=header_rows)
    return frame


def refuse_ragged(text: bytes, cells: int, *, delimiter: str, header_rows: int) -> None:
    """Look at every line. Raises RaggedError at the first that has not as many cells as the header."""
    begins = 1
    for number, (row, ends) in enumerate(_records(text, delimiter), 1):
        if number > header_rows and row and len(row) != cells:
            short = ": it is cut short" if len(row) < cells else ""
            raise RaggedError(f"line {begins:,} has {len(row)} cells under a header of {cells}{short}")
        begins = ends + 1
    try:
        for _, ends in _records(text, delimiter, strict=True):
            begins = ends + 1
    except csv.Error as wrong:
        # Quotes within a cell are read as they stand; only a cell without an end is a cut.
        if "end of data" in str(wrong):
            raise RaggedError(
                f"line {begins:,} holds a quoted cell that does not end: it is cut short"
            ) from None


def _records(text: bytes, delimiter: str, *, strict: bool = False) -> Iterator[tuple[list[str], int]]:
    """The rows of the text, each with the number of the line that it ends in."""
    lines = io.StringIO(text.decode("utf-8"), newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=strict)
    for row in reader:
        yield row, reader.line_num


def _is_whole(text: bytes, frame: pl.DataFrame, *, delimiter: str, header_rows: int) -> bool:
    """Whether the text has as many delimiters as its lines need; a line of nothing needs none."""
    if text.count(b'"') % 2:
        return False
    if frame.to_series(frame.width - 1).null_count() == 0:
        return True  # the last cell of a line with too few is filled up
    body = text[_end_of_header(text, header_rows) :]
    empty = body.count(b"\n\n") + body.count(b"\n\r\n")
    return _delimiters(body, delimiter) == (frame.height - empty) * (frame.width - 1)


def _end_of_header(text: bytes, header_rows: int) -> int:
    """Where the first line of data begins: after as many line ends that no quotes enclose."""
    end, seen = 0, 0
    while seen < header_rows and end < len(text):
        found = text.find(b"\n", end)
        end = len(text) if found < 0 else found + 1
        seen += text.count(b'"', 0, end) % 2 == 0
    return end


def _delimiters(text: bytes, delimiter: str) -> int:
    """Delimiters that no quotes enclose."""
    if b'"' not in text:
        return text.count(delimiter.encode())
    found, inside, wanted = 0, np.uint8(0), ord(delimiter)
    letters = np.frombuffer(text, np.uint8)
    for start in range(0, len(letters), CHUNK):
        chunk = letters[start : start + CHUNK]
        quotes = np.cumsum(chunk == QUOTE, dtype=np.uint8)
        found += int(np.count_nonzero((chunk == wanted) & ((quotes + inside) & 1 == 0)))
        inside = (quotes[-1] & 1) ^ inside
    return found
