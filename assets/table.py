"""`@table`: a short function becomes the maker of a declared table.

    @table("warehouse.place", county="sources.county_code")
    def place(county: pl.DataFrame) -> pl.DataFrame: ...

The function says what the table is made of; everything else (description, columns, key, units,
rules) comes from `sql/` and `expectations/`. Keyword arguments name the tables it reads. A parameter
is given by its annotation: a frame or a relation of the table it names, the files of `source`, the
declarations, the warehouse or its connection, the release before this one, what is acknowledged. A `**`
parameter takes the tables that no other names.

Of a long table that says something of many sources, the rows of one source are often made of that
source's rows alone. With `by_source` a maker says so: it is asked for the rows of some `Sources` only, and
what it reads of tables of the same kind are the rows of those.

Nothing here runs a maker or knows what does: `pipelines` makes the registry into a graph.
"""

import inspect
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, Literal, TypeVar

import duckdb

import assets
from lifegap.catalog.catalog import Catalog
from lifegap.catalog.tables import Table, declared_tables
from lifegap.landing.files import SourceFiles
from lifegap.releases.acknowledged import NOTHING_ACKNOWLEDGED, Acknowledged
from lifegap.releases.before import NOTHING_BEFORE, Before
from lifegap.store.warehouse import Relation, Rows, Warehouse, of_sources

Maker = Callable[..., Rows]
M = TypeVar("M", bound=Maker)


WHOLE = ""
"""Stands for the sources of a table that is made in one piece."""


class Sources(frozenset[str]):
    """The sources whose rows are wanted of a table that is made by source."""


@dataclass(frozen=True)
class TableMaker:
    """A declared table with the function that makes it: parameter → full name of the table it reads.

    by_source: for tables that are made by source, source → the tables that its rows are made of.
    """

    table: Table
    make: Maker
    source: str | None
    after: tuple[str, ...]
    reads: dict[str, str]
    by_source: Callable[[], dict[str, set[str]]] | None = None
    over: tuple[str, ...] = ()

    @property
    def made_of(self) -> dict[str, set[str]]:
        """Source → full names of the tables that its rows are made of."""
        return {WHOLE: self.needed} if self.by_source is None else self.by_source()

    @property
    def needed(self) -> set[str]:
        """Full names of the tables that must stand before this one is made."""
        layers = {name for name, each in registered().items() if each.table.layer in self.after}
        return (layers | set(self.reads.values()) | set(self.over)) - {self.table.full_name}

    @property
    def takes(self) -> set[Any]:
        """What the function is given beside tables, by type."""
        named, _ = self._annotations
        return {kind for name, kind in named.items() if name not in self.reads}

    def rows(
        self,
        warehouse: Warehouse,
        catalog: Catalog,
        files: SourceFiles | None,
        sources: Collection[str] | None = None,
        before: Before = NOTHING_BEFORE,
        acknowledged: Acknowledged = NOTHING_ACKNOWLEDGED,
    ) -> Rows:
        """What the function makes, perhaps not yet computed; of all sources, or of these."""
        offered = {
            Sources: Sources(self.made_of if sources is None else sources),
            SourceFiles: files,
            Catalog: catalog,
            Warehouse: warehouse,
            duckdb.DuckDBPyConnection: warehouse.connection,
            Before: before,
            Acknowledged: acknowledged,
        }
        named, others = self._annotations
        given = {name: offered[kind] for name, kind in named.items() if name not in self.reads}
        for parameter, full_name in self.reads.items():
            relation = warehouse.relation(full_name)
            if sources is not None and registered()[full_name].by_source is not None:
                relation = relation.filter(of_sources(sources))
            given[parameter] = relation if named.get(parameter, others) is Relation else relation.pl()
        return self.make(**given)

    @cached_property
    def _annotations(self) -> tuple[dict[str, Any], Any]:
        """Annotation of each named parameter, and of the `**` parameter."""
        parameters = inspect.signature(self.make).parameters.values()
        named = {each.name: each.annotation for each in parameters if each.kind != each.VAR_KEYWORD}
        return named, next((each.annotation for each in parameters if each.kind == each.VAR_KEYWORD), None)


_makers: dict[str, TableMaker] = {}


def table(
    full_name: str,
    /,
    *,
    source: str | None = None,
    after: tuple[str, ...] = (),
    by_source: Callable[[], dict[str, set[str]]] | Literal["as read"] | None = None,
    over: tuple[str, ...] = (),
    **reads: str,
) -> Callable[[M], M]:
    """Declare the function as the maker of `full_name`.

    source: the card whose files it parses. after: layers that must be complete before it, for
    tables made of the ledger. by_source: source → the tables that its rows are made of; "as read" are the
    sources of the tables it reads that are made by source themselves. over: tables that it reads by itself,
    through the connection. reads: parameter → full name of the
    table it is given.
    """

    def as_read() -> dict[str, set[str]]:
        read = {*reads.values()}
        makers = [registered()[each] for each in sorted(read)]
        return {source: read for each in makers if each.by_source is not None for source in each.made_of}

    def decorate(make: M) -> M:
        split = as_read if by_source == "as read" else by_source
        _makers[full_name] = TableMaker(declared_tables()[full_name], make, source, after, reads, split, over)
        return make

    return decorate


@cache
def registered() -> dict[str, TableMaker]:
    """Every table made with `@table`, by full name, in the order of definition."""
    for module in walk_packages(assets.__path__, "assets."):
        import_module(module.name)
    return _makers
