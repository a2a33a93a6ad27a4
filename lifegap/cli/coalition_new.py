"""`lifegap coalition new`: a commented, valid coalition file from the data at hand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lifegap.catalog.coalitions import Outline
from lifegap.catalog.known_places import DIGITS, WITHOUT_TRACT_FIGURES, KnownPlaces
from lifegap.cli.at_hand import AtHand
from lifegap.cli.options import WHOLE_FILES
from lifegap.errors import LifegapError, error

if TYPE_CHECKING:
    from lifegap.cli.outline_at_hand import OutlineAtHand
    from lifegap.settings import Settings

NATION = "nation:us"
ID = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class Wanted:
    """A place of the new coalition: what it is compared with, why, and what must be said of it."""

    id: str
    name: str
    references: tuple[str, ...] = ()
    role: str = "member"
    why: dict[str, str] = field(default_factory=dict)
    said: str | None = None


def file_of(coalition_id: str, settings: "Settings") -> Path:
    """Where the file goes. Raises OPTION for an id that is none or is taken, SETTING where no folder is."""
    if not ID.fullmatch(coalition_id):
        raise _option(
            f'"{coalition_id}"', "an id of small letters, digits and hyphens", "choose another id: south-side"
        )
    for folder in (settings.data / "coalitions", settings.coalitions):
        if folder is not None and (taken := folder / f"{coalition_id}.toml").exists():
            raise _option(
                f"{taken} is there already",
                "an id that no coalition has; nothing is overwritten",
                "choose another id, or edit that file",
            )
    if settings.coalitions is not None:
        return settings.coalitions / f"{coalition_id}.toml"
    if settings.has_data_of_the_package:
        raise error(
            "SETTING",
            doing="making a coalition file",
            found="LIFEGAP_COALITIONS is not set, and the installed package is replaced by its next version",
            expected="a folder of your own for coalition files",
            todo="export LIFEGAP_COALITIONS=/path/to/a/folder, and say it again",
        )
    return settings.data / "coalitions" / f"{coalition_id}.toml"


def place_of(kind: str, asked: str, places: KnownPlaces) -> str:
    """The id of the place that a user names with --county, --zcta, --tract or --neighborhood.

    Raises UNKNOWN-NAME with what can be shown instead.
    """
    asked = asked.strip()
    code = asked.partition(":")[2] or asked
    if kind == "county":
        return _county(code, places)
    if kind in ("tract", "zcta"):
        return _of_a_census(kind, code, asked, places)
    place_id = asked if asked in places.names else f"{kind}:{code}"
    if place_id in places.names:
        return place_id
    named = [id_ for id_, name in places.names.items() if id_.startswith(f"{kind}:") and name == asked]
    if len(named) == 1:
        return named[0]
    has = sorted({id_.rpartition("-")[0] for id_ in places.names if id_.startswith(f"{kind}:")})
    raise _unknown(
        f"no neighborhood {asked}",
        f"one of the areas whose shapes are at hand ({', '.join(f'{each}-…' for each in has) or 'none yet'})",
        "take its county (--county), or its tracts (--tract), or give its outline: --outline FILE.geojson",
    )


def _county(code: str, places: KnownPlaces) -> str:
    if code.isdigit() and len(code) <= 5:
        code = code.zfill(5)
        for place_id in (f"county2022:{code}", f"county:{code}"):
            now = [each for each in places.changed.get(place_id, ()) if each.kind == "renamed"]
            if place_id in places.names or now:
                return now[0].place_id if now else place_id
    named = [
        id_
        for id_, name in places.names.items()
        if id_.startswith("county") and name.casefold() == code.casefold()
    ]
    if len(named) == 1:
        return named[0]
    raise _unknown(
        f"no county {code}", "the five digits of a county, or its name and state", "write --county 26163"
    )


def _of_a_census(kind: str, code: str, asked: str, places: KnownPlaces) -> str:
    """A tract or ZCTA: of the census that has figures of lives, else of the later one."""
    for place_id in (asked, f"{kind}2010:{code}", f"{kind}2020:{code}"):
        if place_id in places.names:
            return place_id
    digits = DIGITS[f"{kind}2010"]
    if not (code.isdigit() and len(code) == digits):
        raise _unknown(f"no {kind} {asked}", f"{digits} digits", f"write --{kind} and {digits} digits")
    county = f"county:{code[:5]}" if kind == "tract" else None
    if kind == "tract" and code[:2] in WITHOUT_TRACT_FIGURES:
        why = f"the national estimates of tracts leave out {WITHOUT_TRACT_FIGURES[code[:2]]}"
    else:
        why = f"it is not in {places.said_of}{places.more}"
    known = county is not None and county in places.names
    what = (
        f"{places.names[str(county)]} can be shown: --county {code[:5]}"
        if known
        else "take its county: --county"
    )
    raise _unknown(f"no {kind} {code}: {why}", f"a {kind} with figures", what)


def drawn_place(coalition_id: str, outline: Outline, made_of: "OutlineAtHand") -> Wanted:
    """An outline, compared with the county around."""
    county = f"county:{outline.county}"
    note = f"{outline.title}: {made_of.tracts} tracts, {made_of.with_life_table} of them with a life table"
    return Wanted(
        f"neighborhood:{coalition_id}-{outline.id}", note, (county,), why={county: "The county around."}
    )


def wanted_places(ids: list[str], data: AtHand) -> Iterator[Wanted]:
    """Each place with what it is compared with; of a region without figures also the counties before it."""
    for place_id in dict.fromkeys(ids):
        kind = place_id.partition(":")[0]
        name = data.places.names.get(place_id, place_id)
        references, why = _references(place_id, kind, ids, data)
        yield Wanted(place_id, name, references, why=why, said=_without_life(place_id, kind, name, data))
        if kind == "county2022" and not data.series.get(place_id):
            before = [
                old for old, new in data.places.changed.items() if any(c.place_id == place_id for c in new)
            ]
            for old in before:
                references, why = _references(old, "county", ids, data)
                note = f"{data.places.names.get(old, old)}, to 2021: some of its towns are in {name}."
                yield Wanted(old, note, references, role="context", why=why)


def _references(
    place_id: str, kind: str, ids: list[str], data: AtHand
) -> tuple[tuple[str, ...], dict[str, str]]:
    """State, nation and a neighbor of a county; the county, state and nation of what lies in one."""
    above = data.places.parents.get(place_id, ())
    county = next((each for each in above if each.startswith("county:")), None)
    if kind.startswith(("tract", "block_group")):
        county = f"county:{place_id.partition(':')[2][:5]}"
    state = (county or place_id).partition(":")[2][:2]
    why: dict[str, str] = {}
    if kind.startswith("county"):
        why[f"state:{state}"] = "The state."
        why[NATION] = "The nation."
        near = data.neighbor(place_id)
        if near is not None:
            why[near[0]] = (
                f"The county of the state whose center is nearest ({near[1]:.0f} km); one that you know "
                "to be better off says more."
            )
    elif county is not None:
        why[county] = "The county around."
        wider = {f"state:{state}": "The state.", NATION: "The nation."}
        own = data.series.get(place_id, frozenset())
        why |= {each: words for each, words in wider.items() if own & data.series.get(each, frozenset())}
    return tuple(each for each in why if each not in ids), why


def _without_life(place_id: str, kind: str, name: str, data: AtHand) -> str | None:
    """Why a place has no life expectancy, and what can be shown; None where it has one."""
    if data.series.get(place_id):
        return None
    if kind == "county2022":
        return (
            f"No source has a life expectancy of {name}: County Health Rankings give it for the counties "
            "of before, which are listed as context."
        )
    if kind.startswith("zcta"):
        return (
            f"No source has a life expectancy of ZIP code areas of the Census ({name}); indicators can be "
            "shown, and the life expectancy of the county."
        )
    state = place_id.partition(":")[2][:2]
    if kind.startswith("tract") and state in WITHOUT_TRACT_FIGURES:
        return (
            f"The national estimates of tracts leave out {WITHOUT_TRACT_FIGURES[state]}: {name} has no life "
            "expectancy. Its indicators can be shown, and the life expectancy of its county."
        )
    also = f" {WHOLE_FILES} may have one." if data.sources == "bundle" else ""
    return f"There is no life expectancy of {name} in {data.said_of}; its indicators can be shown.{also}"


def _option(found: str, expected: str, todo: str) -> LifegapError:
    return error("OPTION", doing="making a coalition file", found=found, expected=expected, todo=todo)


def _unknown(found: str, expected: str, todo: str) -> LifegapError:
    return error("UNKNOWN-NAME", doing="making a coalition file", found=found, expected=expected, todo=todo)
