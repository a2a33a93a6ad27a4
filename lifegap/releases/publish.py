"""Publishing: a release is written beside the others, then becomes the latest in one step.

The same tables are written as a DuckDB file, as Parquet and as CSV, sorted by key, in a temporary
folder; the folder is flushed to disk, renamed, and the link `latest` is swapped. A reader sees the
release before or the new one, never a part.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from lifegap.catalog.tables import Table, published_tables
from lifegap.disk import writing
from lifegap.errors import error
from lifegap.home import DATABASE, MANIFEST, RELEASES
from lifegap.releases.check_history import write_check_history
from lifegap.releases.csv_files import CSV, keep_csv
from lifegap.releases.csv_form import csv_select
from lifegap.releases.documents import write_documents
from lifegap.releases.retention import PRUNED
from lifegap.releases.seal import content_hash, hash_files, make_read_only
from lifegap.releases.views import create_views
from lifegap.settings import Settings
from lifegap.store.warehouse import Warehouse

STORAGE_VERSION = "v1.0.0"
"""Of the DuckDB file: the oldest version that reads it. A later one saves little and shuts readers out."""


@dataclass(frozen=True)
class Published:
    """What `publish` made."""

    release_id: str
    folder: Path
    manifest: dict[str, Any]


def publish(warehouse: Warehouse, settings: Settings, facts: dict[str, Any]) -> Published:
    """Write a release from the published layer and make it the latest.

    facts go into release.json (versions, options, fingerprint of the inputs). Raises CHECK-FAILED
    while the latest check of any table failed critically, MACHINE when the disk refuses; in both
    cases the last release stands as it was.
    """
    refuse_failed(warehouse)
    with writing(settings.releases):
        settings.releases.mkdir(parents=True, exist_ok=True)
        # What runs left that were killed; one run at a time holds the lock of a home.
        for left in (*settings.releases.glob(".draft-*"), *settings.releases.glob(f"{PRUNED}*")):
            shutil.rmtree(left, ignore_errors=True)
        draft = settings.releases / f".draft-{os.getpid()}"
        draft.mkdir()
        try:
            return _publish_from(draft, warehouse, settings, facts)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def refuse_failed(warehouse: Warehouse) -> None:
    """Raise CHECK-FAILED when a table's latest check failed critically."""
    failed = warehouse.connection.execute(
        "SELECT table_name, expectation_id, observed, reason, what_to_do FROM landing.check_result "
        "WHERE severity = 'critical' AND NOT success ORDER BY ALL"
    ).fetchall()
    if failed:
        raise error(
            "CHECK-FAILED",
            doing="checking the tables of the release",
            found=[f"{table}, {rule}: {observed}" for table, rule, observed, _, _ in failed],
            expected="; ".join(dict.fromkeys(reason for *_, reason, _ in failed)),
            todo="; ".join(dict.fromkeys(todo for *_, todo in failed)),
        )


def _publish_from(draft: Path, warehouse: Warehouse, settings: Settings, facts: dict[str, Any]) -> Published:
    now = datetime.now(UTC)
    previous = latest_id(settings)
    write_check_history(warehouse, None if previous is None else settings.releases / previous)
    tables = published_tables()
    with _database(draft, warehouse.connection):
        hashes = _write_tables(draft, warehouse, tables)
        content = content_hash(hashes)
        release_id = f"{now:%Y%m%dT%H%M%SZ}-{content[:8]}"
        identity = {
            "release_id": release_id,
            "published_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "content_hash": content,
        }
        create_views(warehouse.connection, identity)
    manifest = {
        **identity,
        "previous": previous,
        **facts,
        "checks": _checks(warehouse.connection),
        "tables": {
            table.name: {
                "rows": warehouse.count(_rows_of(table)),
                "sha256": hashes[table.name],
                "key": list(table.key),
            }
            for table in tables
        },
        "files": _files(warehouse.connection),
    }
    _write_manifest(draft, manifest)
    write_documents(draft)
    manifest["hashes"] = hash_files(draft)
    _write_manifest(draft, manifest)
    make_read_only(draft)
    for path in sorted(draft.rglob("*")):
        _flush(path)
    folder = settings.releases / release_id
    if folder.exists():
        shutil.rmtree(folder)
    draft.rename(folder)
    _flush(settings.releases)
    make_latest(settings, release_id)
    return Published(release_id, folder, manifest)


def _write_manifest(draft: Path, manifest: dict[str, Any]) -> None:
    (draft / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def make_latest(settings: Settings, release_id: str) -> None:
    """Point `latest` at a release, in one step."""
    link = settings.home / f".latest-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(RELEASES) / release_id)
    link.replace(settings.latest)
    _flush(settings.home)


def latest_id(settings: Settings) -> str | None:
    """Id of the latest release; None before the first."""
    return settings.latest.readlink().name if settings.latest.is_symlink() else None


def _checks(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """How the checks ended: how many held, and what the others found."""
    rows = connection.execute(
        "SELECT table_name, expectation_id, severity, observed FROM landing.check_result "
        "WHERE NOT success ORDER BY ALL"
    ).fetchall()
    (held,) = connection.execute("SELECT count(*) FROM landing.check_result WHERE success").fetchall()[0]
    names = ("table", "expectation", "severity", "observed")
    return {
        "passed": held,
        "warned": len(rows),
        "warnings": [dict(zip(names, row, strict=True)) for row in rows],
    }


def _files(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The files that went in, as obtained."""
    names = ("source_id", "file", "vintage", "origin", "obtained_from", "obtained_at", "bytes", "sha256")
    rows = connection.execute(f"SELECT {', '.join(names)} FROM landing.source_file ORDER BY ALL").fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]


def _rows_of(table: Table) -> str:
    """Where the rows of a published table stand: check results are kept by the ledger."""
    return "landing.check_result" if table.name == "check_result" else table.full_name


def _select(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    order = ", ".join(f'"{name}"' for name in table.key)
    return f"SELECT {columns} FROM {_rows_of(table)} ORDER BY {order}"


@contextmanager
def _database(draft: Path, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """The DuckDB file of the release, attached as `release` while it is written."""
    connection.execute(f"ATTACH {_text(draft / DATABASE)} AS release (STORAGE_VERSION '{STORAGE_VERSION}')")
    try:
        yield
        connection.execute("CHECKPOINT release")
    finally:
        connection.execute("DETACH release")


def _write_tables(draft: Path, warehouse: Warehouse, tables: list[Table]) -> dict[str, str]:
    """The tables of the DuckDB file, and Parquet and CSV out of it; the hash of each CSV.

    Tables are sorted on their way into the file, and copied from it in the order they lie in, two at a time;
    CSVs when all are there, for they say the names of what their ids mean.
    """
    (draft / "parquet").mkdir()
    (draft / CSV).mkdir()
    warehouse.connection.execute("CREATE SCHEMA release.published")
    warehouse.for_each(tables, partial(_add_table, draft))
    hashes = warehouse.for_each(tables, partial(_add_csv, draft))
    return {table.name: sha256 for table, sha256 in zip(tables, hashes, strict=True)}


def _add_table(draft: Path, warehouse: Warehouse, table: Table) -> None:
    """One table into the DuckDB file, and as Parquet."""
    connection = warehouse.connection
    connection.execute(table.create_sql("release.published", constrained=True))
    connection.execute(f'INSERT INTO release.published."{table.name}" {_select(table)}')
    parquet = draft / "parquet" / f"{table.name}.parquet"
    whole = f'COPY release.published."{table.name}" TO {_text(parquet)}'
    connection.execute(f"{whole} (FORMAT parquet, COMPRESSION zstd)")


def _add_csv(draft: Path, warehouse: Warehouse, table: Table) -> str:
    """One table as CSV, compressed if it is large; the hash of its text."""
    plain = draft / CSV / f"{table.name}.csv"
    select = csv_select(table, "release.published")
    warehouse.connection.execute(f"COPY ({select}) TO {_text(plain)} (HEADER)")
    return keep_csv(plain)


def _flush(path: Path) -> None:
    """Make sure that what was written is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
