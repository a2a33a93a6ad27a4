"""The I/O manager: rows an asset made go into its warehouse table, and come back for the next."""

import time
from typing import Any

import dagster as dg
import polars as pl

from assets.table import Made
from lifegap.catalog.tables import Table, declared_tables
from lifegap.landing.files import SourceFiles
from lifegap.progress import report
from lifegap.store.warehouse import Relation, Warehouse
from pipelines.run import PipelineRun

PREVIEW_ROWS = 5


class TablesIO(dg.IOManager):
    """Compares rows with the declared columns, writes them, accounts for them, corrects them."""

    def __init__(self, run: PipelineRun) -> None:
        self.run = run

    def handle_output(self, context: dg.OutputContext, obj: Made) -> None:
        declared = _declared(context.asset_key)
        warehouse = self.run.warehouse
        rows = warehouse.write(declared, obj.rows, ahead=obj.files is not None)
        if obj.files is not None:
            warehouse.account_rows(declared, obj.files.used)
        self.run.corrections(declared)
        seconds = time.perf_counter() - obj.started
        report(declared.full_name, rows=rows, seconds=round(seconds, 2))
        context.add_output_metadata(
            {
                "dagster/row_count": rows,
                "seconds": round(seconds, 3),
                "preview": dg.MetadataValue.md(_preview(warehouse, declared)),
                **_hashes(obj.files),
            }
        )

    def load_input(self, context: dg.InputContext) -> pl.DataFrame | Relation:
        name = _declared(context.asset_key).full_name
        if (context.definition_metadata or {}).get("as_relation"):
            return self.run.warehouse.relation(name)
        return self.run.warehouse.frame(name)


@dg.io_manager(required_resource_keys={"run"})
def tables_io(context: dg.InitResourceContext) -> TablesIO:
    return TablesIO(context.resources.run)


def _declared(key: dg.AssetKey) -> Table:
    return declared_tables()[".".join(key.path)]


def _hashes(files: SourceFiles | None) -> dict[str, Any]:
    if files is None:
        return {}
    lines = [f"- {file.name}: `{file.receipt.sha256}`" for file in files.used]
    return {"source hashes": dg.MetadataValue.md("\n".join(lines))}


def _preview(warehouse: Warehouse, declared: Table) -> str:
    """The first rows as a Markdown table, shapes left out."""
    names = [column.name for column in declared.columns if column.type != "BLOB"]
    columns = ", ".join(f'"{name}"' for name in names)
    rows = warehouse.connection.execute(
        f"SELECT {columns} FROM {declared.full_name} LIMIT {PREVIEW_ROWS}"
    ).fetchall()
    lines = [names, ["---"] * len(names), *(["" if v is None else str(v) for v in r] for r in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
