"""The rules of a coalition file beyond its keys: places, what they are compared with, targets, indicators.

They look at what the reader of TOML gives, so that a file with a wrong key is checked all the same. Each
yields (path of keys, what is found, what to do).
"""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from itertools import combinations
from typing import Any

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.known_places import KnownPlaces

Place = tuple[str | int, ...]
Found = Iterator[tuple[Place, str, str]]

GAP = "life_expectancy_gap"
FOLLOWED = "trend"
"""The use that a target makes of its metric: it is followed over time."""


def semantic_mistakes(
    declared: dict[str, Any], stem: str, catalog: Catalog, places: KnownPlaces, today: date
) -> Found:
    """Every rule in turn. stem: the name of the file without its ending."""
    if isinstance(declared.get("id"), str) and declared["id"] != stem:
        yield (
            ("id",),
            f'id is "{declared["id"]}", and the file is called {stem}.toml',
            "rename one of the two",
        )
    yield from _ids(declared, places)
    yield from _listed_twice(declared)
    yield from _members(declared, places)
    yield from _referred_to(declared)
    yield from _targets(declared, catalog, today)
    yield from _indicators(declared, catalog)


def tables(declared: Any, key: str) -> list[tuple[int, dict[str, Any]]]:
    """The tables of an array of tables, with their positions; whatever else stands there is left out."""
    found = declared.get(key, []) if isinstance(declared, dict) else []
    found = found if isinstance(found, list) else []
    return [(at, each) for at, each in enumerate(found) if isinstance(each, dict)]


def texts(table: dict[str, Any], key: str) -> list[tuple[int, str]]:
    """The texts of a list, with their positions."""
    found = table.get(key, [])
    found = found if isinstance(found, list) else []
    return [(at, each) for at, each in enumerate(found) if isinstance(each, str)]


def _own(declared: dict[str, Any]) -> set[str]:
    """Places that the file itself makes: its footprint, and outlines that it names."""
    footprint = f"footprint:{declared.get('id')}"
    members = [str(each.get("id")) for _, each in tables(declared, "place") if each.get("stands_for")]
    outlines = [
        f"neighborhood:{declared.get('id')}-{each.get('id')}" for _, each in tables(declared, "outline")
    ]
    return {footprint, *(f"{footprint}-{each.split(':')[0]}" for each in members), *outlines}


def _all_ids(declared: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Every place that the file names, and where."""
    for at, each in tables(declared, "place"):
        if isinstance(each.get("id"), str):
            yield ("place", at, "id"), each["id"]
        for position, reference in texts(each, "references"):
            yield ("place", at, "references", position), reference
        if isinstance(each.get("stands_for"), str):
            yield ("place", at, "stands_for"), each["stands_for"]
    for at, each in tables(declared, "reference"):
        if isinstance(each.get("id"), str):
            yield ("reference", at, "id"), each["id"]
    headline = declared.get("headline")
    for key in ("place", "reference"):
        if isinstance(headline, dict) and isinstance(headline.get(key), str):
            yield ("headline", key), headline[key]


def _ids(declared: dict[str, Any], places: KnownPlaces) -> Found:
    """Places that are unknown, of another vintage, or under a code of before."""
    own = _own(declared)
    for where, place_id in _all_ids(declared):
        if place_id in own:
            continue
        if place_id.startswith("footprint:"):
            yield where, f"{place_id} is not a footprint of this coalition", f"write {sorted(own)[0]}"
        elif fault := places.fault(place_id):
            yield where, *fault


def _listed_twice(declared: dict[str, Any]) -> Found:
    """Ids that stand twice where each stands once."""
    named = {
        ("place", "id"),
        ("reference", "id"),
        ("target", "id"),
        ("priority_area", "id"),
        ("outline", "id"),
    }
    for key, field in sorted(named):
        yield from _twice([((key, at, field), each.get(field)) for at, each in tables(declared, key)])
    for at, each in tables(declared, "place"):
        yield from _twice([(("place", at, "references", to), id_) for to, id_ in texts(each, "references")])
    for at, area in tables(declared, "priority_area"):
        yield from _twice(_indicators_of(area, ("priority_area", at)))


def _twice(named: list[tuple[Place, Any]]) -> Found:
    seen: set[Any] = set()
    for where, id_ in named:
        if isinstance(id_, str) and id_ in seen:
            yield where, f"{id_} stands here for the second time", "remove one of the two"
        if isinstance(id_, str):
            seen.add(id_)


def _members(declared: dict[str, Any], places: KnownPlaces) -> Found:
    """References among the members, and members that share ground."""
    members = {
        each["id"]: at
        for at, each in tables(declared, "place")
        if isinstance(each.get("id"), str) and each.get("role", "member") == "member"
    }
    for id_, at in members.items():
        for position, reference in texts(dict(tables(declared, "place"))[at], "references"):
            where = ("place", at, "references", position)
            if reference == id_:
                yield where, f"{id_} is compared with itself", "name another place"
            elif reference in members:
                yield (
                    where,
                    f"{reference} is a reference and at the same time one of the coalition's own places",
                    f'name a reference outside of them, or give {reference} role = "context"',
                )
            elif reference == f"footprint:{declared.get('id')}":
                yield (
                    where,
                    "the coalition's own places together are the reference",
                    "name a place outside of them",
                )
    for one, other in combinations(members, 2):
        if places.overlap(one, other):
            yield (
                ("place", members[other], "id"),
                f"{other} shares ground with {one}: its people would count twice",
                'keep one of the two as a member, the other with role = "context"',
            )


def _referred_to(declared: dict[str, Any]) -> Found:
    """What names another part of the file finds it."""
    named = {each.get("id") for _, each in tables(declared, "place")}
    references = {id_ for _, each in tables(declared, "place") for _, id_ in texts(each, "references")}
    for at, each in tables(declared, "place"):
        stands_for = each.get("stands_for")
        if isinstance(stands_for, str) and stands_for not in named:
            yield (
                ("place", at, "stands_for"),
                f"{stands_for} is no place of this file",
                "list it as a [[place]]",
            )
    headline = declared.get("headline")
    if isinstance(headline, dict):
        for key, known in (("place", named | _own(declared)), ("reference", references)):
            id_ = headline.get(key)
            if isinstance(id_, str) and id_ not in known:
                what = "place" if key == "place" else "reference of any place"
                yield ("headline", key), f"{id_} is no {what} of this file", f"list it, or name another {key}"
    targets = {each.get("id") for _, each in tables(declared, "target")}
    for at, each in tables(declared, "target"):
        later = each.get("superseded_by")
        if isinstance(later, str) and later not in targets:
            yield ("target", at, "superseded_by"), f"{later} is no target of this file", _near(later, targets)


def _targets(declared: dict[str, Any], catalog: Catalog, today: date) -> Found:
    """Targets whose year is over, and metrics that their sources say may not be followed over time."""
    for at, each in tables(declared, "target"):
        year, adopted = each.get("year"), each.get("adopted")
        where = ("target", at, "year")
        if isinstance(year, int) and isinstance(adopted, date) and year < adopted.year:
            yield (
                where,
                f"the target is for {year} and was adopted in {adopted.year}",
                "correct one of the two",
            )
        elif isinstance(year, int) and year < today.year and not each.get("superseded_by"):
            yield (
                where,
                f"the target is for {year}, which is over",
                "name the year to come, or in superseded_by the target that followed it",
            )
        if isinstance(each.get("metric"), str):
            yield from _metric(("target", at, "metric"), each["metric"], catalog)


def _metric(where: Place, metric: str, catalog: Catalog) -> Found:
    if metric == GAP:
        return
    found = catalog.indicators.get(metric)
    if found is None:
        yield where, f"no metric {metric}", _near(metric, {GAP, *catalog.indicators})
        return
    sources = {each.source for each in found.indicator.measured_by} & {*catalog.cards}
    fits = {name: catalog.cards[name].fitness[FOLLOWED] for name in sorted(sources)}
    if fits and not any(each.allowed for each in fits.values()):
        told = " ".join(f"{name}: {each.why}" for name, each in fits.items())
        yield (
            where,
            f"{metric} cannot be followed over time, its sources say. {told}",
            "name a metric that can, or measure it yourselves: indicators.csv of the coalition",
        )


def _indicators_of(area: dict[str, Any], where: Place) -> list[tuple[Place, Any]]:
    """Every indicator that a priority area names."""
    own = [((*where, "indicators", at), id_) for at, id_ in texts(area, "indicators")]
    for key in ("data_needed", "coalition_supplied"):
        own += [((*where, key, at, "id"), each.get("id")) for at, each in tables(area, key)]
    return own


def _indicators(declared: dict[str, Any], catalog: Catalog) -> Found:
    """Indicators that nobody has declared."""
    named = [
        each
        for at, area in tables(declared, "priority_area")
        for each in _indicators_of(area, ("priority_area", at))
    ]
    cautions = declared.get("cautions")
    if isinstance(cautions, dict):
        named += [(("cautions", id_), id_) for id_ in cautions]
    for where, id_ in named:
        if isinstance(id_, str) and id_ not in catalog.indicators:
            yield where, f"no indicator {id_}", _near(id_, catalog.indicators)


def _near(name: str, known: Any) -> str:
    """The names that look like it."""
    near = get_close_matches(name, [each for each in known if isinstance(each, str)], 3, 0.6)
    return (
        f"did you mean {' or '.join(near)}?"
        if near
        else "see docs/reference/indicators.md for those there are"
    )
