"""Landed files as parsers see them: rows as text, and an account of every one.

A parser takes rows with `rows()`, sets aside what is not data with `without()`, and returns the
rest; what was read is then either kept or counted with its reason.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from lifegap.catalog.cards import Layout, SourceCard, Vintage
from lifegap.errors import error
from lifegap.landing.columns import COLUMN_NOT_USED, Match, has_distinct_names, names_row
from lifegap.landing.delimited import RaggedError, read_delimited
from lifegap.landing.receipts import Receipt
from lifegap.landing.recognize import header_cells, read_content, text_of, workbook_sheet

COORDINATES = "EPSG:4326"
ROW = "source_row"
FILE = "source_file"
UNKNOWN = "column not known "


@dataclass
class SourceFile:
    """One landed file, with the account of its rows."""

    receipt: Receipt
    layout: Layout
    vintage: Vintage
    path: Path
    rows_read: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    columns_not_used: dict[str, None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.receipt.file

    @property
    def named(self) -> str:
        """The file as messages call it."""
        return f"{self.receipt.source_id}/{self.name}"

    @property
    def account(self) -> list[tuple[str, int]]:
        """Where the rows went, with how many; and, with none, the columns that nothing is read from."""
        unused = [(f"{COLUMN_NOT_USED}{name}", 0) for name in self.columns_not_used]
        return [("kept", self.rows_kept), *self.set_aside.items(), *unused]

    @property
    def rows_kept(self) -> int:
        return self.rows_read - self.set_aside.total()

    def content(self) -> bytes:
        return read_content(self.path, self.named)

    @cached_property
    def header(self) -> list[list[str]]:
        """The header rows, cells as text."""
        return header_cells(self.content(), self.layout)

    def text(self) -> bytes:
        """The content of a text file, as UTF-8; without the footnotes after its last row."""
        return self._parts()[0]

    def footnotes(self) -> str:
        """What stands after the last row of a layout that says where its rows end; else nothing."""
        return self._parts()[1].decode("utf-8")

    def _parts(self) -> tuple[bytes, bytes]:
        """Rows and footnotes, told apart by the first line that is `ends_at`.

        That line may stand in quotes, and a spreadsheet adds empty cells behind it.
        """
        try:
            text = text_of(self.content(), self.layout)
            text.decode("utf-8")
        except UnicodeDecodeError as wrong:
            raise self.unreadable(f"bytes that are no {self.layout.encoding}: {wrong.reason}") from None
        if (end := self.layout.ends_at) is None:
            return text, b""
        line = rb'^"?' + re.escape(end).encode() + rb'"?[\t,; ]*$\n?'
        body, *notes = re.split(line, text.replace(b"\r\n", b"\n"), maxsplit=1, flags=re.MULTILINE)
        if not notes:
            raise self.unreadable(f"no line {end} after the last row: the file is cut short")
        return body, notes[0]

    @cached_property
    def match(self) -> Match:
        """The columns of the file against those of its layout."""
        return Match(self.layout, tuple(names_row(self.layout, self.header)))

    def rows(self, columns: list[str] | None = None) -> pl.DataFrame:
        """All data rows as text, empty cells null, with source_row counted from 1.

        Columns have the names that the layout declares; those that it can do without and the file lacks
        are empty, and those that it does not know are left out and told in the account of rows.

        columns: names to use instead of the header's (needed where that is empty or repeats).
        """
        named_by_layout = columns is None and bool(self.layout.columns) and has_distinct_names(self.layout)
        names = columns or (self._distinct_names() if named_by_layout else self._names())
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise self.unreadable(f"twice in the header: {', '.join(name or 'no name' for name in twice)}")
        frame = self._table(names)
        if frame.width not in (0, len(names)):
            raise self.unreadable(f"{frame.width} columns under a header of {len(names)}")
        if named_by_layout:
            frame = self._known(frame)
        return self.counted(frame.with_columns(pl.all().replace("", None)))

    def tell_unused(self, columns: Iterable[str]) -> None:
        """Columns of the file that nothing is read from, for the account of rows."""
        self.columns_not_used |= dict.fromkeys(columns)

    def _distinct_names(self) -> list[str]:
        """A name for each column of the file, those that are not known by their place."""
        unknown = self.match.unknown
        return [f"{UNKNOWN}{at}" if at in unknown else name for at, name in enumerate(self.match.names)]

    def _known(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with every column that the layout declares, in its order, and no other."""
        self.tell_unused(self.match.unknown.values())
        present = set(frame.columns)
        return frame.select(
            pl.col(name) if name in present else pl.lit(None, pl.String).alias(name)
            for name in (*self.layout.columns, *self.layout.optional)
        )

    def _table(self, names: list[str]) -> pl.DataFrame:
        """The cells under the header of a delimited file, a workbook or a JSON array."""
        if self.layout.format == "workbook":
            import fastexcel

            try:
                cells = workbook_sheet(self.content(), self.layout)[self.layout.header_rows :]
            except fastexcel.FastExcelError as wrong:
                raise self.unreadable(str(wrong).split("\n")[0]) from None
            return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
        if self.layout.format == "json":
            return self._json_table(names)
        try:
            return read_delimited(
                self.text(), names, delimiter=self.layout.delimiter, header_rows=self.layout.header_rows
            )
        except RaggedError as wrong:
            raise self.unreadable(str(wrong)) from None
        except pl.exceptions.PolarsError as wrong:
            raise self.unreadable(str(wrong).split("\n")[0]) from None

    def _json_table(self, names: list[str]) -> pl.DataFrame:
        """The rows of a JSON array: lists under a list of columns, or objects that name their cells."""
        document = self.document()
        if isinstance(document[0], dict):
            if other := [number for number, row in enumerate(document, 1) if not isinstance(row, dict)]:
                raise self.unreadable(f"row {other[0]} is no object of named cells")
            rows = [[row.get(column) for column in self.match.header] for row in document]
        else:
            rows = document[1:]
            ragged = (
                number
                for number, row in enumerate(rows, 1)
                if not isinstance(row, list) or len(row) != len(names)
            )
            if (first := next(ragged, None)) is not None:
                raise self.unreadable(f"row {first} has not the {len(names)} cells of the header")
        cells = [[None if cell is None else _json_text(cell) for cell in row] for row in rows]
        return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")

    def document(self) -> Any:
        """The content of a JSON file, for layouts that are no array of rows."""
        try:
            return json.loads(self.text())
        except json.JSONDecodeError as wrong:
            raise self.unreadable(str(wrong)) from None

    def features(self) -> pl.DataFrame:
        """Shapes of a map: properties as columns, the shape as WKB of EPSG:4326 in `geometry`."""
        import geopandas as gpd
        import pyogrio.errors
        import pyogrio.raw

        content = self.content() if self.layout.format == "shapefile" else self.text()
        if self.layout.format == "geojson_lines":
            content = b'{"type":"FeatureCollection","features":[' + content.strip().rstrip(b",") + b"]}"
        try:
            metadata, _, shapes, fields = pyogrio.raw.read(io.BytesIO(content))
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as wrong:
            raise self.unreadable(str(wrong)) from None
        if metadata["crs"] not in (None, COORDINATES):
            located = gpd.GeoSeries.from_wkb(shapes, crs=metadata["crs"])
            shapes = located.to_crs(COORDINATES).to_wkb().to_numpy()
        properties = dict(zip(metadata["fields"], (each.tolist() for each in fields), strict=True))
        # A whole number that is missing somewhere comes as NaN among floats.
        whole = {name for name, kind in zip(properties, metadata["dtypes"], strict=True) if "int" in kind}
        return self.counted(
            pl.DataFrame(properties)
            .with_columns(pl.selectors.float().fill_nan(None))
            .with_columns(pl.col(name).cast(pl.Int64) for name in properties if name in whole)
            .with_columns(pl.Series("geometry", shapes.tolist(), dtype=pl.Binary))
        )

    def without(self, frame: pl.DataFrame, where: pl.Expr, reason: str) -> pl.DataFrame:
        """The frame without the rows where `where` holds; they are counted under `reason`."""
        kept = frame.filter(~where.fill_null(False))
        if gone := frame.height - kept.height:
            self.set_aside[reason] += gone
        return kept

    def without_empty_lines(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame without lines that hold nothing (some publishers end a file with one)."""
        nothing = pl.all_horizontal(pl.exclude(ROW, FILE).is_null())
        return self.without(frame, nothing, "empty_line")

    def refuse_another_edition(self, frame: pl.DataFrame) -> None:
        """Raise SOURCE-VINTAGE where rows show that the file is of another edition than it is listed as.

        frame: the rows under the names of the table. Signs in columns that it lacks are not looked for.
        """
        for sign in self.vintage.sign:
            if not {sign.column, *sign.of} <= set(frame.columns):
                continue
            wanted = [pl.col(name) == value for name, value in sign.of.items()]
            looked_at = frame.filter(wanted) if wanted else frame
            cells = looked_at[sign.column].cast(pl.String).drop_nulls()
            matching = cells.str.contains(f"^(?:{sign.never or sign.only})$")
            if (other := cells.filter(matching if sign.never else ~matching)).len():
                rows = ", ".join(f"{name} {value}" for name, value in sign.of.items())
                raise error(
                    "SOURCE-VINTAGE",
                    doing=f"reading {self.named} as edition {self.vintage.id}",
                    found=f"{sign.column} {other[0]}{f' of {rows}' * bool(rows)} ({other.len():,} such rows)",
                    expected=sign.why,
                    todo="list the file under its own edition, or obtain that of this one",
                )

    def not_in_earlier_files(
        self, frame: pl.DataFrame, cells: list[str], earlier: pl.DataFrame
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The frame without rows that an earlier file has with the same `cells`, and all cells so far.

        earlier: the cells of earlier files, empty before the first. Rows of one file are never set aside.
        """
        before = earlier if earlier.width else frame.select(cells).clear()
        marked = frame.join(
            before.with_columns(stands_before=pl.lit(True)),
            on=cells,
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
        kept = self.without(marked, pl.col("stands_before"), "repeats_another_file").drop("stands_before")
        return kept, pl.concat([before, kept.select(cells).unique(maintain_order=True)])

    def unreadable(self, found: str) -> Exception:
        return error(
            "SOURCE-UNREADABLE",
            doing=f"reading {self.named} as {self.layout.id}",
            found=found,
            expected=self.layout.about,
            todo="obtain the file again; if the publisher changed it, add the layout to the card",
        )

    def _names(self) -> list[str]:
        """Names of the columns: the layout's where it has them all, else the header's."""
        return list(self.layout.columns) or self.match.names

    def counted(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with file and row number; its rows are those that were read."""
        self.rows_read += frame.height
        return frame.with_row_index(ROW, offset=1).with_columns(
            pl.col(ROW).cast(pl.Int32), pl.lit(self.name).alias(FILE)
        )


@dataclass
class SourceFiles:
    """The landed files that a table is made of: of one source, or of all coalitions' own."""

    card: SourceCard
    files: list[SourceFile]
    cards: dict[str, SourceCard] = field(default_factory=dict)
    used: list[SourceFile] = field(default_factory=list)

    def of(self, *layouts: str) -> Iterator[SourceFile]:
        """The files in one of the layouts, in the order of the card's list."""
        for file in self.files:
            if file.layout.id in layouts:
                self.used.append(file)
                yield file


def source_files(card: SourceCard, receipts: list[Receipt], landing: Path) -> SourceFiles:
    """The files of a card as its receipts list them."""
    layouts = {layout.id: layout for layout in card.layout}
    return SourceFiles(
        card,
        [
            SourceFile(
                receipt=receipt,
                layout=layouts[receipt.layout],
                vintage=card.vintages[receipt.vintage],
                path=landing / receipt.landed,
            )
            for receipt in receipts
        ],
    )


def _json_text(cell: object) -> str:
    """A cell of JSON as a delimited file would have it; what is no text or number stays JSON."""
    return cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)


def number(column: str) -> pl.Expr:
    """The column as DOUBLE where its text is a number, null elsewhere."""
    return pl.col(column).str.strip_chars().cast(pl.Float64, strict=False)


def unparsed(*columns: str) -> pl.Expr:
    """`column=text` of the cells that hold text but no number, joined; null where there is none."""
    told = [
        pl.when(pl.col(column).is_not_null() & number(column).is_null()).then(
            # pl.format panics on columns in several chunks of which a filter emptied one (Polars 2.1).
            pl.lit(f"{column}=") + pl.col(column)
        )
        for column in columns
    ]
    joined = pl.concat_str(told, separator="; ", ignore_nulls=True)
    return pl.when(joined != "").then(joined)
