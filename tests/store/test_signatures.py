"""Who signed a release: recorded beside it, compared with its files, harmless wherever it is shown."""

import csv
import io
import json
import shutil
import threading
from pathlib import Path

import pytest

from lifegap.errors import LifegapError
from lifegap.releases.signatures import faults_of_signed, read_signatures, sign, signed_ids
from tests.conftest import run_lifegap
from tests.store.small_home import publish_titled, writable_copy

HOSTILE = (
    "=HYPERLINK(\"http://localhost\")",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "O'Neil & \"Co\", <b>",
    "{{ 7 * 7 }}",
    "[red]bold[/red]",
    "Zoë Ångström, 渡辺",
)  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one release. Not to be written to."""
    home = tmp_path_factory.mktemp("unsigned")
    publish_titled(home, "first")
    return home


@pytest.fixture
def home(published: Path, tmp_path: Path) -> Path:
    """A copy of the home that a test may change."""
    return writable_copy(published, tmp_path / "home")


def _id(home: Path) -> str:
    return (home / "latest").resolve().name


def _sign(home: Path, name: str = "A. Signer", release: str | None = None) -> None:
    sign(home, release, name=name, role="epidemiologist", note="May be quoted.")


def test_a_signature_says_who_when_and_what_exactly(home: Path) -> None:
    ended = run_lifegap(
        "sign", "latest", "--name", "A. Signer", "--role", "chair", "--note", "Seen.", home=home
    )
    assert ended.returncode == 0, ended.stderr
    (signature,) = read_signatures(home, _id(home))
    manifest = json.loads((home / "latest" / "release.json").read_text(encoding="utf-8"))
    assert (signature.name, signature.role, signature.note) == ("A. Signer", "chair", "Seen.")
    assert signature.release_id == manifest["release_id"]
    assert signature.content_hash == manifest["content_hash"]
    assert signature.signed_at.endswith("Z")
    assert manifest["content_hash"] in ended.stdout
    assert not [path.name for path in (home / "latest").iterdir() if "signature" in path.name]


def test_several_may_sign_and_are_listed_in_every_form(home: Path) -> None:
    _sign(home)
    _sign(home, "B. Other", _id(home))
    assert [each.name for each in read_signatures(home, _id(home))] == ["A. Signer", "B. Other"]
    table = run_lifegap("releases", "list", home=home).stdout
    assert "A. Signer (epidemiologist)" in table
    (row,) = csv.DictReader(io.StringIO(run_lifegap("releases", "list", "--format", "csv", home=home).stdout))
    assert row["signed"].startswith("A. Signer (epidemiologist) 20")
    (told,) = json.loads(run_lifegap("releases", "list", "--format", "json", home=home).stdout)
    assert [each["name"] for each in told["signed"]] == ["A. Signer", "B. Other"]
    assert "B. Other, epidemiologist" in run_lifegap("releases", "show", home=home).stdout
    rows = json.loads(run_lifegap("releases", "signatures", "--format", "json", home=home).stdout)
    assert [(each["release"], each["name"]) for each in rows] == [
        (_id(home), "A. Signer"),
        (_id(home), "B. Other"),
    ]


def test_signing_at_once_loses_no_signature(home: Path) -> None:
    names = [f"Signer {number}" for number in range(8)]
    threads = [threading.Thread(target=_sign, args=(home, name)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.name for each in read_signatures(home, _id(home))) == names


def test_names_come_through_as_they_are_and_run_nowhere(home: Path) -> None:
    for name in HOSTILE:
        _sign(home, name)
    told = json.loads(run_lifegap("releases", "signatures", "--format", "json", home=home).stdout)
    assert [each["name"] for each in told] == [*HOSTILE]
    printed = run_lifegap("releases", "signatures", "--format", "csv", home=home).stdout
    rows = [*csv.DictReader(io.StringIO(printed))]
    assert [row["name"] for row in rows] == [
        f"'{name}" if name.startswith(("=", "+", "-", "@")) else name for name in HOSTILE
    ]
    table = run_lifegap("releases", "signatures", home=home).stdout
    assert all(name in table for name in HOSTILE)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("", "an empty name"),
        ("   ", "an empty name"),
        ("Two\nlines", "U+000A"),
        ("Red \x1b[31m", "U+001B"),
        ("Tab\there", "U+0009"),
        ("Nul\x00", "U+0000"),
        ("Turned \u202egnp.exe", "U+202E"),
        ("Line\u2028separator", "U+2028"),
        ("x" * 121, "121 characters"),
    ],
)
def test_words_that_cannot_stand_in_a_list_are_refused(home: Path, name: str, found: str) -> None:
    with pytest.raises(LifegapError, match=found.replace("+", r"\+")) as refused:
        _sign(home, name)
    assert (refused.value.code, refused.value.exit_code) == ("OPTION", 2)
    assert signed_ids(home) == []


@pytest.mark.parametrize("what", ["--role", "--note"])
def test_roles_and_notes_are_held_to_the_same(home: Path, what: str) -> None:
    words = {"--name": "A. Signer", "--role": "chair", "--note": "Seen."} | {what: "two\nlines"}
    ended = run_lifegap("sign", "latest", *(each for pair in words.items() for each in pair), home=home)
    assert ended.returncode == 2
    assert "U+000A" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("release", ["20200101T000000Z-00000000", "../latest", "", "none"])
def test_an_unknown_release_is_refused(home: Path, release: str) -> None:
    ended = run_lifegap(
        "sign", release, "--name", "A. Signer", "--role", "chair", "--note", "Seen.", home=home
    )
    assert ended.returncode == 2
    assert "NO-RELEASE" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert signed_ids(home) == []


def test_a_release_that_was_changed_cannot_be_signed(home: Path) -> None:
    with (home / "latest" / "csv" / "place.csv").open("a") as file:
        file.write("\n")
    with pytest.raises(LifegapError, match=r"csv/place.csv was altered") as refused:
        _sign(home)
    assert (refused.value.code, refused.value.exit_code) == ("RELEASE-ALTERED", 1)
    assert signed_ids(home) == []


def test_a_signed_release_that_was_changed_since_is_told_loudly_and_listed_all_the_same(home: Path) -> None:
    _sign(home)
    with (home / "latest" / "csv" / "place.csv").open("a") as file:
        file.write("\n")
    ended = run_lifegap("releases", "list", home=home)
    assert ended.returncode == 1
    assert _id(home) in ended.stdout
    assert "A. Signer" in ended.stdout
    assert "csv/place.csv was altered" in ended.stderr


def test_a_manifest_other_than_the_one_that_was_signed_is_seen(home: Path) -> None:
    _sign(home)
    path = home / "latest" / "release.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"sources": "bundle"', '"sources": "mirror"'))
    assert faults_of_signed(home, _id(home)) == [
        f"{_id(home)}: release.json is not the one that was signed",
    ]


def test_a_signed_release_whose_folder_is_gone_is_told(home: Path) -> None:
    first = _id(home)
    _sign(home)
    publish_titled(home, "second")
    shutil.rmtree(home / "releases" / first)
    ended = run_lifegap("releases", "list", home=home)
    assert ended.returncode == 1
    assert f"{first}: signed, and its folder is gone" in ended.stderr


@pytest.mark.parametrize("text", ["{", "[]\n", '{"name": "A"}\n', "\x00\n"])
def test_a_file_of_signatures_that_cannot_be_read_is_told(home: Path, text: str) -> None:
    _sign(home)
    (home / "releases" / f"{_id(home)}.signatures.jsonl").write_text(text, encoding="utf-8")
    for command in (("releases", "list"), ("releases", "signatures"), ("releases", "show")):
        ended = run_lifegap(*command, home=home)
        assert ended.returncode == 1, command
        assert "line 1: no signature" in ended.stderr
        assert "Traceback" not in ended.stderr


def test_signatures_go_where_the_releases_go(home: Path, tmp_path: Path) -> None:
    first = _id(home)
    _sign(home)
    publish_titled(home, "second")
    copy = Path(shutil.copytree(home, tmp_path / "copy", symlinks=True))
    assert run_lifegap("releases", "restore", first, home=copy).returncode == 0
    assert [each.name for each in read_signatures(copy, first)] == ["A. Signer"]
    assert run_lifegap("releases", "list", home=copy).returncode == 0
