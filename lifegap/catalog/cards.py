"""Source cards (`data/sources/*.toml`): what a dataset is, whose, which layouts and files it has.

Beside each card stands `<source_id>.csv`, one line per file: its vintage, where it lies in a
mirror, the rows of the whole file and of the bundle's slice, and the sha256 of the bytes that
the counts were taken from.
"""

from calendar import monthrange
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import Field, field_validator, model_validator

from lifegap.catalog.reading import Declared, Named, read_named

Use = Literal["trend", "rank", "compare_places", "evaluate_program"]
USES: tuple[Use, ...] = ("trend", "rank", "compare_places", "evaluate_program")


FREE_LICENSES = ("other-pd", "CC0-1.0", "ODC-PDDL-1.0", "CC-BY-3.0", "CC-BY-4.0", "ODC-BY-1.0")
"""Licenses under which data may be put to every use; at most the publisher must be named."""


class Fit(Declared):
    """Whether a source may be put to a use, and why."""

    allowed: bool
    why: str


class NextEdition(Declared):
    """When the publisher's next edition is expected, and how often one follows another.

    expected: a year, or a year and month (2026-12), as close as is known. announced: the publisher has said
    so; habit: told from when it issued the editions before.
    """

    expected: str = Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?$")
    every_months: int = Field(gt=0)
    basis: Literal["announced", "habit"]
    why: str

    @property
    def earliest(self) -> date:
        """First day of the month or year in which it is expected."""
        year, _, month = self.expected.partition("-")
        return date(int(year), int(month or 1), 1)

    @property
    def latest(self) -> date:
        """Last day of the month or year in which it is expected."""
        year, _, month = self.expected.partition("-")
        last = int(month or 12)
        return date(int(year), last, monthrange(int(year), last)[1])


class Sign(Declared):
    """What the rows of an edition show and those of the editions beside it do not, where headers are alike.

    column: of the table that the parser makes. never: a pattern that no value of it matches; only: one that
    every value matches. of: the rows that are looked at, by column and value.
    """

    column: str
    never: str | None = None
    only: str | None = None
    of: dict[str, str] = Field(default_factory=dict)
    why: str


class Vintage(Declared):
    """One release or edition of a dataset. Years are those the data are about, inclusive.

    Editions are listed oldest first. period_inferred: the years are not stated by the publisher.
    reshaped: the files were put into another form by others. replaced_by: the edition that the publisher
    issued in its place.
    """

    id: str
    period_start: int | None = None
    period_end: int | None = None
    reshaped: bool = False
    period_inferred: bool = False
    replaced_by: str | None = None
    note: str | None = None
    sign: tuple[Sign, ...] = ()


Format = Literal["csv", "workbook", "geojson", "geojson_lines", "topojson", "shapefile", "json"]


class Layout(Declared):
    """A form in which the publisher gives the dataset, told by header and content.

    columns are those that the layout needs and optional those that it knows but can do without, in any
    order and letter case; others are left out and named, or refused where one more column makes the rows
    mean something else (a further grouping). Where the columns depend on table or year, the parser reads
    them itself: the header has all of has_columns, one of has_one_of, and begins with begins_with.
    names_row is the header row that these stand in, from 1 (the last of a workbook with columns, else the
    first); first_line is a pattern for files that have no header. labels_begin_with is the label, in the
    second header row, of the first column that is declared. rows end before the line ends_at, where
    footnotes follow. inside names the file within a zip.
    """

    id: str
    format: Format
    columns: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    others: Literal["named", "refused"] = "named"
    begins_with: tuple[str, ...] = ()
    has_columns: tuple[str, ...] = ()
    has_one_of: tuple[str, ...] = ()
    names_row: int | None = None
    labels_begin_with: str | None = None
    first_line: str | None = None
    delimiter: str = ","
    header_rows: int = 1
    ends_at: str | None = None
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"
    sheet: str | None = None
    inside: str | None = None
    about: str


class Correction(Declared):
    """A fix as data: rows of `table` where `where` holds are set as `set` says, and counted."""

    id: str
    vintage: str
    table: str
    where: str
    set: dict[str, str]
    what: str
    why: str
    who_reported: str
    rows: int
    bundle_rows: int


class ListedFile(Declared):
    """One file of a source, as listed beside the card; or a coalition's own, which lies at `own`.

    official: addresses at the publisher, in the order they are tried, with spaces between; none for files
    that a person exports. official_seen says whether they were seen on a page of the publisher. A file that
    only the publisher has stands in no mirror; its rows and hash are those of an edition that was seen, or
    empty. One with neither a place in a mirror nor an address was written by this project. part_of names
    the publisher's own file that this one is a part or another form of: where that is had, this is not.
    """

    file: str
    vintage: str
    mirror: str | None = None
    rows: int | None = None
    bundle_rows: int | None = None
    sha256: str | None = None
    official: tuple[str, ...] = ()
    official_seen: Literal["yes", "no"] | None = None
    part_of: str | None = None
    own: Path | None = Field(default=None, exclude=True)

    @field_validator("official", mode="before")
    @classmethod
    def _apart(cls, addresses: str | None) -> tuple[str, ...]:
        return tuple((addresses or "").split())

    @model_validator(mode="after")
    def _counted(self) -> "ListedFile":
        if self.own is None and not self.official and (self.rows is None or self.sha256 is None):
            raise ValueError(f"{self.file} has no address, and its rows or its sha256 are not stated")
        return self

    @property
    def is_written_here(self) -> bool:
        """Whether this project wrote the file, from pages that it names."""
        return self.mirror is None and not self.official and self.own is None

    @property
    def is_here(self) -> bool:
        """Whether no publisher is asked for it: this project wrote it, or it is a coalition's own."""
        return self.is_written_here or self.own is not None


class SourceCard(Named):
    """One dataset: what it is, whose, its editions, layouts, fixes, uses and files."""

    id: str = Field(pattern=r"^[a-z0-9_]+(:[a-z0-9-]+)?$")
    title: str
    publisher: str
    about: str
    url: str
    license: str
    license_name: str = Field(pattern=r"^[-A-Za-z0-9._]+$")
    """Of the Open Definition's list: `other-pd` is the public domain, `notspecified` where none is stated."""
    license_url: str | None = None
    license_limit: str | None = None
    """What may not be done with the data, or why nobody can say; none where they are free for every use."""
    citation: str
    cadence: str
    status: Literal["living", "ending", "ended"] = "living"
    successor: str | None = None
    """The card that takes its place, where there is one."""
    next_edition: NextEdition | None = None
    modeled: bool = False
    caveat: str | None = None
    by_hand: str | None = None
    """How a person makes the files that have no address at the publisher."""
    reshaped: bool = False
    selective: bool = False
    """Only some places are in it: one that is not there is no gap in the source."""
    fewer_rows_allowed: float = Field(default=0.01, ge=0, lt=1)
    """Share of a file's rows that may be gone when its publisher issues it again."""
    counts_everyone: bool = False
    """Its figures rest on everyone and on so many that chance plays no part: they need no standard error."""
    suppress_below: int | None = None
    """Of a coalition's own files: counts below this many are not published."""
    vintage: tuple[Vintage, ...]
    layout: tuple[Layout, ...]
    correction: tuple[Correction, ...] = ()
    fitness: dict[Use, Fit]
    files: tuple[ListedFile, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> "SourceCard":
        if missing := [use for use in USES if use not in self.fitness]:
            raise ValueError(f"fitness for {', '.join(missing)} is not stated")
        if self.status == "ended" and self.next_edition is not None:
            raise ValueError("an edition is expected of a source that has ended")
        if self.license_name not in FREE_LICENSES and self.license_limit is None:
            raise ValueError(f"license_limit does not say what {self.license_name} limits")
        known = {vintage.id for vintage in self.vintage}
        if lost := [each.id for each in self.vintage if each.replaced_by and each.replaced_by not in known]:
            raise ValueError(f"replaced by an edition that is not declared: {', '.join(lost)}")
        own = {listed.file for listed in self.files if listed.official}
        if others := sorted({listed.part_of for listed in self.files if listed.part_of} - own):
            raise ValueError(f"parts of files that have no address: {', '.join(others)}")
        if unknown := sorted({listed.vintage for listed in self.files} - known):
            raise ValueError(f"files of undeclared vintages: {', '.join(unknown)}")
        return self

    @property
    def family(self) -> str:
        """Whose files are made into the same tables: the card alone, or all coalitions' own."""
        return self.id.partition(":")[0]

    @cached_property
    def vintages(self) -> dict[str, Vintage]:
        return {vintage.id: vintage for vintage in self.vintage}

    @property
    def fitness_text(self) -> str:
        """One sentence per use, as published."""
        return " ".join(
            f"{use}: {'yes' if self.fitness[use].allowed else 'no'} — {self.fitness[use].why}" for use in USES
        )


def read_cards(data: Path) -> dict[str, SourceCard]:
    """All cards under `data/sources`, by source id. Raises DECLARATION."""
    cards: dict[str, SourceCard] = {}
    for path in sorted((data / "sources").glob("*.toml")):
        card = read_named(path, SourceCard)
        listed = pl.read_csv(path.with_suffix(".csv"), infer_schema=False).to_dicts()
        cards[card.id] = SourceCard.model_validate(
            card.model_dump() | {"files": [ListedFile.model_validate(row) for row in listed]}
        )
    return cards
