"""Workbooks of coalitions: their structure, their numbers, their words, and that nothing in them is run."""

import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.constraints import constraints_of
from lifegap.catalog.tables import declared_tables
from lifegap.releases.quoted import figures_of, gaps_quoted_first, sentence
from lifegap.releases.read import Release, open_folder, open_release
from lifegap.reports.workbook.columns import NUMBERS, Column, Sheet
from lifegap.reports.workbook.cover import write_workbooks
from lifegap.reports.workbook.notes import DICTIONARY, NOTES
from lifegap.reports.workbook.sheets import SHEETS
from lifegap.reports.workbook.words import MARKS, METHODS, as_it_comes, magnitude, mark_of, words_of
from lifegap.reports.workbook.writer import LONGEST, Writer
from tests.conftest import CHECKOUT
from tests.store.small_home import publish_titled

WEST_SIDE = "west-side-united"
TOLERANCE = 1e-12
"""Relative: XLSX holds sixteen digits, which is one less than some doubles need."""

HOSTILE = (
    "=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '{=1+1}', "http://example.org/?a=1&b=2", "007",
    "O'Hare \"Field\" & <script>alert(1)</script>", "<r><t>x</t></r>", "<r>", "_x0041_", " kept ", "Río Ñuñoa",
    "{title}", "#REF!", "TRUE", "1e5",
)  # fmt: skip


class Written:
    """The workbooks of a release as they are read back. folder: where they lie."""

    def __init__(self, folder: Path, names: str = "*") -> None:
        self.folder = folder
        paths = sorted(folder.glob(f"{names}.xlsx"))
        self.books = {path.stem: openpyxl.load_workbook(path) for path in paths}

        self.tables: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def table(self, coalition: str, sheet: str) -> list[dict[str, Any]]:
        """The rows of the table of a sheet, by header; read once."""
        if (coalition, sheet) not in self.tables:
            self.tables[coalition, sheet] = self._read(coalition, sheet)
        return self.tables[coalition, sheet]

    def _read(self, coalition: str, sheet: str) -> list[dict[str, Any]]:
        page = self.books[coalition][sheet]
        top, left, bottom, right = _table_of(page)
        (headers,) = page.iter_rows(top, top, left, right, values_only=True)
        rows = page.iter_rows(top + 1, bottom, left, right, values_only=True)
        return [dict(zip(map(str, headers), row, strict=True)) for row in rows]

    def sheets(self) -> Iterator[tuple[str, Worksheet]]:
        for coalition, book in self.books.items():
            for page in book.worksheets:
                yield coalition, page


def _table_of(page: Worksheet) -> tuple[int, int, int, int]:
    """First row (of the header), first column, last row, last column of the only table of a sheet."""
    (table,) = page.tables.values()
    left, top, right, bottom = range_boundaries(table.ref)
    assert None not in (left, top, right, bottom)
    return int(top or 0), int(left or 0), int(bottom or 0), int(right or 0)


def _written(release: Release, folder: Path) -> Path:
    """The folder of the workbooks of a release, written anew below `folder`."""
    _ = release.manifest
    elsewhere = Release(folder, release.connection)
    elsewhere.__dict__["manifest"] = release.manifest
    write_workbooks(elsewhere)
    return folder / "workbook"


@pytest.fixture(scope="module")
def written(bundle_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Written:
    with open_release(bundle_home) as release:
        return Written(_written(release, tmp_path_factory.mktemp("workbooks")))


def test_a_release_holds_a_workbook_of_each_coalition_that_its_tables_give(
    bundle_home: Path, release: Release, written: Written
) -> None:
    coalitions = [name for (name,) in release.ask("SELECT coalition_id FROM coalition ORDER BY 1").rows]
    folder = bundle_home / "latest" / "workbook"
    assert sorted(path.name for path in folder.iterdir()) == [f"{name}.xlsx" for name in coalitions]
    for name in coalitions:
        again = (written.folder / f"{name}.xlsx").read_bytes()
        assert (folder / f"{name}.xlsx").read_bytes() == again, name


def test_a_workbook_opens_at_its_cover_which_leads_to_every_sheet(written: Written) -> None:
    for coalition, book in written.books.items():
        assert book.sheetnames[0] == "Cover"
        assert book.active is book["Cover"]
        assert all(len(name) < 31 for name in book.sheetnames)
        contents = written.table(coalition, "Cover")
        assert [row["Sheet"] for row in contents] == book.sheetnames[1:]
        links = [cell.hyperlink for row in book["Cover"].iter_rows() for cell in row]
        assert [link.location for link in links if link is not None] == [
            f"'{name}'!A1" for name in book.sheetnames[1:]
        ]
        for row in contents:
            assert row["What it holds"]
            assert row["Rows"] == len(written.table(coalition, row["Sheet"]))


def test_the_cover_says_what_it_is_of_when_and_of_whom(release: Release, written: Written) -> None:
    west_side = _facts(written, WEST_SIDE)
    assert list(west_side) == [
        "Message", "What this is", "Coalition", "Target", "Made by", "Contact of the coalition", "Last update",
        "Next update", "Content hash", "License", "Empty sheets left out",
    ]  # fmt: skip
    (place_id, reference), *_ = release.ask(
        "SELECT headline_place_id, headline_reference_id FROM coalition WHERE coalition_id = ?", [WEST_SIDE]
    ).rows
    ((name,),) = release.ask("SELECT name FROM place WHERE place_id = ?", [place_id]).rows
    headline = {"place_id": place_id, "name": name}
    assert west_side["Message"] == sentence(release, headline, reference)
    assert west_side["Content hash"] == release.manifest["content_hash"]
    newest = max(row["Obtained on"] for row in written.table(WEST_SIDE, "Sources"))
    assert west_side["Last update"].startswith(f"{newest.date()}, ")
    assert "American Community Survey, 5-year estimates (2026-12)" in west_side["Next update"]
    assert "by half by 2030" in west_side["Target"]
    limited = [row for row in written.table(WEST_SIDE, "Sources") if row["What the license limits"]]
    assert "County Health Rankings, measures of counties" in {row["Source"] for row in limited}
    assert all(row["Source"] in west_side["License"].split("Not free for every use: ")[1] for row in limited)
    without = _facts(written, "ihi-pursuing-equity")
    assert without["Message"].startswith("No single figure stands for the coalition")


def _facts(written: Written, coalition: str) -> dict[str, str]:
    cover = written.books[coalition]["Cover"]
    top, *_ = _table_of(cover)
    return {str(row[0]): str(row[1]) for row in cover.iter_rows(2, top - 1, 1, 2, values_only=True)}


def test_nothing_says_when_or_under_which_id_a_workbook_was_made(release: Release, written: Written) -> None:
    for path in written.folder.glob("*.xlsx"):
        with zipfile.ZipFile(path) as parts:
            text = b"".join(parts.read(name) for name in parts.namelist())
            assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for moment in ("release_id", "published_at", "dagster_run"):
            assert release.manifest[moment].encode() not in text


def test_every_sheet_has_a_title_one_table_and_one_row_of_headers(written: Written) -> None:
    for coalition, book in written.books.items():
        names = [name for page in book.worksheets for name in page.tables]
        assert len(names) == len({name.lower() for name in names}) == len(book.worksheets)
        assert all(re.fullmatch("[a-z_]+", name) for name in names)
        for page in book.worksheets:
            assert page["A1"].value, (coalition, page.title)
            top, left, bottom, right = _table_of(page)
            assert (left, bottom) == (1, page.max_row)
            headers = [cell.value for cell in page[top]][:right]
            assert all(headers)
            assert len({str(header).lower() for header in headers}) == len(headers)
            assert not page.merged_cells.ranges
            # Every row above the table has a text, and every row of the table a value.
            assert all(page.cell(row, 1).value for row in range(1, top))
            rows = page.iter_rows(top + 1, bottom, values_only=True)
            assert all(any(value is not None for value in row) for row in rows)
            if page.title != "Cover":
                assert page.freeze_panes in (f"A{top + 1}", f"B{top + 1}")


def test_sheets_tell_nothing_by_color_and_hide_nothing(written: Written) -> None:
    for _, page in written.sheets():
        assert page.sheet_state == "visible"
        assert not page.conditional_formatting
        assert not any(
            each.hidden for each in (*page.column_dimensions.values(), *page.row_dimensions.values())
        )
        fills = {cell.fill.fill_type for row in page.iter_rows() for cell in row}
        assert fills == {None}


def test_there_is_no_formula_and_no_connection(written: Written) -> None:
    for path in written.folder.glob("*.xlsx"):
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                assert not re.search("external|connection|vba|macro", name.lower()), name
                if name.startswith("xl/worksheets/sheet"):
                    assert b"<f>" not in parts.read(name), (path.name, name)
                    assert b"<f " not in parts.read(name), (path.name, name)
    assert {cell.data_type for _, page in written.sheets() for row in page for cell in row} <= {"s", "n", "d"}


def _sheet(name: str) -> Sheet:
    return next(sheet for sheet in (*SHEETS, DICTIONARY, NOTES) if sheet.name == name)


def test_cells_of_numbers_are_numbers_and_units_stand_in_headers_or_beside(written: Written) -> None:
    without_unit = {"Rank", "Rank, lower limit", "Rank, upper limit", "Places ranked", "Score"}
    for coalition, page in written.sheets():
        if page.title == "Cover":
            continue
        sheet = _sheet(page.title)
        rows = written.table(coalition, page.title)
        assert list(rows[0]) == [sheet.header(column) for column in sheet.columns]
        for column in sheet.columns:
            header = sheet.header(column)
            kinds = {type(row[header]) for row in rows} - {type(None)}
            if column.form not in NUMBERS:
                assert kinds <= {str}, (page.title, header)
                continue
            assert kinds <= ({datetime} if column.form == "date" else {int, float}), (page.title, header)
            if column.form in ("tenths", "value", "share") and column.words not in without_unit:
                said = re.search(r"\(.+\)|[Pp]ercent|[Pp]robability", header)
                assert said or "Unit" in rows[0] or page.title == "What changed", (page.title, header)


WHOLE_TABLES = {
    "Gap": ("g", "coalition_id = $coalition"),
    "Places": ("e", "place_id IN (SELECT place_id FROM coalition_place WHERE coalition_id = $coalition)"),
    "Progress": ("f", "coalition_id = $coalition"),
    "Ages and causes": ("d", "coalition_id = $coalition"),
    "Priority areas": ("x", "coalition_id = $coalition"),
    "Scorecard": ("k", "coalition_id = $coalition"),
}
"""Sheet → alias of the table that it shows whole, and which of its rows are of a coalition."""


@pytest.mark.parametrize("name", WHOLE_TABLES)
def test_numbers_are_those_of_the_table_row_for_row(name: str, release: Release, written: Written) -> None:
    sheet = _sheet(name)
    alias, whose = WHOLE_TABLES[name]
    columns = {
        sheet.header(column): column.shows.partition(".")[2]
        for column in sheet.columns
        if column.shows.startswith(f"{alias}.") and (column.form in NUMBERS or column.words.endswith("_id"))
    }
    compared = 0
    for coalition, book in written.books.items():
        values = {"coalition": coalition}
        rows = release.ask(
            f'SELECT {", ".join(columns.values())} FROM "{sheet.of[alias]}" WHERE {whose}', values
        )
        if not rows.rows:
            assert name not in book.sheetnames
            continue
        shown = [tuple(row[header] for header in columns) for row in written.table(coalition, name)]
        assert len(shown) == len(rows.rows)
        for here, there in zip(sorted(shown, key=_order), sorted(rows.rows, key=_order), strict=True):
            _assert_same(here, there)
        compared += len(shown)
    assert compared > 50


def _order(row: tuple[Any, ...]) -> list[tuple[bool, str]]:
    """Rows in an order that the last digits of their numbers do not change."""
    return [
        (value is None, f"{value:.9e}" if isinstance(value, int | float) else str(value)) for value in row
    ]


def _assert_same(here: tuple[Any, ...], there: tuple[Any, ...]) -> None:
    for one, other in zip(here, there, strict=True):
        if isinstance(other, int | float):
            assert one == pytest.approx(other, rel=TOLERANCE, abs=0), (here, there)
        else:
            assert one == other, (here, there)


def test_a_gap_stands_beside_its_own_place_reference_and_interval(release: Release, written: Written) -> None:
    (shown,) = (
        row
        for row in written.table(WEST_SIDE, "Gap")
        if (row["Place"], row["Compared with"]) == ("West Garfield Park", "Loop")
        and (row["First year"], row["source_id"]) == (2010, "nchs_usaleep")
    )
    (of_table,) = release.ask(
        "SELECT * FROM life_expectancy_gap WHERE coalition_id = ? AND place_id = 'neighborhood:chicago-26' AND "
        "reference_place_id = 'neighborhood:chicago-32' AND source_id = 'nchs_usaleep'",
        [WEST_SIDE],
    ).dicts()
    for header, column in (("Gap", "gap"), ("Lower limit", "ci_low"), ("Upper limit", "ci_high")):
        assert shown[f"{header} (years)"] == pytest.approx(of_table[column], rel=TOLERANCE, abs=0)
    assert (shown["Last year"], shown["May be quoted"]) == (2015, "yes, with its caveat")
    assert shown["What goes with it"] == of_table["caveat"]
    assert shown["How it was made"] == "pooled life table, people by age of a survey"


def test_indicators_are_the_newest_of_their_series_with_the_numbers_of_the_tables(
    release: Release, written: Written
) -> None:
    compared = {
        (
            row["place_id"],
            row["reference_place_id"],
            row["indicator_id"],
            row["source_id"],
            row["period_end"],
        ): row
        for row in release.ask(
            "SELECT * FROM indicator_comparison WHERE coalition_id = ?", [WEST_SIDE]
        ).dicts()
    }
    newest: dict[tuple[Any, ...], int] = {}
    for *series, year in compared:
        newest[tuple(series)] = max(year, newest.get(tuple(series), 0))
    rows = written.table(WEST_SIDE, "Indicators")
    against = [row for row in rows if row["Compared with"] is not None]
    keys = ("place_id", "reference_place_id", "indicator_id", "source_id")
    assert {tuple(row[key] for key in keys): row["Last year"] for row in against} == newest
    for row in against:
        of_table = compared[*(row[key] for key in keys), row["Last year"]]
        shown = tuple(
            row[name] for name in ("Value", "Value of the reference", "Difference", "Difference, lower limit")
        )
        _assert_same(
            shown,
            tuple(of_table[name] for name in ("place_value", "reference_value", "difference", "ci_low")),
        )
        assert row["Verdict"] == words_of(of_table["verdict"])
    alone = [row for row in rows if row["Compared with"] is None]
    assert {row["Verdict"] for row in alone} == {"not compared"}
    values = {
        (
            row["place_id"],
            row["indicator_id"],
            row["source_id"],
            row["period_end"],
            row["population_group"],
        ): row["value"]
        for row in release.ask("SELECT * FROM indicator_value").dicts()
    }
    for row in alone:
        group = "all" if row["People"] == "all people" else row["People"].replace(": ", ":").replace(" ", "_")
        key = (row["place_id"], row["indicator_id"], row["source_id"], row["Last year"], group)
        _assert_same((row["Value"],), (values[key],))


def test_an_empty_number_has_a_mark_and_a_sentence_beside_it(written: Written) -> None:
    figures = {"Gap": "Gap (years)", "Places": "Life expectancy (years)", "Indicators": "Difference",
               "Ages and causes": "Part of the gap (years)", "Progress": "Percent achieved"}  # fmt: skip
    seen: Counter[str] = Counter()
    for coalition, book in written.books.items():
        for name, figure in figures.items():
            for row in written.table(coalition, name) if name in book.sheetnames else ():
                if row[figure] is None:
                    assert re.fullmatch(r"\[[a-z]\]", row["Status"]), (name, row)
                    assert row["Why"].endswith("."), (name, row)
                    seen[name] += 1
    assert seen.keys() == figures.keys()


def test_marks_have_one_meaning_each_and_those_used_are_explained_above_their_table(written: Written) -> None:
    known = {mark for mark, _ in MARKS.values()}
    assert len(known) == len(MARKS) == len({meaning for _, meaning in MARKS.values()})
    for coalition, page in written.sheets():
        top, *_ = _table_of(page)
        above = " ".join(str(page.cell(row, 1).value) for row in range(2, top))
        used = {row["Status"] for row in written.table(coalition, page.title) if row.get("Status")}
        assert used <= known
        assert {mark for mark in known if f"{mark} " in above} == used, (coalition, page.title)
    page = (CHECKOUT / "docs" / "how-to" / "read-a-workbook.md").read_text(encoding="utf-8")
    assert {f"[{letter}]" for letter in re.findall(r"^\| \[([a-z])\] \|", page, re.MULTILINE)} == known
    of_notes = {row["About"] for row in written.table(WEST_SIDE, "Notes")}
    assert {f"Mark {mark}" for mark in known} <= of_notes


def test_every_reason_has_a_mark_and_every_method_a_name(catalog: Catalog) -> None:
    other = mark_of("unknown:thing")
    assert [reason for reason in catalog.reasons if mark_of(reason) == other] == []
    methods = {
        value
        for table in declared_tables().values()
        if table.layer == "published"
        and table.name in {name for sheet in SHEETS for name in sheet.of.values()}
        for name, constraint in constraints_of(table).items()
        if name == "method"
        for value in constraint.values
    }
    assert methods <= METHODS.keys()


def test_codes_are_words_in_their_cells(written: Written) -> None:
    for coalition, page in written.sheets():
        if page.title == "Cover":
            continue
        sheet = _sheet(page.title)
        for column in sheet.columns:
            if column.form == "words":
                said = {row[sheet.header(column)] for row in written.table(coalition, page.title)} - {None}
                assert not {each for each in said if "_" in each}, (page.title, column.words)


def test_the_dictionary_explains_every_column_of_every_sheet(written: Written) -> None:
    for coalition, book in written.books.items():
        lines = {(row["Sheet"], row["Column"]): row for row in written.table(coalition, "Dictionary")}
        headers = {
            (page.title, header)
            for page in book.worksheets[1:]
            for header in written.table(coalition, page.title)[0]
        }
        assert lines.keys() == headers
        assert all(row["Meaning"] for row in lines.values())
    gap = lines["Gap", "Gap (years)"]
    assert gap["Unit"] == "years"
    assert gap["Meaning"] == "Reference less place: positive means people of the place live shorter."
    assert gap["Empty or marked"] == "empty where there is none; Status says why"
    assert gap["Column of the release"] == "life_expectancy_gap.gap"
    assert lines["Gap", "Reliability"]["Allowed values"] == "good; caution; unreliable; withheld"


def test_what_may_be_quoted_is_all_that_may_be_and_each_sentence_has_its_own_numbers(
    release: Release, written: Written
) -> None:
    rows = written.table(WEST_SIDE, "What may be quoted")
    assert {row["May be quoted"] for row in rows} <= {"yes", "yes, with its caveat"}
    ((gaps,),) = release.ask(
        "SELECT count(*) FROM life_expectancy_gap WHERE coalition_id = ? AND quotable <> 'no' "
        "AND population_group = 'all' AND reference_group = 'all'",
        [WEST_SIDE],
    ).rows
    assert sum(row["Figure"] == "gap" for row in rows) == gaps
    for row in rows:
        value = f"{abs(row['Value (years)']) + 1e-9:.1f}"
        assert ("the same as" if value == "0.0" else f"{value} years") in row["Sentence"]
        assert row["May be quoted"] == "yes" or row["What goes with it"]
    first = next(row for row in rows if row["Place"] == "West Garfield Park" and row["First year"] == 2010
                 and row["Last year"] == 2015 and row["Figure"] == "gap")  # fmt: skip
    assert first["Sentence"].startswith(
        "In 2010-2015, life expectancy in West Garfield Park was 70.4 years, 11.6 years shorter than in the Loop "
        "(95 % interval 8.4 to 14.7)."
    )


def test_the_chart_draws_the_cells_of_the_gaps_that_are_quoted_first(
    release: Release, written: Written
) -> None:
    quoted = [row for row in gaps_quoted_first(release) if row["coalition_id"] == WEST_SIDE]
    rows = written.table(WEST_SIDE, "Gap chart")
    assert [row["Place"] for row in rows] == [row["place"] for row in quoted]
    assert [row["Gap (years)"] for row in rows] == sorted((row["Gap (years)"] for row in rows), reverse=True)
    top, _, bottom, _ = _table_of(written.books[WEST_SIDE]["Gap chart"])
    with zipfile.ZipFile(written.folder / f"{WEST_SIDE}.xlsx") as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    drawn = re.findall(r"<c:f>'Gap chart'!\$([A-Z])\$(\d+):\$[A-Z]\$(\d+)</c:f>", chart)
    assert set(drawn) == {(column, str(top + 1), str(bottom)) for column in "AEFG"}
    cached = [float(value) for value in re.findall(r"<c:v>(-?[\d.]+)</c:v>", chart)]
    assert len(cached) == 3 * len(rows)
    assert cached[-len(rows) :] == pytest.approx([row["Gap (years)"] for row in rows], rel=TOLERANCE, abs=0)
    assert rows[0]["Sentence"] in chart
    assert "to Loop, 2010-2015" in chart
    assert all(row["Sentence"] in drawing for row in rows)


def test_a_place_is_charted_by_the_figure_that_is_quoted_first(release: Release, written: Written) -> None:
    charted = gaps_quoted_first(release)
    assert len({gap["coalition_id"] for gap in charted}) > 3
    for gap in charted:
        _, (first, *_) = figures_of(release, gap["place_id"], gap["reference_place_id"])
        assert (first["gap"], first["source_id"]) == (gap["gap"], gap["source_id"]), gap["place"]
    (row,) = (row for row in written.table(WEST_SIDE, "Gap chart") if row["Place"] == "West Garfield Park")
    said = sentence(release, {"place_id": "neighborhood:chicago-26", "name": "West Garfield Park"})
    assert said.startswith(row["Sentence"])


def test_sheets_without_rows_are_left_out_and_the_cover_says_so(written: Written) -> None:
    for coalition, book in written.books.items():
        left_out = {sheet.name for sheet in SHEETS} - {*book.sheetnames}
        said = _facts(written, coalition).get("Empty sheets left out", "")
        assert {each.partition(" (")[0] for each in said.split("; ")} - {""} == left_out
    assert "Gap chart" not in written.books["bcbsma-accelerator"].sheetnames


def _altered(bundle_home: Path, to: Path, *statements: str) -> Written:
    """The workbook of a coalition, made of a copy of the release in which something is different."""
    to.mkdir()
    for name in ("lifegap.duckdb", "release.json"):
        shutil.copy((bundle_home / "latest" / name).resolve(), to / name)
        (to / name).chmod(0o644)
    with duckdb.connect(str(to / "lifegap.duckdb")) as connection:
        for statement in (
            *statements,
            f"DELETE FROM published.coalition WHERE coalition_id <> '{WEST_SIDE}'",
        ):
            connection.execute(statement)
    with open_folder(to) as release:
        write_workbooks(release)
    return Written(to / "workbook")


def test_a_release_of_a_version_without_a_column_has_a_workbook_that_says_so(
    bundle_home: Path, tmp_path: Path
) -> None:
    renamed = "ALTER TABLE published.priority_index RENAME COLUMN score TO points"
    facts = _facts(_altered(bundle_home, tmp_path / "copy", renamed), WEST_SIDE)
    assert (
        "Priority areas (the version that made the release did not have it)" in facts["Empty sheets left out"]
    )


def test_what_changed_of_a_coalition_and_its_places_is_listed_what_matters_most_first(
    bundle_home: Path, tmp_path: Path
) -> None:
    changed = """
        INSERT INTO published.change BY NAME
        SELECT 'before' AS release_from, 'this' AS release_to, 'life_expectancy_gap' AS table_name,
            'k=' || i AS key, 'gap' AS column_name, 'moved' AS kind, 'source' AS cause, '1' AS old, '2' AS new,
            i / 1000 AS difference, i = 7 AS beyond_uncertainty,
            CASE i WHEN 3 THEN 'direction' END AS flip, CASE i WHEN 3 THEN 'x' END AS blocked_as,
            CASE WHEN i % 2 = 0 THEN 'west-side-united' WHEN i = 9 THEN 'ihi-pursuing-equity' END AS coalition_id,
            'neighborhood:chicago-26' AS place_id, 1200 AS cells, 'Row ' || i || ' is another.' AS sentence
        FROM range(1200) AS r(i)
    """
    rows = _altered(bundle_home, tmp_path / "copy", changed).table(WEST_SIDE, "What changed")
    assert len(rows) == 1_000
    assert [row["What changed"] for row in rows[:3]] == [
        "Row 3 is another.",
        "Row 7 is another.",
        "Row 1199 is another.",
    ]
    assert "Row 9 is another." not in {row["What changed"] for row in rows}
    assert (rows[0]["Turns round"], rows[0]["Place"], rows[1]["Beyond uncertainty"]) == (
        "direction", "West Garfield Park", "yes",
    )  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_harmless_and_unaltered(title: str) -> None:
    columns = (Column("Name", ""), Column("Why", "", "why"), Column("Value", "", "value"))
    sheet = Sheet("Names", "names", "{title}", "", (), columns)
    writer = Writer({}, {"title": title})
    writer.add(sheet, [(title, title, 1.5)], title)
    book = openpyxl.load_workbook(BytesIO(writer.close()))
    page = book["Names"]
    found = [page["A1"], page["A4"], page["B4"]]
    assert [cell.value for cell in found] == [title] * 3
    assert {cell.data_type for cell in found} == {"s"}
    assert not any(cell.hyperlink for cell in found)
    # openpyxl leaves properties as the file escapes them.
    assert str(book.properties.title).replace("_x005F", "") == title


def test_names_of_places_are_harmless_in_cells_sentences_and_the_chart(
    bundle_home: Path, tmp_path: Path
) -> None:
    name = '="x" & <script>1</script>, Río'
    renamed = f"UPDATE published.place SET name = '{name}' WHERE name = 'West Garfield Park'"
    written = _altered(bundle_home, tmp_path / "copy", renamed)
    for sheet in ("Gap", "Gap chart", "Places", "Progress", "Indicators", "What may be quoted"):
        assert name in {row["Place"] for row in written.table(WEST_SIDE, sheet)}, sheet
    with zipfile.ZipFile(written.folder / f"{WEST_SIDE}.xlsx") as parts:
        documents = {part: ElementTree.fromstring(parts.read(part)) for part in parts.namelist()}
    chart = [each.text for each in documents["xl/charts/chart1.xml"].iter() if each.text]
    assert name in chart
    assert any(text.startswith(f"In 2010-2015, life expectancy in {name} was") for text in chart)
    said = [each.get("descr", "") for each in documents["xl/drawings/drawing1.xml"].iter()]
    assert any(name in each for each in said)
    assert not any(
        each.tag.endswith("}f") for part in documents if "sheet" in part for each in documents[part].iter()
    )


def test_a_coalition_with_a_hostile_title_and_no_rows_has_a_workbook(tmp_path: Path) -> None:
    for number, title in enumerate(('=1+1 & "x" <script>', "<r>bold</r>", "{0} {title} %s")):
        home = tmp_path / str(number)
        release_id = publish_titled(home, title)
        book = openpyxl.load_workbook(home / "releases" / release_id / "workbook" / "c.xlsx")
        assert book.sheetnames == ["Cover", "Dictionary", "Notes"]
        assert str(book["Cover"]["A1"].value).startswith(f"{title}: ")
        assert str(book["Notes"]["A1"].value).endswith(title)


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    sheet = Sheet("Long", "long", "Long", "", (), (Column("Text", ""),))
    writer = Writer({}, {})
    writer.add(sheet, [("ä" * (LONGEST + 5),), ("b" * 10_000,)], "")
    page = openpyxl.load_workbook(BytesIO(writer.close()))["Long"]
    assert str(page["A4"].value).endswith("ä…")
    assert page["A5"].value == "b" * 10_000


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (64_660.0, "#,##0_)"),
        (0.0, "#,##0_)"),
        (-7.25, "0.0_)"),
        (0.34, "0.00_)"),
        (0.0042, "0.0000_)"),
        (0.00001, "0.0E+00"),
    ],
)
def test_a_number_is_shown_with_digits_that_carry_it(value: float, shown: str) -> None:
    assert magnitude(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(2019.0, "0_)"), (3_000_000.0, "#,##0_)"), (66.6, "#,##0.0##_)"), (-1.0, "0_)")]
)
def test_what_documents_state_is_shown_as_it_comes(value: float, shown: str) -> None:
    assert as_it_comes(value) == shown


def _values(path: Path) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(path)
    return {
        (page.title, cell.coordinate): cell.value
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.slow
def test_libreoffice_reads_calculates_and_writes_it_and_nothing_changes(
    written: Written, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("soffice is not installed: no workbook was opened in LibreOffice")
    # One with every sheet but that of changes, and one with the fewest.
    paths = [written.folder / f"{name}.xlsx" for name in (WEST_SIDE, "bcbsma-accelerator")]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    to = tmp_path / "again"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(to),
    ]
    ended = subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, timeout=300, check=False
    )
    assert ended.returncode == 0, ended.stderr
    for path in paths:
        before, after = _values(path), _values(to / path.name)
        assert before.keys() == after.keys(), path.name
        for cell, value in before.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                assert after[cell] == pytest.approx(value, rel=TOLERANCE, abs=0), (path.name, cell)
            else:
                assert after[cell] == value, (path.name, cell)
        again = openpyxl.load_workbook(to / path.name)
        tables = {name for page in again.worksheets for name in page.tables}
        assert tables == {name for page in written.books[path.stem].worksheets for name in page.tables}
