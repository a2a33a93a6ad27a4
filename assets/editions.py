"""Editions of sources: which a figure is of, and which the bundle holds in part."""

from collections.abc import Callable

import polars as pl

from lifegap.catalog.cards import Vintage
from lifegap.catalog.catalog import Catalog
from lifegap.store.warehouse import Warehouse

UNCERTAIN_GROUPS = r"^\w+:(american_indian_alaska_native|two_or_more)"
"""Groups whose deaths and people are classified by different hands."""


def is_of_edition(catalog: Catalog, holds: Callable[[Vintage], bool]) -> pl.Expr:
    """Whether a figure is of an edition for which `holds` is true."""
    those = [
        f"{card.id} {vintage.id}"
        for card in catalog.cards.values()
        for vintage in card.vintage
        if holds(vintage)
    ]
    return pl.format("{} {}", "source_id", "vintage").is_in(those)


def one_layout(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of the first file of a table that holds one dataset in several files."""
    return frame.filter(pl.col("source_file") == pl.col("source_file").min())


def bundled_sources(catalog: Catalog, warehouse: Warehouse) -> list[str]:
    """Sources of which this run has a slice alone."""
    return [source for source in catalog.cards if "bundle" in warehouse.ledger.origins(source)]
