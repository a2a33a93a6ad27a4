"""Parsing slices of real files as a refresh would, without a warehouse."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from assets.table import TableMaker, registered
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import declared_tables
from lifegap.landing.files import SourceFile, SourceFiles
from lifegap.landing.receipts import Receipt
from lifegap.landing.recognize import read_content, recognize
from lifegap.store.warehouse import Relation, Warehouse, new_warehouse
from tests.conftest import CHECKOUT, FIXTURES

BUNDLE = CHECKOUT / "data" / "bundle"
REPORTED = CHECKOUT / "data" / "reported"
CATALOG = Catalog(CHECKOUT / "data")


def source_file(source_id: str, path: Path, vintage: str, name: str | None = None) -> SourceFile:
    """A slice as a landed file of a source."""
    card = CATALOG.cards[source_id]
    named = name or path.name.removesuffix(".gz")
    layout = recognize(read_content(path, named), card.layout, named)
    receipt = Receipt(
        source_id=source_id,
        file=named,
        vintage=vintage,
        layout=layout.id,
        origin="bundle",
        obtained_from="a test",
        obtained_at="2026-01-01T00:00:00Z",
        bytes=0,
        sha256="0" * 64,
        sha256_listed=None,
        rows_expected=0,
        landed=str(path),
        origin_size=0,
        origin_modified=0,
    )
    return SourceFile(receipt=receipt, layout=layout, vintage=card.vintages[vintage], path=path)


def parse(maker: Callable[..., Any], *files: SourceFile) -> pl.DataFrame:
    """What a table's function makes of the files."""
    card = CATALOG.cards[files[0].receipt.source_id]
    made = maker(SourceFiles(card, list(files)))
    return made if isinstance(made, pl.DataFrame) else _joined(made)


def _joined(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(list(frames))


def slices_of(source_id: str) -> list[SourceFile]:
    """Slices of the real files of a source: those of tests/fixtures/<source_id>, else the bundle's.

    A slice has the name and the folder that the card's list gives the whole file, with or without `.gz`.
    Layouts of which there is no real file are written by hand in `from_documentation/<vintage>/`.
    """
    found = []
    for listed in CATALOG.cards[source_id].files:
        for folder in (FIXTURES / source_id, BUNDLE / source_id, REPORTED):
            paths = [folder / listed.file, folder / f"{listed.file}.gz"]
            if path := next((each for each in paths if each.is_file()), None):
                found.append(source_file(source_id, path, listed.vintage, listed.file))
                break
    written = sorted((FIXTURES / source_id / "from_documentation").glob("*/*"))
    return found + [source_file(source_id, path, path.parent.name) for path in written]


def tables_of(source_id: str) -> list[TableMaker]:
    """The tables that are made of the files of a source and of nothing else."""
    return [each for each in registered().values() if each.source == source_id]


def load(source_id: str, files: list[SourceFile]) -> Warehouse:
    """The tables of a source made of slices, in a warehouse in memory."""
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS lifegap; USE lifegap")
    warehouse = new_warehouse(connection)
    for made in tables_of(source_id):
        warehouse.write(made.table, made.make(SourceFiles(CATALOG.cards[source_id], files)))
    return warehouse


def nothing(full_name: str) -> Relation:
    """A declared table without rows."""
    connection = duckdb.connect()
    connection.execute(declared_tables()[full_name].create_sql("main", constrained=False))
    return connection.table(full_name.partition(".")[2])


def relation(frame: pl.DataFrame) -> Relation:
    """A frame as the warehouse would give it."""
    return duckdb.connect().from_arrow(frame.to_arrow())
