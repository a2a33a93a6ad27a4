"""Parsing slices of real files as a refresh would, without a warehouse."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl

from lifegap import CHECKOUT
from lifegap.catalog.catalog import Catalog
from lifegap.landing.files import SourceFile, SourceFiles
from lifegap.landing.obtain import Receipt
from lifegap.landing.recognise import read_content, recognise

BUNDLE = CHECKOUT / "data" / "bundle"
CATALOG = Catalog(CHECKOUT / "data")


def source_file(source_id: str, path: Path, vintage: str, name: str | None = None) -> SourceFile:
    """A slice as a landed file of a source."""
    card = CATALOG.cards[source_id]
    named = name or path.name.removesuffix(".gz")
    layout = recognise(read_content(path, named), card.layout, named)
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
