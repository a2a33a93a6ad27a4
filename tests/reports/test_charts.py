"""Charts: marks stand where their figures are, and a sentence says the figures to those who do not see them."""

import re
from xml.etree import ElementTree

import pytest

from lifegap.reports.exhibits import Column, Exhibit, exact
from lifegap.reports.interval_chart import LONGEST, Row, interval_chart
from lifegap.reports.pictures import png, standalone
from lifegap.reports.scales import scale_of
from lifegap.reports.time_chart import Point, Series, series_words, time_chart

HOSTILE = '<script>alert(1)</script> & "=1"'

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("values", "zero", "ticks"),
    [
        ([0.3, 9.6], False, [0, 2, 4, 6, 8, 10]),
        ([68.2, 85.4], False, [65, 70, 75, 80, 85, 90]),
        ([3.1, 3.9], True, [0, 1, 2, 3, 4]),
        ([-4.6, 3.9], False, [-6, -4, -2, 0, 2, 4]),
        ([5.0], False, [5, 6]),
        ([], False, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        ([float("inf"), 1.0, 2.0], False, [1.0, 1.2, 1.4, 1.6, 1.8, 2.0]),
    ],
)
def test_a_scale_begins_and_ends_with_a_round_tick_and_holds_every_figure(
    values: list[float], zero: bool, ticks: list[float]
) -> None:
    scale = scale_of(values, 0, 100, zero=zero)
    assert [float(tick) for tick in scale.ticks] == ticks
    assert (scale.at(scale.low), scale.at(scale.high)) == (0, 100)


def _elements(picture: str, tag: str, kind: str) -> list[dict[str, str]]:
    """Attributes of the marks of a kind, the legend's among them."""
    return [
        dict(each.attrib)
        for each in ElementTree.fromstring(picture).iter(f"{SVG}{tag}")
        if each.get("class") == kind
    ]


def test_a_mark_stands_at_its_figure_and_its_line_at_its_limits() -> None:
    rows = [Row("Austin", 5.0, 0.0, 10.0, "5.0 (0.0 to 10.0)"), Row("Loop", None, None, None, "not shown")]
    picture = interval_chart(rows, name="Two places", axis="years", zero="the Loop")
    (line,) = _elements(picture, "line", "interval firm")
    (mark, _in_the_legend) = _elements(picture, "circle", "mark firm")
    low, high = float(line["x1"]), float(line["x2"])
    assert float(mark["cx"]) == pytest.approx((low + high) / 2, abs=0.1)
    assert "not shown" in picture


def test_a_figure_that_may_not_be_quoted_is_hollow_and_the_legend_says_so() -> None:
    picture = interval_chart([Row("Austin", 5.0, None, None, "5.0", "open")], name="One", axis="years")
    assert 'class="mark open"' in picture
    assert "may not be quoted" in picture


def test_multiples_are_as_far_from_one_as_their_inverse() -> None:
    rows = [Row("twice", 2.0, None, None, ""), Row("half", 0.5, None, None, "")]
    picture = interval_chart(rows, name="Ratios", axis="times", multiples=True)
    twice, half, *_ = (float(each["cx"]) for each in _elements(picture, "circle", "mark firm"))
    one = float(_elements(picture, "line", "zero")[0]["x1"])
    assert twice - one == pytest.approx(one - half, abs=0.2)
    assert "×1/2" in picture


def test_texts_come_through_harmless_and_long_ones_are_cut() -> None:
    row = Row(HOSTILE * 3, 1.0, None, None, HOSTILE)
    picture = interval_chart([row], name=HOSTILE, axis=HOSTILE)
    assert "<script" not in picture
    root = ElementTree.fromstring(picture)
    assert root.findtext(f"{SVG}title") == HOSTILE
    (label,) = (each.text or "" for each in root.iter(f"{SVG}text") if each.get("class") == "label")
    assert len(label) <= LONGEST
    assert label.endswith("…")


def test_a_chart_is_one_picture_with_one_name() -> None:
    series = [Series("A", (Point(2000, 1.0, 0.5, 1.5), Point(2010, 2.0)), joined=True)]
    for picture in (
        interval_chart([Row("a", 1.0, 0.5, 1.5, "1")], name="One figure: 1", axis="years", bars=True),
        time_chart(series, name="One figure: 1", axis="years", zero=True),
    ):
        root = ElementTree.fromstring(picture)
        assert root.get("role") == "img"
        assert [each.text for each in root.iter(f"{SVG}title")] == ["One figure: 1"]
        assert [each.get("aria-hidden") for each in root.findall(f"{SVG}g")] == ["true"]


def test_a_point_that_may_not_be_quoted_is_hollow_and_its_period_is_said_as_it_is() -> None:
    points = (Point(2012.5, 11.6, 8.4, 14.7, "2010-2015"), Point(2023, 20.7, period="2023", hollow=True))
    series = [Series("A", points, joined=False)]
    picture = time_chart(series, name="x", axis="y", zero=True)
    assert [each["cx"] for each in _elements(picture, "circle", "mark s0 hollow")]
    assert series_words(series) == "A: 11.6 (8.4 to 14.7) in 2010-2015, 20.7 in 2023, not to be quoted"


def test_a_line_runs_through_the_figures_of_one_series_alone_and_not_where_it_must_not() -> None:
    points = (Point(2000, 1.0), Point(2010, 2.0))
    picture = time_chart(
        [Series("A", points, joined=True), Series("B", points, joined=False)], name="x", axis="y", zero=True
    )
    lines = ElementTree.fromstring(picture).findall(f".//{SVG}polyline")
    assert len(lines) == 1
    assert len(lines[0].get("points", "").split()) == len(points)


def test_the_way_to_a_target_ends_at_its_year_and_figure() -> None:
    series = Series("A", (Point(2010, 16.0),), False, goal_from=(2010, 16.0), goal=(2030, 8.0))
    picture = time_chart([series], name="x", axis="y", zero=True)
    (way,) = _elements(picture, "line", "goal s0")
    (target,) = _elements(picture, "circle", "target s0")
    assert (way["x2"], way["y2"]) == (target["cx"], target["cy"])
    assert float(way["y2"]) > float(way["y1"])  # lower in the picture


def _exhibit() -> Exhibit:
    picture = interval_chart([Row("Austin", 5.0, 1.0, 9.0, "5.0")], name="Austin: 5.0", axis="years")
    columns = (Column("place", "Place"), Column("gap", "Gap", "years"))
    rows = [
        {"place": "=1+1", "gap": 11.5564414},
        {"place": HOSTILE, "gap": None, "missing": "Not published."},
    ]
    return Exhibit("austin", "The gap is 5 years", "In years", columns, rows, picture, ("A & B",))


def test_the_picture_for_slides_has_title_measure_source_and_release_and_no_variables() -> None:
    picture = standalone(_exhibit(), "release ending 0a1b2c3d")
    texts = " ".join(each.text or "" for each in ElementTree.fromstring(picture).iter(f"{SVG}text"))
    for words in ("The gap is 5 years", "In years", "Source: A & B. lifegap, release ending 0a1b2c3d."):
        assert words in texts
    assert "var(" not in picture
    assert ElementTree.fromstring(picture).findtext(f"{SVG}title") == "Austin: 5.0"


def test_the_picture_as_png_has_marks_in_the_color_of_the_page() -> None:
    image = png(standalone(_exhibit(), "release ending 0a1b2c3d").encode())
    assert image.startswith(b"\x89PNG")
    assert image == png(standalone(_exhibit(), "release ending 0a1b2c3d").encode())


def test_the_file_of_an_exhibit_has_exact_figures_with_units_and_says_why_one_is_missing() -> None:
    assert _exhibit().csv().splitlines() == [
        "place,gap,gap_unit,why_missing",
        "'=1+1,11.5564,years,",
        f'"{HOSTILE.replace(chr(34), chr(34) * 2)}",,years,Not published.',
    ]


def test_the_table_of_an_exhibit_has_the_figure_in_tenths_and_the_exact_one_for_sorting() -> None:
    exhibit = _exhibit()
    (_, figure), (_, missing) = (exhibit.cells(row) for row in exhibit.rows)
    assert (figure["text"], figure["value"]) == ("11.6", "11.5564")
    assert (missing["text"], missing["kind"]) == ("Not published.", "missing")


@pytest.mark.parametrize(
    ("value", "text"), [(1234567.8, "1234568"), (0.0042, "0.0042"), (78.123456789, "78.1235"), (-3.0, "-3")]
)
def test_exact_numbers_are_those_of_the_release_as_csv(value: float, text: str) -> None:
    assert exact(value) == text


def test_no_color_of_a_chart_is_without_a_value() -> None:
    style = re.findall(r"var\(", standalone(_exhibit(), "x"))
    assert style == []
