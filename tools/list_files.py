"""Fill the list beside a card: rows and sha256 of each of its files in a mirror.

    LIFEGAP_MIRROR=<folder> .venv/bin/python -m tools.list_files <source_id>

`data/sources/<source_id>.csv` needs the columns file, vintage and mirror; the others are filled. Rows are
those that the parsers read, but for empty lines. Look at every change: a count that moves is a file that
changed.
"""

import hashlib
import os
import sys
from pathlib import Path

import polars as pl

from assets.table import registered
from lifegap import APPLICATION
from lifegap.catalog.cards import SourceCard, read_cards
from lifegap.landing.files import SourceFile, SourceFiles
from lifegap.landing.receipts import Receipt
from lifegap.landing.recognize import read_content, recognize

COLUMNS = [
    "file", "vintage", "mirror", "rows", "bundle_rows", "sha256", "official", "official_seen", "part_of",
]  # fmt: skip


def main(source_id: str, mirror: Path) -> None:
    """Rewrite the list of one source."""
    path = APPLICATION / "data" / "sources" / f"{source_id}.csv"
    listed = pl.read_csv(path, infer_schema=False)
    missing = {name: pl.lit("0") if name == "rows" else pl.lit(None, pl.String) for name in COLUMNS}
    listed = listed.with_columns(
        missing[name].alias(name) for name in COLUMNS if name not in listed.columns
    ).with_columns(pl.col("sha256").fill_null(""), pl.col("rows").fill_null("0"))
    listed.select(COLUMNS).write_csv(path)
    card = read_cards(APPLICATION / "data")[source_id]
    found = {
        each.file: _read(card, each.file, each.vintage, mirror / each.mirror)
        for each in card.files
        if each.mirror
    }
    for column, place in (("rows", 0), ("sha256", 1)):
        told = {file: str(values[place]) for file, values in found.items()}
        listed = listed.with_columns(
            pl.col("file").replace_strict(told, default=pl.col(column), return_dtype=pl.String).alias(column)
        )
    listed.select(COLUMNS).write_csv(path)


def _read(card: SourceCard, name: str, vintage: str, path: Path) -> tuple[int, str]:
    """Rows that the parsers read out of a file, and the sha256 of its bytes."""
    content = read_content(path, name)
    layout = recognize(content, card.layout, name)
    receipt = Receipt(
        source_id=card.id, file=name, vintage=vintage, layout=layout.id, origin="mirror", obtained_from="",
        obtained_at="", bytes=len(content), sha256="", sha256_listed=None, rows_expected=0, landed="",
        origin_size=0, origin_modified=0,
    )  # fmt: skip
    file = SourceFile(receipt=receipt, layout=layout, vintage=card.vintages[vintage], path=path)
    counts = set()
    for made in registered().values():
        if made.source == card.id:
            file.rows_read, used = 0, SourceFiles(card, [file])
            rows = made.make(used)
            for _ in () if isinstance(rows, pl.DataFrame) else rows:
                pass
            if used.used:
                counts.add(file.rows_read - file.set_aside["empty_line"])
                file.set_aside.clear()
    if len(counts) != 1:
        sys.exit(f"{card.id}/{name}: the tables that read it count {sorted(counts)} rows")
    return counts.pop(), hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1], Path(os.environ["LIFEGAP_MIRROR"]))
