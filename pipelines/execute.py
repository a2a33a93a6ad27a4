"""The graph run by the command line: two steps at a time, each thread with a connection of its own.

DuckDB, Polars and numpy let go of the interpreter while they work, so that threads use both processors.
"""

import gc
import time
import uuid
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict
from graphlib import TopologicalSorter
from typing import Any

from lifegap.checks.run import SqlChecker
from lifegap.events import report
from lifegap.landing.receipts import Receipt
from lifegap.releases.acknowledged import NOTHING_ACKNOWLEDGED, Acknowledged
from lifegap.releases.publish import refuse_failed
from lifegap.settings import Settings
from pipelines import steps
from pipelines.graph import graph, selected
from pipelines.history import History, kept
from pipelines.recipe import recipe_of_graph
from pipelines.run import Run, open_run
from pipelines.step import LAND, PUBLISH, Step

AT_ONCE = 2

Facts = dict[str, Any]


def steps_of(receipts: dict[str, list[Receipt]]) -> int:
    """How many events a refresh of these files reports: tables, landing and release."""
    return len(selected(source for source, files in receipts.items() if files)) + 2


def run_refresh(
    settings: Settings,
    receipts: dict[str, list[Receipt]],
    history: History,
    *,
    dry_run: bool,
    anew: bool = False,
    acknowledged: Acknowledged = NOTHING_ACKNOWLEDGED,
) -> None:
    """Make, check and publish what follows from the files that have been obtained.

    Raises the error that stopped it, CHECK-FAILED for a failed check. The history is told what happened,
    however it ended.
    """
    # What takes long to import is imported before threads might do it at the same time; and the garbage
    # collector need not look through it again and again.
    import geopandas  # noqa: F401

    gc.freeze()
    makers = selected(source for source, files in receipts.items() if files)
    run_id = str(uuid.uuid4())
    with (
        kept(history, run_id, list(makers), settings.sources, recipe_of_graph(makers)),
        open_run(
            run_id,
            settings,
            SqlChecker,
            receipts=receipts,
            publish=not dry_run,
            anew=anew,
            acknowledged=acknowledged,
        ) as run,
    ):
        do = {
            "land": lambda own, _: steps.land(own),
            "make": lambda own, name: asdict(steps.make(own, makers[name])),
            "check": lambda own, name: asdict(steps.check(own, makers[name])),
            "release": lambda own, _: steps.release(own),
        }
        _run_graph(run, graph(makers), do, history)
        refuse_failed(run.warehouse)


def _run_graph(
    run: Run,
    waiting_for: dict[Step, set[Step]],
    do: dict[str, Callable[[Run, str], Facts]],
    history: History,
) -> None:
    """Do each step when those before it have succeeded; leave out what follows a failed check.

    Of the steps that may begin, that with the longest way to the release goes first. The first error ends
    the run, after the steps that have begun.
    """
    way = _steps_to_the_end(waiting_for)
    order = TopologicalSorter(waiting_for)
    order.prepare()
    failed: set[Step] = set()
    ready: list[Step] = []
    free = [run.apart(SqlChecker) for _ in range(AT_ONCE)]
    at_work: dict[Future[Facts], tuple[Step, Run]] = {}
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        try:
            while order.is_active():
                ready = sorted([*ready, *order.get_ready()], key=lambda step: way[step])
                while ready and free:
                    step = ready.pop()
                    if waiting_for[step] & failed:
                        failed.add(step)
                        order.done(step)
                    else:
                        own = free.pop()
                        at_work[pool.submit(_timed, own, step, do[step.what], history)] = step, own
                for ended in wait(at_work, return_when=FIRST_COMPLETED).done:
                    step, own = at_work.pop(ended)
                    if ended.result().get("critical"):
                        failed.add(step)
                    order.done(step)
                    free.append(own)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for _, own in at_work.values():
                own.warehouse.interrupt()
            raise
    for own in free:
        own.warehouse.close()


def _steps_to_the_end(waiting_for: dict[Step, set[Step]]) -> dict[Step, int]:
    """How many steps follow one another from each step to the last."""
    way = dict.fromkeys(waiting_for, 0)
    for step in reversed([*TopologicalSorter(waiting_for).static_order()]):
        for before in waiting_for[step]:
            way[before] = max(way[before], way[step] + 1)
    return way


def _timed(run: Run, step: Step, do: Callable[[Run, str], Facts], history: History) -> Facts:
    """Do a step, and tell the history and whoever listens."""
    started = time.time()
    try:
        facts = do(run, step.name)
    except BaseException as wrong:
        history.failed(step, started, str(wrong))
        raise
    history.done(step, started, facts)
    if step.what == "make":
        report(step.name, rows=facts["rows"], seconds=round(facts["seconds"], 2))
    elif step == LAND:
        report(step.name, files=facts["files"])
    elif step == PUBLISH:
        report(step.name, **{name: facts[name] for name in ("release", "pruned") if name in facts})
    return facts
