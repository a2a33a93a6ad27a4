"""Everything that is declared, read once and passed to those who need it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lifegap.catalog.bundle import Bundle, read_bundle
from lifegap.catalog.cards import SourceCard, read_cards
from lifegap.catalog.coalition_files import FORMS, cards_of_coalitions, form_of, is_own, own_measurement
from lifegap.catalog.coalitions import PLACE_TYPES, Coalition, Outline, coalition_files, read_coalitions
from lifegap.catalog.indicators import DeclaredIndicator, Indicator, Measurement, read_indicators
from lifegap.catalog.outlines import OutlineShape, read_outline
from lifegap.catalog.reading import Declared, read_toml
from lifegap.errors import error
from lifegap.settings import Settings

ALL_EDITIONS = "all"
"""Stands for the editions of a cell that means the same in every one."""


class Reason(Declared):
    """A reason for an empty figure, as `<code>:<detail>`, in a sentence."""

    code: str
    sentence: str


class ReasonFile(Declared):
    """The file `data/reasons.toml`."""

    reason: tuple[Reason, ...]


@dataclass(frozen=True)
class DrawnPlace:
    """An outline of a coalition with its shape."""

    coalition_id: str
    outline: Outline
    shape: OutlineShape

    @property
    def place_id(self) -> str:
        return f"neighborhood:{self.coalition_id}-{self.outline.id}"


@dataclass(frozen=True)
class Catalog:
    """Cards, indicators, coalitions, reasons and the bundle's slices of one `data` folder.

    own: a folder of coalitions beside those of `data`, which replace those of the same id. staged: the folder
    of all coalitions of a run, in place of both.
    """

    data: Path
    own: Path | None = None
    staged: Path | None = None

    @property
    def coalition_folders(self) -> tuple[Path, ...]:
        """Where coalition files are, and beside each `<id>.toml` the folder `<id>` of its own data."""
        if self.staged is not None:
            return (self.staged,)
        return (self.data / "coalitions", *([] if self.own is None else [self.own]))

    @cached_property
    def cards(self) -> dict[str, SourceCard]:
        """Cards of the sources of `data`, and one for each coalition that has files of its own."""
        limits = {name: coalition.suppress_below for name, coalition in self.coalitions.items()}
        return read_cards(self.data) | cards_of_coalitions(self.coalition_folders, limits)

    def cards_of(self, source: str) -> list[SourceCard]:
        """The card of a source, or those of all coalitions' own files."""
        return [card for card in self.cards.values() if card.family == source]

    @cached_property
    def indicators(self) -> dict[str, DeclaredIndicator]:
        return read_indicators(self.data)

    @cached_property
    def coalitions(self) -> dict[str, Coalition]:
        return read_coalitions(self.coalition_folders)

    def coalition_files(self) -> list[Path]:
        """The files of the coalitions, sorted by id."""
        return coalition_files(self.coalition_folders)

    @cached_property
    def outlines(self) -> list[DrawnPlace]:
        """The areas that coalitions draw themselves. Raises OWN-FILE."""
        folders = {path.stem: path.with_suffix("") for path in self.coalition_files()}
        return [
            DrawnPlace(coalition.id, each, read_outline(folders[coalition.id] / each.file))
            for coalition in self.coalitions.values()
            for each in coalition.outline
        ]

    @cached_property
    def bundle(self) -> Bundle:
        return read_bundle(self.data)

    @cached_property
    def reasons(self) -> dict[str, str]:
        return {
            reason.code: reason.sentence
            for reason in read_toml(self.data / "reasons.toml", ReasonFile).reason
        }

    def measurements(self, indicator: Indicator) -> tuple[Measurement, ...]:
        """How an indicator is measured: by sources as declared, then by coalitions' own files."""
        form = FORMS["indicators"]
        own = [
            own_measurement(card.id, indicator.id, PLACE_TYPES)
            for card in self.cards.values()
            if is_own(card.id) and any(form_of(listed.file) == form for listed in card.files)
        ]
        return (*indicator.measured_by, *own)

    @cached_property
    def of_deaths(self) -> list[str]:
        """Indicators that are made of deaths."""
        return [name for name, found in self.indicators.items() if found.indicator.mortality]

    @cached_property
    def comparisons(self) -> list[tuple[str, str, str]]:
        """(coalition, place, reference) of every comparison: members, stand-ins and footprints."""
        found: list[tuple[str, str, str]] = []
        for coalition in self.coalitions.values():
            found += [
                (coalition.id, place.id, reference)
                for place in coalition.place
                for reference in place.references
            ]
            if coalition.footprint_id not in coalition.footprints:
                continue
            # What only some members are compared with says nothing of all of them together.
            shared = set.intersection(*(set(member.references) for member in coalition.members))
            found += [
                (coalition.id, coalition.footprint_id, reference)
                for reference in coalition.reference_ids
                if reference in shared
            ]
        return found

    @cached_property
    def coalition_places(self) -> list[tuple[str, str]]:
        """(coalition, place) of all places of all coalitions, references and footprints too."""
        return [
            (coalition.id, each)
            for coalition in self.coalitions.values()
            for each in dict.fromkeys(
                (
                    *(place.id for place in coalition.place),
                    *coalition.reference_ids,
                    *coalition.footprints,
                )
            )
        ]

    def indicator_cells(self) -> Iterator[tuple[str, ...]]:
        """Rows of `landing.indicator_cell`: every declared cell with every label it has had, once."""
        yield from dict.fromkeys(
            (
                *(found.indicator.id, measurement.source, measurement.table, role, code, label),
                "; ".join(measurement.vintages) or ALL_EDITIONS,
            )
            for found in self.indicators.values()
            for measurement in self.measurements(found.indicator)
            for role, code, label in measurement.cells()
        )

    def validate(self) -> None:
        """Read everything and see that what refers to something finds it. Raises DECLARATION."""
        for folder in ("sources", "indicators", "coalitions"):
            if not any((self.data / folder).glob("*.toml")):
                raise error(
                    "DECLARATION",
                    doing=f"reading the declarations in {self.data}",
                    found=f"no file {self.data / folder}/*.toml",
                    expected="a folder with sources, indicators and coalitions",
                    todo="see that LIFEGAP_DATA names the data folder, or leave it unset",
                )
        if self.own is not None and not self.own.is_dir():
            raise error(
                "DECLARATION",
                doing="reading the coalitions",
                found=f"no folder {self.own}",
                expected="the folder of coalitions that LIFEGAP_COALITIONS names",
                todo="make the folder, or correct or unset LIFEGAP_COALITIONS",
            )
        unknown = [
            f"{self.data}/indicators: {found.indicator.id} is measured by {measurement.source}"
            for found in self.indicators.values()
            for measurement in found.indicator.measured_by
            if measurement.source not in self.cards
        ]
        for coalition in self.coalitions.values():
            unknown += [
                f"{self.data}/coalitions/{coalition.id}.toml: {area.id} names {indicator}"
                for area in coalition.priority_area
                for indicator in (
                    *area.indicators,
                    *(needed.id for needed in area.data_needed),
                    *(supplied.id for supplied in area.coalition_supplied),
                )
                if indicator not in self.indicators
            ]
        unknown += [
            f"{self.data}/bundle.toml: {each}" for each in self.bundle.names_without_a_card(self.cards)
        ]
        if unknown:
            raise error(
                "DECLARATION",
                doing="reading the declarations",
                found=unknown,
                expected="sources that have a card (with their files, layouts, columns), and indicators "
                "declared in data/indicators",
                todo="correct the name, or declare what is missing",
            )


def catalog_of(settings: Settings) -> Catalog:
    """The declarations that a run with these settings reads."""
    return Catalog(settings.data, settings.coalitions, settings.staged)
