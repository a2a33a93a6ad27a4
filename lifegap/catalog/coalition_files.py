"""Files that a coalition may have beside its declaration: which they are, and what is in them.

`data/coalitions/<id>/deaths.csv` and its like are read as any source is. The source of all of a coalition's
files is `coalition:<id>`, with a card that is made here: what may be said of them follows from their kind,
not from who keeps them. They have one edition, `current`: a file that is corrected changes figures, which a
reader of two releases sees as such, and no figure goes and comes again under another name.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lifegap.catalog.cards import USES, Fit, Layout, ListedFile, SourceCard, Use, Vintage
from lifegap.catalog.indicators import Measurement

FAMILY = "coalition"
"""Before the colon in the ids of these sources."""

CURRENT = "current"
OWN_TABLE = "indicators"
"""Table of observations of indicators.csv; a line of it is the id of an indicator."""

Kind = Literal["text", "number", "whole", "year", "age", "place", "indicator", "date", "word"]


@dataclass(frozen=True)
class Column:
    """A column of a file. filled: no row may leave it empty. least, most: limits of its numbers.

    words: all that it may say. needed: the file must have it. default: what an empty cell of text means.
    """

    name: str
    kind: Kind = "text"
    filled: bool = True
    needed: bool = True
    least: float | None = None
    most: float | None = None
    words: tuple[str, ...] = ()
    default: str | None = None


@dataclass(frozen=True)
class Form:
    """One of the files: its columns, what makes a row the only one of its kind, and what rows must hold.

    secret: it holds counts that are not to be told, so that its plain hash is none to publish: whoever knows
    all of a file but a few small counts would find them by trying.
    """

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    secret: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def layout_id(self) -> str:
        return f"{FAMILY}_{self.name}"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _optional(
    name: str, kind: Kind = "text", *, least: float | None = None, most: float | None = None
) -> Column:
    return Column(name, kind, filled=False, needed=False, least=least, most=most)


PERIOD = (Column("period_start", "year"), Column("period_end", "year"))
GROUP = Column("population_group", filled=False, needed=False, default="all")
SPREAD = (_optional("se", "number", least=0), _optional("ci_low", "number"), _optional("ci_high", "number"))

FORMS = {
    form.name: form
    for form in (
        Form(
            "deaths",
            "deaths and people by place, years and age, and perhaps by group and cause",
            ("place_id", "population_group", "period_start", "period_end", "cause", "age_start"),
            (
                Column("place_id", "place"),
                *PERIOD,
                Column("age_start", "age", least=0, most=120),
                Column("deaths", "whole", least=0),
                Column("population", "number", least=0),
                _optional("age_end", "number", least=0, most=130),
                GROUP,
                Column("cause", filled=False, needed=False, default="all"),
            ),
            secret=True,
        ),
        Form(
            "life_expectancy",
            "life expectancies at birth by place and years",
            ("place_id", "population_group", "period_start", "period_end"),
            (
                Column("place_id", "place"),
                *PERIOD,
                Column("estimate", "number", least=0, most=120),
                *SPREAD,
                Column("source"),
                Column("method"),
                GROUP,
            ),
        ),
        Form(
            "indicators",
            "values of indicators by place and years, survey results among them",
            ("place_id", "indicator_id", "population_group", "period_start", "period_end"),
            (
                Column("place_id", "place"),
                Column("indicator_id", "indicator"),
                *PERIOD,
                Column("value", "number"),
                *SPREAD,
                _optional("moe90", "number", least=0),
                _optional("numerator", "number", least=0),
                _optional("denominator", "number", least=0),
                _optional("sample_size", "whole", least=1),
                _optional("design_effect", "number", least=0.01),
                Column("source"),
                GROUP,
            ),
            secret=True,
        ),
        Form(
            "scorecard",
            "what the coalition itself has done and promised, by metric, subject and years",
            ("metric_id", "subject", "period_start", "period_end"),
            (
                Column("metric_id"),
                Column("subject", filled=False, default="coalition"),
                *PERIOD,
                Column("title"),
                Column("value", "number"),
                Column("unit"),
                Column("target", "number", filled=False),
                Column("target_year", "year", filled=False),
                Column("source"),
                Column("source_date", "date", filled=False),
                Column("verified", "word", words=("yes", "document", "no")),
                Column("other_value", "number", filled=False),
                Column("other_source", filled=False),
                Column("choice", filled=False),
                Column("note", filled=False),
            ),
        ),
        Form(
            "assets",
            "clinics, markets, libraries and others, each with its point",
            ("asset_id",),
            (
                Column("asset_id"),
                Column("name"),
                Column("type"),
                Column("latitude", "number", least=-90, most=90),
                Column("longitude", "number", least=-180, most=180),
                _optional("place_id", "place"),
                _optional("address"),
                _optional("zip_code"),
                _optional("source"),
                _optional("source_date", "date"),
                _optional("note"),
            ),
        ),
    )
}
"""Name of the file, without .csv → its form."""

FITNESS: dict[Use, tuple[bool, str]] = {
    "trend": (True, "a file is kept by one coalition in one way; where its method changes, its rows say so."),
    "rank": (True, "its places are counted in one way."),
    "compare_places": (True, "its places are counted in one way."),
    "evaluate_program": (False, "a change of a figure does not say what brought it about."),
}


def own_measurement(source_id: str, indicator_id: str, places: tuple[str, ...]) -> Measurement:
    """How an indicator is measured by a coalition's own file: as the file says."""
    return Measurement(
        source=source_id, table=OWN_TABLE, places=places, published={indicator_id: indicator_id}
    )


def is_own(source_id: str) -> bool:
    """Whether a source is the own files of a coalition."""
    return source_id.startswith(f"{FAMILY}:")


def form_of(file: str) -> Form:
    """The form of a listed file, by its name."""
    return FORMS[Path(file).stem]


def own_source_id(coalition_id: str) -> str:
    return f"{FAMILY}:{coalition_id}"


def cards_of_coalitions(folders: tuple[Path, ...], coalitions: dict[str, int]) -> dict[str, SourceCard]:
    """A card for each coalition that has files; of two files of one name that of the later folder stands.

    coalitions: id → counts below which are not published.
    """
    cards = {}
    for coalition, suppress_below in coalitions.items():
        found = {
            form.name: path
            for folder in folders
            for form in FORMS.values()
            if (path := folder / coalition / form.file).is_file()
        }
        if found:
            card = card_of(own_source_id(coalition), found, suppress_below)
            cards[card.id] = card
    return cards


def card_of(source_id: str, files: dict[str, Path], suppress_below: int | None = None) -> SourceCard:
    """The card of a coalition's files: name of the form → where the file is."""
    coalition = source_id.removeprefix(f"{FAMILY}:")
    return SourceCard(
        id=source_id,
        title=f"Own files of {coalition}",
        publisher=f"The coalition {coalition}",
        about="What only the coalition has: counts, surveys and its own records, as it keeps them.",
        url=f"data/coalitions/{coalition}",
        license="The coalition's; ask it before passing on what it supplied.",
        license_name="other-closed",
        license_limit="The coalition's own records: ask it before passing on what it supplied.",
        citation=f"{coalition}: own records, as supplied to this release.",
        cadence="when the coalition changes a file",
        caveat="Supplied by the coalition, not by a publisher of statistics.",
        selective=True,
        suppress_below=suppress_below,
        vintage=(Vintage(id=CURRENT),),
        layout=tuple(
            Layout(
                id=form.layout_id,
                format="csv",
                columns=tuple(column.name for column in form.columns if column.needed),
                optional=tuple(column.name for column in form.columns if not column.needed),
                about=form.about,
            )
            for form in FORMS.values()
        ),
        fitness={use: Fit(allowed=FITNESS[use][0], why=FITNESS[use][1]) for use in USES},
        files=tuple(
            ListedFile(file=f"{coalition}/{FORMS[name].file}", vintage=CURRENT, own=path)
            for name, path in files.items()
        ),
    )
