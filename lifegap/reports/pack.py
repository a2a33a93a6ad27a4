"""`pack/<coalition>.pdf`: what a committee prints and takes to its meeting, a page an area.

The same figures, sentences and charts as the coalition's page; typst sets them with fonts of its own, so that
the bytes are the same on every machine. It is a tagged PDF (PDF/UA-1): a picture without words is refused.
"""

import json
from collections.abc import Iterator
from typing import Any

from lifegap.home import PACK
from lifegap.releases.read import Release
from lifegap.reports.changes import changes_of
from lifegap.reports.exhibits import Exhibit, distinct
from lifegap.reports.pages import TEMPLATES
from lifegap.reports.pictures import BOX, drawing, name_of
from lifegap.reports.site_pages import Content, read_for_people

MOST_ROWS = 40
"""Rows of a table of the pack; the page and the workbook have all."""

MOST_COLUMNS = 6
"""Columns that can be read on a sheet of paper."""

TALL = 0.62
"""Height of a picture to its width from which on it is printed smaller, so that its table stays beside it."""

ASKED = (
    "Is the message at the top of this page the one that we give, with its interval and source?",
    'Which of the figures under "What may be quoted" do we use until the next release?',
    "Who gets the figures that are missing, and by when?",
)
"""What a committee decides, in every pack."""


def write_packs(release: Release) -> None:
    """Write the pack of every coalition into the folder of the release."""
    import typst

    folder = release.folder / PACK
    folder.mkdir(exist_ok=True)
    read = read_for_people(release)
    changes = _changes(release)
    compiler = typst.Compiler(ignore_system_fonts=True)
    for coalition in read.coalitions:
        content = read.contents[coalition["coalition_id"]]
        told = _told_to_typst(release, coalition, content, changes)
        printed = compiler.compile(
            input=(TEMPLATES / "pack.typ").read_bytes(),
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"pack": json.dumps(told)},
        )
        assert isinstance(printed, bytes)
        (folder / f"{coalition['coalition_id']}.pdf").write_bytes(printed)


def _told_to_typst(
    release: Release, coalition: dict[str, Any], content: Content, changes: list[str]
) -> dict[str, Any]:
    """Everything that the pack says, as texts: nothing of it is read as markup."""
    return {
        "title": content.title,
        "message": content.message,
        "mission": coalition["mission"] or "",
        "asked": ASKED,
        "answers": [
            {"question": each.question, "words": each.words, "more": each.more} for each in content.answers
        ],
        "exhibits": [_exhibit(each) for each in _shown(content)],
        "quotes": [
            {"place": place, "words": words} for part in content.parts for place, _, words in part.quotes
        ],
        "changes": changes,
        "release": f"Release ending {str(release.manifest['content_hash'])[:8]}",
    }


def _shown(content: Content) -> Iterator[Exhibit]:
    """Exhibits with a picture; tables without one are for the page and the workbook."""
    return (exhibit for exhibit in content.exhibits if exhibit.picture)


def _exhibit(exhibit: Exhibit) -> dict[str, Any]:
    columns = [index for index, column in enumerate(exhibit.columns) if column.key not in LEFT_OUT]
    columns = columns[:MOST_COLUMNS]
    cells = [[exhibit.cells(row)[index] for index in columns] for row in exhibit.rows[:MOST_ROWS]]
    rows = [["none" if cell["kind"] == "missing" else cell["text"] for cell in row] for row in cells]
    missing = distinct([cell["text"] for row in cells for cell in row if cell["kind"] == "missing"])
    box = BOX.search(exhibit.picture)
    assert box
    return {
        "title": exhibit.title,
        "subtitle": exhibit.subtitle,
        "picture": drawing(exhibit.picture),
        "alt": name_of(exhibit.picture),
        "headings": [exhibit.columns[index].heading for index in columns],
        "numbers": [bool(exhibit.columns[index].unit) for index in columns],
        "rows": rows,
        "missing": " ".join(text for text in missing if text != "none"),
        "more": len(exhibit.rows) - len(rows),
        "width": 100 if int(box[2]) < TALL * int(box[1]) else 72,
        "sources": "; ".join(exhibit.sources),
    }


LEFT_OUT = ("caveat", "why", "source", "area", "may_be_quoted", "reliability")
"""Columns of long texts, which stand elsewhere in the pack or on the page."""


def _changes(release: Release) -> list[str]:
    """What changed since the release before: counts first, then at most three examples."""
    changes = changes_of(release)
    if not changes["known"] or changes["first"]:
        return ["This is the first release of its folder: there is none before it to compare with."]
    if not changes["cells"]:
        return ["Nothing is different from the release before."]
    more = f"And {changes['more']:,} more, on the page What changed." if changes["more"] > 0 else ""
    counts = (
        f"{changes['cells']} cells are not as before ({changes['kinds']}); {changes['beyond']} of them "
        f"moved beyond their uncertainty, and {changes['flips']} turn a finding round."
    )
    return [each for each in (counts, *(row["sentence"] for row in changes["examples"]), more) if each]
