"""Running the refresh job from the command line, in this process and in the UI's history."""

import os

import dagster as dg

from assets.landing import idle_tables
from lifegap.catalog.catalog import Catalog
from lifegap.errors import LifegapError
from lifegap.landing.receipts import read_receipts
from lifegap.settings import Settings
from lifegap.store.publish import refuse_failed
from lifegap.store.warehouse import open_warehouse
from pipelines.definitions import ASSETS, defs
from pipelines.instance import prepare_instance


def steps(settings: Settings) -> int:
    """How many assets a refresh makes of the files that have landed."""
    return len(_selection(settings))


def _selection(settings: Settings) -> list[dg.AssetKey]:
    """All assets but the tables of sources that have no file in this run."""
    cards = Catalog(settings.data).cards.values()
    landed = {card.id for card in cards if read_receipts(card, settings)}
    idle = {dg.AssetKey(name.split(".")) for name in idle_tables(landed)}
    return [asset.key for asset in ASSETS if asset.key not in idle]


def run_refresh(settings: Settings, *, dry_run: bool) -> None:
    """Run the job `refresh` on the files that have been obtained.

    Raises the error that stopped it, CHECK-FAILED for a failed check.
    """
    prepare_instance(settings)
    os.environ["DAGSTER_HOME"] = str(settings.dagster_home)
    config = {
        "home": str(settings.home),
        "sources": settings.sources,
        "obtained": True,
        "publish": not dry_run,
    }
    with dg.DagsterInstance.get() as instance:
        try:
            defs.resolve_job_def("refresh").execute_in_process(
                instance=instance,
                asset_selection=_selection(settings),
                run_config={
                    "resources": {"run": {"config": config}},
                    "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
                },
                tags={"lifegap/sources": settings.sources},
            )
        except dg.DagsterExecutionInterruptedError:
            raise KeyboardInterrupt from None
        except dg.DagsterError as wrong:
            if refusal := _refusal(wrong):
                raise refusal from None
            _refuse_failed_checks(settings)
            raise


def _refuse_failed_checks(settings: Settings) -> None:
    """Raise CHECK-FAILED with what the ledger says of it, if a check failed critically."""
    with open_warehouse(
        settings.warehouse, memory_limit=settings.memory_limit, threads=settings.threads
    ) as warehouse:
        refuse_failed(warehouse)


def _refusal(wrong: BaseException) -> LifegapError | None:
    """The refusal that Dagster has wrapped, if there is one."""
    seen: BaseException | None = wrong
    while seen is not None:
        if isinstance(seen, LifegapError):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None
