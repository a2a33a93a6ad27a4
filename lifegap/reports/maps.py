"""Maps of places by a figure, as one SVG each that needs no script: areas, legend, key, scale.

A pure function of what it is given; colors come from `maps.css` by the classes `m0` to `m4`. Areas look as
large as they are: the projection is an equal-area one. Every area says its figure, or why it has none, in a
`<title>`; the picture as a whole has one sentence for those who do not see it, and all else is hidden from
them: the same figures stand in a table beside it.

Figures are put into classes as they are printed, rounded, so that no legend contradicts a figure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from markupsafe import Markup

from lifegap.digits import digits
from lifegap.reports.map_classes import Classes, classes_of
from lifegap.reports.map_drawing import Drawing
from lifegap.reports.pages import rendered

WIDTH, TALLEST = 640, 560
"""Pixels of the picture, and of the tallest map in it."""

MARGIN = 8
LINE, HEADING_LINE = 27, 30
"""Pixels from line to line: room for the letters of a phone, which are twice as large in the picture."""

LETTERS, HEADING_LETTERS = 44, 38
"""Letters of a line."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that no SVG may hold."""

Outline = Literal["reference", "highlighted"]


@dataclass(frozen=True)
class Area:
    """A place of a map.

    geometry: well-known text, longitude before latitude, WGS 84; None where no shape is known. value: its
    figure. text: the figure as it is printed, with unit and interval. verdict: what is said of it beside the
    figure, such as worse than the reference. reason: why there is no figure, or why it may not be quoted, a
    sentence. quotable: false where it may not be. outline: how it is set off.
    """

    place_id: str
    name: str
    geometry: str | None
    value: float | None
    text: str = ""
    verdict: str = ""
    reason: str = ""
    quotable: bool = True
    outline: Outline | None = None


@dataclass(frozen=True)
class Map:
    """What a map says besides its areas.

    key: a word of small letters that no other map of the page has. title: the finding. subtitle: measure,
    unit, places and period. unit and decimals: of the figures. limits: the figures at which classes begin,
    after the first; without them fifths. darkest: which figures stand out. notes: what is said below, such as
    where the borders are from. headed: whether title and subtitle stand in the picture.
    """

    key: str
    title: str
    subtitle: str
    measure: str
    unit: str
    decimals: int = 1
    limits: tuple[float, ...] | None = None
    darkest: Literal["high", "low"] = "high"
    notes: tuple[str, ...] = ()
    headed: bool = True


Said = TypeVar("Said", Area, Map)


def map_of(areas: Sequence[Area], said: Map) -> Markup | None:
    """The picture; None where no area has a shape, and a chart without shapes must do."""
    areas, said = [_clean(area) for area in areas], _clean(said)
    drawn = [area for area in areas if area.geometry is not None]
    if not drawn:
        return None
    shown = [area.value for area in drawn if area.value is not None]
    classes = classes_of(shown, said.decimals, said.limits, said.darkest)
    top = MARGIN
    head = []
    if said.headed:
        head, top = _lines(said.title, HEADING_LETTERS, top, HEADING_LINE, "map-heading")
        more, top = _lines(said.subtitle, LETTERS, top, LINE, "map-subheading")
        head += more
    texts = [str(area.geometry) for area in drawn]
    shapes = Drawing(texts, MARGIN, top + MARGIN, WIDTH - 2 * MARGIN, TALLEST)
    numbered = [area for outline in ("highlighted", "reference") for area in drawn if area.outline == outline]
    keys = {area.place_id: number for number, area in enumerate(numbered, start=1)}
    bar = shapes.scale_bar(below=LINE)
    legend, bottom = _legend(drawn, said, classes, shapes.bottom + (LINE if bar else 0) + 2 * MARGIN)
    listed, bottom = _key(keys, numbered, said, bottom)
    missing = [area.name for area in areas if area.geometry is None]
    notes = [*said.notes, *([f"Without a shape, and not drawn: {', '.join(missing)}."] if missing else [])]
    foot = []
    for note in notes:
        lines, bottom = _lines(note, LETTERS, bottom, LINE, "map-note")
        foot += lines
    values: dict[str, Any] = {
        "key": re.sub(r"[^a-z0-9]+", "-", said.key.lower()),
        "width": WIDTH,
        "height": bottom + MARGIN,
        "alternative": alternative_of(drawn, said),
        "areas": _marks(drawn, shapes, classes),
        "numbers": [
            {"number": keys[area.place_id], "at": shapes.middle(drawn.index(area))} for area in numbered
        ],
        "hatched": sorted({classes.color(area.value) for area in drawn if _hatched(area)}),
        "scale": bar,
        "legend": legend,
        "lines": [*head, *listed, *foot],
    }
    return Markup(rendered("map.svg", values))  # noqa: S704 - the template escapes every value


def alternative_of(areas: Sequence[Area], said: Map) -> str:
    """The picture in a sentence: the finding, the lowest and highest figure, those set off, what lacks."""
    known = sorted((area for area in areas if area.value is not None), key=_by_value)
    parts = [f"map of {len(areas)} {'place' if len(areas) == 1 else 'places'} by {_inside(said.measure)}"]
    if known:
        parts += [f"lowest in {_figure(known[0], said)}", f"highest in {_figure(known[-1], said)}"]
    told = {area.place_id for area in (*known[:1], *known[-1:])}
    parts += [_figure(area, said) for area in areas if area.outline and area.place_id not in told]
    if lacking := len(areas) - len(known):
        parts.append(f"no figure of {lacking}")
    if unquotable := sum(_hatched(area) for area in areas):
        parts.append(f"{unquotable} may not be quoted")
    return f"{said.title.rstrip('.')}: {'; '.join(parts)}."


def _inside(measure: str) -> str:
    """A measure inside a sentence: with a small letter, unless it begins with an abbreviation."""
    return measure if measure[:2].isupper() else measure[:1].lower() + measure[1:]


def _by_value(area: Area) -> tuple[float, str]:
    assert area.value is not None
    return area.value, area.place_id


def _figure(area: Area, said: Map) -> str:
    """A place and its figure."""
    if area.value is None:
        return f"{area.name} without a figure"
    unit = "%" if said.unit == "percent" else said.unit
    return f"{area.name} {digits(area.value, said.decimals)} {unit}".rstrip()


def _hatched(area: Area) -> bool:
    return area.value is not None and not area.quotable


def _clean(said: Said) -> Said:
    """The same without the signs that no SVG may hold."""
    texts = {name: CONTROL.sub("", text) for name, text in vars(said).items() if isinstance(text, str)}
    if isinstance(said, Map):
        return replace(said, **texts, notes=tuple(CONTROL.sub("", note) for note in said.notes))
    return replace(said, **texts)


def _marks(areas: list[Area], shapes: Drawing, classes: Classes) -> list[dict[str, Any]]:
    """The areas in the order in which they are drawn: those set off last, over the borders of others."""
    order = (None, "highlighted", "reference")
    marks = [
        {
            "outline": area.outline,
            "color": None if area.value is None else classes.color(area.value),
            "hatched": _hatched(area),
            "path": shapes.path(at),
            "title": _title(area),
        }
        for at, area in enumerate(areas)
    ]
    return sorted(marks, key=lambda mark: order.index(mark["outline"]))


def _title(area: Area) -> str:
    """What an area says of itself."""
    if area.value is None:
        return f"{area.name}: no figure. {area.reason}".rstrip()
    sentences = [f"{area.name}: {area.text}", area.verdict]
    if not area.quotable:
        sentences.append(f"May not be quoted. {area.reason}".rstrip())
    return ". ".join(each.rstrip(".") for each in sentences if each) + "."


def _lines(
    text: str, letters: int, top: float, height: int, style: str
) -> tuple[list[dict[str, Any]], float]:
    """The text in lines, and where the next one may begin."""
    words, rows = text.split(), [""]
    for word in words:
        if rows[-1] and len(rows[-1]) + 1 + len(word) > letters:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    lines = [
        {"x": MARGIN, "y": round(top + (number + 0.75) * height, 1), "text": row, "style": style}
        for number, row in enumerate(rows)
        if row
    ]
    return lines, top + height * len(lines)


def _legend(areas: list[Area], said: Map, classes: Classes, top: float) -> tuple[list[dict[str, Any]], float]:
    """Title, an entry for each class with its limits and places, and how classes were made."""
    title, top = _lines(f"{said.measure}, {said.unit} (places)", LETTERS, top, LINE, "map-subheading")
    entries: list[dict[str, Any]] = [
        {"fill": f"m{color}", "text": f"{label} ({count})"} for color, label, count in classes.entries
    ]
    entries.append({"fill": "nodata", "text": f"no data ({sum(area.value is None for area in areas)})"})
    if hatched := sum(map(_hatched, areas)):
        entries.append({"fill": "unquotable", "text": f"not to be quoted ({hatched})"})
    rows = (len(entries) + 1) // 2
    for number, entry in enumerate(entries):
        column, row = divmod(number, rows)
        entry |= {"x": MARGIN + column * WIDTH // 2, "y": top + row * LINE + 3}
    bottom = top + rows * LINE
    how, bottom = _lines(classes.how.format(unit=said.unit), LETTERS, bottom, LINE, "map-note")
    return [*title, *entries, *how], bottom


def _key(
    keys: dict[str, int], areas: list[Area], said: Map, top: float
) -> tuple[list[dict[str, Any]], float]:
    """The numbers on the map and whose they are, with the figure."""
    lines: list[dict[str, Any]] = []
    for area in areas:
        value = "no figure" if area.value is None else digits(area.value, said.decimals)
        reference = " (reference)" if area.outline == "reference" else ""
        hatched = ", not to be quoted" if _hatched(area) else ""
        text = f"{keys[area.place_id]} {area.name}{reference}: {value}{hatched}"
        rows, top = _lines(text, LETTERS, top, LINE, "map-key")
        lines += rows
    return lines, top
