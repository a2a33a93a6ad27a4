"""Coalitions as declared in `data/coalitions/*.toml`: places, comparisons, targets, priorities."""

import re
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from lifegap.catalog.outlines import FILE
from lifegap.catalog.reading import Declared, Named, read_named

PLACE_TYPES = (
    "nation", "state", "county", "county2022", "tract2010", "tract2020", "block_group2010", "block_group2020",
    "zcta2010", "zcta2020", "zip", "neighborhood", "district", "city", "footprint",
)  # fmt: skip
PLACE_ID = rf"^({'|'.join(PLACE_TYPES)}):[a-z0-9-]+$"


class Member(Declared):
    """A place of the coalition, and what it is compared with.

    also: other names by which people find it. spoken: its name inside a sentence, where it has an article.
    valid_from and valid_to: first and last day of the membership, where they are known; declared_by: who
    said so.
    """

    id: str = Field(pattern=PLACE_ID)
    references: tuple[str, ...] = ()
    role: Literal["member", "context"] = "member"
    stands_for: str | None = None
    also: tuple[str, ...] = ()
    spoken: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    declared_by: str | None = None
    note: str | None = None

    @property
    def other_names(self) -> tuple[str, ...]:
        """Names of `also`, and what the note says that the place is called too."""
        noted = re.findall(r"\balso (?:called|known as) ([^.,;()]+)", self.note or "")
        return tuple(dict.fromkeys((*self.also, *(name.strip() for name in noted))))

    @model_validator(mode="after")
    def _in_order(self) -> "Member":
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"{self.id} leaves on {self.valid_to}, before it joins on {self.valid_from}")
        return self


class Reference(Declared):
    """Why a place is a reference; said once for all places compared with it. also, spoken: as of a place."""

    id: str = Field(pattern=PLACE_ID)
    also: tuple[str, ...] = ()
    spoken: str | None = None
    why: str

    @property
    def other_names(self) -> tuple[str, ...]:
        return self.also


class Target(Declared):
    """One version of what the coalition set out to reach."""

    id: str
    adopted: date
    superseded_by: str | None = None
    text: str | None = None
    metric: str
    percent: float | None = Field(default=None, gt=0, le=100)
    year: int | None = Field(default=None, ge=1900, le=2200)
    stated_baseline: float | None = Field(default=None, gt=0)
    baseline_period: str | None = None
    source: str


class DataNeeded(Declared):
    """An indicator that no public file fills, why, and who has the data."""

    id: str
    reason: str
    where: str


class CoalitionSupplied(DataNeeded):
    """An indicator that only the coalition's own records can fill."""


class PriorityArea(Declared):
    """A theme of the coalition and what it wants measured there."""

    id: str
    title: str
    indicators: tuple[str, ...] = ()
    data_needed: tuple[DataNeeded, ...] = ()
    coalition_supplied: tuple[CoalitionSupplied, ...] = ()


class Statement(Declared):
    """What one document says where documents differ. chosen: it is what the project goes by."""

    says: str
    source: str
    chosen: bool = False


class Conflict(Declared):
    """What documents about the coalition say differently: each of them, what is gone by here, and why.

    choice: what the project does, also where it goes by none of the statements alone.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    what: str
    statement: tuple[Statement, ...] = Field(min_length=2)
    choice: str
    why: str


class Outline(Declared):
    """An area that the coalition draws itself: the place `neighborhood:<coalition>-<id>`.

    file: GeoJSON in the folder of the coalition's own data. county: code of the one that most of it lies in.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    file: str = Field(pattern=FILE)
    county: str = Field(pattern=r"^[0-9]{5}$")


class Headline(Declared):
    """The pair of places named beforehand, whose gap heads every report."""

    place: str
    reference: str


class Coalition(Named):
    """A coalition file.

    apart: its places lie apart and are shown side by side, so that nothing is made of them together. Where
    every place is context, the coalition reports by its scorecard alone: it has no footprint either, and
    neither target nor headline.
    suppress_below: counts of its own files below this many are not published, nor what gives them away.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    city: str | None = None
    mission: str | None = None
    url: str | None = None
    status: Literal["live", "draft"] = "live"
    target_statement: str | None = None
    apart: bool = False
    headline: Headline | None = None
    outline: tuple[Outline, ...] = ()
    place: tuple[Member, ...]
    reference: tuple[Reference, ...] = ()
    target: tuple[Target, ...] = ()
    priority_area: tuple[PriorityArea, ...] = ()
    conflict: tuple[Conflict, ...] = ()
    cautions: dict[str, str] = Field(default_factory=dict)
    suppress_below: int = Field(default=10, ge=1)

    @model_validator(mode="after")
    def _consistent(self) -> "Coalition":
        named = [member.id for member in self.place]
        if repeated := sorted({name for name in named if named.count(name) > 1}):
            raise ValueError(f"places listed twice: {', '.join(repeated)}")
        if not self.members and (self.target or self.headline):
            raise ValueError('a target or headline needs a place of the role "member"')
        return self

    @model_validator(mode="after")
    def _named_once(self) -> "Coalition":
        wanted = [
            each
            for area in self.priority_area
            for each in (
                *area.indicators,
                *(need.id for need in (*area.data_needed, *area.coalition_supplied)),
            )
        ]
        for kind, names in (
            ("indicators", wanted),
            ("priority areas", [area.id for area in self.priority_area]),
            ("targets", [target.id for target in self.target]),
            ("conflicts", [conflict.id for conflict in self.conflict]),
        ):
            if repeated := sorted({name for name in names if names.count(name) > 1}):
                raise ValueError(f"{kind} named twice: {', '.join(repeated)}")
        return self

    @property
    def members(self) -> tuple[Member, ...]:
        return tuple(member for member in self.place if member.role == "member")

    @property
    def reference_ids(self) -> tuple[str, ...]:
        """The places that members are compared with, each once, in the order of first mention."""
        return tuple(dict.fromkeys(each for member in self.place for each in member.references))

    @property
    def named_places(self) -> set[str]:
        """Every place that the file names and some source must have."""
        own = set(self.footprints)
        headline = {self.headline.place, self.headline.reference} if self.headline else set()
        return ({place.id for place in self.place} | set(self.reference_ids) | headline) - own

    @property
    def footprint_id(self) -> str:
        """The members taken together, as listed, where `footprints` has them."""
        return f"footprint:{self.id}"

    @property
    def footprints(self) -> dict[str, tuple[Member, ...]]:
        """What is made of places taken together, by id: the members, and stand-ins of each type.

        None of places that lie apart, nor of a coalition without members.
        """
        own = {self.footprint_id: self.members} if self.members and not self.apart else {}
        return own | self.stand_in_footprints

    @property
    def stand_in_footprints(self) -> dict[str, tuple[Member, ...]]:
        """Members replaced by units of another type, all of one type together.

        The same five ZIP codes as ZCTAs are `footprint:<coalition>-zcta2010`, another place. None where
        the places lie apart.
        """
        if self.apart:
            return {}
        kinds: dict[str, list[Member]] = {}
        for place in self.place:
            if place.stands_for is not None:
                kinds.setdefault(place.id.split(":")[0], []).append(place)
        return {f"{self.footprint_id}-{kind}": tuple(places) for kind, places in kinds.items()}


def read_coalitions(folders: tuple[Path, ...]) -> dict[str, Coalition]:
    """All coalitions of the folders, by id; of two files of one id that of the later folder stands.

    Raises DECLARATION.
    """
    return {path.stem: read_coalition(path) for path in coalition_files(folders)}


def coalition_files(folders: tuple[Path, ...]) -> list[Path]:
    """The files of the coalitions by id; of two files of one id that of the later folder stands."""
    files = {path.name: path for folder in folders for path in folder.glob("*.toml")}
    return [path for _, path in sorted(files.items())]


def read_coalition(path: Path) -> Coalition:
    """The coalition of a file. Raises DECLARATION."""
    return read_named(path, Coalition)
