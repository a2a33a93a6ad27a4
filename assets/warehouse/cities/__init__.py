"""Cities whose own areas are places here: one module per city, which registers what is known of it.

    SPRINGFIELD = city(City("springfield", "city:1772000", "Springfield, Illinois", "17167", projection=3436))
    WARDS = Partition("springfield_ward", "Wards of Springfield", "district", assigned=True, areas=10)

    @SPRINGFIELD.units("sources.springfield_tract")
    def listed(tract: Relation) -> pl.Series: ...           # place ids of the tracts that its files name

    @SPRINGFIELD.places("sources.springfield_ward")
    def wards(ward: Relation) -> pl.DataFrame: ...          # place_id, name

    @SPRINGFIELD.shares(WARDS, "sources.springfield_tract")
    def tracts(tract: Relation) -> pl.DataFrame: ...        # from_place_id, to_place_id, weight, basis, ...

    @SPRINGFIELD.boundaries("sources.springfield_ward")
    def shapes(ward: Relation) -> pl.DataFrame: ...         # place_id, source_id, vintage, geometry, ...

    @SPRINGFIELD.assets("sources.springfield_clinic")
    def clinics(clinic: Relation) -> pl.DataFrame: ...      # the columns LISTED

Functions take the tables they name, in their order. `place`, `crosswalk`, `place_boundary` and `partition`
walk over the registered cities, and so does `asset`; they import this package whole, so that a city that
changes makes them anew.
Nothing outside this folder, the parsers and the observers names one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import polars as pl

from assets.warehouse.shapes import SQUARE_METERS_PER_SQUARE_FOOT
from assets.warehouse.why_unused import Why
from lifegap.store.warehouse import Relation

Read = Callable[..., Any]

LISTED = (
    "asset_type", "key", "number", "name", "address", "stated_place", "status", "not_counted", "latitude",
    "longitude", "source_id", "vintage", "source_file", "source_row",
)  # fmt: skip
"""Columns of a list of assets.

key: what tells an asset from others of its type and edition; number: what the list itself calls it, the same
where it stands twice, or NULL; stated_place: id of the place that its address or area code names;
not_counted: closed, status_unknown or twice, where the list itself says so."""


@dataclass(frozen=True)
class Partition:
    """The areas of a city that units are shared out among.

    assigned: a unit goes to one area, by a list; else it is cut by the areas' shapes. areas: how many there
    are, where the city says so. Of a list that is not the city's own the basis is unofficial, and the caveat
    of its card is said with every figure.
    """

    id: str
    title: str
    area_type: str
    assigned: bool
    areas: int | None = None


@dataclass(frozen=True)
class Reading:
    """Tables, and the function that reads something of the city out of them."""

    tables: tuple[str, ...]
    read: Read
    partition: Partition | None = None

    def rows(self, tables: Mapping[str, Relation]) -> Any:
        """What the function reads, given the tables by `parameter`."""
        return self.read(*(tables[parameter(name)] for name in self.tables))


@dataclass(frozen=True)
class City:
    """A city: the place that it is (its county, where it is one), where it lies, how its maps are measured.

    projection: EPSG code of the plane that areas are measured in; square_meters: of its unit, squared.
    unused: why rows of its tables reach no figure.
    """

    id: str
    place_id: str
    name: str
    county_fips: str
    projection: int
    square_meters: float = SQUARE_METERS_PER_SQUARE_FOOT
    unused: tuple[Why, ...] = ()
    listed: list[Reading] = field(default_factory=list)
    areas: list[Reading] = field(default_factory=list)
    crosswalks: list[Reading] = field(default_factory=list)
    maps: list[Reading] = field(default_factory=list)
    lists: list[Reading] = field(default_factory=list)

    def area(self, area_type: str, code: pl.Expr) -> pl.Expr:
        """Place id of an area whose code is the city's own."""
        return pl.format(f"{area_type}:{self.id}-{{}}", code)

    def units(self, *tables: str) -> Callable[[Read], Read]:
        """Declare a reader of the place ids of units that the city's files name."""
        return _registering(self.listed, tables, None)

    def places(self, *tables: str) -> Callable[[Read], Read]:
        """Declare a reader of areas: place_id, name."""
        return _registering(self.areas, tables, None)

    def shares(self, partition: Partition, *tables: str) -> Callable[[Read], Read]:
        """Declare a reader of shares: from_place_id, to_place_id, weight, basis, source_id, vintage."""
        return _registering(self.crosswalks, tables, partition)

    def boundaries(self, *tables: str) -> Callable[[Read], Read]:
        """Declare a reader of shapes: place_id, source_id, vintage, geometry, if printed printed_area_km2."""
        return _registering(self.maps, tables, None)

    def assets(self, *tables: str) -> Callable[[Read], Read]:
        """Declare a reader of what the city's lists of assets hold, in the columns `LISTED`."""
        return _registering(self.lists, tables, None)

    @property
    def partitions(self) -> list[Partition]:
        """The partitions that there are shares of, each once."""
        return list(dict.fromkeys(each.partition for each in self.crosswalks if each.partition is not None))


CITIES: list[City] = []


def city(found: City) -> City:
    """Register a city."""
    CITIES.append(found)
    return found


def registered() -> list[City]:
    """All cities, in the order of their modules' names."""
    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    return CITIES


def parameter(table: str) -> str:
    """The name under which a table that cities read is given to a maker."""
    return table.replace(".", "_")


def tables_read(readings: Iterable[Reading]) -> dict[str, Any]:
    """Parameter → full name of the table, for `@table`."""
    return {parameter(name): name for each in readings for name in each.tables}


def _registering(
    readings: list[Reading], tables: tuple[str, ...], partition: Partition | None
) -> Callable[[Read], Read]:
    def register(read: Read) -> Read:
        readings.append(Reading(tables, read, partition))
        return read

    return register
