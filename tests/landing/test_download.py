"""One file over HTTP: what is whole lands, what is not leaves the file before as it was."""

import gzip
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from lifegap.errors import DataError, InputError, LifegapError, error
from lifegap.landing.download import MOST_WAITED, Answer, UnreachableError, download
from tests.landing.publishers import NO_LENGTH, Answers, Given, ok, serving

FIRST, SECOND = "https://first.example/a.csv", "https://second.example/b.csv"
AT_FIRST, AT_SECOND = "/first.example/a.csv", "/second.example/b.csv"
WHOLE = b"".join(b"%d,a line of the file\n" % number for number in range(4000))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the file goes; one of an earlier day stands there."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"as it was")
    return path


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that were to be slept, instead of sleeping them."""
    kept: list[float] = []
    monkeypatch.setattr(time, "sleep", kept.append)
    return kept


def _fetch(given: Given, target: Path, second: Given | None = None) -> Answer:
    answers: Answers = {AT_FIRST: [given]} | ({} if second is None else {AT_SECOND: [second]})
    with serving(answers) as (gateway, _):
        return download((FIRST, SECOND), target, gateway=gateway, keys={})


def _halves() -> dict[str, Given]:
    zipped = gzip.compress(WHOLE, mtime=0)
    half, chunks = zipped[: len(zipped) // 2], b"%x\r\n%s\r\n" % (len(WHOLE), WHOLE)
    return {
        "shorter than its length": ok(WHOLE[:1000], Content_Length=str(len(WHOLE))),
        "half a gzip stream of fitting length": ok(half, Content_Encoding="gzip"),
        "half a gzip stream without a length": (200, half, NO_LENGTH | {"Content-Encoding": "gzip"}),
        "a gzip stream without its checksum": ok(zipped[:-8], Content_Encoding="gzip"),
        "a second gzip member without its end": ok(zipped + half, Content_Encoding="gzip"),
        "a gzip stream with another checksum": ok(zipped[:-8] + bytes(8), Content_Encoding="gzip"),
        "text that is said to be gzip": ok(WHOLE, Content_Encoding="gzip"),
        "an encoding that nobody asked for": ok(b"\x0b\x02\x80", Content_Encoding="br"),
        "chunks without the last one": (200, chunks, NO_LENGTH | {"Transfer-Encoding": "chunked"}),
    }


@pytest.mark.parametrize("how", list(_halves()))
def test_half_a_body_is_refused_and_the_next_address_is_asked(how: str, target: Path) -> None:
    answer = _fetch(_halves()[how], target, second=ok(WHOLE))
    assert answer.address == SECOND
    assert len(answer.refused) == 1
    assert target.read_bytes() == WHOLE


@pytest.mark.parametrize("how", list(_halves()))
def test_half_a_body_leaves_the_file_before_as_it_was(how: str, target: Path) -> None:
    with pytest.raises(UnreachableError):
        _fetch(_halves()[how], target)
    assert target.read_bytes() == b"as it was"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize(
    "given",
    [
        ok(gzip.compress(WHOLE), Content_Encoding="gzip"),
        ok(gzip.compress(WHOLE[:99]) + gzip.compress(WHOLE[99:]), Content_Encoding="gzip"),
        (200, gzip.compress(WHOLE), NO_LENGTH | {"Content-Encoding": "x-gzip"}),
        (200, WHOLE, NO_LENGTH),
        ok(WHOLE, Content_Encoding="identity"),
    ],
    ids=["gzip", "two members", "gzip without a length", "no length", "identity"],
)
def test_a_whole_body_lands_as_the_publisher_made_it(given: Given, target: Path) -> None:
    _fetch(given, target)
    assert target.read_bytes() == WHOLE


def test_files_are_asked_for_as_they_are(target: Path) -> None:
    seen: list[dict[str, str]] = []
    with serving({AT_FIRST: [ok(WHOLE)]}, seen) as (gateway, _):
        download((FIRST,), target, gateway=gateway, keys={})
    assert seen[0]["accept-encoding"] == "identity"


@pytest.mark.parametrize("status", [201, 202, 203, 204, 206, 300, 304, 400, 403, 404, 410, 418, 501])
def test_no_status_but_200_is_the_file(status: int, target: Path, slept: list[float]) -> None:
    body = b"" if status in (204, 304) else WHOLE
    with pytest.raises(UnreachableError, match=f"HTTP {status}"):
        _fetch((status, body, {} if body else NO_LENGTH), target)
    assert target.read_bytes() == b"as it was"


@pytest.mark.parametrize(
    ("status", "absent"), [(404, True), (410, True), (403, True), (500, False), (429, False)]
)
def test_what_an_address_has_not_is_told_from_what_may_pass(
    status: int, absent: bool, target: Path, slept: list[float]
) -> None:
    answers: Answers = {AT_FIRST: [(404, b"", {})], AT_SECOND: [(status, b"", {})]}
    with serving(answers) as (gateway, _), pytest.raises(UnreachableError) as lost:
        download((FIRST, SECOND), target, gateway=gateway, keys={})
    assert lost.value.absent is absent


def test_a_file_that_is_not_accepted_is_refused_and_the_next_address_is_asked(target: Path) -> None:
    def accept(part: Path) -> None:
        if part.read_bytes() != WHOLE:
            raise error("SOURCE-HTML", doing="reading", found="a web page", expected="data", todo="again")

    answers: Answers = {AT_FIRST: [ok(b"<html>Moved</html>")], AT_SECOND: [ok(WHOLE)]}
    with serving(answers) as (gateway, _):
        answer = download((FIRST, SECOND), target, gateway=gateway, keys={}, accept=accept)
        assert answer == Answer(SECOND, [f"{FIRST}: a web page"])
        target.write_bytes(b"as it was")
        with pytest.raises(UnreachableError) as lost:
            download((FIRST,), target, gateway=gateway, keys={}, accept=accept)
    assert isinstance(lost.value.wrong, DataError)
    assert target.read_bytes() == b"as it was"


def test_redirections_are_followed_by_way_of_the_gateway(target: Path) -> None:
    answers: Answers = {AT_FIRST: [(302, b"", {"Location": SECOND})], AT_SECOND: [ok(WHOLE)]}
    with serving(answers) as (gateway, asked):
        download((FIRST,), target, gateway=gateway, keys={})
    assert asked == {AT_FIRST: 1, AT_SECOND: 1}
    assert target.read_bytes() == WHOLE


@pytest.mark.parametrize("there", [FIRST, "ftp://second.example/b.csv"])
def test_redirections_to_nowhere_are_refused(there: str, target: Path) -> None:
    with pytest.raises(UnreachableError, match="redirected"):
        _fetch((302, b"", {"Location": there}), target)


def test_a_server_is_given_the_seconds_it_asks_for_within_a_minute(target: Path, slept: list[float]) -> None:
    answers: Answers = {AT_FIRST: [(429, b"", {"Retry-After": "25"})] * 2 + [ok(WHOLE)]}
    with serving(answers) as (gateway, asked):
        download((FIRST,), target, gateway=gateway, keys={})
    assert slept == [25, 25]
    assert asked == {AT_FIRST: 3}


def test_a_server_that_wants_to_be_asked_in_a_week_is_not_waited_for(
    target: Path, slept: list[float]
) -> None:
    wish: Given = (503, b"", {"Retry-After": "604800"})
    with pytest.raises(UnreachableError, match="asks to be asked again in 7 days, 0:00:00"):
        _fetch(wish, target, second=wish)
    assert slept == []


def test_a_date_to_come_back_at_is_a_wish_too(target: Path, slept: list[float]) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    with pytest.raises(UnreachableError, match=r"asks to be asked again in (1:59:|2:00:00)"):
        _fetch((429, b"", {"Retry-After": later}), target)
    assert slept == []


def test_all_that_is_waited_for_servers_is_about_a_minute(target: Path, slept: list[float]) -> None:
    wish: Given = (429, b"", {"Retry-After": "40"})
    with pytest.raises(UnreachableError):
        _fetch(wish, target, second=wish)
    assert sum(slept) <= MOST_WAITED


@pytest.mark.parametrize("said", ["soon", "-5", "", "Wed, 99 Foo 2026 00:00:00 GMT"])
def test_a_wish_that_cannot_be_read_is_none(said: str, target: Path, slept: list[float]) -> None:
    answers: Answers = {AT_FIRST: [(503, b"", {"Retry-After": said}), ok(WHOLE)]}
    with serving(answers) as (gateway, _):
        download((FIRST,), target, gateway=gateway, keys={})
    assert slept == [0.5]


def test_the_proxy_of_the_environment_is_asked(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []
    with serving({"http://first.example/a.csv": [ok(WHOLE)]}, seen) as (proxy, asked):
        monkeypatch.setenv("HTTP_PROXY", proxy.replace("http://", "http://me:p%40ss@"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        download(("http://first.example/a.csv",), target, gateway=None, keys={})
    assert asked == {"http://first.example/a.csv": 1}
    assert seen[0]["proxy-authorization"] == "Basic bWU6cEBzcw=="  # me:p@ss
    assert target.read_bytes() == WHOLE


def test_hosts_that_need_no_proxy_are_asked_straight(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({}) as (proxy, through), serving({AT_FIRST: [ok(WHOLE)]}) as (gateway, straight):
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
        monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
        download((FIRST,), target, gateway=gateway, keys={})
    assert through == {}
    assert straight == {AT_FIRST: 1}


def test_a_proxy_that_cannot_be_one_is_the_users_to_mend(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "gopher://me:secret@proxy.example:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(InputError, match=r"gopher://proxy\.example:1") as refused:
        download(("http://first.example/a.csv",), target, gateway=None, keys={})
    assert "secret" not in str(refused.value)


def test_certificates_that_are_not_there_are_the_users_to_mend(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(target.with_name("none.pem")))
    with pytest.raises(LifegapError, match="SSL_CERT_FILE"):
        download((FIRST,), target, gateway=None, keys={})
