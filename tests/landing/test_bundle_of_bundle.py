"""The bundle cut out of itself: what is kept of whole files is kept of what was kept."""

import csv
import gzip
import shutil
from pathlib import Path

import pytest

from lifegap.catalog.catalog import Catalog
from lifegap.landing.bundle import Bundler
from tests.conftest import CHECKOUT

DATA = CHECKOUT / "data"


@pytest.fixture
def again(tmp_path: Path, catalog: Catalog) -> Path:
    """A data folder whose bundle was cut out of a mirror with the bundle's files; the others are empty."""
    mirror, data = tmp_path / "mirror", tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("bundle"))
    (data / "bundle").mkdir()
    for card in catalog.cards.values():
        for listed in card.files:
            if listed.mirror is None:
                continue
            path = mirror / listed.mirror
            path.parent.mkdir(parents=True, exist_ok=True)
            kept = DATA / "bundle" / card.id / listed.file
            if listed.bundle_rows is None:
                path.touch()
            else:
                shutil.copyfile(kept if kept.is_file() else kept.with_name(f"{kept.name}.gz"), path)
    written = Bundler(Catalog(data), mirror).write()
    assert written == {
        folder.name: sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        for folder in (data / "bundle").iterdir()
        if folder.is_dir()
    }
    return data


def _contents(data: Path) -> dict[str, bytes]:
    """What is in the files of a bundle, however well they are compressed."""
    return {
        str(path.relative_to(data / "bundle")): gzip.decompress(path.read_bytes())
        if path.suffix == ".gz"
        else path.read_bytes()
        for path in (data / "bundle").rglob("*")
        if path.is_file() and path.name != "OBTAINED_AT"
    }


def _listed(data: Path) -> dict[str, list[dict[str, str]]]:
    return {
        path.name: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        for path in (data / "sources").glob("*.csv")
    }


def test_cutting_the_bundle_out_of_itself_gives_the_bundle_and_its_counts(again: Path) -> None:
    assert _contents(again) == _contents(DATA)
    assert _listed(again) == _listed(DATA)
