"""The bundle: small, real, and counted beside the cards."""

import gzip
import zipfile
from pathlib import Path

import pytest

from lifegap.catalog.cards import ListedFile, SourceCard
from lifegap.catalog.catalog import Catalog
from lifegap.landing.bundle import Bundler
from tests.conftest import CHECKOUT

BUNDLE = CHECKOUT / "data" / "bundle"


def test_the_bundle_is_at_most_three_megabytes() -> None:
    assert sum(path.stat().st_size for path in BUNDLE.rglob("*") if path.is_file()) <= 3_000_000


def test_every_file_of_the_bundle_is_listed_beside_its_card(catalog: Catalog) -> None:
    listed = {
        f"{card.id}/{each.file}"
        for card in catalog.cards.values()
        for each in card.files
        if each.bundle_rows is not None and each.mirror is not None
    }
    found = {
        str(path.relative_to(BUNDLE)).removesuffix(".gz")
        for path in BUNDLE.rglob("*")
        if path.is_file() and path.name != "OBTAINED_AT"
    }
    assert found == listed


@pytest.mark.mirror
def test_lines_of_the_bundle_stand_in_the_publishers_files(catalog: Catalog, mirror: Path) -> None:
    for card in catalog.cards.values():
        for listed in card.files:
            if listed.bundle_rows is None or listed.mirror is None or not _has_lines(listed.file):
                continue
            whole = set(_lines_of(mirror / listed.mirror))
            cut = _lines_of(_in_bundle(card, listed))
            assert set(cut) <= whole, listed.file


def _has_lines(name: str) -> bool:
    return name.lower().endswith(("csv", ".zip"))


def _lines_of(path: Path) -> list[bytes]:
    """Lines of a file, or of the one inside a zip."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            return packed.read(packed.namelist()[0]).splitlines(keepends=True)
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def _in_bundle(card: SourceCard, listed: ListedFile) -> Path:
    return BUNDLE / card.id / (listed.file if listed.file.endswith(".zip") else f"{listed.file}.gz")


@pytest.mark.mirror
@pytest.mark.parametrize("source_id", ["chr_measures", "census_pep"])
def test_making_the_bundle_again_gives_the_same_lines(
    source_id: str, catalog: Catalog, mirror: Path, tmp_path: Path
) -> None:
    bundler = Bundler(catalog, mirror)
    card = catalog.cards[source_id]
    for listed in card.files:
        cut = bundler._slice(card, listed)
        if listed.bundle_rows is None:
            assert cut is None
            continue
        assert cut is not None
        kept = _in_bundle(card, listed)
        made = tmp_path / kept.name
        made.write_bytes(gzip.compress(cut[0]) if made.suffix == ".gz" else cut[0])
        assert _lines_of(made) == _lines_of(kept)
        assert cut[1] == listed.bundle_rows
        # Whoever makes it again, on whatever day, gets the same bytes.
        assert bundler._slice(card, listed) == cut
