"""`lifegap dev`: the Dagster UI on this machine only."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from typing import Annotated, NoReturn

import typer

from lifegap import APPLICATION, path_for_processes
from lifegap.cli.options import Home, home_of
from lifegap.cli.terminal import say
from lifegap.errors import error

LOOPBACK = "127.0.0.1"
SECONDS_TO_END = 20
"""What the UI is given to end its own parts before they are ended for it."""


def dev(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 3000,
    home: Home = None,
) -> None:
    """The Dagster UI, on loopback: assets, checks, lineage, and the history of refreshes.

    It has no log-in, so it listens on 127.0.0.1 alone. Ctrl-C ends it.

    Example: lifegap dev --port 3333
    """
    from lifegap.settings import read_settings
    from pipelines.instance import prepare_instance

    settings = read_settings(home=home_of(home))
    workspace = prepare_instance(settings)
    environment = os.environ | {
        "DAGSTER_HOME": str(settings.dagster_home),
        # For the processes that it starts: their own look at the workspace's folder ends with the loading.
        "PYTHONPATH": path_for_processes(),
        "LIFEGAP_HOME": str(settings.home),
        "LIFEGAP_DATA": str(settings.data),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
        "PYTHONWARNINGS": "ignore",
    }
    if settings.mirror is not None:
        environment["LIFEGAP_MIRROR"] = str(settings.mirror)
    _refuse_a_busy_port(port)
    say(f"http://{LOOPBACK}:{port}")
    command = ["-m", "dagster", "dev", "-h", LOOPBACK, "-p", str(port), "-w", str(workspace)]
    raise typer.Exit(_until_ended([sys.executable, *command], environment))


def _refuse_a_busy_port(port: int) -> None:
    """Raise MACHINE where another program listens: the UI would start all but its server."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as wrong:
            raise error(
                "MACHINE",
                doing="starting the Dagster UI",
                found=f"port {port} of {LOOPBACK}: {wrong.strerror}",
                expected="a port that no other program uses",
                todo="end the other program, or choose another port: lifegap dev --port 3333",
            ) from None


def _until_ended(command: list[str], environment: Mapping[str, str]) -> int:
    """Run the UI until it ends or we are told to; its exit code. Its processes end with it."""
    # In a group of its own: it starts processes, which an end of this one alone would leave behind.
    ui = subprocess.Popen(  # noqa: S603 - our own words
        command, cwd=APPLICATION, env=environment, start_new_session=True
    )
    for told_to_end in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told_to_end, _leave)
    try:
        return ui.wait()
    finally:
        _end_group(ui)


def _leave(number: int, _: object) -> NoReturn:
    raise typer.Exit(128 + number)


def _end_group(ui: "subprocess.Popen[bytes]") -> None:
    """End all processes that the UI started: asked first, then without asking."""
    for how, seconds in ((signal.SIGINT, SECONDS_TO_END), (signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        try:
            os.killpg(ui.pid, how)
        except ProcessLookupError:
            return
        try:
            ui.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
