"""An export of CDC WONDER that a user has, read by the source's own parser."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.sources.cdc_wonder import NOTES, TOTAL, described, query_of
from assets.sources.wonder_query import Query
from lifegap.catalog.cards import read_cards
from lifegap.errors import LifegapError, error
from lifegap.landing.files import SourceFile
from lifegap.landing.receipts import Receipt
from lifegap.landing.recognize import read_content, recognize

WONDER = "cdc_wonder"


@dataclass(frozen=True)
class Export:
    """An export: its rows and its totals, each in the columns of `sources.wonder_death`, and its query."""

    rows: pl.DataFrame
    totals: pl.DataFrame
    query: Query


def read_wonder(path: Path, data: Path) -> Export | None:
    """The export in a file; None if the file is no export.

    Raises OWN-FILE where the parser refuses it, or a cell that should be a number is none.
    """
    card = read_cards(data)[WONDER]
    try:
        content = read_content(path, str(path))
        layout = recognize(content, card.layout, str(path))
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
        rows = file.without_empty_lines(file.rows())
        query = query_of(file, rows.columns)
        is_total = (pl.col(NOTES) == TOTAL).fill_null(False)
        parts = [described(file, rows.filter(where), query) for where in (~is_total, is_total)]
        if wrong := parts[0]["unparsed"].drop_nulls().to_list():
            raise file.unreadable(f"cells that are no numbers: {'; '.join(wrong[:5])}")
    except LifegapError as refused:
        raise error(
            "OWN-FILE",
            doing=f"reading {path}",
            found=refused.found,
            expected=refused.expected,
            todo="export it again from CDC WONDER, with its notes",
        ) from None
    return Export(rows=parts[0], totals=parts[1], query=query)
