"""What each step of a run does, and the facts it tells of itself: the same for every executor."""

import platform
import time
from dataclasses import dataclass
from typing import Any

from assets.table import WHOLE, TableMaker
from expectations import rules_of
from lifegap import __version__
from lifegap.catalog.tables import Table, published_tables
from lifegap.catalog.watched import watched
from lifegap.checks.outcome import Outcome
from lifegap.checks.run import check_table
from lifegap.landing.coalition_copies import keep_coalitions
from lifegap.landing.coalition_files import refuse_faulty_files
from lifegap.landing.files import SourceFiles
from lifegap.landing.obtain import obtain
from lifegap.releases.acknowledged import refuse_flips
from lifegap.releases.fingerprint import code_version, fingerprint
from lifegap.releases.publish import publish, refuse_failed
from lifegap.releases.retention import prune
from lifegap.settings import Settings
from lifegap.store.ledger import MadeBefore
from lifegap.store.warehouse import Warehouse
from pipelines.graph import selected
from pipelines.recipe import recipe_of_check, recipe_of_table
from pipelines.run import Run

PREVIEW_ROWS = 5


@dataclass(frozen=True)
class MadeTable:
    """A table that was made: how long it took, its first rows in Markdown, sha256 of its files by name.

    version: of its rows. kept: it had been made of the same before, and was left as it is.
    """

    rows: int
    seconds: float
    preview: str
    hashes: dict[str, str]
    version: str
    kept: bool


@dataclass(frozen=True)
class CheckedTable:
    """What the rules of a table found; rules: those that failed first, each with what it observed."""

    failed: int
    untested: int
    critical: bool
    rules: list[dict[str, str]]


def land(run: Run) -> dict[str, Any]:
    """Begin the ledger with the files of the run, obtained now unless the run was given them."""
    run.catalog.validate()
    refuse_faulty_files(run.catalog)
    if not run.receipts:
        run.receipts.update({card.id: obtain(card, run.settings) for card in run.catalog.cards.values()})
    receipts = [receipt for each in run.receipts.values() for receipt in each]
    tables = [*selected({receipt.source_id for receipt in receipts})]
    run.warehouse.ledger.start(receipts, run.catalog.indicator_cells(), tables)
    run.warehouse.keep_only(tables)
    return {
        "files": len(receipts),
        "bytes": sum(receipt.bytes for receipt in receipts),
        "origin": run.settings.sources,
    }


def make(run: Run, maker: TableMaker) -> MadeTable:
    """Write the rows of a table, account for those of its files, correct what its card corrects.

    A table that is here already, made of the same, is kept.
    """
    started = time.perf_counter()
    declared, warehouse = maker.table, run.warehouse
    files = run.files(maker.source) if maker.source else None
    if stale := _stale(run, maker):
        _make_anew(run, maker, files, stale)
    return MadeTable(
        rows=warehouse.count(declared.full_name),
        seconds=time.perf_counter() - started,
        preview=_preview(warehouse, declared),
        hashes={file.name: file.receipt.sha256 for file in files.used} if files else {},
        version=warehouse.ledger.versions()[declared.full_name],
        kept=not stale,
    )


def _stale(run: Run, maker: TableMaker) -> set[str]:
    """Sources whose rows are not here, or were made of something else."""
    made = {} if run.anew else run.warehouse.ledger.made(maker.table.full_name)
    if made.keys() - maker.made_of.keys():
        # A source that is none of the table's any more has left rows in it.
        made = {}
    return {
        source
        for source in maker.made_of
        if source not in made
        or made[source].recipe != recipe_of_table(run, maker, source, made[source].declarations)
    }


def _make_anew(run: Run, maker: TableMaker, files: SourceFiles | None, stale: set[str]) -> None:
    """Write the rows of the sources, account for and correct them, and remember what they are made of."""
    declared, warehouse, ledger = maker.table, run.warehouse, run.warehouse.ledger
    catalog = watched(run.catalog)
    sources = None if stale == maker.made_of.keys() else stale
    ledger.forget(declared.full_name, sources)
    rows = maker.rows(warehouse, catalog, files, sources, run.before, run.acknowledged)
    warehouse.write(declared, rows, ahead=files is not None, sources=sources)
    if files is not None:
        ledger.account_rows(declared, files.used)
    run.correct(declared, sources)
    if maker.by_source is None:
        versions = {WHOLE: warehouse.version(declared.full_name)}
    else:
        versions = warehouse.versions_by_source(declared.full_name, stale)
    made = {
        source: MadeBefore(recipe_of_table(run, maker, source, catalog.read), version, (*catalog.read,))
        for source, version in versions.items()
    }
    ledger.remember(declared.full_name, made)


def check(run: Run, maker: TableMaker) -> CheckedTable:
    """Put its rules to a table; the outcomes are in the ledger. Where nothing differs, they stand."""
    declared, ledger = maker.table, run.warehouse.ledger
    rules = rules_of(declared)
    recipe = recipe_of_check(run, maker, rules)
    if not run.anew and ledger.checked_by(declared.full_name) == recipe:
        outcomes = [Outcome(*row) for row in ledger.outcomes(declared.full_name)]
    else:
        outcomes = check_table(run.warehouse, run.checker, declared, rules)
        ledger.remember_check(declared.full_name, recipe)
    failed = [outcome for outcome in outcomes if outcome.failed]
    return CheckedTable(
        failed=len(failed),
        untested=sum(outcome.success is None for outcome in outcomes),
        critical=any(outcome.severity == "critical" for outcome in failed),
        rules=[
            {
                "rule": each.expectation_id,
                "severity": each.severity,
                "observed": each.observed,
                "reason": each.reason,
            }
            for each in (*failed, *(other for other in outcomes if not other.failed))
        ],
    )


def release(run: Run) -> dict[str, Any]:
    """Publish, unless the run is a dry one.

    Raises CHECK-FAILED while a critical check has failed, CHANGE-BLOCKED while a finding turned round that
    nobody has accepted.
    """
    refuse_failed(run.warehouse)
    refuse_flips(run.warehouse, run.acknowledged)
    if not run.publish:
        return {"release": "none: a dry run"}
    made = publish(
        run.warehouse,
        run.settings,
        {
            "lifegap": __version__,
            "python": platform.python_version(),
            "sources": run.settings.sources,
            "dagster_run": run.id,
            "inputs": fingerprint(run.catalog, run.settings),
            "code": code_version(),
            "declarations": dict(sorted(run.declarations.items())),
            "acknowledged": sorted(run.acknowledged.ids),
        },
    )
    keep_coalitions(run.catalog, run.settings)
    return {
        "release": made.release_id,
        "folder": str(made.folder),
        "content hash": made.manifest["content_hash"],
        "tables": len(published_tables()),
        **_pruned(run.settings),
    }


def _pruned(settings: Settings) -> dict[str, str]:
    """Old releases that went, where a setting says how many are kept."""
    gone = [] if settings.keep_releases is None else prune(settings.home, settings.keep_releases)
    return {"pruned": ", ".join(gone)} if gone else {}


def _preview(warehouse: Warehouse, declared: Table) -> str:
    """The first rows as a Markdown table, shapes left out."""
    names = [column.name for column in declared.columns if column.type != "BLOB"]
    columns = ", ".join(f'"{name}"' for name in names)
    rows = warehouse.connection.execute(
        f"SELECT {columns} FROM {declared.full_name} LIMIT {PREVIEW_ROWS}"
    ).fetchall()
    lines = [names, ["---"] * len(names), *(["" if v is None else str(v) for v in r] for r in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
