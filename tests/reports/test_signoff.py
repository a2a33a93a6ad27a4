"""The sign-off sheet: one printed page and its annexes, true to the tables, safe to open, readable by all."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import pytest

from lifegap.catalog.tables import declared_tables
from lifegap.releases.read import Answer, Release, open_release
from lifegap.reports.changes import MOST_KINDS, changes_of
from lifegap.reports.pages import rendered, shortened
from lifegap.reports.signoff import (
    FIGURES,
    LONGEST,
    MOST_COALITIONS,
    MOST_REASONS,
    MOST_WARNINGS,
    NOT_FIGURES,
    TITLE,
    sheet_of,
    write_signoff,
)
from tests.store.small_home import publish_titled

HOSTILE = '<script>1</script> & "=1" {{7*7}}'


@pytest.fixture(scope="module")
def sheet(bundle_home: Path) -> dict[str, Any]:
    """What the sheet of the bundle's release says."""
    with open_release(bundle_home) as release:
        return sheet_of(release)


@pytest.fixture(scope="module")
def page(sheet: dict[str, Any]) -> str:
    return rendered("signoff.html", {"sheet": sheet})


def _main(page: str) -> str:
    """The page without its annexes."""
    return re.sub(r"</main>.*</body>", "</main></body>", page, flags=re.DOTALL)


def test_a_release_holds_the_sheet_that_its_tables_give(bundle_home: Path, page: str) -> None:
    assert (bundle_home / "latest" / "signoff.html").read_text(encoding="utf-8") == page


def test_the_sheet_says_what_is_the_same_whenever_it_is_made(release: Release, page: str) -> None:
    manifest = release.manifest
    assert manifest["content_hash"] in page
    assert manifest["inputs"] in page
    for moment in ("release_id", "published_at", "dagster_run"):
        assert manifest[moment] not in page


def test_every_file_that_went_in_stands_in_the_annex_with_its_hash(release: Release, page: str) -> None:
    files = release.manifest["files"]
    assert f"{len(files)} of {len({each['source_id'] for each in files})} sources" in page
    assert all(each["sha256"] in page for each in files)


def test_checks_are_counted_and_each_warning_says_why_and_what_to_do(
    release: Release, sheet: dict[str, Any]
) -> None:
    passed, warned, untested = release.ask(
        "SELECT count(*) FILTER (success), count(*) FILTER (NOT success), count(*) FILTER (success IS NULL) "
        "FROM check_result"
    ).rows[0]
    checks = sheet["checks"]
    assert (checks["passed"], len(checks["failed"])) == (f"{passed:,}", warned)
    assert (checks["critical"], len(checks["untested"])) == (0, untested)
    assert all(row["reason"] and row["what_to_do"] and row["since"] for row in checks["failed"])


def test_headlines_are_those_that_quote_gives(sheet: dict[str, Any]) -> None:
    (west_side,) = (row for row in sheet["headlines"]["shown"] if row["coalition"] == "West Side United")
    assert west_side == {
        "coalition": "West Side United", "places": "West Garfield Park and Loop", "period": "2010-2015",
        "gap": "11.6", "interval": "8.4 to 14.7", "quotable": "with its caveat",
    }  # fmt: skip


def test_figures_that_are_empty_are_counted_by_reason(release: Release, sheet: dict[str, Any]) -> None:
    empty = sum(
        release.ask(f'SELECT count(*) FROM "{table}" WHERE "{figure}" IS NULL').rows[0][0]
        for table, figure in FIGURES.items()
    )
    assert sheet["empty"]["count"] == f"{empty:,}"
    assert sum(int(each["count"].replace(",", "")) for each in sheet["empty"]["all"]) == empty
    assert [each["reason"] for each in sheet["empty"]["all"] if "No sentence" in each["sentence"]] == []


def test_every_table_with_reasons_is_counted_or_named_as_none_of_figures() -> None:
    with_reasons = {
        table.name
        for table in declared_tables().values()
        if table.layer == "published" and "reason" in {column.name for column in table.columns}
    }
    assert with_reasons == FIGURES.keys() | {*NOT_FIGURES}


def _sentence(number: int) -> str:
    return f"The gap of Massachusetts to the United States was {number} years and is another now. " * 3


def _changed(kinds: int) -> dict[str, Any]:
    """The section of changes as full as it can be."""
    row = {"table_name": "life_expectancy_gap", "key": "place_id=county:25025", "column_name": "gap"}
    texts = {"old": "1.5", "new": "2.5", "flip": None, "sentence": _sentence(1)}
    restated = (
        row | texts | {"cause": HOSTILE, "decided_by": "the publisher", "acknowledged_by_reason": "Seen."}
    )
    return {
        "known": True, "first": False, "cells": "123,456", "beyond": "12,345", "flips": "3",
        "kinds": "; ".join(f"column_removed {123_456:,}" for _ in range(kinds)), "restatements": "1,234",
        "examples": [row | texts] * 3, "more": 497, "listed": [row | texts] * 500, "unlisted": 10,
        "restated": [restated] * 20, "unrestated": 1_214,
    }  # fmt: skip


def _at_its_fullest(sheet: dict[str, Any]) -> dict[str, Any]:
    """The sheet with every row that the page may have, each as long as it may be."""
    long = "Commonwealth of Massachusetts and Rhode Island together, " * 4
    headline = {
        "coalition": shortened(long, TITLE), "places": shortened(long, LONGEST), "period": "2010-2015", "gap": "-11.6",
        "interval": "-14.7 to -8.4", "quotable": "with its caveat",
    }  # fmt: skip
    rule = {
        "rule": "x", "table_name": "sources." + "long_table_name_" * 4, "expectation_id": "a_long_rule_" * 9,
        "short": "1,234 of 123,456,789 rows break it, and more", "observed": long, "reason": long,
        "what_to_do": long, "since": "since the release after that of 20261101; failed 12 times before",
    }  # fmt: skip
    reason = {"reason": "not_computable:numerator_above_denominator", "count": "1,234,567", "sentence": long, "tables": ""}  # fmt: skip
    return sheet | {
        "facts": [*sheet["facts"]],
        "headlines": {
            "shown": [headline] * MOST_COALITIONS,
            "more": 12,
            "others": shortened(long * 2, 240),
        },
        "checks": sheet["checks"]
        | {"failed": [rule] * 40, "shown": [rule] * MOST_WARNINGS, "untested": [rule] * 9},
        "changes": _changed(MOST_KINDS),
        "empty": sheet["empty"] | {"shown": [reason] * MOST_REASONS, "more": 30},
    }


def _printed_pages(page: str, folder: Path, size: str) -> int:
    """How many pages a browser prints."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        pytest.skip("there is no Chromium: how many pages the sign-off sheet prints was not tested")
    html, pdf = folder / "sheet.html", folder / "sheet.pdf"
    html.write_text(page.replace("@page {", f"@page {{ size: {size};"), encoding="utf-8")
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
         "--no-pdf-header-footer", f"--print-to-pdf={pdf}", html.as_uri()],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


@pytest.mark.slow
@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_page_prints_on_one_sheet_however_much_there_is_to_say(
    sheet: dict[str, Any], size: str, tmp_path: Path
) -> None:
    page = rendered("signoff.html", {"sheet": _at_its_fullest(sheet)})
    assert _printed_pages(_main(page), tmp_path, size) == 1
    assert _printed_pages(page, tmp_path, size) > 1


def test_the_page_ends_where_the_annexes_begin(page: str) -> None:
    assert re.search(r"\.page \{ break-after: page; \}", page)
    assert page.count("<main") == 1
    assert "signatures" in _main(page)
    assert "Annex" not in re.sub(r"<style>.*</style>", "", _main(page), flags=re.DOTALL)


class _Outline(HTMLParser):
    """Tags of a page in order, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_nothing_is_run_and_nothing_comes_from_elsewhere(sheet: dict[str, Any]) -> None:
    page = rendered("signoff.html", {"sheet": sheet | {"changes": _changed(2)}})
    tags = _Outline(page).tags
    assert {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object", "form", "a"} == set()
    assert not [
        name for _, attributes in tags for name in attributes if name.startswith(("on", "src", "href"))
    ]
    assert not re.search(r"url\(|@import|@font-face", page)


def test_it_is_readable_without_seeing_it(page: str) -> None:
    tags = _Outline(page).tags
    assert ("html", {"lang": "en"}) in tags
    assert [tag for tag, _ in tags].count("h1") == 1
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h\d", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in tags if tag == "th")
    assert all(
        tag != "table" or "thead" in {each for each, _ in tags[at : at + 12]}
        for at, (tag, _) in enumerate(tags)
    )


def _luminance(color: str) -> float:
    parts = re.findall("..", color if len(color) == 6 else "".join(each * 2 for each in color))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (int(part, 16) / 255 for part in parts)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_color_of_text_stands_out_from_the_paper(page: str) -> None:
    colors = re.findall(r"(?<![\w-])color: #([0-9a-f]{3,6})", page)
    assert len(colors) >= 2
    assert "background: #fff" in page
    assert all(1.05 / (_luminance(color) + 0.05) >= 4.5 for color in colors)


def test_names_of_a_release_are_text_on_the_page(tmp_path: Path) -> None:
    publish_titled(tmp_path, HOSTILE)
    text = (tmp_path / "latest" / "signoff.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;1&lt;/script&gt; &amp; &#34;=1&#34; {{7*7}}" in text


def test_what_is_written_twice_is_the_same(tmp_path: Path) -> None:
    publish_titled(tmp_path, "West & East")
    path = tmp_path / "latest" / "signoff.html"
    before = path.read_bytes()
    path.chmod(0o644)
    with open_release(tmp_path) as release:
        write_signoff(release)
    assert path.read_bytes() == before


CHANGES = """
CREATE TABLE change (table_name VARCHAR, key VARCHAR, column_name VARCHAR, kind VARCHAR, flip VARCHAR, old VARCHAR,
    new VARCHAR, difference DOUBLE, beyond_uncertainty BOOLEAN, sentence VARCHAR);
CREATE TABLE restatement (table_name VARCHAR, key VARCHAR, column_name VARCHAR, old VARCHAR, new VARCHAR, cause VARCHAR,
    decided_by VARCHAR, acknowledged_by_reason VARCHAR, restated_at VARCHAR);
CREATE VIEW change_count AS SELECT kind, count(*) AS cells, count(*) FILTER (beyond_uncertainty) AS cells_beyond
FROM change GROUP BY ALL;
"""


def _with_changes(previous: str | None, *rows: str) -> dict[str, Any]:
    """What is told of a release whose table of changes has these rows."""
    with duckdb.connect() as connection:
        connection.execute(CHANGES)
        for row in rows:
            connection.execute(f"INSERT INTO {row}")

        def ask(query: str) -> Answer:
            result = connection.execute(query)
            return Answer([column[0] for column in result.description or ()], result.fetchall())

        return changes_of(cast("Release", SimpleNamespace(ask=ask, manifest={"previous": previous})))


def test_changes_that_turn_a_finding_round_come_first_then_the_largest() -> None:
    told = _with_changes(
        "before",
        "change VALUES ('a', 'k=1', 'gap', 'moved', NULL, '1', '2', 1, true, 'one')",
        "change VALUES ('a', 'k=2', 'gap', 'moved', NULL, '1', '9', 8, true, 'eight')",
        "change VALUES ('a', 'k=3', 'gap', 'moved', 'direction', '1', '-1', -2, false, 'round')",
        "change VALUES ('a', 'k=4', 'gap', 'withheld', NULL, '1', NULL, NULL, NULL, 'gone')",
        "restatement VALUES ('a', 'k=1', 'gap', '1', '2', 'Why.', 'the publisher', NULL, 'this')",
        "restatement VALUES ('a', 'k=1', 'gap', '0', '1', 'Why.', 'the publisher', NULL, '20260101T000000Z-01234567')",
    )
    assert [row["sentence"] for row in told["listed"]] == ["round", "eight", "one"]
    assert (told["cells"], told["beyond"], told["flips"], told["restatements"]) == ("4", "2", "1", "1")
    assert told["kinds"] == "moved 3; withheld 1"
    assert (told["more"], told["unlisted"]) == (0, 0)


def test_of_changes_a_first_release_one_like_the_last_and_one_of_before_say_so(
    sheet: dict[str, Any],
) -> None:
    for changes, words in (
        (_with_changes(None), "There is no release before this one."),
        (_with_changes("before"), "Nothing: every figure is as it was."),
        ({"known": False}, "This release has no table of changes."),
    ):
        assert words in rendered("signoff.html", {"sheet": sheet | {"changes": changes}})


def test_changes_are_told_counts_first_and_then_three(sheet: dict[str, Any]) -> None:
    page = rendered("signoff.html", {"sheet": sheet | {"changes": _changed(2)}})
    told = re.sub(r"<[^>]+>", "", _main(page))
    assert "12,345 of 123,456 changed cells are beyond the 95 percent interval of before" in told
    assert "3 turn a finding round; 1,234 restate what was published" in told
    assert _main(page).count("<li>") == 4
    assert "And 497 more: annex C." in told
