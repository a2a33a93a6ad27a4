"""A server on loopback in the place of the publishers: files by host and path, and how it misbehaves."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Given = tuple[int, bytes, dict[str, str]]
Answers = dict[str, list[Given]]
"""`/host/path?query` → the answers it gives, one after the other; the last again and again."""

NO_LENGTH = {"Content-Length": ""}
"""Headers of an answer whose body ends where the connection does."""


def ok(content: bytes, **headers: str) -> Given:
    """The file; headers are named with _ for -."""
    return (200, content, {name.replace("_", "-"): value for name, value in headers.items()})


@contextmanager
def serving(
    answers: Answers | Callable[[str], Given], seen: list[dict[str, str]] | None = None
) -> Iterator[tuple[str, Counter[str]]]:
    """The server's address, and how often each path was asked for.

    answers: by path, or a function of the path. seen: takes the headers of every request, names in small letters.
    """
    asked: Counter[str] = Counter()

    class Publisher(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if callable(answers):
                status, content, headers = answers(self.path)
            else:
                given = answers.get(self.path, [(404, b"no such file", {})])
                status, content, headers = given[min(asked[self.path], len(given) - 1)]
            asked[self.path] += 1
            if seen is not None:
                seen.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(content))} | headers).items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Nothing: the tests look at `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
