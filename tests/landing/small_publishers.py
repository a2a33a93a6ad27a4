"""Publishers with small files: every address of the cards of which the tests have a slice gives that slice.

The lists beside the cards are copied with what the slices are: no rows and no hash are known of them. Files
with an address of which there is no slice are left out of the copied lists.
"""

import csv
import gzip
import io
import shutil
from collections.abc import Collection
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
    for folder in (DATA / "bundle" / card.id, FIXTURES / card.id):
        for path in (folder / listed.file, folder / f"{listed.file}.gz"):
            if listed.official and path.is_file():
                content = path.read_bytes()
                return gzip.decompress(content) if path.suffix == ".gz" else content
    return None


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
        if row["file"] in slices:
            writer.writerow(row | {"rows": "", "sha256": ""})
        elif not row["official"]:
            writer.writerow(row)
    path.write_text(written.getvalue(), encoding="utf-8")
