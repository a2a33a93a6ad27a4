"""`workbook/<coalition>.xlsx`: the figures of a coalition for people who work with spreadsheets.

A cover with the message, then one table a sheet, in plain words, with a dictionary and notes. It says nothing
of the moment: when its newest file was obtained, not when it was written.
"""

from datetime import date
from typing import Any

from lifegap.errors import LifegapError
from lifegap.releases.calendar import month_or_year, twelve_months
from lifegap.releases.licenses import version_of
from lifegap.releases.quoted import sentence
from lifegap.releases.read import Release
from lifegap.reports.workbook.chart import add_gap_chart
from lifegap.reports.workbook.columns import Row, Sheet
from lifegap.reports.workbook.notes import DICTIONARY, NOTES, entries, notes
from lifegap.reports.workbook.sheets import CHANGED, CHART, GAP, SHEETS, SOURCES
from lifegap.reports.workbook.words import reason_sentences, words_of
from lifegap.reports.workbook.writer import COVER, HEIGHT, Writer, lines_of, write_text

FOLDER = "workbook"

WIDTHS = [26, 118, 10]
"""Of the columns of the cover, in characters."""

SAID_NEXT = 3
"""Editions to come that the cover names; the sheet of sources has all."""

Filled = list[tuple[Sheet, list[Row]]]
"""Sheets with their rows."""


def write_workbooks(release: Release) -> None:
    """Write a workbook for each coalition into the folder of the release."""
    (release.folder / FOLDER).mkdir(exist_ok=True)
    sentences = reason_sentences()
    asked = {sheet.name: _asked(release, sheet) for sheet in SHEETS}
    told = {sheet.name: entries(sheet) for sheet in (*SHEETS, DICTIONARY, NOTES)}
    for coalition in release.ask("SELECT * FROM coalition ORDER BY coalition_id").dicts():
        coalition_id = coalition["coalition_id"]
        rows_of = {name: (rows or {}).get(coalition_id, []) for name, rows in asked.items()}
        filled = [(sheet, rows_of[sheet.name]) for sheet in SHEETS if rows_of[sheet.name]]
        names = [*(sheet.name for sheet, _ in filled), DICTIONARY.name, NOTES.name]
        filled += [(DICTIONARY, [entry for name in names for entry in told[name]]), (NOTES, notes())]
        facts = [
            *_who(release, coalition, rows_of[GAP.name]),
            *_dates(release, rows_of[SOURCES.name]),
            *_terms(release, rows_of[SOURCES.name]),
            ("Empty sheets left out", _left_out(release, asked, names)),
        ]
        _write(
            release, coalition, [(label, said.strip()) for label, said in facts if said], filled, sentences
        )


def _write(
    release: Release,
    coalition: dict[str, Any],
    facts: list[tuple[str, str]],
    filled: Filled,
    sentences: dict[str, str],
) -> None:
    title = coalition["title"]
    path = release.folder / FOLDER / f"{coalition['coalition_id']}.xlsx"
    of_file = {"title": f"{title}: workbook", "author": "lifegap", "subject": "Gaps in life expectancy"}
    writer = Writer(sentences, of_file)
    _cover(writer, title, facts, filled)
    for sheet, rows in filled:
        page, header = writer.add(sheet, rows, title)
        if sheet is CHART:
            add_gap_chart(writer, page, sheet, rows, header)
    path.write_bytes(writer.close())


def _asked(release: Release, sheet: Sheet) -> dict[str, list[Row]] | None:
    """Rows of a sheet by coalition; None where a release of an earlier version does not have them."""
    try:
        return sheet.rows_of(release)
    except LifegapError:
        return None


def _left_out(release: Release, asked: dict[str, dict[str, list[Row]] | None], names: list[str]) -> str:
    """The sheets that are not there, and why where it is not that they have no rows."""
    said = []
    for sheet in SHEETS:
        if asked[sheet.name] is None:
            said.append(f"{sheet.name} (the version that made the release did not have it)")
        elif sheet is CHANGED and release.manifest.get("previous") is None:
            said.append(f"{sheet.name} (the first release of its folder)")
        elif sheet.name not in names:
            said.append(sheet.name)
    return "; ".join(said)


def _who(release: Release, coalition: dict[str, Any], gaps: list[Row]) -> list[tuple[str, str | None]]:
    """What the workbook is and says, whose figures and targets these are, and who made it."""
    city = f", {coalition['city']}" if coalition["city"] else ""
    draft = "" if coalition["status"] == "live" else f" ({words_of(coalition['status'])})"
    targets = release.ask(
        "SELECT text, source FROM coalition_target WHERE coalition_id = ? AND superseded_by IS NULL "
        "ORDER BY adopted, target_id",
        [coalition["coalition_id"]],
    ).rows
    stated = [f"{text} ({source})" for text, source in targets]
    return [
        ("Message", _message(release, coalition, gaps)),
        (
            "What this is",
            "All figures of the coalition in a release of lifegap, one table a sheet. Cells hold numbers, "
            "there are no formulas; the sheets Notes and Dictionary explain marks and columns.",
        ),
        ("Coalition", f"{coalition['title']}{city}{draft}. {coalition['mission'] or ''}"),
        ("Target", " ".join([*stated, coalition["target_statement"] or ""])),
        (
            "Made by",
            f"lifegap {version_of(release)}, of files of the publishers on the sheet Sources and of those "
            "that the coalition supplied. It is no publication of the coalition.",
        ),
        ("Contact of the coalition", coalition["url"]),
    ]


def _message(release: Release, coalition: dict[str, Any], gaps: list[Row]) -> str:
    """The sentence that the coalition's headline is quoted in; without one, how many gaps there are."""
    place = coalition["headline_place_id"]
    if place is not None:
        (name,) = release.ask("SELECT name FROM place WHERE place_id = ?", [place]).rows[0]
        return sentence(release, {"place_id": place, "name": name}, coalition["headline_reference_id"])
    if not gaps:
        return "This release has no gap in life expectancy for the coalition."
    at = [column.words for column in GAP.columns].index("May be quoted")
    return (
        "No single figure stands for the coalition: its places stand side by side, on the sheet Gap. "
        f"It has {len(gaps):,} gaps, of which {sum(row[at] != 'no' for row in gaps):,} may be quoted."
    )


def _of(rows: list[Row], *words: str) -> list[Row]:
    """Columns of the rows of the sheet of sources."""
    at = [[column.words for column in SOURCES.columns].index(each) for each in words]
    return [tuple(row[place] for place in at) for row in rows]


def _dates(release: Release, sources: list[Row]) -> list[tuple[str, str]]:
    """How new the files are, and what is expected next, seen from the day of the newest file."""
    days: list[date] = [day for (day,) in _of(sources, "Obtained on") if day is not None]
    if not days:
        return []
    titles = {source_id: title for title, source_id in _of(sources, "Source", "source_id")}
    calendar = release.ask("SELECT * FROM release_calendar ORDER BY source_id, vintage").dicts()
    expected = twelve_months([row for row in calendar if row["source_id"] in titles], max(days))
    coming = [
        f"{titles[each.source_id]} ({month_or_year(each.earliest, each.latest)})"
        for each in expected
        if not each.overdue
    ]
    late = [titles[each.source_id] for each in expected if each.overdue]
    words = [
        f"Editions that are expected next: {'; '.join([*dict.fromkeys(coming)][:SAID_NEXT])}."
        if coming
        else "",
        f"Expected before that day, and not in this release: {'; '.join(dict.fromkeys(late))}."
        if late
        else "",
    ]
    return [
        ("Last update", f"{max(days)}, when the newest file behind these figures was obtained."),
        ("Next update", " ".join(words).strip() or "No publisher is expected to bring another edition."),
    ]


def _terms(release: Release, sources: list[Row]) -> list[tuple[str, str]]:
    """Which release it is, and what its sources limit."""
    limited = [
        title for title, limit in _of(sources, "Source", "What the license limits") if limit is not None
    ]
    named = f"Not free for every use: {'; '.join(dict.fromkeys(limited))}." if limited else ""
    return [
        ("Content hash", release.manifest["content_hash"]),
        ("License", f"Each source has its own terms, on the sheet Sources; name the publisher. {named}"),
    ]


def _cover(writer: Writer, title: str, facts: list[tuple[str, str]], filled: Filled) -> None:
    """The first sheet: what this is, then the contents, with a link to each sheet."""
    page = writer.book.add_worksheet(COVER)
    for position, width in enumerate(WIDTHS):
        page.set_column(position, position, width)
    write_text(page, 0, 0, f"{title}: gaps in life expectancy and what goes with them", writer.title)
    for row, (label, said) in enumerate(facts, start=1):
        write_text(page, row, 0, label, writer.label)
        write_text(page, row, 1, said, writer.wrapped)
        page.set_row(row, HEIGHT * lines_of(said, WIDTHS[1] - 2))
    header = len(facts) + 1
    headers = [("Sheet", False), ("What it holds", False), ("Rows", True)]
    writer.table(page, "contents", headers, header, len(filled), "Contents of the workbook")
    for row, (sheet, rows) in enumerate(filled, start=header + 1):
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", writer.link, sheet.name)
        write_text(page, row, 1, sheet.holds)
        page.write_number(row, 2, len(rows), writer.format("#,##0_)"))
    writer.print_lying(page, header, len(filled), WIDTHS)
    page.activate()
