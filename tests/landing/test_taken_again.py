"""When a landed file is taken again: what the receipt says must fit what is there, and what is asked for."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lifegap.catalog.cards import SourceCard
from lifegap.catalog.catalog import Catalog
from lifegap.landing.copies import bundled, land
from lifegap.landing.obtain import obtain
from lifegap.landing.receipts import Receipt, receipts_in
from lifegap.settings import Settings, read_settings
from tests.conftest import CHECKOUT

SOURCE = "chicago_life_expectancy"


@pytest.fixture(scope="module")
def card() -> SourceCard:
    return Catalog(CHECKOUT / "data").cards[SOURCE]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home in which the files of the source have landed from the bundle."""
    return read_settings(home=tmp_path, data=CHECKOUT / "data", sources="bundle")


@pytest.fixture
def first(card: SourceCard, settings: Settings) -> list[Receipt]:
    return obtain(card, settings)


def _rewrite(settings: Settings, **changes: Any) -> None:
    """Write other values into the receipt of the first file."""
    path = settings.landing / SOURCE / "receipts.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept[0] |= changes
    path.write_text(json.dumps(kept), encoding="utf-8")


def test_a_landed_file_that_was_cut_short_is_taken_again(
    card: SourceCard, settings: Settings, first: list[Receipt]
) -> None:
    landed = settings.landing / first[0].landed
    whole = landed.read_bytes()
    landed.write_bytes(whole[:-1])
    assert obtain(card, settings) == first
    assert landed.read_bytes() == whole


def test_a_receipt_of_a_layout_that_the_card_no_longer_has_is_made_again(
    card: SourceCard, settings: Settings, first: list[Receipt]
) -> None:
    _rewrite(settings, layout="of_last_year")
    assert obtain(card, settings) == first


def test_what_the_list_says_of_a_file_is_said_anew_without_taking_it_again(
    card: SourceCard, settings: Settings, first: list[Receipt]
) -> None:
    _rewrite(settings, vintage="of_last_year", rows_expected=1, sha256_listed="0" * 64, obtained_at="once")
    before = (settings.landing / first[0].landed).stat().st_mtime_ns
    assert obtain(card, settings) == first
    assert (settings.landing / first[0].landed).stat().st_mtime_ns == before


def test_a_receipt_says_why_the_bundle_stands_in_as_soon_as_it_does(
    card: SourceCard, settings: Settings, first: list[Receipt]
) -> None:
    origin = bundled(card, card.files[0], settings)
    assert origin is not None
    folder = settings.landing / SOURCE
    standing_in = replace(origin, instead_of="the publisher did not answer")
    found = land(card, standing_in, folder, receipts_in(folder))
    assert found.obtained_from == f"{first[0].obtained_from}; the publisher did not answer"


def test_the_same_bytes_from_a_mirror_are_said_to_be_from_the_mirror(
    card: SourceCard, settings: Settings, first: list[Receipt], tmp_path: Path
) -> None:
    mirror = tmp_path / "mirror"
    for listed in card.files:
        if listed.mirror is not None:
            (mirror / listed.mirror).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(settings.landing / SOURCE / f"{listed.file}.gz", mirror / listed.mirror)
    away = read_settings(home=settings.home, data=settings.data, sources="mirror")
    away.mirror = mirror
    assert {each.origin for each in obtain(card, away)} == {"mirror"}
