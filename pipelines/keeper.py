"""The keeper: reads what a run tells of itself, and writes it into the history of the Dagster instance.

A process of its own (`python -m pipelines.keeper`), started by `pipelines.history`. Its standard input has
one event a line, in JSON; when it ends before the run does, the run was killed, and is written as failed.
"""

import json
import sys
from typing import Any

import dagster as dg
from dagster._core.definitions.asset_checks.asset_check_evaluation import AssetCheckEvaluationPlanned
from dagster._core.events import (
    AssetMaterializationPlannedData,
    AssetObservationData,
    DagsterEvent,
    DagsterEventType,
    JobFailureData,
    RunFailureReason,
    StepMaterializationData,
)
from dagster._core.execution.plan.objects import StepFailureData, StepSuccessData
from dagster_shared.error import SerializableErrorInfo
from dagster_shared.record import copy

from pipelines import metadata
from pipelines.instance import keeper_instance
from pipelines.metadata import key_of
from pipelines.step import LANDING, RELEASE

JOB = "refresh"
GRAPH = "lifegap/graph"
"""Tag of a run: hash of its graph."""
ENDED = {
    "succeeded": DagsterEventType.RUN_SUCCESS,
    "failed": DagsterEventType.RUN_FAILURE,
    "interrupted": DagsterEventType.RUN_CANCELED,
}
KILLED = {"how": "failed", "why": "the process that ran it was killed"}


class KeptRun:
    """A run in the history. Times are seconds since 1970."""

    def __init__(self, instance: dg.DagsterInstance, begun: dict[str, Any]) -> None:
        self.instance = instance
        self._close_those_left_open()
        tags = {"lifegap/sources": begun["sources"], GRAPH: begun["graph"]}
        alike = instance.get_runs(dg.RunsFilter(job_name=JOB, tags={GRAPH: begun["graph"]}), limit=1)
        if alike:
            self.run = self._added(alike[0], begun, tags)
        else:
            self.run = _created(instance, begun, tags)
        self._write(DagsterEventType.RUN_START, begun["at"], message="Started by lifegap refresh.")

    def _added(self, alike: dg.DagsterRun, begun: dict[str, Any], tags: dict[str, str]) -> dg.DagsterRun:
        """A run with the snapshots of one of the same graph, so that nothing of the graph is needed."""
        self.run = self.instance.add_run(
            copy(alike, run_id=begun["run_id"], tags=tags, status=dg.DagsterRunStatus.NOT_STARTED)
        )
        for name in (LANDING, *begun["tables"], RELEASE):
            self._write(
                DagsterEventType.ASSET_MATERIALIZATION_PLANNED,
                begun["at"],
                step=step_key("make", name),
                data=AssetMaterializationPlannedData(key_of(name)),
            )
        for name in begun["tables"]:
            self._write(
                DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED,
                begun["at"],
                step=step_key("check", name),
                data=AssetCheckEvaluationPlanned(asset_key=key_of(name), check_name=metadata.CHECK),
            )
        return self.run

    def step(self, told: dict[str, Any]) -> None:
        """A step that ended: when it began, what it made or found, how it ended."""
        key = step_key(told["step"], told["name"])
        self._write(DagsterEventType.STEP_START, told["started"], step=key)
        if told["event"] == "failed":
            self._write_failure(key, told["ended"], told["error"])
            return
        facts = told["facts"]
        asset = key_of(told["name"])
        if told["step"] == "check":
            self._write(
                DagsterEventType.ASSET_CHECK_EVALUATION,
                told["ended"],
                step=key,
                data=dg.AssetCheckEvaluation(
                    asset_key=asset,
                    check_name=metadata.CHECK,
                    passed=not facts["failed"],
                    severity=metadata.severity(facts),
                    metadata=metadata.of_check(facts),
                    blocking=True,
                ),
            )
            if facts["critical"]:
                self._write_failure(key, told["ended"], f"{told['name']} breaks a critical rule")
                return
        elif facts.get("kept"):
            self._write(
                DagsterEventType.ASSET_OBSERVATION,
                told["ended"],
                step=key,
                data=AssetObservationData(
                    dg.AssetObservation(
                        asset, metadata=metadata.of_table(facts), tags=metadata.data_version(facts)
                    )
                ),
            )
        else:
            table = told["step"] == "make"
            materialization = dg.AssetMaterialization(
                asset,
                metadata=(metadata.of_table if table else metadata.of_release)(facts),
                tags=metadata.data_version(facts) if table else None,
            )
            self._write(
                DagsterEventType.ASSET_MATERIALIZATION,
                told["ended"],
                step=key,
                data=StepMaterializationData(materialization),
            )
        took = StepSuccessData((told["ended"] - told["started"]) * 1000)
        self._write(DagsterEventType.STEP_SUCCESS, told["ended"], step=key, data=took)

    def end(self, told: dict[str, Any]) -> None:
        """The run ended: succeeded, failed, or interrupted."""
        failed = JobFailureData(_error(told["why"]), RunFailureReason.STEP_FAILURE)
        self._write(
            ENDED[told["how"]],
            told.get("at"),
            message=told["why"] or "Ended well.",
            data=failed if told["how"] == "failed" else None,
        )

    def _close_those_left_open(self) -> None:
        """Runs that neither ended nor were told to: the machine went off. This one holds the lock now."""
        going_on = dg.RunsFilter(job_name=JOB, statuses=[dg.DagsterRunStatus.STARTED])
        for run in self.instance.get_runs(going_on):
            self.instance.report_run_failed(run, "the process that ran it was killed")

    def _write_failure(self, key: str, at: float, why: str) -> None:
        self._write(
            DagsterEventType.STEP_FAILURE, at, step=key, message=why, data=StepFailureData(_error(why), None)
        )

    def _write(
        self,
        kind: DagsterEventType,
        at: float | None,
        *,
        step: str | None = None,
        message: str | None = None,
        data: Any = None,
    ) -> None:
        event = DagsterEvent(kind.value, JOB, step_key=step, event_specific_data=data, message=message)  # pyright: ignore
        self.instance.report_dagster_event(event, self.run.run_id, timestamp=at)


def _created(instance: dg.DagsterInstance, begun: dict[str, Any], tags: dict[str, str]) -> dg.DagsterRun:
    """A run with snapshots of its own: the graph is built, which takes longer than all that is written."""
    from pipelines.definitions import defs

    return instance.create_run_for_job(
        defs.resolve_job_def(JOB),
        run_id=begun["run_id"],
        asset_selection={key_of(name) for name in (LANDING, *begun["tables"], RELEASE)},
        tags=tags,
        status=dg.DagsterRunStatus.NOT_STARTED,
    )


def step_key(what: str, name: str) -> str:
    """The key of a step in Dagster's plan of the job."""
    key = name.replace(".", "__")
    return f"{key}_{metadata.CHECK}" if what == "check" else key


def _error(text: str) -> SerializableErrorInfo:
    return SerializableErrorInfo(text, [], None)


def main() -> None:
    """Keep the run that standard input tells of."""
    with keeper_instance() as (instance, log):
        kept: KeptRun | None = None
        ended = False
        for line in sys.stdin:
            told = json.loads(line)
            if told["event"] == "begin":
                kept = KeptRun(instance, told)
            elif kept is not None and told["event"] == "end":
                kept.end(told)
                ended = True
            elif kept is not None:
                kept.step(told)
            log.commit()
        if kept is not None and not ended:
            kept.end(KILLED)
            log.commit()


if __name__ == "__main__":
    try:
        main()
    except Exception as wrong:  # whatever it is, the run goes on without its history
        sys.exit(f"The history of this run in the Dagster UI is not complete: {wrong}")
