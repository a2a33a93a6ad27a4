"""A server on loopback in the place of the publishers: files by host and path, and how it misbehaves."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answers = dict[str, list[tuple[int, bytes, dict[str, str]]]]
"""`/host/path?query` → the answers it gives, one after the other; the last again and again."""


def ok(content: bytes) -> tuple[int, bytes, dict[str, str]]:
    return (200, content, {})


@contextmanager
def serving(answers: Answers) -> Iterator[tuple[str, Counter[str]]]:
    """The server's address, and how often each path was asked for."""
    asked: Counter[str] = Counter()

    class Publisher(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given = answers.get(self.path, [(404, b"no such file", {})])
            status, content, headers = given[min(asked[self.path], len(given) - 1)]
            asked[self.path] += 1
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(content))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Nothing: the tests look at `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
