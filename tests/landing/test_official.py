"""`--sources official`, against a server on loopback in the place of the publishers."""

import gzip
import hashlib
from pathlib import Path

import pytest
from pydantic import SecretStr

from lifegap.catalog.cards import ListedFile, SourceCard, read_cards
from lifegap.errors import LifegapError
from lifegap.landing.download import UnreachableError, download
from lifegap.landing.obtain import obtain
from lifegap.landing.official import exports_to_make, given_by_alternates
from lifegap.settings import Settings, read_settings
from tests.landing.publishers import Answers, ok, serving

DATA = Path("data").absolute()
SAIPE = "/www2.census.gov/programs-surveys/saipe/datasets/2023/2023-state-and-county/est23all.xls"
SERIES = "data/bundle/chicago_life_expectancy/le_community_area_qjr3-bm53.csv.gz"
FIRST, SECOND = "https://first.example/a.csv", "https://second.example/b.csv?x=1"


def _card(*addresses: str, by_hand: str | None = None) -> tuple[SourceCard, bytes]:
    """The card of the city's series with one file, at these addresses; and the file."""
    content = gzip.decompress(Path(SERIES).read_bytes())
    card = read_cards(DATA)["chicago_life_expectancy"]
    listed = ListedFile(
        file="series.csv", vintage="qjr3-bm53", mirror="x", rows=78,
        sha256=hashlib.sha256(content).hexdigest(), official=" ".join(addresses),  # pyright: ignore[reportArgumentType]
    )  # fmt: skip
    return card.model_copy(update={"files": (listed,), "by_hand": by_hand}), content


def _settings(home: Path, gateway: str | None) -> Settings:
    return read_settings(home=home, sources="official", gateway=gateway)


def test_the_first_address_that_has_the_file_gives_it_and_the_receipt_says_which(tmp_path: Path) -> None:
    card, content = _card(FIRST, SECOND)
    with serving({"/second.example/b.csv?x=1": [ok(content)]}) as (gateway, asked):
        receipts = obtain(card, _settings(tmp_path, gateway))
    assert [(each.origin, each.obtained_from, each.rows_expected) for each in receipts] == [
        ("official", SECOND, 78)
    ]
    assert asked == {"/first.example/a.csv": 1, "/second.example/b.csv?x=1": 1}
    assert given_by_alternates(card, receipts) == [SECOND]


def test_what_passes_is_tried_again(tmp_path: Path) -> None:
    card, content = _card(FIRST)
    answers: Answers = {"/first.example/a.csv": [(503, b"", {"Retry-After": "0"}), ok(content)]}
    with serving(answers) as (gateway, asked):
        receipts = obtain(card, _settings(tmp_path, gateway))
    assert asked == {"/first.example/a.csv": 2}
    assert receipts[0].sha256 == card.files[0].sha256


def test_a_file_cut_on_its_way_does_not_land(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("as it was")
    answers: Answers = {"/first.example/a.csv": [(200, b"half", {"Content-Length": "100"})]}
    with serving(answers) as (gateway, _), pytest.raises(UnreachableError, match="ProtocolError"):
        download((FIRST,), target, gateway=gateway, keys={})
    assert target.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [target]


def test_no_answer_at_all_is_one_message_with_every_address(tmp_path: Path) -> None:
    card, _ = _card(FIRST, SECOND)
    with serving({}) as (gateway, _), pytest.raises(LifegapError) as refused:
        obtain(card, _settings(tmp_path, gateway))
    assert refused.value.code == "SOURCE-UNREACHABLE"
    assert refused.value.exit_code == 3
    assert refused.value.found == [
        f"series.csv: {FIRST}: HTTP 404",
        f"series.csv: {SECOND}: HTTP 404",
    ]
    assert "put the file into" in refused.value.todo


def test_a_file_put_there_by_hand_stands_in_when_no_address_gives_it(tmp_path: Path) -> None:
    card, content = _card(FIRST)
    folder = tmp_path / "landing" / card.id
    folder.mkdir(parents=True)
    (folder / "series.csv").write_bytes(content)
    with serving({}) as (gateway, _):
        receipts = obtain(card, _settings(tmp_path, gateway))
    assert [(each.origin, each.obtained_from) for each in receipts] == [("hand", "an export made by hand")]


def test_an_export_that_nobody_made_is_left_out_and_named(tmp_path: Path) -> None:
    card, _ = _card(by_hand="Press Export.")
    receipts = obtain(card, _settings(tmp_path, None))
    assert receipts == []
    assert exports_to_make(card, receipts) == ["series.csv"]


def test_a_copy_of_the_bundle_is_not_taken_for_an_export(tmp_path: Path) -> None:
    card = read_cards(DATA)["chicago_health_atlas"]
    obtain(card, read_settings(home=tmp_path, sources="bundle"))
    landed = [
        each.name for each in (tmp_path / "landing" / card.id).iterdir() if each.name != "receipts.json"
    ]
    assert landed
    receipts = obtain(card, _settings(tmp_path, None))
    assert receipts == []


def test_a_web_page_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    card, _ = _card(FIRST)
    page = b"<!DOCTYPE html><html>Moved</html>"
    with (
        serving({"/first.example/a.csv": [ok(page)]}) as (gateway, _),
        pytest.raises(LifegapError) as refused,
    ):
        obtain(card, _settings(tmp_path, gateway))
    assert refused.value.code == "SOURCE-HTML"


def test_a_new_edition_at_the_same_address_has_no_row_count_to_keep(tmp_path: Path) -> None:
    card, content = _card(FIRST)
    longer = content + content.splitlines(keepends=True)[-1]
    with serving({"/first.example/a.csv": [ok(longer)]}) as (gateway, _):
        receipts = obtain(card, _settings(tmp_path, gateway))
    assert receipts[0].rows_expected is None
    assert receipts[0].sha256 != receipts[0].sha256_listed


def test_the_census_key_goes_to_the_census_alone_and_into_no_receipt(tmp_path: Path) -> None:
    content = _card()[1]
    api = "https://api.census.gov/data/2018/acs/acs5?get=group(B00001)"
    card, _ = _card(FIRST, api)
    answers: Answers = {"/api.census.gov/data/2018/acs/acs5?get=group(B00001)&key=secret": [ok(content)]}
    with serving(answers) as (gateway, asked):
        settings = _settings(tmp_path, gateway)
        settings.census_api_key = SecretStr("secret")
        receipts = obtain(card, settings)
    assert receipts[0].obtained_from == api
    assert "/first.example/a.csv" in asked
    assert "secret" not in (tmp_path / "landing" / card.id / "receipts.json").read_text()


def test_files_without_an_address_say_how_a_person_makes_them() -> None:
    for card in read_cards(DATA).values():
        if exports_to_make(card, []):
            assert card.by_hand, card.id


def test_no_address_stands_at_two_files() -> None:
    addresses = [a for card in read_cards(DATA).values() for each in card.files for a in each.official]
    assert len(addresses) == len(set(addresses))
    assert all(address.startswith("https://") for address in addresses)
