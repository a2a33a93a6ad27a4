"""Two releases compared, from their folders alone."""

from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl

from lifegap.releases.change_words import told_cells
from lifegap.releases.compare import compare
from lifegap.releases.read import read_manifest
from lifegap.releases.side import Side, parquet


def differences(old: Path, new: Path, only: str | None = None) -> pl.DataFrame:
    """What is another cell in `new` than in `old`, a row each, as `change_words.COLUMNS` say.

    old, new: folders of releases. only: a table, to leave out the others.
    """
    before, now = Side(_tables(old)), Side(_tables(new))
    keys = {name: table["key"] for name, table in read_manifest(new)["tables"].items()}
    with closing(duckdb.connect()) as connection:
        compare(connection, before, now, keys, only)
        return told_cells(connection, before, now).pl().sort("table_name", "key", "column_name")


def _tables(folder: Path) -> dict[str, str]:
    return {name: parquet(folder / "parquet" / f"{name}.parquet") for name in read_manifest(folder)["tables"]}
