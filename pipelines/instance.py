"""The Dagster instance under LIFEGAP_HOME: its history is what the UI shows."""

import sqlite3
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from lifegap.landing.receipts import writing
from lifegap.settings import Settings

SETTINGS = Path(__file__).with_name("dagster.yaml")


@event.listens_for(Engine, "connect")
def _sync_at_checkpoints(connection: object, _record: object) -> None:
    """Let the run history reach the disk at its checkpoints, not with each of its thousands of commits.

    In the write-ahead mode that Dagster sets, a power cut may cost the last events, never the history.
    """
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = NORMAL")


def prepare_instance(settings: Settings) -> None:
    """Make DAGSTER_HOME with this project's settings of the instance."""
    with writing(settings.dagster_home):
        settings.dagster_home.mkdir(parents=True, exist_ok=True)
        (settings.dagster_home / "dagster.yaml").write_bytes(SETTINGS.read_bytes())
