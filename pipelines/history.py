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
from typing import IO, TYPE_CHECKING, Any, cast

from lifegap import path_for_processes
from lifegap.errors import interrupted
from lifegap.settings import Settings
from pipelines.instance import prepare_instance

if TYPE_CHECKING:
    from pipelines.step import Step

SECONDS_TO_FINISH = 120
"""What the keeper is given to write what is left after the run."""


class History:
    """Tells the keeper what happens; from any thread, without waiting for it."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._lines: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write, args=[pipe], daemon=True)
        self._writer.start()

    def done(self, step: "Step", started: float, facts: dict[str, Any]) -> None:
        """A step succeeded, or a check was put and found what the facts say."""
        self.tell("done", step=step.what, name=step.name, started=started, ended=time.time(), facts=facts)

    def failed(self, step: "Step", started: float, error: str) -> None:
        self.tell("failed", step=step.what, name=step.name, started=started, ended=time.time(), error=error)

    def tell(self, event: str, **facts: Any) -> None:
        self._lines.put({"event": event, "at": time.time(), **facts})

    @property
    def all_sent(self) -> bool:
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
def keeper(settings: Settings) -> Iterator[History]:
    """A history with a keeper at its other end, which is given time to finish when the block ends.

    Started before anything else that takes long to import: it imports as long itself.
    Raises MACHINE where the folder of the history cannot be written.
    """
    prepare_instance(settings)
    process = subprocess.Popen(
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
    history = History(cast("IO[bytes]", process.stdin))
    try:
        yield history
    finally:
        history.close()
        try:
            process.wait(SECONDS_TO_FINISH)
        except subprocess.TimeoutExpired:
            process.kill()
            sys.stderr.write("The history of this run in the Dagster UI is not complete: it took too long.\n")


@contextmanager
def kept(history: History, run_id: str, tables: list[str], sources: str, graph: str) -> Iterator[None]:
    """The history is told that a run begins, and how the block ended: by an error, by the user or well.

    graph: hash of the graph of these tables; a run of the same graph is written in a third of the time.
    """
    history.tell("begin", run_id=run_id, tables=tables, sources=sources, graph=graph)
    try:
        yield
    except BaseException as wrong:
        if interrupted(wrong):
            history.tell("end", how="interrupted", why="interrupted by the user")
        else:
            history.tell("end", how="failed", why=str(wrong))
        raise
    history.tell("end", how="succeeded", why="")
