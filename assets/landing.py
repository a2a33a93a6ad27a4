"""The files themselves: obtained before anything is read, each with its receipt in the ledger."""

import dagster as dg

from assets.table import LANDING, OWNERS
from lifegap.landing.obtain import obtain
from lifegap.progress import report


@dg.asset(
    key=LANDING,
    group_name="landing",
    owners=OWNERS,
    kinds={"file"},
    description="Every file of every source, as obtained; the ledger of the run begins here.",
    required_resource_keys={"run"},
)
def files(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    run = context.resources.run
    run.catalog.validate()
    receipts = [receipt for card in run.catalog.cards.values() for receipt in obtain(card, run.settings)]
    run.warehouse.start_ledger(receipts, run.catalog.indicator_cells())
    report("landing.files", files=len(receipts))
    return dg.MaterializeResult(
        metadata={
            "files": len(receipts),
            "bytes": sum(receipt.bytes for receipt in receipts),
            "origin": run.settings.sources,
        }
    )
