"""The Dagster instance under LIFEGAP_HOME: its history is what the UI shows."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from filelock import FileLock

from lifegap import APPLICATION
from lifegap.disk import writing
from lifegap.settings import Settings

if TYPE_CHECKING:
    import dagster as dg

    from pipelines.event_log import HeldEventLog

SETTINGS = ("dagster.yaml", "keeper.yaml")
"""For the UI; and for the keeper of a run from the command line."""


WORKSPACE = """load_from:
  - python_module:
      module_name: pipelines.definitions
      working_directory: {folder}
      location_name: lifegap
"""


def prepare_instance(settings: Settings) -> Path:
    """Make DAGSTER_HOME with this project's settings of the instance; the workspace that the UI loads."""
    with writing(settings.dagster_home):
        settings.dagster_home.mkdir(parents=True, exist_ok=True)
        for name in SETTINGS:
            given = Path(__file__).with_name(name).read_text(encoding="utf-8")
            (settings.dagster_home / name).write_text(given, encoding="utf-8")
        workspace = settings.dagster_home / "workspace.yaml"
        workspace.write_text(WORKSPACE.format(folder=json.dumps(str(APPLICATION))), encoding="utf-8")
        return workspace


@contextmanager
def keeper_instance() -> Iterator["tuple[dg.DagsterInstance, HeldEventLog]"]:
    """The instance in DAGSTER_HOME with an event log that is held open, by one keeper at a time.

    That of a run that was killed may still be writing when the next one starts.
    """
    import dagster as dg

    home = os.environ["DAGSTER_HOME"]
    with (
        FileLock(Path(home) / "keeper.lock"),
        dg.DagsterInstance.from_config(home, "keeper.yaml") as instance,
    ):
        yield instance, cast("HeldEventLog", instance.event_log_storage)
