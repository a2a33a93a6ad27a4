"""The site in a browser, from the disk and without a network: it draws, sorts, finds, and is readable by all."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lifegap.home import LATEST, SITE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(
        BROWSER is None, reason="there is no Chromium: the pages were not opened in a browser"
    ),
]

QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip

KINDS = (
    "index.html",
    "coalition/west-side-united.html",
    "coalition/dheh-alliance.html",
    "place/neighborhood-chicago-26.html",
    "find.html",
    "methods.html",
    "sources.html",
    "changes.html",
    "quality.html",
    "dictionary.html",
    "dictionary/life_expectancy_gap.html",
)
"""One page of each kind, and the fullest of them."""


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started, started.chromium.launch(executable_path=BROWSER, args=QUIET) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(bundle_home: Path) -> Path:
    return (bundle_home / LATEST / SITE).resolve()


def _opened(browser: "Browser", path: Path, width: int = 1280, scheme: Any = "light") -> "Page":
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("name", KINDS)
def test_no_request_leaves_the_folder_and_no_script_complains(
    browser: "Browser", site: Path, name: str
) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda wrong: said.append(str(wrong)))
    page.goto((site / name).as_uri())
    assert not [address for address in asked if not address.startswith(site.as_uri())]
    assert not said
    assert len(asked) == 4  # the page, its style sheets and its script


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        *((name, width, scheme) for name in KINDS for width, scheme in ((320, "dark"), (1280, "light"))),
        *((KINDS[1], width, scheme) for width, scheme in ((320, "light"), (390, "light"), (1280, "dark"))),
    ],
)
def test_axe_finds_nothing(browser: "Browser", site: Path, name: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = _opened(browser, site / name, width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["index.html", "coalition/west-side-united.html"])
def test_axe_finds_nothing_in_print(browser: "Browser", site: Path, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = _opened(browser, site / name)
    page.emulate_media(media="print")
    assert not Axe().run(page).response["violations"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_gap_chart_draws_marks_that_stand_out_from_the_page(
    browser: "Browser", site: Path, scheme: str
) -> None:
    page = _opened(browser, site / "index.html", scheme=scheme)
    colors = page.evaluate(
        """() => {
            const style = selector => getComputedStyle(document.querySelector(selector));
            return [style('svg .mark.firm').fill, style('svg .label').fill, getComputedStyle(document.body).backgroundColor];
        }"""
    )
    assert len({*colors}) == 3
    mark = page.locator("svg circle.mark").first.bounding_box()
    chart = page.locator("svg.chart").first.bounding_box()
    assert mark
    assert chart
    assert mark["width"] > 5
    assert chart["x"] < mark["x"] < chart["x"] + chart["width"]
    drawn = page.locator("svg.chart").first.screenshot()
    page.evaluate("document.querySelectorAll('svg .mark').forEach(each => each.remove())")
    assert drawn != page.locator("svg.chart").first.screenshot()


def test_labels_do_not_run_out_of_a_chart(browser: "Browser", site: Path) -> None:
    for name in ("coalition/west-side-united.html", "coalition/together-for-west-philadelphia.html"):
        page = _opened(browser, site / name)
        outside = page.evaluate(
            """() => [...document.querySelectorAll('svg.chart')].flatMap(chart => {
                const box = chart.getBoundingClientRect();
                return [...chart.querySelectorAll('text')].filter(text => {
                    const own = text.getBoundingClientRect();
                    return own.left < box.left - 1 || own.right > box.right + 1;
                }).map(text => text.textContent);
            })"""
        )
        assert not outside, name


def _column(page: "Page", table: str, index: int) -> list[str]:
    return page.eval_on_selector_all(
        f"{table} tbody tr",
        f"rows => rows.filter(row => !row.hidden).map(row => row.cells[{index}].textContent)",
    )


def test_tables_are_sorted_by_number_with_what_is_missing_last(browser: "Browser", site: Path) -> None:
    page = _opened(browser, site / "index.html")
    page.locator("summary").first.click()
    head = page.locator("table.sortable thead button", has_text="Gap")
    head.click()
    up = [float(text) for text in _column(page, "table.sortable", 2)]
    assert up == sorted(up)
    assert page.locator("th[aria-sort=ascending]").count() == 1
    head.click()
    assert [float(text) for text in _column(page, "table.sortable", 2)] == sorted(up, reverse=True)


def test_rows_are_filtered_by_words_and_the_count_is_told(browser: "Browser", site: Path) -> None:
    page = _opened(browser, site / "methods.html")
    page.locator("label.filter input").first.fill("poverty children")
    shown = _column(page, "#measures table", 0)
    assert shown
    assert len(shown) < 10
    assert f"{len(shown)} of" in page.locator("label.filter [role=status]").first.inner_text()


def test_a_place_is_found_by_its_name_and_reached_by_keyboard_alone(browser: "Browser", site: Path) -> None:
    page = _opened(browser, site / "find.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    page.locator("#find").focus()
    page.keyboard.type("loop")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Loop"
    page.keyboard.press("Enter")
    page.wait_for_url("**/place/neighborhood-chicago-32.html")


def test_all_can_be_read_where_no_script_runs(browser: "Browser", site: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((site / "coalition/west-side-united.html").as_uri())
    assert page.locator("svg.chart").first.is_visible()
    page.locator("summary").first.click()
    assert page.locator("table.sortable").first.is_visible()
