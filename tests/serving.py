"""The Dagster UI as `lifegap dev` serves it: started, asked once, ended with all that it started."""

import json
import socket
import subprocess
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Served:
    """data: what the UI answered. page: its first page. started: processes that it had, by their ids."""

    data: dict[str, Any]
    page: str
    started: list[int]


def ask_ui(lifegap: Path, query: str, *, cwd: Path, environment: Mapping[str, str]) -> Served:
    """Start `lifegap dev` in a folder, wait until it knows its assets, ask a GraphQL query, and end it."""
    port = free_port()
    server = subprocess.Popen(
        [str(lifegap), "dev", "--port", str(port)],
        cwd=cwd,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        data = _until_answered(f"http://127.0.0.1:{port}/graphql", query)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as response:
            page = response.read().decode()
        started = _processes_below(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=60)
    return Served(data, page, started)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _processes_below(pid: int) -> list[int]:
    """All processes that a process has started, and those that these have; none are told where /proc is not."""
    if not Path("/proc").is_dir():
        return []
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [each for child in map(int, children) for each in (child, *_processes_below(child))]


def _until_answered(address: str, query: str) -> dict[str, Any]:
    """The answer, once there are assets in it: the pipeline loads after the server has started."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        address, data=json.dumps({"query": query}).encode(), headers={"Content-Type": "application/json"}
    )
    for _ in range(600):
        try:
            with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310 - loopback
                answer = json.load(response)
            if answer.get("data", {}).get("assetNodes"):
                return answer["data"]
        except OSError:
            pass
        time.sleep(0.5)
    pytest.fail("the server did not answer")
