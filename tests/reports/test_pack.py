"""The pack of a coalition, read back from its PDF: the words and digits of the page, tagged, the same twice."""

import re
from pathlib import Path
from typing import Any, cast

import duckdb
import pypdf
import pytest

from lifegap.digits import digits
from lifegap.home import LATEST, PACK
from lifegap.releases.read import Release, open_folder
from lifegap.reports.pack import ASKED, write_packs
from lifegap.reports.site_pages import read_for_people
from tests.store.small_home import writable_copy

HOSTILE = '<script>1</script> & "=1" #pagebreak() $x$ *b* @y \\ `c`'


@pytest.fixture(scope="module")
def pack(bundle_home: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(bundle_home / LATEST / PACK / "west-side-united.pdf")


def _text(pack: pypdf.PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pack.pages))


def test_every_coalition_has_a_pack(bundle_home: Path, release: Release) -> None:
    packs = {path.stem for path in (bundle_home / LATEST / PACK).iterdir()}
    assert packs == {id_ for (id_,) in release.ask("SELECT coalition_id FROM coalition").rows}


def test_the_cover_has_the_message_what_is_asked_and_the_gap_chart(pack: pypdf.PdfReader) -> None:
    cover = re.sub(r"\s+", " ", pack.pages[0].extract_text())
    assert (
        "life expectancy in West Garfield Park was 70.4 years, 11.6 years shorter than in the Loop" in cover
    )
    for question in ASKED:
        assert question.replace('"', "").split("under ")[0][:40] in cover.replace("“", "").replace("”", "")
    assert "In 8 of 10 places lives are shorter than in the Loop" in cover


def test_it_has_the_figures_of_the_release_in_tenths(pack: pypdf.PdfReader, release: Release) -> None:
    text = _text(pack)
    rows = release.ask(
        "SELECT place, gap, ci_low, ci_high, period_start, period_end FROM gap_latest "
        "WHERE coalition_id = 'west-side-united' AND source_id = 'nchs_usaleep'"
    ).rows
    assert len(rows) == 11
    for place, gap, low, high, start, end in rows:
        printed = " ".join(digits(value, 1) for value in (gap, low, high))
        assert f"{place} Loop {printed} {start}-{end}" in text


def test_it_has_each_sentence_that_may_be_quoted(pack: pypdf.PdfReader, release: Release) -> None:
    text = _text(pack)
    content = read_for_people(release).contents["west-side-united"]
    quotes = [words for part in content.parts for _, _, words in part.quotes]
    assert len(quotes) == 26
    for words in quotes:
        # Words may be parted at the end of a line.
        assert re.sub(r"[\s\u00ad-]", "", words) in re.sub(r"[\s\u00ad\u2010-]", "", text)


def test_it_is_tagged_titled_and_in_a_language(pack: pypdf.PdfReader) -> None:
    root: Any = pack.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert pack.metadata is not None
    assert pack.metadata.title == "West Side United: life-expectancy gaps"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode("utf-8")


def _alternatives(element: Any) -> list[str]:
    """Alternative texts below an element of the structure."""
    resolved = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(resolved, list):
        return [text for each in resolved for text in _alternatives(each)]
    if not isinstance(resolved, dict):
        return []
    own = [str(resolved["/Alt"])] if "/Alt" in resolved else []
    return own + (_alternatives(resolved["/K"]) if "/K" in resolved else [])


def test_every_chart_says_its_figures_to_those_who_do_not_see_it(pack: pypdf.PdfReader) -> None:
    found = _alternatives(cast("Any", pack.trailer["/Root"])["/StructTreeRoot"])
    assert len(found) >= 4
    assert any("West Garfield Park 11.6 (8.4 to 14.7)" in text for text in found)


def test_no_page_is_empty_and_every_one_names_the_release(pack: pypdf.PdfReader, release: Release) -> None:
    for page in pack.pages:
        text = page.extract_text()
        assert f"Release ending {release.manifest['content_hash'][:8]}" in text
        assert len(text) > 150


def test_the_same_release_gives_the_same_bytes_and_texts_are_never_markup(
    bundle_home: Path, tmp_path: Path
) -> None:
    copy = (writable_copy(bundle_home, tmp_path / "home") / LATEST).resolve()
    before = {path.name: path.read_bytes() for path in (copy / PACK).iterdir()}
    with open_folder(copy) as release:
        write_packs(release)
    assert before == {path.name: path.read_bytes() for path in (copy / PACK).iterdir()}
    with duckdb.connect(str(copy / "lifegap.duckdb")) as connection:
        connection.execute("UPDATE published.coalition SET title = ?, mission = ?", [HOSTILE, HOSTILE])
    with open_folder(copy) as release:
        write_packs(release)
    changed = pypdf.PdfReader(copy / PACK / "west-side-united.pdf")
    assert re.sub(r"\s", "", HOSTILE) in re.sub(r"\s", "", changed.pages[0].extract_text())
