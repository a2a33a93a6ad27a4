"""The definitions that `lifegap dev` loads, and that the history of `lifegap refresh` is written with."""

import dagster as dg

from assets.table import registered
from pipelines.dagster_assets import PipelineRun, asset_of, check_of, files, release

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Obtain, load, compute, check, publish.",
    executor_def=dg.in_process_executor,
)

defs = dg.Definitions(
    assets=[files, *map(asset_of, registered().values()), release],
    asset_checks=[*map(check_of, registered().values())],
    jobs=[refresh],
    resources={"run": PipelineRun()},
    executor=dg.in_process_executor,
)
