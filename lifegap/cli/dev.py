"""`lifegap dev`: the Dagster UI on this machine only."""

import os
import subprocess
import sys
from typing import Annotated

import typer

from lifegap import CHECKOUT
from lifegap.cli.app import app
from lifegap.cli.options import Home, home_of
from lifegap.cli.terminal import say


@app.command()
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
    prepare_instance(settings)
    environment = os.environ | {
        "DAGSTER_HOME": str(settings.dagster_home),
        "LIFEGAP_HOME": str(settings.home),
        "LIFEGAP_DATA": str(settings.data),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
        "PYTHONWARNINGS": "ignore",
    }
    if settings.mirror is not None:
        environment["LIFEGAP_MIRROR"] = str(settings.mirror)
    say(f"http://127.0.0.1:{port}")
    command = ["-m", "dagster", "dev", "-h", "127.0.0.1", "-p", str(port), "-w", "workspace.yaml"]
    ended = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, *command], cwd=CHECKOUT, env=environment, check=False
    )
    raise typer.Exit(ended.returncode)
