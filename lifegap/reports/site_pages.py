"""Pages of a release's site: what each says, in which order; the templates say how it looks."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lifegap.releases.quoted import quotation, sentence
from lifegap.releases.read import Release
from lifegap.reports.answers import (
    Answer,
    goals_of,
    how_large,
    how_sure,
    on_track,
    what_goes_with_it,
    what_may_be_quoted,
    which_way,
)
from lifegap.reports.estimate_exhibit import estimates_exhibit
from lifegap.reports.exhibits import Exhibit
from lifegap.reports.figures import Names, slug
from lifegap.reports.gap_exhibits import (
    ages_exhibit,
    gaps_of,
    gaps_of_pair,
    places_exhibit,
    sources_exhibit,
    years_exhibit,
)
from lifegap.reports.group_exhibits import group_gaps_of, groups_exhibit
from lifegap.reports.indicator_exhibits import comparisons_of, indicators_exhibit, overview
from lifegap.reports.map_exhibit import map_exhibit
from lifegap.reports.records import conflicts_table, needed_table, scorecard_table
from lifegap.wording import gap_sentence, group_words, publisher_words

Figures = list[dict[str, Any]]


@dataclass(frozen=True)
class Part:
    """A part of a page: exhibits, sentences to quote, an overview, or a few of them."""

    id: str
    title: str
    exhibits: list[Exhibit] = field(default_factory=list)
    words: str = ""
    quotes: list[tuple[str, str, str]] = field(default_factory=list)
    overview: dict[str, Any] | None = None

    @property
    def empty(self) -> bool:
        return not (self.exhibits or self.quotes or self.overview)


@dataclass(frozen=True)
class Content:
    """A page of a coalition or a place. message: its first sentence."""

    title: str
    message: str
    answers: list[Answer]
    parts: list[Part]

    @property
    def exhibits(self) -> list[Exhibit]:
        return [exhibit for part in self.parts for exhibit in part.exhibits]


@dataclass(frozen=True)
class ReadForPeople:
    """What pages and packs of a release are made of, read once. All but names and coalitions by coalition."""

    names: Names
    coalitions: Figures
    gaps: dict[str, Figures]
    comparisons: dict[str, Figures]
    contents: dict[str, Content]


@lru_cache(maxsize=1)
def read_for_people(release: Release) -> ReadForPeople:
    """Coalitions in the order in which they are listed, with their figures and what their pages say."""
    names = Names(release)
    coalitions = release.ask("SELECT * FROM coalition ORDER BY headline_place_id IS NULL, title DESC").dicts()
    gaps, comparisons, contents = {}, {}, {}
    for each in coalitions:
        id_ = each["coalition_id"]
        gaps[id_] = gaps_of(release, id_, names)
        comparisons[id_] = comparisons_of(release, id_, names)
        contents[id_] = coalition_page(release, each, gaps[id_], comparisons[id_], names)
    return ReadForPeople(names, coalitions, gaps, comparisons, contents)


WIDEST = " It is the widest gap of the coalition's places that may be quoted."
"""Said of the gap that heads the page of a coalition whose file names none."""


def coalition_page(
    release: Release, coalition: dict[str, Any], gaps: Figures, comparisons: Figures, names: Names
) -> Content:
    """Everything a release has of a coalition. coalition: its row."""
    id_ = coalition["coalition_id"]
    groups = group_gaps_of(release, id_, names)
    head = _head(coalition, gaps)
    pair = _pair(release, head, names) if head else []
    goals = goals_of(release, id_, head["place_id"], head["reference_place_id"]) if head else []
    of_head = _between(comparisons, head)
    targets = release.ask(
        "SELECT * FROM coalition_target WHERE coalition_id = ? ORDER BY adopted, target_id", [id_]
    ).dicts()
    order = [
        place
        for (place,) in release.ask(
            "SELECT place_id FROM coalition_place WHERE coalition_id = ? ORDER BY position, place_id", [id_]
        ).rows
    ]
    shown = head is not None and head["gap"] is not None
    answers = [
        *([how_large(head, names), how_sure(head)] if shown and head else []),
        which_way(goals, names),
        on_track(coalition, targets, goals, names),
        *filter(None, [what_goes_with_it(of_head, names)]),
        what_may_be_quoted([*gaps, *groups]),
    ]
    exhibits = [
        places_exhibit(id_, gaps, names),
        map_exhibit(id_, release, head, {gap["place_id"] for gap in gaps}, names) if head else None,
        sources_exhibit(id_, pair, names),
        years_exhibit(id_, pair, goals, names),
        ages_exhibit(id_, release, head, names) if head else None,
        groups_exhibit(id_, groups, names),
    ]
    free = head is not None and shown and head["quotable"] != "no"
    widest = WIDEST if free and coalition["headline_place_id"] is None else ""
    return Content(
        coalition["title"],
        f"{_message(head, groups, names)}{widest}"
        or f"No gap of {coalition['title']} may be quoted from this release.",
        answers,
        _filled(
            [
                Part("gaps", "Gaps in life expectancy", [each for each in exhibits if each]),
                Part("quotes", "What may be quoted", quotes=_quotes([*gaps, *groups], names)),
                Part(
                    "measures",
                    "Measures beside the gap",
                    list(filter(None, [indicators_exhibit(id_, of_head, names) if head else None])),
                    "They go with the gap. They do not say what leads to it.",
                    overview=overview(comparisons, order, names),
                ),
                Part("scorecard", "Scorecard", list(filter(None, [scorecard_table(release, id_)]))),
                Part("needed", "What has no figure", list(filter(None, [needed_table(release, id_, names)]))),
                Part(
                    "conflicts", "Where documents differ", list(filter(None, [conflicts_table(release, id_)]))
                ),
            ]
        ),
    )


def place_page(
    release: Release, place: dict[str, Any], gaps: Figures, comparisons: Figures, names: Names
) -> Content:
    """Everything a release has of a place. gaps, comparisons: of the place, of any coalition."""
    id_ = place["place_id"]
    own = f"place-{slug(id_)}"
    head = next((gap for gap in gaps if gap["gap"] is not None), None)
    pair = _pair(release, head, names) if head else []
    goals = goals_of(release, head["coalition_id"], id_, head["reference_place_id"]) if head else []
    first = head or next(iter(comparisons), None)
    of_head = _between(comparisons, first)
    answers = [
        *([how_large(head, names), how_sure(head), which_way(goals, names)] if head else []),
        *filter(None, [what_goes_with_it(of_head, names)]),
    ]
    exhibits = [
        estimates_exhibit(own, release, id_, names),
        sources_exhibit(own, pair, names),
        years_exhibit(own, pair, goals, names),
        ages_exhibit(own, release, head, names) if head else None,
    ]
    return Content(
        names.place(id_),
        _message(head, [], names) or sentence(release, place),
        answers,
        _filled(
            [
                Part("gaps", "Life expectancy", [each for each in exhibits if each]),
                Part("quotes", "What may be quoted", quotes=_quotes(gaps, names)),
                Part("measures", "Measures", list(filter(None, [indicators_exhibit(own, of_head, names)]))),
            ]
        ),
    )


def _head(coalition: dict[str, Any], gaps: Figures) -> dict[str, Any] | None:
    """The gap that a coalition is known by: the one that its file names, or the widest that may be quoted."""
    named = (coalition["headline_place_id"], coalition["headline_reference_id"])
    for gap in gaps:
        if (gap["place_id"], gap["reference_place_id"]) == named:
            return gap
    known = [gap for gap in gaps if gap["gap"] is not None]
    return max(known, key=lambda gap: (gap["quotable"] != "no", gap["gap"], gap["place"]), default=None)


def _pair(release: Release, head: dict[str, Any], names: Names) -> Figures:
    return gaps_of_pair(release, head["place_id"], head["reference_place_id"], names)


def _between(comparisons: Figures, head: dict[str, Any] | None) -> Figures:
    """Comparisons of the pair of a gap."""
    if head is None:
        return []
    return [
        row for row in comparisons if all(row[key] == head[key] for key in ("place_id", "reference_place_id"))
    ]


def _message(head: dict[str, Any] | None, groups: Figures, names: Names) -> str:
    """The first sentence of a page: its gap with interval, period and source; or that between groups.

    Only what may be quoted heads a page, for that is what people repeat; '' where nothing may.
    """
    if head is not None and head["gap"] is not None and head["quotable"] != "no":
        words = gap_sentence(_in_words(head, names))
        return f"{words} Source: {publisher_words(head)}."
    known = [gap for gap in groups if gap["gap"] is not None and gap["quotable"] != "no"]
    if not known:
        return ""
    most = max(known, key=lambda gap: gap["gap"])
    words = gap_sentence(_in_words(most, names))
    return f"{words} Source: {publisher_words(most)}. It is the widest gap between groups that may be quoted."


def _in_words(gap: dict[str, Any], names: Names) -> dict[str, Any]:
    """A gap with the names of its places, and of its groups, as they stand inside a sentence."""
    here, there = (names.spoken(gap[key], gap["coalition_id"]) for key in ("place_id", "reference_place_id"))
    if gap["reference_group"] != "all":
        here = f"{here} among {group_words(gap['population_group'])}"
        there = f"{there} among {group_words(gap['reference_group'])}"
    return gap | {"place": here, "reference": there}


def _quotes(gaps: Figures, names: Names) -> list[tuple[str, str, str]]:
    """The sentence of each gap that may be quoted: name and page of the place, and the words."""
    return [
        (gap["place"], f"place/{slug(gap['place_id'])}.html", quotation(_in_words(gap, names), [], "gap"))
        for gap in gaps
        if gap["quotable"] != "no" and gap["gap"] is not None
    ]


def _filled(parts: list[Part]) -> list[Part]:
    return [part for part in parts if not part.empty]
