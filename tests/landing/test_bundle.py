"""The bundle: small, real, and counted beside the cards."""

import gzip
from pathlib import Path

import pytest

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
            if listed.bundle_rows is None or listed.mirror is None or not listed.file.lower().endswith("csv"):
                continue
            whole = set(gzip.decompress((mirror / listed.mirror).read_bytes()).splitlines(keepends=True))
            cut = gzip.decompress((BUNDLE / card.id / f"{listed.file}.gz").read_bytes())
            assert set(cut.splitlines(keepends=True)) <= whole, listed.file


@pytest.mark.mirror
def test_making_the_bundle_again_gives_the_same_bytes(catalog: Catalog, mirror: Path) -> None:
    bundler = Bundler(catalog, mirror)
    card = catalog.cards["chr_measures"]
    for listed in card.files:
        cut = bundler._slice(card, listed)
        if listed.bundle_rows is None:
            assert cut is None
            continue
        assert cut is not None
        assert cut[0] == gzip.decompress((BUNDLE / card.id / f"{listed.file}.gz").read_bytes())
        assert cut[1] == listed.bundle_rows
