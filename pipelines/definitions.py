"""The definitions that `lifegap dev` and `lifegap refresh` load: one graph for both."""

from importlib import import_module
from pkgutil import walk_packages

import dagster as dg

import assets
from assets.table import REGISTRY
from pipelines.run import PipelineRun
from pipelines.tables_io import tables_io

for module in walk_packages(assets.__path__, "assets."):
    import_module(module.name)

from assets.landing import files  # noqa: E402 - after all tables are registered
from assets.release import release  # noqa: E402 - likewise

ASSETS = [files, *(each.asset for each in REGISTRY.values()), release]
CHECKS = [each.check for each in REGISTRY.values()]

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Obtain, load, compute, check, publish.",
    executor_def=dg.in_process_executor,
)

defs = dg.Definitions(
    assets=ASSETS,
    asset_checks=CHECKS,
    jobs=[refresh],
    resources={"run": PipelineRun(), "tables": tables_io},
    executor=dg.in_process_executor,
)
