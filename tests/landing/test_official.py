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
from lifegap.landing.official import exports_to_make, given_by_alternates, refuse_stand_ins, stand_ins
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


def _bundled(*addresses: str) -> tuple[SourceCard, ListedFile, bytes]:
    """A card with one file that the bundle has rows of, at these addresses."""
    card = read_cards(DATA)["chicago_life_expectancy"]
    listed = next(each for each in card.files if each.file == "le_community_area_qjr3-bm53.csv")
    listed = listed.model_copy(update={"official": addresses, "official_seen": "yes"})
    return card.model_copy(update={"files": (listed,)}), listed, gzip.decompress(Path(SERIES).read_bytes())


def test_the_bundle_stands_in_by_name_for_a_file_without_an_address(tmp_path: Path) -> None:
    card, listed, _ = _bundled()
    receipts = obtain(card, _settings(tmp_path, None))
    assert [(each.file, each.origin, each.obtained_from, each.rows_expected) for each in receipts] == [
        (
            listed.file,
            "bundle",
            "the bundle: rows of the publisher's file; the publisher's own file has no address",
            listed.bundle_rows,
        )
    ]
    assert stand_ins(receipts) == receipts
    with pytest.raises(LifegapError) as refused:
        refuse_stand_ins(receipts)
    assert (refused.value.code, refused.value.exit_code) == ("SOURCE-UNREACHABLE", 3)
    assert f"{card.id}/{listed.file}: the bundle" in refused.value.found[0]


def test_the_bundle_stands_in_where_the_publisher_has_the_file_no_more(tmp_path: Path) -> None:
    card, _, _ = _bundled(FIRST, SECOND)
    with serving({}) as (gateway, asked):
        receipts = obtain(card, _settings(tmp_path, gateway))
    assert {each.origin for each in receipts} == {"bundle"}
    assert receipts[0].obtained_from.endswith("no address of the publisher's own file gives it")
    assert sum(asked.values()) == 2


@pytest.mark.parametrize(
    "given",
    [
        (503, b"", {"Retry-After": "604800"}),
        (200, b"half", {"Content-Length": "100"}),
        (200, b"", {}),
        (200, b"<!DOCTYPE html><html>We will be back soon</html>", {}),
        (200, b"Community Area,Another column\n1,2\n", {}),
    ],
    ids=["come back in a week", "half", "nothing", "a web page", "another header"],
)
def test_what_may_pass_and_what_is_no_such_file_stop_the_refresh(
    given: tuple[int, bytes, dict[str, str]], tmp_path: Path
) -> None:
    card, listed, _ = _bundled(FIRST)
    with serving({"/first.example/a.csv": [given]}) as (gateway, _), pytest.raises(LifegapError) as refused:
        obtain(card, _settings(tmp_path, gateway))
    assert refused.value.exit_code in (1, 3)
    assert listed.file in refused.value.found[0]
    assert not (tmp_path / "landing" / card.id / listed.file).exists()


def test_a_publisher_who_wants_to_be_asked_in_a_week_ends_the_refresh_with_his_wish(tmp_path: Path) -> None:
    card, _, _ = _bundled(FIRST)
    answers: Answers = {"/first.example/a.csv": [(429, b"", {"Retry-After": "604800"})]}
    with serving(answers) as (gateway, asked), pytest.raises(LifegapError) as refused:
        obtain(card, _settings(tmp_path, gateway))
    assert refused.value.exit_code == 3
    assert "in 7 days, 0:00:00" in str(refused.value)
    assert asked == {"/first.example/a.csv": 1}


@pytest.mark.parametrize(
    "later",
    [(404, b"", {}), ok(b"<!DOCTYPE html><html>Moved</html>"), ok(b""), (200, b"x", {"Content-Length": "9"})],
    ids=["gone", "a web page", "nothing", "half"],
)
def test_the_file_of_an_earlier_refresh_stays_and_stands_in_by_name(
    later: tuple[int, bytes, dict[str, str]], tmp_path: Path
) -> None:
    card, listed, content = _bundled(FIRST)
    with serving({"/first.example/a.csv": [ok(content), later]}) as (gateway, _):
        settings = _settings(tmp_path, gateway)
        (first,) = obtain(card, settings)
        (second,) = obtain(card, settings)
        (third,) = obtain(card, settings)
    assert (tmp_path / "landing" / card.id / listed.file).read_bytes() == content
    assert second == third
    assert second.obtained_from == f"{FIRST} (kept from an earlier refresh: no address gives it now)"
    assert (second.origin, second.obtained_at, second.sha256) == ("official", first.obtained_at, first.sha256)
    assert stand_ins([second]) == [second]
    assert given_by_alternates(card, [second]) == []


def test_the_bytes_of_before_are_kept_where_a_publisher_issues_a_file_again(tmp_path: Path) -> None:
    card, listed, content = _bundled(FIRST)
    again = content.replace(content[-20:], content[-20:].replace(b"1", b"2").replace(b"3", b"4"))
    assert again != content
    with serving({"/first.example/a.csv": [ok(content), ok(again), ok(again), ok(content)]}) as (gateway, _):
        settings = _settings(tmp_path, gateway)
        landed = [obtain(card, settings)[0].sha256 for _ in range(4)]
    first, second = hashlib.sha256(content).hexdigest(), hashlib.sha256(again).hexdigest()
    assert landed == [first, second, second, first]
    folder = tmp_path / "landing" / card.id
    assert (folder / listed.file).read_bytes() == content
    kept = {path.parent.name: path.read_bytes() for path in folder.glob("replaced/*/*")}
    assert kept == {first[:12]: content, second[:12]: again}


def test_what_is_refused_takes_no_files_place(tmp_path: Path) -> None:
    card, _, content = _bundled(FIRST)
    with serving({"/first.example/a.csv": [ok(content), ok(b"<html></html>")]}) as (gateway, _):
        settings = _settings(tmp_path, gateway)
        for _ in range(2):
            obtain(card, settings)
    assert not (tmp_path / "landing" / card.id / "replaced").exists()


def test_a_copy_of_the_bundle_is_not_taken_for_an_export(tmp_path: Path) -> None:
    card = read_cards(DATA)["chicago_health_atlas"]
    obtain(card, read_settings(home=tmp_path, sources="bundle"))
    (tmp_path / "landing" / card.id / "receipts.json").unlink()
    receipts = obtain(card, _settings(tmp_path, None))
    assert {each.origin for each in receipts} == {"bundle"}


def test_an_address_that_nobody_has_seen_stops_nothing(tmp_path: Path) -> None:
    card, _ = _card(FIRST)
    listed = card.files[0].model_copy(update={"official_seen": "no"})
    card = card.model_copy(update={"files": (listed,)})
    with serving({}) as (gateway, _):
        receipts = obtain(card, _settings(tmp_path, gateway))
    assert receipts == []
    assert exports_to_make(card, receipts) == ["series.csv"]


def _whole_and_part() -> tuple[SourceCard, bytes]:
    """A card with a file that only the publisher has, and the bundle's part of it."""
    card, listed, content = _bundled()
    part = listed.model_copy(update={"part_of": "whole.csv"})
    whole = ListedFile.model_validate(
        {"file": "whole.csv", "vintage": listed.vintage, "official": FIRST, "official_seen": "no"}
    )
    return card.model_copy(update={"files": (part, whole)}), content


def test_a_part_gives_way_to_the_publishers_whole_file(tmp_path: Path) -> None:
    card, content = _whole_and_part()
    with serving({"/first.example/a.csv": [ok(content)]}) as (gateway, _):
        receipts = obtain(card, _settings(tmp_path, gateway))
    assert [(each.file, each.origin) for each in receipts] == [("whole.csv", "official")]
    assert (receipts[0].rows_expected, receipts[0].rows_least, receipts[0].sha256_listed) == (
        None,
        None,
        None,
    )


def test_a_part_stands_in_where_the_whole_file_is_not_to_be_had(tmp_path: Path) -> None:
    card, _ = _whole_and_part()
    with serving({}) as (gateway, _):
        receipts = obtain(card, _settings(tmp_path, gateway))
    assert {each.origin for each in receipts} == {"bundle"}
    assert receipts[0].obtained_from.endswith("no address of the publisher's own file gives it")


def test_files_that_only_the_publisher_has_are_in_no_other_refresh(tmp_path: Path) -> None:
    card, _ = _whole_and_part()
    receipts = obtain(card, read_settings(home=tmp_path, sources="bundle"))
    assert [each.file for each in receipts] == ["le_community_area_qjr3-bm53.csv"]


def test_a_web_page_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    card, _ = _card(FIRST)
    page = b"<!DOCTYPE html><html>Moved</html>"
    with (
        serving({"/first.example/a.csv": [ok(page)]}) as (gateway, _),
        pytest.raises(LifegapError) as refused,
    ):
        obtain(card, _settings(tmp_path, gateway))
    assert refused.value.code == "SOURCE-HTML"


def test_a_web_page_is_refused_and_the_next_address_gives_the_file(tmp_path: Path) -> None:
    card, content = _card(FIRST, SECOND)
    answers: Answers = {
        "/first.example/a.csv": [ok(b"<!DOCTYPE html><html>Moved</html>")],
        "/second.example/b.csv?x=1": [ok(content)],
    }
    with serving(answers) as (gateway, _):
        receipts = obtain(card, _settings(tmp_path, gateway))
    assert given_by_alternates(card, receipts) == [SECOND]


@pytest.mark.parametrize("allowed", [0.01, 0.2])
def test_another_edition_may_be_shorter_by_what_the_card_allows(allowed: float, tmp_path: Path) -> None:
    card, content = _card(FIRST)
    card = card.model_copy(update={"fewer_rows_allowed": allowed})
    shorter = b"".join(content.splitlines(keepends=True)[:-1])
    with serving({"/first.example/a.csv": [ok(shorter)]}) as (gateway, _):
        (receipt,) = obtain(card, _settings(tmp_path, gateway))
    assert (receipt.rows_expected, receipt.rows_listed) == (None, 78)
    assert receipt.rows_least == {0.01: 78, 0.2: 63}[allowed]


def test_half_a_map_is_refused_before_it_lands(tmp_path: Path) -> None:
    card = read_cards(DATA)["philadelphia_portal"]
    listed = next(each for each in card.files if each.bundle_rows and each.official)
    content = gzip.decompress((DATA / "bundle" / card.id / f"{listed.file}.gz").read_bytes())
    assert content.startswith(b"{")
    card = card.model_copy(update={"files": (listed,)})
    path = "/" + listed.official[0].removeprefix("https://")
    with (
        serving({path: [ok(content[: len(content) // 2])]}) as (gateway, _),
        pytest.raises(LifegapError) as refused,
    ):
        obtain(card, _settings(tmp_path, gateway))
    assert refused.value.code == "SOURCE-TRUNCATED"
    assert not (tmp_path / "landing" / card.id / listed.file).exists()


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
