"""The bundle as declared in `data/bundle.toml`: which rows of the listed files it holds.

A file is in the bundle where its line beside the card has `bundle_rows`. Of what is in none of the slices
all rows are kept.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from lifegap.catalog.cards import Layout, SourceCard
from lifegap.catalog.reading import Declared, read_toml

Census = Literal["2010", "2020"]
Way = Literal["tract", "geo_id", "code", "county_name"]
COLUMNS_OF: dict[Way, int] = {"tract": 1, "county_name": 3}
"""How many columns a way goes by, where that is fixed."""


class AreaTracts(Declared):
    """Tracts of one census whose rows in a file of a source name one of the areas.

    tract and area are the columns (or the properties of a map) with the code of the tract and of the area.
    """

    census: Census
    source: str
    file: str
    tract: str
    area: str
    areas: tuple[str, ...] = Field(min_length=1)


class Slice(Declared):
    """Which rows are kept of the files of some layouts of a source, told by their cells.

    by says how. `tract`: the column begins with the code of a tract that the bundle keeps (of `census`, where
    it is given). `geo_id`: the column, by whichever of its names, has a GEO_ID of such a tract, of a block
    group in one, or one that `levels` lists by summary level. `code`: the columns joined begin with one of
    `codes`. `county_name`: the columns have the names of state and county and the number of a tract; a row
    without a county is kept where `names` has its state, another where `names` has `<state> / <county>` and
    the bundle keeps the tract. where: what further columns must hold. vintages: the editions that are cut so;
    files of the layout that are of another edition are kept whole. Without it all editions are cut.
    """

    source: str
    layouts: tuple[str, ...] = Field(min_length=1)
    by: Way
    columns: tuple[str, ...] = Field(min_length=1)
    vintages: tuple[str, ...] = ()
    census: Census | None = None
    codes: tuple[str, ...] = ()
    levels: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    names: dict[str, str] = Field(default_factory=dict)
    where: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits_its_way(self) -> "Slice":
        wanted = COLUMNS_OF.get(self.by)
        if wanted is not None and len(self.columns) != wanted:
            raise ValueError(f"by {self.by} goes by {wanted} columns, not by {len(self.columns)}")
        needed = {"code": "codes", "county_name": "names"}.get(self.by)
        if needed and not getattr(self, needed):
            raise ValueError(f"by {self.by} needs {needed}")
        foreign = {"codes": "code", "levels": "geo_id", "names": "county_name"}
        for key, way in foreign.items():
            if getattr(self, key) and self.by != way:
                raise ValueError(f"{key} belongs to by {way}, not to by {self.by}")
        return self

    def cuts(self, source_id: str, layout_id: str, vintage: str) -> bool:
        """Whether files of that source, layout and edition are cut so."""
        of_edition = not self.vintages or vintage in self.vintages
        return self.source == source_id and layout_id in self.layouts and of_edition

    def columns_lacking_in(self, layout: Layout) -> list[str]:
        """Columns that the slice goes by and the layout does not declare."""
        known = {*layout.columns, *layout.optional, *layout.has_columns, *layout.begins_with}
        names = self.columns if self.by != "geo_id" or not known & {*self.columns} else ()
        return [column for column in (*names, *self.where) if column not in known]


class Bundle(Declared):
    """The file `data/bundle.toml`. whole_counties: codes of counties all tracts of which are kept."""

    whole_counties: tuple[str, ...] = ()
    tracts_of_areas: tuple[AreaTracts, ...] = ()
    slice: tuple[Slice, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Bundle":
        if wrong := [each for each in self.whole_counties if not (len(each) == 5 and each.isdigit())]:
            raise ValueError(f"no codes of counties: {', '.join(wrong)}")
        cut = [(each.source, layout) for each in self.slice for layout in each.layouts]
        if twice := sorted(
            {f"{source} {layout}" for source, layout in cut if cut.count((source, layout)) > 1}
        ):
            raise ValueError(f"layouts with more than one slice: {', '.join(twice)}")
        return self

    def slice_of(self, source_id: str, layout_id: str, vintage: str) -> Slice | None:
        """What is kept of a file of that layout and edition; None where all of it is."""
        return next((each for each in self.slice if each.cuts(source_id, layout_id, vintage)), None)

    def names_without_a_card(self, cards: dict[str, SourceCard]) -> list[str]:
        """What the slices and lists name and no card has: sources, files, layouts, columns."""
        layouts = {name: {layout.id: layout for layout in card.layout} for name, card in cards.items()}
        files = {name: {listed.file for listed in card.files} for name, card in cards.items()}
        unknown = [
            f"tracts_of_areas: {each.source} has no file {each.file}"
            for each in self.tracts_of_areas
            if each.file not in files.get(each.source, ())
        ]
        for each in self.slice:
            for name in each.layouts:
                if layout := layouts.get(each.source, {}).get(name):
                    unknown += [
                        f"slice: {each.source} {name} has no column {column}"
                        for column in each.columns_lacking_in(layout)
                    ]
                else:
                    unknown.append(f"slice: {each.source} has no layout {name}")
            editions = (
                {vintage.id for vintage in cards[each.source].vintage} if each.source in cards else set()
            )
            unknown += [
                f"slice: {each.source} has no edition {name}"
                for name in each.vintages
                if name not in editions
            ]
        return unknown


def read_bundle(data: Path) -> Bundle:
    """What `data/bundle.toml` says; a data folder without it has no bundle. Raises DECLARATION."""
    path = data / "bundle.toml"
    return read_toml(path, Bundle) if path.exists() else Bundle()
