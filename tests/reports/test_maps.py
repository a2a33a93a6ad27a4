"""Maps: every area says its figure or why it has none, classes are what the legend says, names are harmless."""

import re
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from xml.etree import ElementTree

import pytest
import shapely

from lifegap.digits import digits
from lifegap.releases.read import Release
from lifegap.reports.map_classes import classes_of
from lifegap.reports.maps import Area, Map, alternative_of, map_of
from lifegap.reports.pages import TEMPLATES
from lifegap.reports.shapes import notes_of, places_on_the_map_of, shapes_of

SVG = "{http://www.w3.org/2000/svg}"
CSS = (TEMPLATES / "maps.css").read_text(encoding="utf-8")
SAID = Map("test", "Life is shortest in the west", "Years, 2010", "Life expectancy", "years")
HOSTILE = '<script>alert(1)</script> & "=1" {{7*7}} \x0b'
CHICAGO_BYTES = 60_000
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def _square(number: int, **more: Any) -> Area:
    """The area with that number in a row of squares."""
    box = shapely.box(-96 + number / 100, 40, -96 + (number + 1) / 100, 40.01)
    area = Area(f"zip:{number}", f"Square {number}", box.wkt, 70.0 + number, f"{70 + number}.0 years")
    return replace(area, **more)


def _root(areas: list[Area], said: Map = SAID) -> ElementTree.Element:
    text = map_of(areas, said)
    assert text is not None
    return ElementTree.fromstring(text)


def _marks(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [each for each in root.iter(f"{SVG}path") if "area" in each.get("class", "").split()]


def _title(mark: ElementTree.Element) -> str:
    return mark.findtext(f"{SVG}title") or ""


def _texts(root: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


@pytest.fixture
def chicago(release: Release) -> list[Area]:
    """Life expectancy of the community areas in 2010, as the city published it."""
    place_ids = places_on_the_map_of(release, "neighborhood:chicago-26")
    shapes = shapes_of(release, place_ids)
    rows = release.ask(
        "SELECT l.*, p.name FROM life_expectancy AS l JOIN place AS p USING (place_id) WHERE period_end = 2010 "
        "AND source_id = 'chicago_life_expectancy' AND population_group = 'all' AND place_id LIKE 'neighborhood:%' ORDER BY place_id"
    ).dicts()
    return [
        Area(
            row["place_id"], row["name"], shapes[row["place_id"]].geometry, row["estimate"],
            f"{digits(row['estimate'], 1)} years", quotable=row["quotable"] != "no",
            outline="reference" if row["place_id"] == "neighborhood:chicago-32" else None,
        )
        for row in rows
    ]  # fmt: skip


def test_every_area_says_its_figure_or_why_it_has_none() -> None:
    areas = [
        _square(0),
        _square(1, verdict="Worse than the reference"),
        _square(2, value=None, text="", reason="Fewer than 5,000 person-years."),
        _square(3, quotable=False, reason="The interval is wider than 5 years."),
    ]
    root = _root(areas)
    assert [_title(mark) for mark in _marks(root)] == [
        "Square 0: 70.0 years.",
        "Square 1: 71.0 years. Worse than the reference.",
        "Square 2: no figure. Fewer than 5,000 person-years.",
        "Square 3: 73.0 years. May not be quoted. The interval is wider than 5 years.",
    ]
    classes = [mark.get("class", "").split() for mark in _marks(root)]
    assert "nodata" in classes[2]
    assert "unquotable" in classes[3]
    for mark in _marks(root)[2:]:
        (pattern,) = re.findall(r"url\(#([\w-]+)\)", mark.get("fill", ""))
        assert root.find(f".//{SVG}pattern[@id='{pattern}']") is not None
    assert {"no data (1)", "not to be quoted (1)"} <= set(_texts(root))


def test_the_picture_is_one_sentence_with_its_figures_and_its_marks_are_hidden() -> None:
    areas = [_square(number) for number in range(4)]
    areas[1] = _square(1, outline="highlighted")
    areas.append(_square(4, value=None))
    root = _root(areas)
    assert root.get("role") == "img"
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.get("id") in root.attrib.values()
    assert title.text == (
        "Life is shortest in the west: map of 5 places by life expectancy; lowest in Square 0 70.0 years; "
        "highest in Square 3 73.0 years; Square 1 71.0 years; no figure of 1."
    )
    assert all(each.get("aria-hidden") == "true" for each in root if each.tag != f"{SVG}title")


def test_one_place_is_spoken_of_as_one() -> None:
    assert "map of 1 place by" in alternative_of([_square(0)], SAID)


def test_places_that_are_set_off_are_numbered_and_drawn_over_their_neighbors() -> None:
    areas = [
        _square(0, outline="reference"), _square(1, outline="highlighted"), _square(2), _square(3, quotable=False,
        outline="highlighted"),
    ]  # fmt: skip
    root = _root(areas)
    outlines = [mark.get("class", "").split()[1] for mark in _marks(root)]
    assert outlines[1:] == ["highlighted", "highlighted", "reference"]
    texts = _texts(root)
    assert {"1 Square 1: 71.0", "2 Square 3: 73.0, not to be quoted", "3 Square 0 (reference): 70.0"} <= {
        *texts
    }
    numbers = [each for each in root.iter(f"{SVG}text") if each.get("class") == "map-number"]
    assert [each.text for each in numbers] == ["1", "2", "3"]


def test_names_are_harmless_everywhere() -> None:
    said = replace(SAID, title=HOSTILE, subtitle=HOSTILE, measure=HOSTILE, unit=HOSTILE, notes=(HOSTILE,))
    hostile = {"name": HOSTILE, "text": HOSTILE, "verdict": HOSTILE, "reason": HOSTILE}
    areas = [
        _square(0, outline="reference", **hostile),
        _square(1, value=None, **hostile),
        _square(2, geometry=None, **hostile),
    ]
    text = str(map_of(areas, said))
    assert "<script" not in text
    assert "49" not in text
    root = _root(areas, said)
    assert HOSTILE.replace(" \x0b", "") in _title(_marks(root)[0])


def test_a_place_without_a_shape_is_named_and_without_any_shape_there_is_no_map() -> None:
    assert "Without a shape, and not drawn: Square 1." in _texts(
        _root([_square(0), _square(1, geometry=None)])
    )
    assert map_of([_square(0, geometry=None)], SAID) is None
    assert map_of([], SAID) is None


def test_a_heading_may_stand_outside() -> None:
    assert "map-heading" not in str(map_of([_square(0)], replace(SAID, headed=False)))


def test_a_speck_is_drawn_as_a_dot() -> None:
    speck = shapely.box(-95.5, 40, -95.4999999, 40.0000001)
    mark = _marks(_root([_square(0), _square(60), replace(_square(1), geometry=speck.wkt)]))[2]
    assert (mark.get("d") or "").endswith("h1v1h-1z")


def test_holes_and_islands_are_drawn() -> None:
    holed = shapely.box(-96, 40, -95.9, 40.1) - shapely.box(-95.96, 40.04, -95.94, 40.06)
    both = holed | shapely.box(-95.8, 40, -95.7, 40.1)
    (mark,) = _marks(_root([_square(0, geometry=both.wkt)]))
    assert (mark.get("d") or "").count("M") == 3
    assert "fill-rule: evenodd" in CSS


def test_shapes_look_as_they_are() -> None:
    """A degree of longitude at 60 degrees north is half as long as one of latitude."""
    box = shapely.box(10, 59.5, 12, 60.5)
    (mark,) = _marks(_root([_square(0, geometry=box.wkt)]))
    numbers = [float(each) for each in re.findall(r"-?\d*\.?\d+", mark.get("d") or "")]
    steps = list(zip(numbers[2::2], numbers[3::2], strict=True))
    wide = max(abs(x) for x, _ in steps)
    high = max(abs(y) for _, y in steps)
    assert high / wide == pytest.approx(1.0, abs=0.03)


def test_classes_hold_what_their_labels_say() -> None:
    values = [70.04, 71.96, 72.0, 72.44, 75.0, 76.0, 77.0, 78.0, 79.0, 85.23]
    found = classes_of(values, 1)
    counted = 0
    for color, label, count in found.entries:
        low, _, high = label.partition(" to ")
        inside = [v for v in values if float(low) <= float(digits(v, 1)) <= float(high or low)]
        assert len(inside) == count, label
        assert {found.color(value) for value in inside} == {color}
        counted += count
    assert counted == len(values)
    assert [color for color, _, _ in found.entries] == [0, 1, 2, 3, 4]


def test_a_figure_belongs_to_the_class_of_what_is_printed() -> None:
    """79.95 is printed as 80.0, and a legend that begins at 80.0 has it."""
    found = classes_of([70.0, 79.94, 79.95], 1, limits=(80.0,))
    assert [found.color(value) for value in (70.0, 79.94, 79.95)] == [0, 0, 4]
    assert [label for _, label, _ in found.entries] == ["70.0 to 79.9", "80.0"]


def test_limits_are_round_and_classes_about_as_large() -> None:
    found = classes_of([60 + 0.37 * number for number in range(77)], 1)
    assert all(limit % 1 == 0 for limit in found.limits)
    assert all(12 <= count <= 19 for _, _, count in found.entries)
    assert "rounded to 1.0 {unit}" in found.how


def test_no_limit_has_more_decimals_than_a_figure() -> None:
    found = classes_of([1.0, 2.0, 2.0, 3.0], 0)
    assert [label for _, label, _ in found.entries] == ["1", "2", "3"]


def test_like_figures_are_one_class_in_the_middle() -> None:
    found = classes_of([5.0, 5.0], 1)
    assert found.entries == ((2, "5.0", 2),)
    assert found.how == ""


def test_of_places_without_figures_there_are_no_classes() -> None:
    root = _root([_square(0, value=None), _square(1, value=None)])
    assert "no data (2)" in _texts(root)


def test_the_low_figures_may_stand_out() -> None:
    assert classes_of([1.0, 2.0], 0, (2.0,), "low").colors == (4, 0)


def test_all_areas_of_chicago_are_on_a_light_map_that_repeats(chicago: list[Area], release: Release) -> None:
    text = map_of(chicago, SAID)
    assert text == map_of(chicago, SAID)
    assert len(str(text).encode()) <= CHICAGO_BYTES
    root = _root(chicago)
    titles = {_title(mark) for mark in _marks(root)}
    assert len(titles) == 77
    (expected,) = release.ask(
        "SELECT estimate FROM life_expectancy WHERE place_id = 'neighborhood:chicago-26' AND period_end = 2010 "
        "AND source_id = 'chicago_life_expectancy' AND population_group = 'all'"
    ).rows[0]
    assert any(title.startswith(f"West Garfield Park: {digits(expected, 1)} years") for title in titles)
    assert not re.search(r"\d\.\d\d", " ".join(mark.get("d") or "" for mark in _marks(root)))


def test_a_release_says_whose_its_borders_are(release: Release) -> None:
    found = shapes_of(release, ["zip:19104", "zcta2010:19104", "county:42091", "nation:us"])
    assert found.keys() == {"zip:19104", "zcta2010:19104", "county:42091"}
    notes = notes_of(found.values())
    assert notes[:2] == ("Borders: U.S. Census Bureau, 2010.", "Borders: City of Philadelphia, 2010.")
    assert any("ZIP code 19104" in note for note in notes)
    assert len(places_on_the_map_of(release, "zip:19104")) == 48
    assert places_on_the_map_of(release, "nation:us") == []


def test_a_release_of_before_there_were_shapes_has_none() -> None:
    old = cast("Release", SimpleNamespace(manifest={"tables": {}}))
    assert shapes_of(old, ["zip:19104"]) == {}
    assert places_on_the_map_of(old, "zip:19104") == []


def _luminance(color: str) -> float:
    """Relative luminance of a color, as WCAG 2 defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _themes() -> list[dict[str, str]]:
    """The colors of the light and of the dark theme."""
    blocks = [
        dict(re.findall(r"--map-(\w+): (#\w+)", block)) for block in re.findall(r"{[^{}]*--map[^{}]*}", CSS)
    ]
    long = [{name: color if len(color) == 7 else "#" + "".join(c * 2 for c in color[1:]) for name, color in
             block.items()} for block in blocks]  # fmt: skip
    return [block for block in long if "ink" in block]


def test_colors_differ_enough_in_light_and_in_dark() -> None:
    themes = _themes()
    assert len(themes) == 2
    for theme in themes:
        ramp = [theme[str(number)] for number in range(5)]
        steps = [_contrast(one, other) for one, other in pairwise(ramp)]
        assert min(steps) >= 1.4, steps
        assert _contrast(theme["ink"], theme["paper"]) >= 7
        assert _contrast(theme["quiet"], theme["paper"]) >= 4.5
        assert _contrast(theme["line"], theme["paper"]) >= 3


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium; tests that need one are skipped, loudly, without."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium here: the pixels of maps were not looked at")
    from playwright.sync_api import sync_playwright

    quiet = (
        "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update"
    )
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=found, args=quiet.split())
        yield opened
        opened.close()


def _pixel(page: Any, x: float, y: float) -> str:
    """The color on the screen there, as hexadecimal digits: of a PNG of one pixel, which no filter changes."""
    png = page.screenshot(clip={"x": int(x), "y": int(y), "width": 1, "height": 1})
    data, at = b"", len(PNG_SIGNATURE)
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    return f"#{zlib.decompress(data)[1:4].hex()}"


@pytest.mark.parametrize(("scheme", "theme"), [("light", 0), ("dark", 1)])
def test_areas_of_each_class_have_its_color_on_the_screen(
    browser: Any, scheme: str, theme: int, tmp_path: Path
) -> None:
    areas = [_square(number) for number in range(5)]
    areas += [_square(5, value=None), _square(6, quotable=False, value=70.0)]
    svg = map_of(areas, replace(SAID, limits=(71.0, 72.0, 73.0, 74.0)))
    page = browser.new_page(viewport={"width": 700, "height": 600}, color_scheme=scheme)
    file = tmp_path / "map.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><style>{CSS}</style>{svg}", encoding="utf-8")
    page.goto(file.as_uri())
    boxes = [mark.bounding_box() for mark in page.locator(".area").all()]
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    seen = [_pixel(page, x, y) for x, y in middles[:5]]
    assert seen == [_themes()[theme][str(number)] for number in range(5)]
    for x, y in middles[5:]:
        square = {_pixel(page, x + right, y + down) for right in range(0, 8, 2) for down in range(0, 8, 2)}
        assert len(square) > 1, "hatched and dotted areas have more than one color"
    page.close()


def test_a_map_fits_a_phone(browser: Any, tmp_path: Path) -> None:
    said = replace(
        SAID, title="A finding with many long words " * 3, notes=("Whose borders these are. " * 6,)
    )
    svg = map_of([_square(number, outline="highlighted") for number in range(3)], said)
    page = browser.new_page(viewport={"width": 320, "height": 600})
    file = tmp_path / "map.html"
    style = f"body{{margin:16px;font-family:sans-serif}}{CSS}"
    file.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{svg}", encoding="utf-8")
    page.goto(file.as_uri())
    for text in page.locator(".map text").all():
        box = text.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320, text.text_content()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
