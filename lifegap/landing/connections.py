"""Connections as the environment wants them: its proxies, and its certificates.

HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in either case of letters, as other programs read them. SSL_CERT_FILE
or REQUESTS_CA_BUNDLE names the certificates of a network that inspects its traffic.
"""

import os
from pathlib import Path
from threading import Lock
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.util import Timeout, make_headers

from lifegap.errors import error

CERTIFICATES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")


class Connections:
    """Pools of connections: straight ones, and one pool for each proxy."""

    def __init__(self, timeout: Timeout, headers: dict[str, str]) -> None:
        """Raises SETTING where the environment names certificates that are not there."""
        self._timeout, self._headers = timeout, headers
        self._certificates = _certificates()
        self._pools: dict[str | None, urllib3.PoolManager] = {}
        self._lock = Lock()

    def get(self, url: str) -> urllib3.BaseHTTPResponse:
        """The answer to one request, its body unread. Raises urllib3's HTTPError."""
        return self._pool(_proxy_of(url)).request(
            "GET", url, headers=self._headers, preload_content=False, retries=False, redirect=False
        )

    def close(self) -> None:
        for pool in self._pools.values():
            pool.clear()

    def _pool(self, proxy: str | None) -> urllib3.PoolManager:
        with self._lock:
            if proxy not in self._pools:
                self._pools[proxy] = self._opened(proxy)
            return self._pools[proxy]

    def _opened(self, proxy: str | None) -> urllib3.PoolManager:
        if proxy is None:
            return urllib3.PoolManager(timeout=self._timeout, ca_certs=self._certificates)
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        who = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
        plain = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", ""))
        try:
            return urllib3.ProxyManager(
                plain,
                proxy_headers=make_headers(proxy_basic_auth=who) if parts.username else None,
                timeout=self._timeout,
                ca_certs=self._certificates,
            )
        except (HTTPError, ValueError):
            raise error(
                "SETTING",
                doing="reading the proxies of the environment",
                found=f"a proxy {parts.scheme}://{parts.netloc.rpartition('@')[2]}",
                expected="http:// or https://, a host and a port",
                todo="correct or unset HTTP_PROXY and HTTPS_PROXY",
            ) from None


def _proxy_of(url: str) -> str | None:
    """The proxy that the environment names for an address; None where it is asked straight."""
    parts = urlsplit(url)
    if parts.hostname is None or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all") or None


def _certificates() -> str | None:
    """The file of certificates that the environment names; None for those of the machine."""
    for name in CERTIFICATES:
        if path := os.environ.get(name):
            if not Path(path).is_file():
                raise error(
                    "SETTING",
                    doing="reading the certificates of the environment",
                    found=f"{name} = {path}: no such file",
                    expected="a file of certificates in PEM form",
                    todo=f"correct or unset {name}",
                )
            return path
    return None
