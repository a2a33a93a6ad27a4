"""The data at hand for a new coalition: of the latest release, before the first one of the bundle."""

import csv
import gzip
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.known_places import KnownPlaces
from lifegap.cli.known_places import known_places
from lifegap.errors import LifegapError
from lifegap.releases.read import Release, open_release

if TYPE_CHECKING:
    from lifegap.settings import Settings

COUNTY_MEASURES = "chr_measures"
GAZETTEER = Path("bundle", "census_geography", "2019_Gaz_counties_national.txt.gz")
OF_LIFE = re.compile(r"v147_r\d{4}\.csv")
OF_A_MEASURE = re.compile(r"(v\d{3})_[rR]\d{4}\.csv")
OF_TRACTS = "tracts"
"""Stands for any tract, where it is asked which indicators an area made of tracts may have."""

EARTH_KM = 6371.0


@dataclass(frozen=True)
class AtHand:
    """What a declaration can be written from.

    series: place → the series of its life expectancies. points: county → latitude and longitude of its
    center. values: place → the indicators that it has a figure of. said_of: where all this is from.
    """

    places: KnownPlaces
    series: dict[str, frozenset[str]]
    points: dict[str, tuple[float, float]]
    values: dict[str, frozenset[str]]
    said_of: str
    sources: str

    def neighbor(self, county: str) -> tuple[str, float] | None:
        """The county of the same state with a life expectancy whose center is nearest, and how far, in km."""
        here = self.points.get(county)
        if here is None:
            return None
        away = [
            (_kilometers(here, there), other)
            for other, there in self.points.items()
            if other != county and _state(other) == _state(county) and self.series.get(other)
        ]
        return None if not away else (min(away)[1], min(away)[0])


def nearest(point: tuple[float, float], centers: dict[str, tuple[float, float]]) -> str | None:
    """The county whose center is nearest to a point (latitude, longitude)."""
    return min(((_kilometers(point, each), county) for county, each in centers.items()), default=(0, None))[1]


def _state(place_id: str) -> str:
    return place_id.partition(":")[2][:2]


def _kilometers(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The way between two points on a ball (haversine)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, each)) for each in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def data_at_hand(settings: "Settings", wanted: Iterable[str]) -> AtHand:
    """What there is to declare a coalition of the places wanted (their ids, as far as they are known)."""
    places = known_places(settings, before_a_run=False)
    try:
        with open_release(settings.home) as release:
            return _of_release(release, places, list(wanted))
    except LifegapError:
        return _of_bundle(settings.data, places)


def _of_release(release: Release, places: KnownPlaces, wanted: list[str]) -> AtHand:
    series = release.ask(
        "SELECT place_id, list(DISTINCT source_id || ' ' || period_start || '-' || period_end) "
        "FROM life_expectancy WHERE estimate IS NOT NULL AND population_group = 'all' GROUP BY ALL"
    ).rows
    points = release.ask(
        "SELECT place_id, latitude, longitude FROM place "
        "WHERE place_type IN ('county', 'county2022') AND latitude IS NOT NULL"
    ).rows
    values = release.ask(
        "SELECT place_id, list(DISTINCT indicator_id) FROM indicator_value "
        "WHERE value IS NOT NULL AND list_contains(?, place_id) GROUP BY ALL",
        [wanted],
    ).rows
    # An area that is drawn now has no figures yet; it can have what areas of cities have of their tracts.
    of_tracts = release.ask(
        "SELECT DISTINCT indicator_id FROM indicator_value WHERE value IS NOT NULL AND units > 1 "
        "AND place_id LIKE 'neighborhood:%'"
    ).rows
    values.append((OF_TRACTS, [row[0] for row in of_tracts]))
    sources = release.manifest["sources"]
    return AtHand(
        places=places,
        series={place: frozenset(each) for place, each in series},
        points={place: (lat, lon) for place, lat, lon in points},
        values={place: frozenset(each) for place, each in values},
        said_of=f"release {release.manifest['release_id']}",
        sources=sources,
    )


def _of_bundle(data: Path, places: KnownPlaces) -> AtHand:
    """The counties of County Health Rankings, as the files of the bundle have them."""
    catalog = Catalog(data)
    card = catalog.cards.get(COUNTY_MEASURES)
    files = {
        listed.file: data / "bundle" / COUNTY_MEASURES / f"{listed.file}.gz"
        for listed in (card.files if card else ())
        if listed.bundle_rows
    }
    series: dict[str, set[str]] = {}
    values: dict[str, set[str]] = {}
    measured = _indicators_by_measure(catalog)
    for name, path in files.items():
        of_measure = OF_A_MEASURE.fullmatch(name)
        if of_measure is None or not path.is_file():
            continue
        for place in _places_with_a_value(path, of_measure.group(1), places):
            if OF_LIFE.fullmatch(name):
                series.setdefault(place, set()).add(name)
            values.setdefault(place, set()).update(measured.get(of_measure.group(1), ()))
    return AtHand(
        places=places,
        series={place: frozenset(each) for place, each in series.items()},
        points=dict(_centers(data / GAZETTEER)),
        values={place: frozenset(each) for place, each in values.items()},
        said_of="the bundle",
        sources="bundle",
    )


def _indicators_by_measure(catalog: Catalog) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for id_, declared in catalog.indicators.items():
        for each in declared.indicator.measured_by:
            if each.source == COUNTY_MEASURES:
                found.setdefault(each.table, set()).add(id_)
    return found


def _places_with_a_value(path: Path, measure: str, places: KnownPlaces) -> Iterator[str]:
    """Places for which a file of one measure has a value."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            value = row.get(f"{measure}_rawvalue") or row.get(f"{measure}_raw_value")
            if value and value != "NA":
                yield _place_of_code(row["statecode"] + row["countycode"], places)


def _place_of_code(code: str, places: KnownPlaces) -> str:
    if code == "00000":
        return "nation:us"
    if code.endswith("000"):
        return f"state:{code[:2]}"
    kind = "county2022" if f"county2022:{code}" in places.names else "county"
    now = [each for each in places.changed.get(f"{kind}:{code}", ()) if each.kind == "renamed"]
    return now[0].place_id if now else f"{kind}:{code}"


def _centers(path: Path) -> Iterator[tuple[str, tuple[float, float]]]:
    """County → its center, of the national gazetteer, whose last two columns are latitude and longitude."""
    if not path.is_file():
        return
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
        for row in csv.reader(lines):
            yield f"county:{row[1]}", (float(row[-2]), float(row[-1]))
