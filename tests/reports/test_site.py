"""The site of a release: what its pages say is what its tables have, and nothing of it comes from elsewhere."""

import csv
import re
import shutil
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from lifegap.digits import digits
from lifegap.home import LATEST, SITE
from lifegap.releases.read import Release, open_folder
from lifegap.reports.site import PAGES, write_site
from tests.conftest import CHECKOUT, run_lifegap
from tests.store.small_home import writable_copy

MOST_BYTES, MOST_BYTES_OF_SCRIPT = 300_000, 10_000

HOSTILE = '<script>alert(1)</script> & "=1+1"'


@pytest.fixture(scope="module")
def site(bundle_home: Path) -> Path:
    return bundle_home / LATEST / SITE


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """Every page by its name in the site."""
    return {
        str(path.relative_to(site)): path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))
    }


class _Page(HTMLParser):
    """What a page has, as a reader without scripts meets it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.first_paragraph = ""
        self.tables: list[list[list[str]]] = []
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
        if tag in ("p", "main", "td", "th"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside[-1:] == ["p"] and sum(tag == "p" for tag, _ in self.tags) == 1:
            self.first_paragraph += data
        if self._inside and self._inside[-1] in ("td", "th"):
            self.tables[-1][-1][-1] += data


def test_there_is_a_page_of_every_coalition_and_of_every_place_that_one_names(
    pages: dict[str, str], release: Release
) -> None:
    coalitions = {
        f"coalition/{id_}.html" for (id_,) in release.ask("SELECT coalition_id FROM coalition").rows
    }
    places = release.ask("SELECT DISTINCT place_id FROM coalition_place JOIN place USING (place_id)").rows
    named = {f"place/{id_.replace(':', '-')}.html" for (id_,) in places}
    tables = {page for page in pages if page.startswith("dictionary/")}
    assert {f"dictionary/{table}.html" for table in release.manifest["tables"]} <= tables
    records = {"index.html", *(f"{name}.html" for name, _ in PAGES)}
    assert {*pages} - tables == {*coalitions, *named, *records}


def test_the_first_paragraph_is_the_message_with_figure_interval_period_and_source(
    pages: dict[str, str],
) -> None:
    for name in ("index.html", "coalition/west-side-united.html", "place/neighborhood-chicago-26.html"):
        assert _Page(pages[name]).first_paragraph == (
            "In 2010-2015, life expectancy in West Garfield Park was 70.4 years, 11.6 years shorter than in the "
            "Loop (95 % interval 8.4 to 14.7). Source: National Center for Health Statistics."
        )


@pytest.mark.parametrize(
    "question",
    ["How large is the gap?", "How sure is that?", "Which way is it going?", "Are we on track?",
     "What goes with it?", "What may be quoted?"],
)  # fmt: skip
def test_the_page_of_a_coalition_answers_what_its_committee_asks(
    pages: dict[str, str], question: str
) -> None:
    assert f"<dt>{question}</dt>" in pages["coalition/west-side-united.html"]


def test_the_table_beside_the_chart_has_the_figures_of_the_release_in_tenths(
    pages: dict[str, str], release: Release
) -> None:
    (table, *_) = _Page(pages["index.html"]).tables
    figures = release.ask(
        "SELECT p.name, gap, ci_low, ci_high FROM gap_latest AS g JOIN place AS p USING (place_id) "
        "WHERE coalition_id = 'west-side-united' AND source_id = 'nchs_usaleep'"
    ).rows
    wanted = {(name, *(digits(value, 1) for value in values)) for name, *values in figures}
    assert len(wanted) == 11
    assert {(row[0], *row[2:5]) for row in table[1:]} == wanted


def test_the_file_of_a_chart_has_the_digits_of_the_release_as_csv(site: Path, bundle_home: Path) -> None:
    with (bundle_home / LATEST / "csv" / "life_expectancy_gap.csv").open(encoding="utf-8") as file:
        published = {
            (row["place_name"], row["gap"], row["ci_low"], row["ci_high"])
            for row in csv.DictReader(file)
            if row["coalition_id"] == "west-side-united"
        }
    with (site / "figures" / "west-side-united-gaps.csv").open(encoding="utf-8") as file:
        shown = [(row["place"], row["gap"], row["ci_low"], row["ci_high"]) for row in csv.DictReader(file)]
    assert len(shown) == 11
    assert {*shown} <= published


def test_no_picture_is_without_the_table_of_its_figures_or_without_a_name_that_says_them(
    pages: dict[str, str],
) -> None:
    for name, page in pages.items():
        pictures = re.findall(r'<svg class="(?:chart|map)".*?<title[^>]*>(.*?)</title>', page, re.DOTALL)
        assert all(re.search(r"\d", title) for title in pictures), name
        assert page.count("The figures of this chart as a table") == len(pictures), name


def test_every_link_leads_to_a_page_or_file_that_is_there(pages: dict[str, str], site: Path) -> None:
    for name, page in pages.items():
        for tag, attributes in _Page(page).tags:
            address = attributes.get("href") or attributes.get("src")
            if not address or urlsplit(address).scheme:
                continue
            path, _, part = address.partition("#")
            target = (site / name).parent / unquote(path) if path else site / name
            assert target.resolve().is_file(), f"{name}: {tag} {address}"
            if part:
                assert f'id="{part}"' in target.read_text(encoding="utf-8"), f"{name}: {address}"


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, str], site: Path) -> None:
    loaded = {
        "script": "src",
        "link": "href",
        "img": "src",
        "iframe": "src",
        "object": "data",
        "source": "src",
    }
    for name, page in pages.items():
        for tag, attributes in _Page(page).tags:
            address = attributes.get(loaded.get(tag, ""), "")
            assert not urlsplit(address).netloc, name
            assert not [each for each in attributes if each.startswith("on")], name
            assert attributes.get("type") != "module", name
    texts = [(site / each).read_text(encoding="utf-8") for each in ("site.css", "site.js")]
    assert not re.search(
        r"url\(|@import|@font-face|fetch\(|XMLHttpRequest|import\(|Worker|https?:", "".join(texts)
    )


def test_pages_are_small(pages: dict[str, str], site: Path) -> None:
    large = {name: len(page.encode()) for name, page in pages.items() if len(page.encode()) > MOST_BYTES}
    assert not large
    assert (site / "site.js").stat().st_size < MOST_BYTES_OF_SCRIPT


def test_pages_say_how_old_our_copies_are_when_more_comes_and_of_which_release_they_are(
    pages: dict[str, str], release: Release
) -> None:
    for page in pages.values():
        assert release.manifest["content_hash"][:8] in page
        assert re.search(r"Our newest copy of a source</dt><dd>\d{4}-\d\d-\d\d<", page)
        assert re.search(r"Next edition expected</dt><dd>by \d{4}-\d\d-\d\d<", page)
        assert release.manifest["release_id"] not in page


def test_headings_follow_one_another_and_every_table_has_a_caption(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        tags = [tag for tag, _ in _Page(page).tags]
        levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1, name
        assert tags.count("table") == tags.count("caption"), name
        assert ("html", {"lang": "en"}) in _Page(page).tags
        ids = [attributes["id"] for _, attributes in _Page(page).tags if "id" in attributes]
        assert len(ids) == len({*ids}), name


def test_no_page_speaks_of_causes(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        if name.startswith(("coalition/", "place/", "index")):
            assert "caused by" not in page.lower(), name


def test_a_missing_figure_says_why_in_its_own_cell(pages: dict[str, str]) -> None:
    """The city's figure of 1990 as reported is withheld, since documents print several."""
    cells = re.findall(
        r'<td class="missing" data-value="">(.*?)</td>', pages["coalition/west-side-united.html"]
    )
    assert [cell for cell in cells if len(cell) > 20]


def _edited(bundle_home: Path, folder: Path, *statements: str) -> Path:
    """The folder of a copy of the bundle's release, changed and with its site written anew."""
    import duckdb

    home = writable_copy(bundle_home, folder / "home")
    copy = (home / LATEST).resolve()
    with duckdb.connect(str(copy / "lifegap.duckdb")) as connection:
        for statement in statements:
            connection.execute(statement)
    shutil.rmtree(copy / SITE)
    with open_folder(copy) as release:
        write_site(release)
    return copy / SITE


def test_the_same_release_gives_the_same_pages(bundle_home: Path, site: Path, tmp_path: Path) -> None:
    again = _edited(bundle_home, tmp_path)
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert not [name for name in files if (site / name).read_bytes() != (again / name).read_bytes()]


def test_names_come_through_harmless_on_every_page(bundle_home: Path, tmp_path: Path) -> None:
    hostile = HOSTILE.replace("'", "''")
    again = _edited(
        bundle_home,
        tmp_path,
        f"UPDATE published.coalition SET title = '{hostile}', mission = '{hostile}'",
        f"UPDATE published.place SET name = '{hostile}' WHERE place_id = 'neighborhood:chicago-26'",
        f"UPDATE published.indicator SET title = '{hostile}' WHERE indicator_id = 'poverty'",
        f"UPDATE published.life_expectancy_gap SET caveat = '{hostile}' WHERE caveat IS NOT NULL",
    )
    for path in again.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "<script>alert" not in page, path.name
    assert "&lt;script&gt;alert(1)" in (again / "index.html").read_text(encoding="utf-8")
    for path in (again / "figures").glob("*.svg"):
        assert "<script" not in path.read_text(encoding="utf-8")


def test_no_page_is_headed_by_a_figure_that_may_not_be_quoted(bundle_home: Path, tmp_path: Path) -> None:
    again = _edited(
        bundle_home,
        tmp_path,
        "UPDATE published.life_expectancy_gap SET quotable = 'no', caveat = coalesce(caveat, 'Not for use.') "
        "WHERE coalition_id = 'west-side-united'",
    )
    page = (again / "coalition" / "west-side-united.html").read_text(encoding="utf-8")
    assert _Page(page).first_paragraph == "No gap of West Side United may be quoted from this release."
    assert "11.6 years shorter than in the Loop" in page
    assert "This may not be quoted." in page
    assert "No gap of this page may be quoted." in page


def test_a_coalition_that_names_no_pair_is_headed_by_the_widest_gap_and_says_so(
    pages: dict[str, str],
) -> None:
    message = _Page(pages["coalition/nemours-integrator-learning-lab.html"]).first_paragraph
    assert message.endswith("It is the widest gap of the coalition's places that may be quoted.")


def test_what_may_not_be_quoted_counts_for_nothing_among_the_measures(
    pages: dict[str, str], release: Release
) -> None:
    """Homicides of West Garfield Park have so wide an interval that the difference may not be quoted."""
    newest = release.ask(
        "SELECT indicator_id, arg_max(verdict, (quotable <> 'no', period_end)) AS verdict FROM indicator_comparison "
        "WHERE coalition_id = 'west-side-united' AND place_id = 'neighborhood:chicago-26' AND quotable <> 'no' "
        "AND verdict IN ('better', 'similar', 'worse') GROUP BY indicator_id"
    ).rows
    worse = sum(verdict == "worse" for _, verdict in newest)
    page = pages["place/neighborhood-chicago-26.html"]
    assert f"Of {len(newest)} measures, {worse} are worse in West Garfield Park than in the Loop." in page
    assert "too unsure to count" in page
    chart = page[page.index('id="place-neighborhood-chicago-26-indicators"') :].partition("</svg>")[0]
    assert "Homicides" not in chart
    assert re.search(
        r'class="unsure" title="[^"]*not to be quoted">W\?<', pages["coalition/west-side-united.html"]
    )


def test_open_tells_where_the_page_is_and_chart_writes_a_picture(bundle_home: Path, tmp_path: Path) -> None:
    told = run_lifegap("open", "--path", "--coalition", "west-side-united", home=bundle_home)
    assert told.stdout.strip().endswith("site/coalition/west-side-united.html")
    unknown = run_lifegap("open", "--path", "--coalition", "nowhere", home=bundle_home)
    assert unknown.returncode == 2
    assert "west-side-united" in unknown.stderr
    files = [tmp_path / "gaps.png", tmp_path / "gaps.svg"]
    written = run_lifegap(
        "chart", "west-side-united-gaps", "--png", str(files[0]), "--svg", str(files[1]), home=bundle_home
    )
    assert written.returncode == 0, written.stderr
    assert files[0].read_bytes().startswith(b"\x89PNG")
    assert "lives are shorter than in the Loop" in files[1].read_text(encoding="utf-8")
    assert run_lifegap("chart", "west-side-united-gaps", home=bundle_home).returncode == 2
    refused = run_lifegap("chart", "west-side-united", home=bundle_home)
    assert refused.returncode == 2
    assert "west-side-united-gaps" in refused.stderr


def test_the_readme_shows_the_gap_chart_as_it_is_drawn(site: Path) -> None:
    """Made anew by copying the file from a release of the bundle; the end of its id may differ."""
    kept, drawn = (
        re.sub(r"release ending \w{8}", "", path.read_text(encoding="utf-8"))
        for path in (
            CHECKOUT / "docs" / "pictures" / "west-side-united-gaps.svg",
            site / "figures" / "west-side-united-gaps.svg",
        )
    )
    assert kept == drawn


def test_headings_do_not_jump(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        levels = [int(tag[1]) for tag, _ in _Page(page).tags if re.fullmatch(r"h\d", tag)]
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
