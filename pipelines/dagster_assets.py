"""The registry of tables as Dagster assets, each with its blocking check: what the UI shows and runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import dagster as dg
from pydantic import Field, PrivateAttr

from assets.table import TableMaker, registered
from expectations import tables_looked_into
from lifegap.catalog.catalog import catalog_of
from lifegap.catalog.tables import Column
from lifegap.checks.suite import SuiteChecker
from lifegap.landing.coalition_copies import kept_coalitions, receipts_at_hand, stage_coalitions
from lifegap.releases.acknowledged import Acknowledged
from lifegap.settings import read_settings
from pipelines import metadata, steps
from pipelines.metadata import key_of
from pipelines.run import Run, open_run
from pipelines.step import LANDING, RELEASE

OWNERS = ["team:epidemiology"]


class PipelineRun(dg.ConfigurableResource):  # pyright: ignore[reportMissingTypeArgument]
    """The resource `run`: one run of the pipeline. Empty fields take the environment's.

    coalitions: ids of those that are made anew, the others as the last release had them; empty for all. What
    has not changed is kept then, as from the command line; else a person has asked for every table.
    acknowledge, reason: ids of blocked changes that are accepted, and why.

    Runs from the UI put the rules as suites of Great Expectations.
    """

    home: str | None = None
    sources: str | None = None
    publish: bool = True
    coalitions: list[str] = Field(default_factory=list)
    acknowledge: list[str] = Field(default_factory=list)
    reason: str = ""
    _run: Run = PrivateAttr()

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["PipelineRun"]:
        settings = read_settings(home=None if self.home is None else Path(self.home), sources=self.sources)
        carried = bool(self.coalitions) and kept_coalitions(settings).is_dir()
        if carried:
            settings.stage(stage_coalitions(self.coalitions, settings))
        with open_run(
            context.run_id or "",
            settings,
            SuiteChecker,
            receipts=receipts_at_hand(catalog_of(settings), settings) if carried else None,
            publish=self.publish,
            anew=not carried,
            acknowledged=Acknowledged(frozenset(self.acknowledge), self.reason),
        ) as run:
            self._run = run
            yield self

    @property
    def run(self) -> Run:
        return self._run


def asset_of(maker: TableMaker) -> dg.AssetsDefinition:
    """The asset that makes a table."""
    declared = maker.table

    @dg.asset(
        key=key_of(declared.full_name),
        deps=[*([key_of(LANDING)] if maker.source else []), *map(key_of, sorted(maker.needed))],
        description=f"{declared.comment}\n\n{maker.make.__doc__ or ''}".strip(),
        group_name=declared.layer,
        owners=OWNERS,
        kinds={"duckdb", "polars"},
        metadata={
            "dagster/column_schema": dg.TableSchema([_shown(column) for column in declared.columns]),
            "dagster/table_name": declared.full_name,
            "key": ", ".join(declared.key),
        },
        required_resource_keys={"run"},
    )
    def made(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        facts = steps.make(context.resources.run.run, maker)
        return dg.MaterializeResult(
            metadata=metadata.of_table(asdict(facts)), data_version=dg.DataVersion(facts.version)
        )

    return made


def check_of(maker: TableMaker) -> dg.AssetChecksDefinition:
    """The check that guards a table: what follows waits for it."""

    @dg.asset_check(
        asset=key_of(maker.table.full_name),
        name=metadata.CHECK,
        blocking=True,
        additional_deps=[key_of(name) for name in tables_looked_into(maker.table)],
        description=f"Everything that must hold of {maker.table.full_name}.",
        required_resource_keys={"run"},
    )
    def holds(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        facts = asdict(steps.check(context.resources.run.run, maker))
        return dg.AssetCheckResult(
            passed=not facts["failed"],
            severity=metadata.severity(facts),
            metadata=metadata.of_check(facts),
        )

    return holds


@dg.asset(
    key=key_of(LANDING),
    group_name="landing",
    owners=OWNERS,
    kinds={"file"},
    description="Every file of every source, as obtained; the ledger of the run begins here.",
    required_resource_keys={"run"},
)
def files(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata=steps.land(context.resources.run.run))


@dg.asset(
    key=key_of(RELEASE),
    deps=[key_of(name) for name in registered()],
    group_name="published",
    owners=OWNERS,
    kinds={"duckdb", "parquet"},
    description="DuckDB file, Parquet and CSV of all published tables, swapped in as the latest.",
    required_resource_keys={"run"},
)
def release(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    facts = steps.release(context.resources.run.run)
    return dg.MaterializeResult(metadata=metadata.of_release(facts))


def _shown(column: Column) -> dg.TableColumn:
    return dg.TableColumn(
        column.name,
        column.type,
        description=column.comment,
        constraints=dg.TableColumnConstraints(nullable=column.nullable),
    )
