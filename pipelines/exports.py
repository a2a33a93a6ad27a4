"""An export of CDC WONDER that a user has, read by the source's own parser."""

from pathlib import Path
from typing import Any

import polars as pl

from assets.sources.cdc_wonder import wonder_death
from lifegap.catalog.cards import read_cards
from lifegap.errors import LifegapError, error
from lifegap.landing.files import SourceFile, SourceFiles
from lifegap.landing.receipts import Receipt
from lifegap.landing.recognise import read_content, recognise

WONDER = "cdc_wonder"


def read_wonder(path: Path, data: Path) -> pl.DataFrame | None:
    """The rows of the export in the columns of `sources.wonder_death`; None if the file is no export.

    Raises OWN-FILE where the parser refuses it.
    """
    card = read_cards(data)[WONDER]
    try:
        content = read_content(path, str(path))
        layout = recognise(content, card.layout, str(path))
    except (LifegapError, OSError):
        return None
    vintage = card.vintage[-1]
    receipt = Receipt(
        source_id=card.id, file=path.name, vintage=vintage.id, layout=layout.id, origin="hand",
        obtained_from="", obtained_at="", bytes=len(content), sha256="", sha256_listed=None,
        rows_expected=None, landed="", origin_size=0, origin_modified=0,
    )  # fmt: skip
    file = SourceFile(receipt=receipt, layout=layout, vintage=vintage, path=path)
    try:
        # A table's function is typed by what it returns alone: its parameters are given by name of type.
        made: Any = wonder_death(SourceFiles(card, [file]))  # pyright: ignore[reportCallIssue]
        parts: list[pl.DataFrame] = list(made)
    except LifegapError as wrong:
        raise error(
            "OWN-FILE",
            doing=f"reading {path}",
            found=wrong.found,
            expected=wrong.expected,
            todo="export it again from CDC WONDER",
        ) from None
    return pl.concat(parts)
