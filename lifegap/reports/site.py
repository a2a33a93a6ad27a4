"""`site/`: pages that open from the disk, without a network and without scripts, in any browser.

No page names the id of its release or the time it was made at, which stand in release.json alone: the same
refresh writes the same pages. They name the end of the id, which follows from the content.
"""

import json
import shutil
from typing import Any

from lifegap import __version__
from lifegap.home import SITE
from lifegap.releases.read import Release
from lifegap.reports.exhibits import Exhibit
from lifegap.reports.figures import Names, slug
from lifegap.reports.pages import TEMPLATES, rendered
from lifegap.reports.pictures import standalone
from lifegap.reports.records import (
    changes_tables,
    checks_tables,
    dictionary_tables,
    measures_table,
    sources_table,
)
from lifegap.reports.site_pages import Content, place_page, read_for_people

Figures = list[dict[str, Any]]

PAGES = (
    ("find", "Find a place"),
    ("methods", "Methods"),
    ("sources", "Sources"),
    ("changes", "What changed"),
    ("quality", "Data quality"),
    ("dictionary", "Dictionary"),
)
"""Pages beside those of coalitions and places, in the order in which every page lists them."""


class Site:
    """The site of one release while it is written."""

    def __init__(self, release: Release, names: Names) -> None:
        self.release = release
        self.folder = release.folder / SITE
        self.names = names
        obtained, following = release.ask(
            "SELECT strftime(max(obtained_at), '%Y-%m-%d'), (SELECT min(latest)::VARCHAR "
            "FROM release_calendar WHERE latest > (SELECT max(obtained_at) FROM source)) FROM source"
        ).rows[0]
        self.facts = {
            "pages": PAGES,
            "ending": str(release.manifest["content_hash"])[:8],
            "obtained": obtained,
            "next": f"by {following}" if following else "not known",
            "version": __version__,
        }

    def write(
        self, name: str, template: str, page: dict[str, Any], exhibits: list[Exhibit], **more: Any
    ) -> None:
        """One page, and the files of its exhibits. name: of the page, without its ending."""
        path = self.folder / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        values = {
            "site": self.facts,
            "root": "../" * name.count("/"),
            "page": {"name": name} | page,
            "exhibits": exhibits,
            "slug": slug,
            **more,
        }
        path.write_text(rendered(f"{template}.html", values), encoding="utf-8", newline="\n")
        for exhibit in exhibits:
            self._files(exhibit)

    def _files(self, exhibit: Exhibit) -> None:
        figures = self.folder / "figures"
        figures.mkdir(exist_ok=True)
        (figures / f"{exhibit.id}.csv").write_text(exhibit.csv(), encoding="utf-8", newline="\n")
        if exhibit.picture:
            picture = standalone(exhibit, f"release ending {self.facts['ending']}")
            (figures / f"{exhibit.id}.svg").write_text(picture, encoding="utf-8", newline="\n")


def write_site(release: Release) -> None:
    """Write all pages into the folder of the release."""
    read = read_for_people(release)
    site = Site(release, read.names)
    site.folder.mkdir(exist_ok=True)
    for name in ("site.css", "maps.css", "site.js"):
        shutil.copyfile(TEMPLATES / name, site.folder / name)
    for each in read.coalitions:
        _coalition(site, each, read.contents[each["coalition_id"]])
    _index(site, read.coalitions, read.contents)
    places = _places(site, _of_places(read.gaps), _of_places(read.comparisons))
    _find(site, read.coalitions, places)
    _records(site)


def _coalition(site: Site, coalition: dict[str, Any], content: Content) -> None:
    site.write(
        f"coalition/{coalition['coalition_id']}",
        "coalition",
        {"title": content.title, "message": content.message},
        content.exhibits,
        coalition=coalition,
        files=[
            (f"../pack/{coalition['coalition_id']}.pdf", "the pack for a meeting (PDF)"),
            (f"../workbook/{coalition['coalition_id']}.xlsx", "the workbook (Excel)"),
        ],
        answers=content.answers,
        parts=content.parts,
    )


def _of_places(rows: dict[str, Figures]) -> dict[str, Figures]:
    """Place → its rows, each comparison and measure once, whichever coalitions name it."""
    found: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
    for coalition_id in sorted(rows):
        for row in rows[coalition_id]:
            key = (row["reference_place_id"], row.get("indicator_id", ""))
            found.setdefault(row["place_id"], {}).setdefault(key, row)
    return {place: list(each.values()) for place, each in found.items()}


def _places(site: Site, gaps: dict[str, Figures], comparisons: dict[str, Figures]) -> list[dict[str, Any]]:
    """A page of every place that a coalition names."""
    places = site.release.ask(
        "SELECT p.place_id, p.name, string_agg(DISTINCT k.title, ', ' ORDER BY k.title) AS coalitions "
        "FROM coalition_place AS c JOIN place AS p USING (place_id) JOIN coalition AS k USING (coalition_id) "
        "GROUP BY ALL ORDER BY p.name, p.place_id"
    ).dicts()
    for place in places:
        id_ = place["place_id"]
        content = place_page(site.release, place, gaps.get(id_, []), comparisons.get(id_, []), site.names)
        site.write(
            f"place/{slug(place['place_id'])}",
            "coalition",
            {"title": content.title, "message": content.message},
            content.exhibits,
            files=[],
            coalition={"mission": f"A place of {place['coalitions']}.", "url": None},
            answers=content.answers,
            parts=content.parts,
        )
    return places


def _index(site: Site, coalitions: list[dict[str, Any]], contents: dict[str, Content]) -> None:
    first = contents[coalitions[0]["coalition_id"]]
    shown = next((each for each in first.exhibits if each.id.endswith("-gaps")), None)
    site.write(
        "index",
        "index",
        {"title": f"{first.title} and {len(coalitions) - 1} more coalitions", "message": first.message},
        [shown] if shown else [],
        shown=shown,
        coalitions=[
            {
                "id": each["coalition_id"],
                "title": each["title"],
                "words": contents[each["coalition_id"]].message,
            }
            for each in coalitions
        ],
        dataset=_dataset(site),
    )


def _dataset(site: Site) -> str:
    """What programs read of the site: a schema.org Dataset. Nothing in it ends the script that holds it."""
    told = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": "Life-expectancy gaps between neighborhoods",
        "description": "Life expectancy, gaps and indicators of coalitions' places, from public files.",
        "version": f"{__version__}+{site.facts['ending']}",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "lifegap"},
    }
    return json.dumps(told, indent=1).replace("<", "\\u003c")


def _find(site: Site, coalitions: list[dict[str, Any]], places: list[dict[str, Any]]) -> None:
    entries = [
        *((f"coalition/{each['coalition_id']}.html", each["title"], "coalition") for each in coalitions),
        *((f"place/{slug(each['place_id'])}.html", each["name"], each["coalitions"]) for each in places),
        *(
            ("methods.html#measures", each["title"], f"measure, {each['unit']}")
            for each in sorted(site.names.indicators.values(), key=lambda row: row["title"])
        ),
    ]
    site.write(
        "find",
        "find",
        {
            "title": "Find a place or a measure",
            "message": f"{len(coalitions)} coalitions, {len(places)} places and "
            f"{len(site.names.indicators)} measures have a page or a line.",
        },
        [],
        entries=entries,
    )


METHODS = (
    "Life expectancy at birth is how long a newborn would live on average if death rates stayed as they were "
    "in the period. It says how long people die now at each age. It is no forecast for a child.",
    "A gap is the life expectancy of the place to compare with less that of the place. Both come from the "
    "same source, edition, period and method. Figures of different sources are never subtracted.",
    "An interval of 95 % says where the true figure likely lies, by chance alone. Where the publisher gives "
    "no margin of error there is no interval, and the figure may not be quoted as a finding.",
    "A figure may be quoted if it has an interval, is reliable enough, and its source allows the comparison. "
    "Some may be quoted with their caveat only. Others are shown, so that nothing is hidden, but marked.",
    "Where places are taken together, their deaths and people are added up. A mean of life expectancies is "
    "not that of the people together, and is marked as unreliable.",
    "Where a figure is missing, its cell says why. The publisher may hide it, or it is withheld here.",
)


def _records(site: Site) -> None:
    release = site.release
    sources, checks = sources_table(release), checks_tables(release)
    changes, (dictionary, *of_tables) = changes_tables(release), dictionary_tables(release)
    for name, message, paragraphs, links, exhibits in (
        ("methods", METHODS[1], METHODS, (), [measures_table(site.names)]),
        ("sources", f"{sources.title}.", (), (), [sources]),
        ("changes", f"{changes[0].title}.", (), (), changes),
        (
            "quality",
            f"{checks[1].title}; {checks[0].title}.",
            (),
            (("../signoff.html", "The sign-off sheet of this release"),),
            checks,
        ),
        ("dictionary", f"{dictionary.title}.", (), (), [dictionary]),
    ):
        page = {"title": dict(PAGES)[name], "message": message, "paragraphs": paragraphs, "links": links}
        site.write(name, "tables", page, exhibits)
    for table in of_tables:
        name = table.id.removeprefix("dictionary-")
        page = {"title": name, "message": table.subtitle, "paragraphs": (), "links": ()}
        site.write(f"dictionary/{name}", "tables", page, [table])
