"""The bundle: small, real, and counted beside the cards."""

import gzip
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from lifegap.catalog.cards import ListedFile, SourceCard
from lifegap.catalog.catalog import Catalog
from lifegap.landing.bundle import Bundler
from tests.conftest import CHECKOUT

BUNDLE = CHECKOUT / "data" / "bundle"


def test_the_bundle_is_at_most_four_megabytes() -> None:
    assert sum(path.stat().st_size for path in BUNDLE.rglob("*") if path.is_file()) <= 4_000_000


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
def test_cutting_the_bundle_out_of_the_mirror_gives_the_same_files_and_counts(
    mirror: Path, tmp_path: Path
) -> None:
    """What stands inside `.gz`, whose bytes are another compressor's; all else byte by byte."""
    data = tmp_path / "data"
    shutil.copytree(CHECKOUT / "data", data, ignore=shutil.ignore_patterns("bundle"))
    (data / "bundle").mkdir()
    written = Bundler(Catalog(data), mirror).write()
    assert set(written) == {path.name for path in BUNDLE.iterdir() if path.is_dir()}
    assert _contents(data / "bundle") == _contents(BUNDLE)
    lists = sorted((CHECKOUT / "data" / "sources").glob("*.csv"))
    assert {path.stem for path in lists} >= set(written)
    for listed in lists:
        assert (data / "sources" / listed.name).read_bytes() == listed.read_bytes()


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): gzip.decompress(path.read_bytes())
        if path.suffix == ".gz"
        else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "OBTAINED_AT"
    }


@pytest.mark.mirror
def test_whoever_cuts_a_zipped_file_on_whatever_day_gets_the_same_bytes(
    catalog: Catalog, mirror: Path
) -> None:
    card = catalog.cards["census_pep"]
    (listed,) = [each for each in card.files if each.bundle_rows is not None]
    bundler = Bundler(catalog, mirror)
    assert bundler.cut(card, listed) == bundler.cut(card, listed)


def test_a_map_in_another_encoding_is_cut_as_such(catalog: Catalog, tmp_path: Path) -> None:
    """The counties of 2010 are in Windows-1252: Doña Ana is no UTF-8."""
    card = catalog.cards["census_geography"]
    (listed,) = [each for each in card.files if each.file == "gz_2010_us_050_00_20m.json"]
    assert listed.mirror is not None
    names = {"17031": "Cook", "35013": "Doña Ana"}
    features = [
        {
            "type": "Feature",
            "properties": {"GEO_ID": f"0500000US{code}", "STATE": code[:2], "COUNTY": code[2:], "NAME": name,
                           "LSAD": "County", "CENSUSAREA": 1.0},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
        }
        for code, name in names.items()
    ]  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    path = tmp_path / listed.mirror
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(text.encode("windows-1252")))
    cut = Bundler(catalog, tmp_path).cut(card, listed)
    assert cut is not None
    assert [each["properties"]["NAME"] for each in json.loads(cut[0])["features"]] == ["Cook"]
    assert cut[1] == 1
