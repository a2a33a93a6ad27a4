"""Publishers with small files: every address of the cards of which the tests have a slice gives that slice.

The lists beside the cards are copied with what the slices are: no rows and no hash are known of them. Files
with an address of which there is no slice are left out of the copied lists. Of files that no mirror has, the
slices are no publisher's bytes: they are written by hand in the form that the publisher documents
(`from_documentation/`), or made of the rows of the bundle, put back into that form.
"""

import csv
import gzip
import io
import shutil
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from lifegap.catalog.cards import ListedFile, SourceCard, read_cards
from tests.conftest import CHECKOUT, FIXTURES
from tests.landing.publishers import Given, ok

DATA = CHECKOUT / "data"


@dataclass(frozen=True)
class SmallPublishers:
    """A data folder, and what its addresses give: path at the gateway → (source, content)."""

    data: Path
    files: dict[str, tuple[str, bytes]]

    @property
    def sources(self) -> list[str]:
        """Sources that an address gives files of."""
        return sorted({source for source, _ in self.files.values()})

    def answer(self, path: str, absent: Collection[str] = ()) -> Given:
        """What an address answers when the publishers of some sources have nothing."""
        source, content = self.files.get(path, ("", b""))
        return (404, b"no such file", {}) if not source or source in absent else ok(content)


def small_publishers(folder: Path) -> SmallPublishers:
    """Copy the declarations to `folder` and find the slices."""
    shutil.copytree(DATA, folder)
    files: dict[str, tuple[str, bytes]] = {}
    for card in read_cards(DATA).values():
        slices = {each.file: content for each in card.files if (content := _slice(card, each)) is not None}
        for each in card.files:
            if each.file in slices:
                files["/" + each.official[0].removeprefix("https://")] = (card.id, slices[each.file])
        _rewrite(folder / "sources" / f"{card.id}.csv", set(slices))
    return SmallPublishers(folder, files)


def _slice(card: SourceCard, listed: ListedFile) -> bytes | None:
    """Rows of a file that has an address: the bundle's, else those of the tests of its source."""
    if not listed.official:
        return None
    if made := OWN_FORMS.get(listed.file):
        return made()
    source = FIXTURES / card.id
    for folder in (DATA / "bundle" / card.id, source, source / "from_documentation" / listed.vintage):
        for path in (folder / listed.file, folder / f"{listed.file}.gz"):
            if path.is_file():
                content = path.read_bytes()
                return gzip.decompress(content) if path.suffix == ".gz" else content
    return None


GEOGRAPHY = DATA / "bundle" / "census_geography"


def _all_pairs_of_tracts() -> bytes:
    """The bundle's pairs of tracts in the sixteen columns of the Bureau, after a byte order mark."""
    lines = gzip.decompress((GEOGRAPHY / "tab20_tract20_tract10_IL_MI_PA_TN.txt.gz").read_bytes())
    names = [
        f"{name}_TRACT_{year}"
        for year in ("20", "10")
        for name in ("OID", "GEOID", "NAMELSAD", "AREALAND", "AREAWATER", "MTFCC", "FUNCSTAT")
    ]
    written = ["|".join([*names, "AREALAND_PART", "AREAWATER_PART"])]
    for line in lines.decode("utf-8").split()[1:]:
        new, new_land, new_water, old, old_land, old_water, land, water = line.split("|")
        tracts = ((new, new_land, new_water), (old, old_land, old_water))
        cells = [("207" + code, code, "Census Tract", *areas, "G5020", "S") for code, *areas in tracts]
        written.append("|".join([*cells[0], *cells[1], land, water]))
    return "\n".join(written).encode("utf-8-sig")


def _zipped_gazetteer(name: str, text: str) -> bytes:
    """A gazetteer as the Bureau zips it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, text)
    return packed.getvalue()


def _gazetteer_of_2019() -> bytes:
    """The bundle's counties with the header, tabs and trailing blanks of the Bureau."""
    lines = gzip.decompress((GEOGRAPHY / "2019_Gaz_counties_national.txt.gz").read_bytes()).decode("utf-8")
    header = "USPS GEOID ANSICODE NAME ALAND AWATER ALAND_SQMI AWATER_SQMI INTPTLAT INTPTLONG"
    rows = ["\t".join(header.split()), *(line.replace(",", "\t") for line in lines.splitlines())]
    return _zipped_gazetteer("2019_Gaz_counties_national.txt", "".join(f"{row}{' ' * 20}\n" for row in rows))


def _gazetteer_of_2023() -> bytes:
    name = "2023_Gaz_counties_national.txt"
    written = FIXTURES / "census_geography" / "from_documentation" / "2023" / name
    return _zipped_gazetteer(name, written.read_text(encoding="utf-8"))


OWN_FORMS: dict[str, Callable[[], bytes]] = {
    "tab20_tract20_tract10_natl.txt": _all_pairs_of_tracts,
    "2019_Gaz_counties_national.zip": _gazetteer_of_2019,
    "2023_Gaz_counties_national.zip": _gazetteer_of_2023,
}
"""File → what stands for it, in its publisher's form."""


def _rewrite(path: Path, slices: set[str]) -> None:
    """Leave files with an address out of a list unless there is a slice; of a slice nothing is known."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, names = list(reader), reader.fieldnames
    assert names is not None
    written = io.StringIO()
    writer = csv.DictWriter(written, names, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        whole = {"part_of": ""} if "part_of" in row and row["part_of"] not in slices else {}
        if row["file"] in slices:
            writer.writerow(row | {"rows": "", "sha256": ""} | whole)
        elif not row["official"]:
            writer.writerow(row | whole)
    path.write_text(written.getvalue(), encoding="utf-8")
