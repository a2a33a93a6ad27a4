"""What is known of places before a run: which there are, what became of counties, what lies in what."""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

DIGITS = {
    "state": 2, "county": 5, "county2022": 5, "city": 7, "tract2010": 11, "tract2020": 11,
    "block_group2010": 12, "block_group2020": 12, "zcta2010": 5, "zcta2020": 5, "zip": 5,
}  # fmt: skip
"""Type of place → digits of its codes."""

WITHIN = {
    "state": 2, "county": 5, "county2022": 5, "tract2010": 11, "tract2020": 11, "block_group2010": 12,
    "block_group2020": 12,
}  # fmt: skip
"""Types whose code begins with the code of what they lie in."""

SAME_CODES = {"zip", "zcta2010", "zcta2020"}
"""Types that draw one code in nearly the same place."""

WITHOUT_TRACT_FIGURES = {"23": "Maine", "55": "Wisconsin"}
"""States that the national estimates of tracts leave out, by code."""

BY_CENSUS = ("tract", "block_group", "zcta")
REGION = re.compile(r"091[1-9]0$")
"""Codes of Connecticut's planning regions, which took the place of its counties in 2022."""

NEAREST = 3


@dataclass(frozen=True)
class Changed:
    """What became of a county: its new id and a sentence. kind: renamed, merged or split."""

    place_id: str
    kind: str
    note: str


@dataclass(frozen=True)
class KnownPlaces:
    """Places by id with their names, and what holds them together.

    whole: types of which every place is among the names, so that another is none. parents: what a place lies
    in. parts: area → the units most of whose people are its own. said_of: where the list comes from; more:
    how to have a longer one.
    """

    names: dict[str, str] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    changed: dict[str, tuple[Changed, ...]] = field(default_factory=dict)
    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parts: dict[str, frozenset[str]] = field(default_factory=dict)
    said_of: str = "the sources"
    more: str = ""

    def fault(self, place_id: str) -> tuple[str, str] | None:
        """What is wrong with an id and what to write instead; None where nothing is known against it."""
        kind, _, code = place_id.partition(":")
        if not code:
            return f'"{place_id}" is no id of a place', self._ids_like(place_id)
        if kind in BY_CENSUS:
            here = [each for each in (f"{kind}2010:{code}", f"{kind}2020:{code}") if each in self.names]
            either = " or ".join(here or [f"{kind}2010:{code}", f"{kind}2020:{code}"])
            return f"{kind} without the census that drew it", f"write {either}"
        return self._fault_of_code(kind, code) or self._fault_of_county(kind, code) or self._unknown(place_id)

    def _fault_of_code(self, kind: str, code: str) -> tuple[str, str] | None:
        """A code of the wrong length; spreadsheets drop zeros in front and write 2.6E+04."""
        digits = DIGITS.get(kind)
        if digits is None or (code.isdigit() and len(code) == digits):
            return None
        plain = code.removesuffix(".0")
        if plain.isdigit() and len(plain) < digits and (plain != code or len(plain) == digits - 1):
            return (
                f"{kind}:{code} has lost the zero in front, as spreadsheets do",
                f"write {kind}:{plain.zfill(digits)}",
            )
        if plain != code and len(plain) == digits:
            return f"{kind}:{code} is a number of a spreadsheet, not a code", f"write {kind}:{plain}"
        return f"{kind}:{code} has no code of {digits} digits", f"write {kind}: and {digits} digits"

    def _fault_of_county(self, kind: str, code: str) -> tuple[str, str] | None:
        """A county under a code or a type that is not its own."""
        if kind == "county" and REGION.match(code):
            return (
                f"county:{code} is a planning region of Connecticut, which has a type of its own since 2022",
                f"write county2022:{code}",
            )
        if kind == "county2022" and not REGION.match(code):
            return f"county2022:{code} is no planning region of Connecticut", f"write county:{code}"
        for each in self.changed.get(f"{kind}:{code}", ()):
            if each.kind == "renamed" and each.place_id != f"{kind}:{code}":
                return f"county:{code} has another code: {each.note.rstrip('.')}", f"write {each.place_id}"
        return None

    def _unknown(self, place_id: str) -> tuple[str, str] | None:
        kind, _, code = place_id.partition(":")
        if place_id in self.names or kind not in self.whole:
            return None
        if kind.endswith(("2010", "2020")):
            other = f"{kind[:-4]}{'2020' if kind.endswith('2010') else '2010'}:{code}"
            if other in self.names:
                return f"{place_id} is not in {self.said_of}; {other} is", f"write {other}"
        if kind in DIGITS and kind not in ("state", "county", "county2022"):
            return f"{place_id} is not in {self.said_of}", f"correct the code{self.more}"
        return f"{place_id} is not in {self.said_of}", self._ids_like(place_id)

    def _ids_like(self, text: str) -> str:
        """Ids that look like the text, or whose names do."""
        word = text.strip().lower()
        named = [id_ for id_, name in self.names.items() if word and name.lower().startswith(word)]
        kind = text.partition(":")[0]
        alike = [each for each in self.names if each.startswith(f"{kind}:")]
        found = named[:NEAREST] or get_close_matches(text, alike, NEAREST, 0.8)
        if not found:
            return "write a type and a code, such as county:26163"
        return "write " + " or ".join(f"{each} ({self.names[each]})" for each in found)

    def before(self, place_id: str) -> list[str]:
        """The counties that became a place, or part of it."""
        return [
            old
            for old, new in self.changed.items()
            if old != place_id and any(each.place_id == place_id for each in new)
        ]

    def overlap(self, one: str, other: str) -> bool:
        """Whether two places are known to share ground."""
        return self._holds(one, other) or self._holds(other, one) or self._share_parts(one, other)

    def _holds(self, outer: str, inner: str) -> bool:
        kind, _, code = outer.partition(":")
        other, _, within = inner.partition(":")
        if kind == "nation" or inner in self.parts.get(outer, ()):
            return True
        if {kind, other} <= SAME_CODES and code == within:
            return True
        if kind in WITHIN and other in WITHIN and within.startswith(code) and outer != inner:
            return True
        if any(each.kind == "split" and each.place_id == inner for each in self.changed.get(outer, ())):
            return True
        above = set(self.parents.get(inner, ()))
        return outer in above or any(outer in self.parents.get(each, ()) for each in above)

    def _share_parts(self, one: str, other: str) -> bool:
        return bool(self.parts.get(one, frozenset()) & self.parts.get(other, frozenset()))
