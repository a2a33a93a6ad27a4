"""Which places there are, as the latest release knows them; before the first one, as the bundle does."""

import csv
import gzip
from pathlib import Path
from typing import TYPE_CHECKING

from lifegap.catalog.known_places import Changed, KnownPlaces
from lifegap.cli.options import WHOLE_FILES
from lifegap.errors import LifegapError
from lifegap.releases.read import Release, open_release
from lifegap.releases.state_names import ABBREVIATIONS

if TYPE_CHECKING:
    from lifegap.settings import Settings

LIST_OF_COUNTIES = Path("bundle", "census_geography", "national_county.txt.gz")
COUNTIES = frozenset({"nation", "state", "county", "county2022"})
"""Types of places that every release has all of."""

OF_CITIES = ("neighborhood", "zip", "district", "city")

NEVER_WHOLE = {"city", "footprint"}
"""Types of which no release has all: the cities of a survey are those whose tables were obtained."""

MOST_OF = 0.5
"""Share of a tract's people from which it counts as a part of an area: of two areas only one has more."""


def known_places(settings: "Settings", *, before_a_run: bool) -> KnownPlaces:
    """The places of the latest release, else the counties, states and nation that the bundle lists.

    before_a_run: the run may bring places that the release does not have, so that only counties, states and
    the nation are known whole.
    """
    try:
        with open_release(settings.home) as release:
            return _of_release(release, before_a_run=before_a_run)
    except LifegapError:
        return _of_bundle(settings.data)


def _of_release(release: Release, *, before_a_run: bool) -> KnownPlaces:
    rows = release.ask("SELECT place_id, name, place_type, parent_place_id, county_fips FROM place").rows
    parts: dict[str, set[str]] = {}
    for area, unit in release.ask(
        "SELECT to_place_id, from_place_id FROM crosswalk WHERE weight > ?", [MOST_OF]
    ).rows:
        parts.setdefault(area, set()).add(unit)
    changed: dict[str, list[Changed]] = {}
    for old, new, kind, note in release.ask(
        "SELECT old_place_id, place_id, kind, note FROM place_renamed ORDER BY ALL"
    ).rows:
        changed.setdefault(old, []).append(Changed(new, kind, note))
    return KnownPlaces(
        names={row[0]: row[1] for row in rows},
        whole=COUNTIES if before_a_run else frozenset(row[2] for row in rows) - NEVER_WHOLE,
        changed={old: tuple(new) for old, new in changed.items()},
        parents={row[0]: _above(*row[3:]) for row in rows if row[2] in OF_CITIES},
        parts={area: frozenset(units) for area, units in parts.items()},
        said_of=f"the latest release (of the {release.manifest['sources']})",
        more=f", or have all of them: {WHOLE_FILES}" if release.manifest["sources"] == "bundle" else "",
    )


def _above(parent: str | None, county: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (parent, f"county:{county}" if county else None)))


def _of_bundle(data: Path) -> KnownPlaces:
    """The counties that the bundle's list names, and what became of them."""
    from assets.county_changes import CHANGES, KNOWN_NAMES, county_id

    listed: dict[str, str] = {}
    if (data / LIST_OF_COUNTIES).is_file():
        with gzip.open(data / LIST_OF_COUNTIES, "rt", encoding="latin-1") as lines:
            for row in csv.reader(lines):
                if len(row) > 3 and row[1].isdigit():
                    listed[row[1] + row[2]] = f"{row[3]}, {ABBREVIATIONS.get(row[0], row[0])}"
    names = {county_id(code): name for code, name in (listed | KNOWN_NAMES).items()}
    changed: dict[str, list[Changed]] = {}
    for each in CHANGES:
        changed.setdefault(each.old_place_id, []).append(Changed(each.place_id, each.kind, each.note))
    return KnownPlaces(
        names={"nation:us": "United States"} | names,
        whole=frozenset({"nation", "county", "county2022"}) if listed else frozenset(),
        changed={old: tuple(new) for old, new in changed.items()},
        said_of="the bundle's list of counties",
        more=", or have tracts and areas of cities: lifegap refresh",
    )
