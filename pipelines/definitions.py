"""The definitions that `lifegap dev` loads, and that the history of `lifegap refresh` is written with."""

import dagster as dg

from assets.table import registered
from lifegap.catalog.catalog import catalog_of
from lifegap.settings import read_settings
from pipelines.dagster_assets import PipelineRun, asset_of, check_of, files, release

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Obtain, load, compute, check, publish.",
    executor_def=dg.in_process_executor,
)


of_coalitions = [
    dg.define_asset_job(
        f"refresh_{name.replace('-', '_')}",
        selection=dg.AssetSelection.all(),
        description=f"Make {coalition.title} anew, the other coalitions as the last release has them.",
        config={"resources": {"run": {"config": {"coalitions": [name]}}}},
        tags={"lifegap/coalition": name},
        executor_def=dg.in_process_executor,
    )
    for name, coalition in catalog_of(read_settings()).coalitions.items()
]
"""One job a coalition: national tables stand, and serve all of them."""

defs = dg.Definitions(
    assets=[files, *map(asset_of, registered().values()), release],
    asset_checks=[*map(check_of, registered().values())],
    jobs=[refresh, *of_coalitions],
    resources={"run": PipelineRun()},
    executor=dg.in_process_executor,
)
