"""Making `data/bundle`: rows of the publishers' real files, in their layouts, small enough to commit.

Lines are cut out as they stand (quotes, line ends, byte order marks), never rewritten. What is kept:
tracts, block groups and blocks of the eleven community areas of West Side United and the Loop, tracts
of Philadelphia and Montgomery County, the coalitions' counties, five ZCTAs, Pennsylvania's rankings, and the
gazetteer and the newest estimate of people of the counties of both states.
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

import polars as pl

from lifegap.catalog.cards import Layout, ListedFile, SourceCard
from lifegap.catalog.catalog import Catalog
from lifegap.disk import writing
from lifegap.landing.copies import PACKED
from lifegap.landing.recognize import members, read_content, recognize

AREAS = {"19", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32"}
"""Community areas of West Side United, and the Loop."""

TRACT_COUNTIES = ("42101", "42091")
"""Philadelphia and Montgomery: all their tracts."""

COUNTIES = {"17031", "42101", "42091"}
STATES = {"17", "42"}
NEWEST_YEAR_CODE = "5"
"""July 2023 in the estimates of vintage 2023."""

ZCTAS = {"19104", "19131", "19139", "19143", "19151"}


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
                    if cut := self._slice(card, listed):
                        content, counts[listed.file] = cut
                        size = _write(folder / card.id, listed, content)
                        written[card.id] = written.get(card.id, 0) + size
                if counts:
                    _write_counts(self.catalog.data / "sources" / f"{card.id}.csv", counts)
            (folder / "OBTAINED_AT").write_text(self._newest() + "\n", encoding="ascii")
        return written

    def _slice(self, card: SourceCard, listed: ListedFile) -> tuple[bytes, int] | None:
        """The bytes and the rows to keep of a file; None where its list gives the bundle no rows."""
        if listed.mirror is None or listed.bundle_rows is None:
            return None
        content = read_content(self.mirror / listed.mirror, f"{card.id}/{listed.file}")
        layout = recognize(content, card.layout, f"{card.id}/{listed.file}")
        cut = SLICES.get(layout.id)
        if layout.format == "workbook":
            return content, listed.bundle_rows
        if layout.format == "geojson":
            return _features(content, cut, self)
        if layout.inside is not None:
            return _zipped_lines(content, layout, cut, self)
        return _lines(content, layout, cut, self)

    @cached_property
    def tracts_2010(self) -> set[str]:
        """Tracts of the community areas, as the city assigns them, and of the two counties."""
        listed = next(
            each for each in self.catalog.cards["chicago_portal"].files if "tracts_2010." in each.file
        )
        assert listed.mirror is not None
        features = json.loads(read_content(self.mirror / listed.mirror, listed.file))["features"]
        return {each["properties"]["geoid10"] for each in features if each["properties"]["commarea"] in AREAS}

    @cached_property
    def tracts_2020(self) -> set[str]:
        listed = self.catalog.cards["paral_community_areas"].files[0]
        assert listed.mirror is not None
        content = read_content(self.mirror / listed.mirror, listed.file)
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        return {row["GEOID20"] for row in rows if row["CA"] in AREAS}

    def has_tract(self, tract: str) -> bool:
        """Whether a tract of either census is kept."""
        return tract[:5] in TRACT_COUNTIES or tract in self.tracts_2010 or tract in self.tracts_2020

    def _newest(self) -> str:
        """When the newest of the mirror's files was written: the date of the bundle's bytes."""
        times = [
            (self.mirror / listed.mirror).stat().st_mtime
            for card in self.catalog.cards.values()
            for listed in card.files
            if listed.mirror is not None
        ]
        return datetime.fromtimestamp(int(max(times)), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Keep = Callable[[Bundler, list[str]], bool]


def _census_place(bundler: Bundler, cells: list[str]) -> bool:
    """Rows of a table of the Census Bureau, by GEO_ID."""
    level, _, code = cells[0].partition("US")
    if level[:3] in ("140", "150"):
        return bundler.has_tract(code[:11])
    # New York State stands in every county file: a trap that the slice keeps.
    kept = {"050": COUNTIES, "040": {"36", "42"}, "160": {"1714000"}, "860": ZCTAS}
    return code in kept.get(level[:3], set())


def _export(bundler: Bundler, cells: list[str]) -> bool:
    """Rows of the data.cdc.gov export, which names places instead of coding them."""
    state, county, number = cells[:3]
    if county == "":
        return state in ("Illinois", "Pennsylvania")
    if state == "Illinois" and county.startswith("Cook"):
        return f"17031{number.replace('.', '').zfill(6)}" in bundler.tracts_2010
    return state == "Pennsylvania" and county.startswith(("Philadelphia", "Montgomery"))


def _measure_place(_: Bundler, cells: list[str]) -> bool:
    return cells[0] + cells[1] in COUNTIES | {"00000"} | {f"{state}000" for state in STATES}


SLICES: dict[str, Keep] = {
    "file_a": lambda bundler, cells: bundler.has_tract(cells[0]),
    "file_b": lambda bundler, cells: bundler.has_tract(cells[0]),
    "portal_export": _export,
    "tracts_geojson": lambda bundler, cells: cells[0] in bundler.tracts_2010,
    "blocks": lambda bundler, cells: cells[1][:11] in bundler.tracts_2010,
    "tract_relationship": lambda bundler, cells: bundler.has_tract(cells[3]),
    "gazetteer_counties": lambda _, cells: cells[1][:2] in STATES,
    "agesex_zip": lambda _, cells: cells[1] in STATES and cells[5] == NEWEST_YEAR_CODE,
    "tract_population_2010": lambda bundler, cells: bundler.has_tract(cells[0]),
    "tract_population_2020": lambda bundler, cells: bundler.has_tract(cells[0]),
    "data_csv": _census_place,
    "data_with_overlays": _census_place,
    "with_ann": _census_place,
    "category_data": lambda _, cells: cells[2] == "42",
    "life_expectancy": _measure_place,
    "life_expectancy_by_race": _measure_place,
}
"""Layout → which rows to keep, by their cells. A layout not named here is kept whole."""


def _write(folder: Path, listed: ListedFile, content: bytes) -> int:
    """Write one slice, compressed as the mirror's files are; its size in bytes."""
    plain = Path(listed.file).suffix in PACKED
    path = folder / (listed.file + ("" if plain else ".gz"))
    data = content if plain else gzip.compress(content, 9, mtime=0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data)


def _lines(content: bytes, layout: Layout, keep: Keep | None, bundler: Bundler) -> tuple[bytes, int] | None:
    """Header lines and the lines to keep, as they stand; None where no row is kept."""
    lines = content.splitlines(keepends=True)
    header, body = lines[: layout.header_rows], lines[layout.header_rows :]
    kept = [line for line in body if not line.strip() or keep is None or _kept(line, layout, keep, bundler)]
    rows = sum(1 for line in kept if line.strip())
    return (b"".join(header + kept), rows) if rows else None


def _zipped_lines(
    content: bytes, layout: Layout, keep: Keep | None, bundler: Bundler
) -> tuple[bytes, int] | None:
    """The same of the file inside a zip, zipped again under its name and date; always the same bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        whole = packed.getinfo(members(packed, layout)[0])
        cut = _lines(packed.read(whole), layout, keep, bundler)
    if cut is None:
        return None
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr(zipfile.ZipInfo(whole.filename, whole.date_time), cut[0], zipfile.ZIP_DEFLATED)
    return again.getvalue(), cut[1]


def _kept(line: bytes, layout: Layout, keep: Keep, bundler: Bundler) -> bool:
    text = line.decode(layout.encoding).rstrip("\r\n")
    return keep(bundler, next(csv.reader([text], delimiter=layout.delimiter)))


def _features(content: bytes, keep: Keep | None, bundler: Bundler) -> tuple[bytes, int]:
    """A GeoJSON with the features to keep; the whole file as it stands where all are."""
    collection = json.loads(content)
    if keep is None:
        return content, len(collection["features"])
    collection["features"] = [
        each for each in collection["features"] if keep(bundler, [each["properties"]["geoid10"]])
    ]
    return json.dumps(collection, separators=(",", ":")).encode(), len(collection["features"])


def _write_counts(path: Path, counts: dict[str, int]) -> None:
    """Put the rows of the slices into the list beside the card."""
    listed = pl.read_csv(path, infer_schema=False)
    listed.with_columns(
        bundle_rows=pl.col("file").replace_strict(counts, default=None, return_dtype=pl.Int64)
    ).write_csv(path)
