"""One run of the pipeline: its settings, declarations, files, warehouse and checker, opened once."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import duckdb

from lifegap.catalog.cards import Correction, SourceCard
from lifegap.catalog.catalog import Catalog, catalog_of
from lifegap.catalog.coalition_files import card_of
from lifegap.catalog.tables import Table
from lifegap.catalog.watched import parts_of
from lifegap.checks.run import Checker
from lifegap.landing.files import SourceFiles, source_files
from lifegap.landing.receipts import Receipt, read_receipts
from lifegap.releases.acknowledged import NOTHING_ACKNOWLEDGED, Acknowledged
from lifegap.releases.before import NOTHING_BEFORE, Before, release_before
from lifegap.settings import Settings
from lifegap.store.lock import only_refresh
from lifegap.store.warehouse import Warehouse, open_warehouse


@dataclass(frozen=True)
class Run:
    """What one run holds open.

    receipts: of the files obtained for it, by card; a card that is not among them has those that were
    obtained last. publish: whether the last step makes a release. anew: whether tables are made even where
    nothing that they are made of has changed. before: the release that was the latest when the run began.
    acknowledged: changes that turn a finding round and are accepted.
    """

    id: str
    settings: Settings
    catalog: Catalog
    warehouse: Warehouse
    checker: Checker
    receipts: dict[str, list[Receipt]] = field(default_factory=dict)
    publish: bool = True
    anew: bool = False
    before: Before = NOTHING_BEFORE
    acknowledged: Acknowledged = NOTHING_ACKNOWLEDGED

    @cached_property
    def declarations(self) -> dict[str, str]:
        """Part of `data/` → hash of its files."""
        return {
            part: hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
            for part, paths in parts_of(self.catalog).items()
        }

    def apart(self, checker: Callable[[duckdb.DuckDBPyConnection], Checker]) -> Self:
        """The same run with a connection of its own, for another thread."""
        warehouse = self.warehouse.apart()
        return replace(self, warehouse=warehouse, checker=checker(warehouse.connection))

    def receipts_of(self, card: SourceCard) -> list[Receipt]:
        if card.id not in self.receipts:
            self.receipts[card.id] = read_receipts(card, self.settings)
        return self.receipts[card.id]

    def files(self, source: str) -> SourceFiles:
        """The landed files of a source, or of all coalitions that have files of their own."""
        cards = self.catalog.cards_of(source) or [card_of(source, {})]
        found = [source_files(card, self.receipts_of(card), self.settings.landing) for card in cards]
        files = [file for each in found for file in each.files]
        return SourceFiles(cards[0], files, {card.id: card for card in cards})

    def correct(self, table: Table, sources: Collection[str] | None = None) -> None:
        """Apply the corrections that cards declare for a table, of all sources or of these."""
        for card in self.catalog.cards.values():
            for correction in card.correction:
                if correction.table == table.full_name and (sources is None or card.id in sources):
                    expected = self._rows_to_correct(card, correction)
                    self.warehouse.ledger.correct(card, correction, expected=expected)

    def _rows_to_correct(self, card: SourceCard, correction: Correction) -> int | None:
        """Rows that a correction should hit in the files of its edition that are here; None: not known."""
        here = self.warehouse.ledger.origins_of_edition(card.id, correction.vintage)
        edition = [each for each in card.files if each.vintage == correction.vintage]
        if not here:
            return 0
        if set(here.values()) == {"bundle"}:
            return correction.bundle_rows
        complete = all(each.file in here for each in edition if each.mirror is not None)
        counted = all(each.sha256 is not None for each in edition if each.file in here)
        return correction.rows if complete and counted and "bundle" not in here.values() else None


@contextmanager
def open_run(
    run_id: str,
    settings: Settings,
    checker: Callable[[duckdb.DuckDBPyConnection], Checker],
    *,
    receipts: dict[str, list[Receipt]] | None = None,
    publish: bool = True,
    anew: bool = False,
    acknowledged: Acknowledged = NOTHING_ACKNOWLEDGED,
) -> Iterator[Run]:
    """A run with its warehouse open. Raises BUSY while another run of the same home goes on."""
    with (
        only_refresh(settings.lock),
        open_warehouse(
            settings.warehouse, memory_limit=settings.memory_limit, threads=settings.threads
        ) as warehouse,
    ):
        yield Run(
            run_id,
            settings,
            catalog_of(settings),
            warehouse,
            checker(warehouse.connection),
            receipts or {},
            publish,
            anew,
            release_before(settings.latest),
            acknowledged,
        )
