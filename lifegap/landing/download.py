"""Files over HTTP: addresses in their order, what is passing is tried again, nothing lands half."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.util import Retry, Timeout

from lifegap import __version__

TRIES, FIRST_PAUSE = 3, 0.5
CONNECT, READ = 10.0, 60.0
"""Seconds without an answer."""

PASSING = (429, 500, 502, 503, 504)
"""Answers that another try may change."""

PIECE = 1 << 20
FOUND = 200


class Answer(NamedTuple):
    """The address that gave the file, and what those before it said."""

    address: str
    refused: list[str]


class UnreachableError(Exception):
    """No address gave the file; `refused` has a line for each."""

    def __init__(self, refused: list[str]) -> None:
        self.refused = refused
        super().__init__("; ".join(refused))


def download(
    addresses: tuple[str, ...], target: Path, *, gateway: str | None, keys: dict[str, str]
) -> Answer:
    """Write the file at the first address that has it to `target`.

    gateway: an address that stands before the publishers' hosts and serves their paths under the name of
    the host. keys: host → query that is added to its addresses; it is told to nobody else.
    Raises UnreachableError. The file at `target` is replaced only by a complete one.
    """
    retry = Retry(
        total=TRIES, backoff_factor=FIRST_PAUSE, status_forcelist=PASSING, raise_on_status=False,
        respect_retry_after_header=True,
    )  # fmt: skip
    pool = urllib3.PoolManager(
        retries=retry,
        timeout=Timeout(connect=CONNECT, read=READ),
        headers={"User-Agent": f"lifegap/{__version__}"},
    )
    refused: list[str] = []
    part = target.with_name(target.name + ".part")
    for address in addresses:
        try:
            with pool.request("GET", _asked(address, gateway, keys), preload_content=False) as answer:
                if answer.status != FOUND:
                    refused.append(f"{address}: HTTP {answer.status}")
                    continue
                with part.open("wb") as file:
                    for piece in answer.stream(PIECE, decode_content=True):
                        file.write(piece)
        except HTTPError as wrong:
            refused.append(f"{address}: {_reason(wrong)}")
            continue
        part.replace(target)
        return Answer(address, refused)
    part.unlink(missing_ok=True)
    raise UnreachableError(refused)


def _asked(address: str, gateway: str | None, keys: dict[str, str]) -> str:
    """The address as it is asked for: through the gateway, with the host's key."""
    parts = urlsplit(address)
    asked = address
    if gateway is not None:
        query = f"?{parts.query}" if parts.query else ""
        asked = f"{gateway.rstrip('/')}/{parts.netloc}{parts.path}{query}"
    if key := keys.get(parts.netloc):
        asked += ("&" if parts.query else "?") + key
    return asked


def _reason(wrong: HTTPError) -> str:
    """What went wrong, without the address as it was asked for: a key may stand in it."""
    cause = getattr(wrong, "reason", None) or wrong
    return type(cause).__name__
