"""Making `data/bundle`: rows of the publishers' real files, in their layouts, small enough to commit.

Lines are cut out as they stand (quotes, line ends, byte order marks), never rewritten. Which are kept is
declared in `data/bundle.toml`; here is how a row is told by its cells.
"""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from lifegap.catalog.bundle import AreaTracts, Census, Slice
from lifegap.catalog.cards import Layout, ListedFile, SourceCard
from lifegap.catalog.catalog import Catalog
from lifegap.disk import writing
from lifegap.errors import error
from lifegap.landing.columns import Match, names_row
from lifegap.landing.copies import PACKED
from lifegap.landing.recognize import header_cells, members, read_content, recognize

TRACT, BLOCK_GROUP = "140", "150"
"""Summary levels of the Census Bureau, the first digits of a GEO_ID."""

TRACT_DIGITS = 11

Keep = Callable[[list[str]], bool]
"""Whether a row is kept, by the cells of the columns that its slice names."""


@dataclass(frozen=True)
class Bundler:
    """Cuts the slices out of a mirror."""

    catalog: Catalog
    mirror: Path

    def write(self) -> dict[str, int]:
        """Write all slices and the counts beside the cards; bytes written per source."""
        folder = self.catalog.data / "bundle"
        written: dict[str, int] = {}
        with writing(folder):
            for card in self.catalog.cards.values():
                counts: dict[str, int] = {}
                for listed in card.files:
                    if cut := self.cut(card, listed):
                        content, counts[listed.file] = cut
                        size = _write(folder / card.id, listed, content)
                        written[card.id] = written.get(card.id, 0) + size
                if counts:
                    _write_counts(self.catalog.data / "sources" / f"{card.id}.csv", counts)
            (folder / "OBTAINED_AT").write_text(self._newest() + "\n", encoding="ascii")
        return written

    def cut(self, card: SourceCard, listed: ListedFile) -> tuple[bytes, int] | None:
        """The bytes and the rows to keep of a file; None where its list gives the bundle no rows."""
        if listed.mirror is None or listed.bundle_rows is None:
            return None
        named = f"{card.id}/{listed.file}"
        content = read_content(self.mirror / listed.mirror, named)
        layout = recognize(content, card.layout, named)
        declared = self.catalog.bundle.slice_of(card.id, layout.id, listed.vintage)
        if layout.format == "workbook":
            return content, listed.bundle_rows
        if layout.format == "geojson":
            return self._features(content, layout, declared)
        if layout.inside is not None:
            return self._zipped_lines(content, layout, declared)
        return self._lines(content, layout, declared)

    @cached_property
    def tracts(self) -> dict[Census, set[str]]:
        """Census → tracts of the areas that are kept, as the lists of areas assign them."""
        found: dict[Census, set[str]] = {"2010": set(), "2020": set()}
        for each in self.catalog.bundle.tracts_of_areas:
            found[each.census] |= self._tracts_of(each)
        return found

    def _tracts_of(self, listed: AreaTracts) -> set[str]:
        card = self.catalog.cards[listed.source]
        file = next(each for each in card.files if each.file == listed.file)
        if file.mirror is None:
            raise error(
                "DECLARATION",
                doing="reading data/bundle.toml",
                found=f"tracts_of_areas: {listed.source}/{listed.file} stands in no mirror",
                expected="a file of which the list beside the card says where it stands in the mirror",
                todo="name another file, or say where this one stands",
            )
        content = read_content(self.mirror / file.mirror, listed.file)
        if recognize(content, card.layout, listed.file).format == "geojson":
            rows = [each["properties"] for each in json.loads(content)["features"]]
        else:
            rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        return {row[listed.tract] for row in rows if row[listed.area] in listed.areas}

    def has_tract(self, tract: str, census: Census | None = None) -> bool:
        """Whether a tract is kept; of either census where none is given."""
        if tract[:5] in self.catalog.bundle.whole_counties:
            return True
        return any(tract in tracts for each, tracts in self.tracts.items() if census in (None, each))

    def keeps(self, declared: Slice) -> Keep:
        """Whether the row with those cells is kept."""
        return {
            "tract": lambda cells: self.has_tract(cells[0][:TRACT_DIGITS], declared.census),
            "geo_id": lambda cells: self._has_geo_id(cells[0], declared),
            "code": lambda cells: "".join(cells).startswith(declared.codes),
            "county_name": lambda cells: self._has_named_tract(cells, declared),
        }[declared.by]

    def _has_geo_id(self, geo_id: str, declared: Slice) -> bool:
        level, _, code = geo_id.partition("US")
        if level[:3] in (TRACT, BLOCK_GROUP):
            return self.has_tract(code[:TRACT_DIGITS], declared.census)
        return code in declared.levels.get(level[:3], ())

    def _has_named_tract(self, cells: list[str], declared: Slice) -> bool:
        state, county, number = cells
        if county == "":
            return state in declared.names
        code = declared.names.get(f"{state} / {county}")
        if code is None:
            return False
        return self.has_tract(code + number.replace(".", "").zfill(6), declared.census)

    def _newest(self) -> str:
        """When the newest of the mirror's files was written: the date of the bundle's bytes."""
        times = [
            (self.mirror / listed.mirror).stat().st_mtime
            for card in self.catalog.cards.values()
            for listed in card.files
            if listed.mirror is not None
        ]
        return datetime.fromtimestamp(int(max(times)), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _lines(self, content: bytes, layout: Layout, declared: Slice | None) -> tuple[bytes, int] | None:
        """Header lines and the lines to keep, as they stand; None where no row is kept."""
        lines = content.splitlines(keepends=True)
        header, body = lines[: layout.header_rows], lines[layout.header_rows :]
        if declared is not None:
            kept = self._kept(declared, layout, _names(content, layout))
            body = [line for line in body if not line.strip() or kept(line)]
        rows = _records(body)
        return (b"".join(header + body), rows) if rows else None

    def _kept(self, declared: Slice, layout: Layout, names: list[str]) -> Callable[[bytes], bool]:
        """Whether a line is kept, of a file whose columns have those names."""
        keep = self.keeps(declared)
        columns = [names.index(name) for name in declared.columns if name in names]
        where = {names.index(name): value for name, value in declared.where.items()}

        def kept(line: bytes) -> bool:
            text = line.decode(layout.encoding).rstrip("\r\n")
            cells = dict(enumerate(next(csv.reader([text], delimiter=layout.delimiter))))
            held = all(cells.get(at) == value for at, value in where.items())
            return held and keep([cells.get(at, "") for at in columns])

        return kept

    def _zipped_lines(
        self, content: bytes, layout: Layout, declared: Slice | None
    ) -> tuple[bytes, int] | None:
        """The same of the file inside a zip, zipped again under its name and date; always the same bytes."""
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            whole = packed.getinfo(members(packed, layout)[0])
            cut = self._lines(packed.read(whole), layout.model_copy(update={"inside": None}), declared)
        if cut is None:
            return None
        again = io.BytesIO()
        with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            packed.writestr(zipfile.ZipInfo(whole.filename, whole.date_time), cut[0], zipfile.ZIP_DEFLATED)
        return again.getvalue(), cut[1]

    def _features(self, content: bytes, layout: Layout, declared: Slice | None) -> tuple[bytes, int]:
        """A GeoJSON with the features to keep; the whole file as it stands where all are."""
        collection = json.loads(content.decode(layout.encoding))
        if declared is None:
            return content, len(collection["features"])
        keep = self.keeps(declared)

        def kept(feature: dict[str, Any]) -> bool:
            properties = feature["properties"]
            held = all(properties[name] == value for name, value in declared.where.items())
            return held and keep([properties[name] for name in declared.columns])

        collection["features"] = [each for each in collection["features"] if kept(each)]
        return json.dumps(collection, separators=(",", ":")).encode(), len(collection["features"])


def _names(content: bytes, layout: Layout) -> list[str]:
    """The names of a file's columns, as the layout declares them; of a file without a header all declared."""
    header = names_row(layout, header_cells(content, layout))
    return Match(layout, tuple(header)).names if header else list(layout.columns)


def _records(body: list[bytes]) -> int:
    """Rows of the lines: a quoted cell may hold line ends. Empty lines are none."""
    return sum(1 for row in csv.reader(io.StringIO(b"".join(body).decode("latin-1"), newline="")) if row)


def _write(folder: Path, listed: ListedFile, content: bytes) -> int:
    """Write one slice, compressed as the mirror's files are; its size in bytes."""
    plain = Path(listed.file).suffix in PACKED
    path = folder / (listed.file + ("" if plain else ".gz"))
    data = content if plain else gzip.compress(content, 9, mtime=0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data)


def _write_counts(path: Path, counts: dict[str, int]) -> None:
    """Put the rows of the slices into the list beside the card."""
    listed = pl.read_csv(path, infer_schema=False)
    listed.with_columns(
        bundle_rows=pl.col("file").replace_strict(counts, default=None, return_dtype=pl.Int64)
    ).write_csv(path)
