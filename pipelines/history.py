"""The history of runs that the Dagster UI shows, written beside the run by a process of its own.

Importing Dagster, building its graph and storing some two thousand events take longer than the tables of
the bundle. A keeper (`pipelines.keeper`) does it on the other processor while the run goes on. It is told
of every step through a pipe; a pipe that ends before the run does tells it that the run was killed.
"""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from lifegap import path_for_processes
from lifegap.settings import Settings
from pipelines.graph import Step
from pipelines.instance import prepare_instance

SECONDS_TO_FINISH = 120
"""What the keeper is given to write what is left after the run."""


class History:
    """Tells the keeper what happens; from any thread, without waiting for it."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._lines: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write, args=[pipe], daemon=True)
        self._writer.start()

    def done(self, step: Step, started: float, facts: dict[str, Any]) -> None:
        """A step succeeded, or a check was put and found what the facts say."""
        self.tell("done", step=step.what, name=step.name, started=started, ended=time.time(), facts=facts)

    def failed(self, step: Step, started: float, error: str) -> None:
        self.tell("failed", step=step.what, name=step.name, started=started, ended=time.time(), error=error)

    def tell(self, event: str, **facts: Any) -> None:
        self._lines.put({"event": event, "at": time.time(), **facts})

    @property
    def told(self) -> bool:
        """Whether everything said so far has gone to the keeper."""
        return self._lines.empty()

    def close(self) -> None:
        """Wait until the keeper has been told everything."""
        self._lines.put(None)
        self._writer.join(SECONDS_TO_FINISH)

    def _write(self, pipe: IO[bytes]) -> None:
        try:
            with pipe:
                while (line := self._lines.get()) is not None:
                    pipe.write(json.dumps(line).encode() + b"\n")
                    pipe.flush()
        except OSError:
            # The keeper has ended; what it said of it is on stderr, and the run does not depend on it.
            return


@contextmanager
def kept_history(settings: Settings, run_id: str, tables: list[str]) -> Iterator[History]:
    """A history that is told how the block ended, by an error, by the user or well.

    Raises MACHINE where the folder of the history cannot be written.
    """
    prepare_instance(settings)
    keeper = subprocess.Popen(
        # Not from the folder it is started in (-P): that may have a package of the same name.
        [sys.executable, "-P", "-W", "ignore", "-m", "pipelines.keeper"],
        stdin=subprocess.PIPE,
        env=os.environ
        | {
            "DAGSTER_HOME": str(settings.dagster_home),
            "LIFEGAP_EVENT_LOG": str(settings.dagster_home / "history" / "runs"),
            "PYTHONPATH": path_for_processes(),
            "DAGSTER_DISABLE_TELEMETRY": "yes",
        },
        # Ctrl-C ends the run; the keeper stays to write that it did.
        start_new_session=True,
    )
    history = History(cast("IO[bytes]", keeper.stdin))
    history.tell("begin", run_id=run_id, tables=tables, sources=settings.sources)
    try:
        yield history
    except KeyboardInterrupt:
        history.tell("end", how="interrupted", why="interrupted by the user")
        raise
    except BaseException as wrong:
        history.tell("end", how="failed", why=str(wrong))
        raise
    else:
        history.tell("end", how="succeeded", why="")
    finally:
        history.close()
        keeper.wait(SECONDS_TO_FINISH)
