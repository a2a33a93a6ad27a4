"""The release: made of all published tables once every check that blocks has passed."""

import platform

import dagster as dg

from assets.table import OWNERS
from lifegap import __version__
from lifegap.catalog.tables import declared_tables
from lifegap.progress import report
from lifegap.store.fingerprint import fingerprint
from lifegap.store.publish import publish, published_tables, refuse_failed

LEDGER_ONLY = {"check_result"}
"""Published straight from the ledger when the release is made: it has no asset of its own."""


@dg.asset(
    key=["published", "release"],
    deps=[
        dg.AssetKey([each.layer, each.name])
        for each in declared_tables().values()
        if each.layer not in ("landing",) and each.name not in LEDGER_ONLY
    ],
    group_name="published",
    owners=OWNERS,
    kinds={"duckdb", "parquet"},
    description="DuckDB file, Parquet and CSV of all published tables, swapped in as the latest.",
    required_resource_keys={"run"},
)
def release(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    run = context.resources.run
    if not run.publish:
        refuse_failed(run.warehouse)
        return dg.MaterializeResult(metadata={"release": "none: a dry run"})
    made = publish(
        run.warehouse,
        run.settings,
        {
            "lifegap": __version__,
            "python": platform.python_version(),
            "sources": run.settings.sources,
            "dagster_run": context.run_id,
            "inputs": fingerprint(run.catalog, run.settings),
        },
    )
    report("published.release", release=made.release_id)
    return dg.MaterializeResult(
        metadata={
            "release": made.release_id,
            "folder": dg.MetadataValue.path(str(made.folder)),
            "content hash": made.manifest["content_hash"],
            "tables": len(published_tables()),
        }
    )
