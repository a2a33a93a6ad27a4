"""Files over HTTP: addresses in their order, what is passing is tried again, nothing lands half.

A body is landed only when its end was seen (its length, or the end of its compression) and when `accept`
finds in it what it should be. Whatever is refused, the next address is asked.
"""

import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, IncompleteRead, SSLError
from urllib3.util import Timeout

from lifegap import __version__
from lifegap.disk import writing
from lifegap.errors import DataError
from lifegap.landing.connections import Connections

PAUSES = (0.5, 1.0, 2.0)
"""Seconds before an address is tried again."""

MOST_WAITED = 60.0
"""Seconds that are waited, in all, because servers ask for it (Retry-After)."""

CONNECT, READ = 10.0, 60.0
"""Seconds without an answer."""

PASSING = (408, 425, 429, 500, 502, 503, 504)
"""Answers that another try may change."""

ELSEWHERE = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 10

OF_THE_PROXY = 407

PIECE = 1 << 20
GZIP = zlib.MAX_WBITS | 16

Accept = Callable[[Path], None]
"""Looks at a file before it lands; raises DataError when it is not what it should be."""


class Answer(NamedTuple):
    """The address that gave the file, and what those before it said."""

    address: str
    refused: list[str]


class UnreachableError(Exception):
    """No address gave the file; `refused` has a line for each.

    absent: every address says that it has no such file. wrong: the first file that was given and was not
    what it should be.
    """

    def __init__(self, refused: list[str], *, absent: bool = False, wrong: DataError | None = None) -> None:
        self.refused, self.absent, self.wrong = refused, absent, wrong
        super().__init__("; ".join(refused))


class _RefusedError(Exception):
    """One address did not give the file, and why."""

    def __init__(self, why: str, *, absent: bool = False) -> None:
        self.absent = absent
        super().__init__(why)


def download(
    addresses: tuple[str, ...],
    target: Path,
    *,
    gateway: str | None,
    keys: dict[str, str],
    accept: Accept | None = None,
) -> Answer:
    """One file, as `Caller.fetch` gets it."""
    with Caller(gateway=gateway, keys=keys) as caller:
        return caller.fetch(addresses, target, accept)


class Caller:
    """Asks publishers for files; what it waits for their sake is bounded over all of them."""

    def __init__(self, *, gateway: str | None, keys: dict[str, str]) -> None:
        """Ask by way of a gateway, with keys.

        gateway: an address that stands before the publishers' hosts and serves their paths under the name
        of the host. keys: host → query that is added to its addresses; it is told to nobody else.
        """
        self._gateway = None if gateway is None else gateway.rstrip("/")
        self._keys = keys
        self._connections = Connections(
            Timeout(connect=CONNECT, read=READ),
            {"User-Agent": f"lifegap/{__version__}", "Accept-Encoding": "identity"},
        )
        self._waited = 0.0
        self._lock = Lock()

    def __enter__(self) -> "Caller":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _wrong: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._connections.close()

    def fetch(self, addresses: tuple[str, ...], target: Path, accept: Accept | None = None) -> Answer:
        """Write the file at the first address that has it to `target`.

        Raises UnreachableError, MACHINE. The file at `target` is replaced only by a complete one that is
        accepted.
        """
        refused: list[str] = []
        absent, wrong = True, None
        part = target.with_name(target.name + ".part")
        try:
            for address in addresses:
                try:
                    self._write(address, part)
                    if accept is not None:
                        accept(part)
                except _RefusedError as why:
                    refused.append(f"{address}: {why}")
                    absent = absent and why.absent
                except DataError as why:
                    refused.append(f"{address}: {'; '.join(why.found)}")
                    absent, wrong = False, wrong or why
                else:
                    with writing(target.parent):
                        part.replace(target)
                    return Answer(address, refused)
        finally:
            part.unlink(missing_ok=True)
        raise UnreachableError(refused, absent=absent, wrong=wrong)

    def _write(self, address: str, part: Path) -> None:
        """Write the whole body of an address. Raises _RefusedError."""
        try:
            with self._answer(address) as answer:
                if answer.status != HTTPStatus.OK:
                    gone = 400 <= answer.status < 500 and answer.status not in (*PASSING, OF_THE_PROXY)
                    raise _RefusedError(f"HTTP {answer.status}", absent=gone)
                with writing(part.parent):
                    file = part.open("wb")
                with file:
                    for piece in _body(answer):
                        with writing(part.parent):
                            file.write(piece)
        except HTTPError as wrong:
            raise _RefusedError(_reason(wrong)) from None

    def _answer(self, address: str) -> urllib3.BaseHTTPResponse:
        """What an address answers, after its redirections; a passing refusal is asked again."""
        for pause in (*PAUSES, None):
            try:
                answer = self._redirected(address)
            except HTTPError as wrong:
                if pause is None or isinstance(wrong, SSLError):
                    raise
                time.sleep(pause)
                continue
            if pause is None or answer.status not in PASSING:
                return answer
            wish = _wish(answer)
            answer.release_conn()
            if wish is not None and not self._may_wait(wish):
                raise _RefusedError(
                    f"HTTP {answer.status}; it asks to be asked again in {_in_words(wish)}, and no more than "
                    f"{MOST_WAITED:g} seconds in all are waited for"
                )
            time.sleep(pause if wish is None else wish)
        raise AssertionError("the last pause is None")

    def _redirected(self, address: str) -> urllib3.BaseHTTPResponse:
        """What an address answers; where it says that the file is elsewhere, what stands there."""
        asked = self._asked(address)
        for _ in range(MOST_REDIRECTS):
            answer = self._connections.get(asked)
            location = answer.headers.get("Location")
            if answer.status not in ELSEWHERE or location is None:
                return answer
            answer.release_conn()
            there = urljoin(asked, location)
            if urlsplit(there).scheme not in ("http", "https"):
                break
            at_gateway = self._gateway is not None and there.startswith(f"{self._gateway}/")
            asked = there if at_gateway else self._asked(there)
        raise _RefusedError("redirected without end, or to where no file can be had")

    def _may_wait(self, seconds: float) -> bool:
        """Whether so long may still be waited; then it is counted as waited."""
        with self._lock:
            if self._waited + seconds > MOST_WAITED:
                return False
            self._waited += seconds
            return True

    def _asked(self, address: str) -> str:
        """The address as it is asked for: through the gateway, with the host's key."""
        parts = urlsplit(address)
        asked = address
        if self._gateway is not None:
            query = f"?{parts.query}" if parts.query else ""
            asked = f"{self._gateway}/{parts.netloc}{parts.path}{query}"
        if key := self._keys.get(parts.netloc):
            asked += ("&" if parts.query else "?") + key
        return asked


def _body(answer: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    """The body as the publisher stored it, in pieces. Raises _RefusedError where its end is not seen.

    urllib3 compares what came with Content-Length (and sees the end of a chunked body), but passes a
    compressed body whose compression has not ended; so it is decompressed here.
    """
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    pieces = answer.stream(PIECE, decode_content=False)
    if encoding in ("", "identity"):
        return pieces
    if encoding in ("gzip", "x-gzip"):
        return _unzipped(pieces)
    raise _RefusedError(f"a body encoded as {encoding}, which was not asked for")


def _unzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The content of a gzip stream of one member or several."""
    decoder = None
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if decoder is None:
                    decoder = zlib.decompressobj(GZIP)
                yield decoder.decompress(rest)
                rest = decoder.unused_data
                if decoder.eof:
                    decoder = None
                    rest = rest.lstrip(b"\0")
    except zlib.error as wrong:
        raise _RefusedError(f"a compressed body that cannot be read: {wrong}") from None
    if decoder is not None:
        raise _RefusedError("the compressed body ends before its end")


def _wish(answer: urllib3.BaseHTTPResponse) -> float | None:
    """Seconds that the server asks to be left alone (Retry-After: seconds, or a date)."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _in_words(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))


def _reason(wrong: HTTPError) -> str:
    """What went wrong, without the address as it was asked for: a key may stand in it."""
    if any(isinstance(each, IncompleteRead) for each in wrong.args):
        return f"{type(wrong).__name__}: the body ends before its end"
    cause = getattr(wrong, "reason", None)
    return type(cause if isinstance(cause, BaseException) else wrong).__name__
