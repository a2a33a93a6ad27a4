"""Obtaining: receipts, what is taken again, and what is refused."""

import gzip
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from lifegap.catalog.catalog import Catalog
from lifegap.disk import writing
from lifegap.errors import InputError, LifegapError, MachineError, ObtainError
from lifegap.landing.obtain import obtain
from lifegap.settings import Settings, read_settings
from tests.conftest import CHECKOUT

CARD = "chicago_life_expectancy"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings on a copy of the bundle of one source."""
    data = tmp_path / "data"
    shutil.copytree(CHECKOUT / "data" / "sources", data / "sources")
    shutil.copytree(CHECKOUT / "data" / "bundle" / CARD, data / "bundle" / CARD)
    shutil.copy(CHECKOUT / "data" / "bundle" / "OBTAINED_AT", data / "bundle")
    return read_settings(home=tmp_path / "home", data=data)


def test_each_file_gets_a_receipt(settings: Settings) -> None:
    receipts = obtain(Catalog(settings.data).cards[CARD], settings)
    assert [receipt.layout for receipt in receipts] == ["portal_csv", "portal_csv", "portal_api"]
    assert {receipt.origin for receipt in receipts} == {"bundle"}
    assert all((settings.landing / receipt.landed).is_file() for receipt in receipts)
    # sha256 of the publisher's bytes as the mirror's manifest has it.
    assert receipts[0].sha256 == "4ebaf2891c503a7482f04ce03f5bdfb7da0697bd4f407b3c68536475df48b853"


def test_a_file_that_is_there_is_not_taken_again(settings: Settings) -> None:
    card = Catalog(settings.data).cards[CARD]
    first = obtain(card, settings)
    landed = settings.landing / first[0].landed
    before = landed.stat().st_mtime_ns
    assert obtain(card, settings) == first
    assert landed.stat().st_mtime_ns == before


def test_a_file_that_has_changed_is_taken_again(settings: Settings) -> None:
    card = Catalog(settings.data).cards[CARD]
    kept = settings.data / "bundle" / CARD / "le_community_area_qjr3-bm53.csv.gz"
    before = gzip.decompress(kept.read_bytes())
    # Packed without compression, a file in which one figure differs has the size it had.
    kept.write_bytes(gzip.compress(before, 0, mtime=0))
    first = obtain(card, settings)
    after = before.replace(b"68.8", b"68.9", 1)
    kept.write_bytes(gzip.compress(after, 0, mtime=0))
    again = obtain(card, settings)
    assert again[0].origin_size == first[0].origin_size
    assert again[0].sha256 == hashlib.sha256(after).hexdigest()
    assert gzip.decompress((settings.landing / again[0].landed).read_bytes()) == after
    assert again[1:] == first[1:]


def test_a_file_that_is_gone_from_the_landing_folder_is_taken_again(settings: Settings) -> None:
    card = Catalog(settings.data).cards[CARD]
    first = obtain(card, settings)
    (settings.landing / first[0].landed).unlink()
    assert obtain(card, settings) == first
    assert (settings.landing / first[0].landed).is_file()


def test_a_broken_receipt_is_made_again(settings: Settings) -> None:
    card = Catalog(settings.data).cards[CARD]
    first = obtain(card, settings)
    (settings.landing / CARD / "receipts.json").write_text("{", encoding="utf-8")
    assert obtain(card, settings) == first
    assert len(json.loads((settings.landing / CARD / "receipts.json").read_text(encoding="utf-8"))) == 3


def test_a_missing_file_is_named_with_exit_code_3(settings: Settings) -> None:
    path = settings.data / "bundle" / CARD / "le_community_area_qjr3-bm53.csv.gz"
    path.unlink()
    with pytest.raises(ObtainError) as refused:
        obtain(Catalog(settings.data).cards[CARD], settings)
    assert refused.value.code == "SOURCE-MISSING"
    assert refused.value.exit_code == 3
    assert str(path) in str(refused.value)


def test_two_files_with_the_same_bytes_are_refused(settings: Settings) -> None:
    folder = settings.data / "bundle" / CARD
    shutil.copy(
        folder / "le_community_area_qjr3-bm53.csv.gz", folder / "le_community_area_qjr3-bm53_bom.csv.gz"
    )
    with pytest.raises(LifegapError) as refused:
        obtain(Catalog(settings.data).cards[CARD], settings)
    assert refused.value.code == "SOURCE-VINTAGE"
    assert refused.value.exit_code == 1


def test_a_mirror_without_its_folder_is_the_users_to_mend(settings: Settings) -> None:
    away = read_settings(home=settings.home, data=settings.data, sources="mirror")
    away.mirror = None
    with pytest.raises(InputError, match="LIFEGAP_MIRROR"):
        obtain(Catalog(settings.data).cards[CARD], away)


def test_refusals_of_the_machine_have_exit_code_5(tmp_path: Path) -> None:
    with pytest.raises(MachineError) as refused, writing(tmp_path):
        raise OSError(28, "No space left on device")
    assert refused.value.exit_code == 5
    assert "free some space" in str(refused.value)
