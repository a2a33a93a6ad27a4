"""The files themselves: obtained before anything is read, each with its receipt in the ledger."""

import dagster as dg

from assets.table import LANDING, OWNERS, REGISTRY
from expectations import domain_rules
from lifegap.landing.obtain import obtain
from lifegap.landing.receipts import read_receipts
from lifegap.progress import report


def idle_tables(landed: set[str]) -> list[str]:
    """Tables of sources without a file in this run, of which nothing else is made: left out of it."""
    read = {name for each in REGISTRY.values() for name in each.reads}
    needed = {
        name
        for each in REGISTRY.values()
        if each.source in landed or each.source is None
        for rule in domain_rules(each.table.full_name)
        for name in rule.needs
    }
    return [
        name
        for name, each in REGISTRY.items()
        if each.source is not None and each.source not in landed and name not in read | needed
    ]


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
    # What the command has obtained, and compared with the last release, is what is loaded.
    take = read_receipts if run.obtained else obtain
    receipts = [receipt for card in run.catalog.cards.values() for receipt in take(card, run.settings)]
    run.warehouse.start_ledger(receipts, run.catalog.indicator_cells())
    for name in idle_tables({receipt.source_id for receipt in receipts}):
        run.warehouse.drop(name)
    report("landing.files", files=len(receipts))
    return dg.MaterializeResult(
        metadata={
            "files": len(receipts),
            "bytes": sum(receipt.bytes for receipt in receipts),
            "origin": run.settings.sources,
        }
    )
