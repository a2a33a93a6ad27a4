"""The resource `run`: what one run of the pipeline holds open, opened once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from pydantic import PrivateAttr

from lifegap.catalog.cards import Correction, SourceCard
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import Table
from lifegap.checks.run import Checker
from lifegap.landing.files import SourceFiles, source_files
from lifegap.landing.receipts import read_receipts
from lifegap.settings import Settings, read_settings
from lifegap.store.lock import only_refresh
from lifegap.store.warehouse import Warehouse, open_warehouse


class PipelineRun(dg.ConfigurableResource):  # pyright: ignore[reportMissingTypeArgument]
    """Settings, declarations and the warehouse of one run. Empty fields take the environment's.

    obtained: the files have been obtained for this run, and their receipts are kept beside them.
    """

    home: str | None = None
    sources: str | None = None
    obtained: bool = False
    publish: bool = True
    _settings: Settings = PrivateAttr()
    _catalog: Catalog = PrivateAttr()
    _warehouse: Warehouse = PrivateAttr()
    _checker: Checker = PrivateAttr()

    @contextmanager
    def yield_for_execution(self, _context: dg.InitResourceContext) -> Iterator["PipelineRun"]:
        self._settings = read_settings(
            home=None if self.home is None else Path(self.home), sources=self.sources
        )
        self._catalog = Catalog(self._settings.data)
        with (
            only_refresh(self._settings.lock),
            open_warehouse(
                self._settings.warehouse,
                memory_limit=self._settings.memory_limit,
                threads=self._settings.threads,
            ) as warehouse,
        ):
            self._warehouse = warehouse
            self._checker = Checker(warehouse.connection)
            yield self

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def catalog(self) -> Catalog:
        return self._catalog

    @property
    def warehouse(self) -> Warehouse:
        return self._warehouse

    @property
    def checker(self) -> Checker:
        return self._checker

    def files(self, card: SourceCard) -> SourceFiles:
        """The landed files of a card."""
        return source_files(card, read_receipts(card, self._settings), self._settings.landing)

    def corrections(self, table: Table) -> None:
        """Apply the corrections that cards declare for a table."""
        for card in self._catalog.cards.values():
            for correction in card.correction:
                if correction.table == table.full_name:
                    expected = self._rows_to_correct(card, correction)
                    self._warehouse.correct(card, correction, expected=expected)

    def _rows_to_correct(self, card: SourceCard, correction: Correction) -> int | None:
        """Rows that a correction should hit in the files of its edition that are here; None: not known."""
        here = self._warehouse.origins_of_edition(card.id, correction.vintage)
        edition = [each for each in card.files if each.vintage == correction.vintage]
        if not here:
            return 0
        if set(here.values()) == {"bundle"}:
            return correction.bundle_rows
        complete = all(each.file in here for each in edition if each.mirror is not None)
        counted = all(each.sha256 is not None for each in edition if each.file in here)
        return correction.rows if complete and counted and "bundle" not in here.values() else None
