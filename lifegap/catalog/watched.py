"""A catalog that notes which declarations are read: what is made with it depends on those alone."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lifegap.catalog.bundle import Bundle
from lifegap.catalog.cards import SourceCard
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalitions import Coalition
from lifegap.catalog.indicators import DeclaredIndicator


@dataclass(frozen=True)
class WatchedCatalog(Catalog):
    """The same declarations as `whole`; `read` are the parts of `data/` that were asked for."""

    whole: Catalog = field(kw_only=True)
    read: set[str] = field(default_factory=set, compare=False)

    @cached_property
    def cards(self) -> dict[str, SourceCard]:
        return self._noted("sources").cards

    @cached_property
    def indicators(self) -> dict[str, DeclaredIndicator]:
        return self._noted("indicators").indicators

    @cached_property
    def coalitions(self) -> dict[str, Coalition]:
        return self._noted("coalitions").coalitions

    @cached_property
    def reasons(self) -> dict[str, str]:
        return self._noted("reasons").reasons

    @cached_property
    def bundle(self) -> Bundle:
        return self._noted("bundle").bundle

    def _noted(self, part: str) -> Catalog:
        self.read.add(part)
        return self.whole


def watched(catalog: Catalog) -> WatchedCatalog:
    """A catalog of the same folder of which nothing has been read yet."""
    return WatchedCatalog(catalog.data, catalog.own, catalog.staged, whole=catalog)


def parts_of(catalog: Catalog) -> dict[str, list[Path]]:
    """Part → its files: the declarations of `data/` and the outlines that coalitions draw.

    The bundle's rows and the other data of coalitions are obtained, and known by their receipts.
    """
    parts: dict[str, list[Path]] = {}
    for path in sorted(catalog.data.rglob("*")):
        part, *_ = inside = path.relative_to(catalog.data).parts
        if path.suffix in (".toml", ".csv") and part not in ("bundle", "coalitions"):
            parts.setdefault(part.removesuffix(path.suffix) if len(inside) == 1 else part, []).append(path)
    parts["coalitions"] = [
        each
        for path in catalog.coalition_files()
        for each in (path, *sorted(path.with_suffix("").glob("*json")))
    ]
    return parts
