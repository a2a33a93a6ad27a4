"""A chart as a picture of its own, for slides: its title, measure, source and release stand in it."""

import re
import textwrap
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from lifegap.reports.exhibits import Exhibit
from lifegap.reports.pages import TEMPLATES, rendered

BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)(?:\.\d+)?"')
NAME = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
MARGIN = 48

TITLE_LINE, TEXT_LINE = 74, 112
"""Characters of a line of the title, and of the smaller text."""


def name_of(picture: str) -> str:
    """The sentence that stands for a picture where it is not seen."""
    name = NAME.search(picture)
    assert name, "a picture without a name"
    return unescape(name[1])


def drawing(picture: str) -> str:
    """A picture with colors of its own: not every program knows variables of style sheets."""
    start = picture.index("</title>") + len("</title>")
    return f"{picture[:start]}<style>{_style()}</style>{picture[start:]}"


def standalone(exhibit: Exhibit, release: str) -> str:
    """The picture of an exhibit with all that is to be known of it. release: how it is named."""
    box = BOX.search(exhibit.picture)
    assert box, f"{exhibit.id} has no picture"
    title = textwrap.wrap(exhibit.title, TITLE_LINE)
    subtitle = textwrap.wrap(exhibit.subtitle, TEXT_LINE)
    source = textwrap.wrap(f"Source: {'; '.join(exhibit.sources)}. lifegap, {release}.", TEXT_LINE)
    below = 38 + 24 * len(title)
    top = below + 16 * len(subtitle)
    foot = top + int(box[2]) + 24
    return rendered(
        "standalone.svg",
        {
            "name": name_of(exhibit.picture),
            "style": _style(),
            "width": int(box[1]) + MARGIN,
            "height": foot + 16 * len(source),
            "title": title,
            "subtitle": subtitle,
            "below": below,
            "top": top,
            "kind": "map" if exhibit.picture.startswith('<svg class="map"') else "chart",
            "marks": _marks(exhibit.picture),
            "foot": foot,
            "source": source,
        },
    )


def _marks(picture: str) -> str:
    """What is drawn, without the frame and the name, which the whole picture has."""
    return picture[picture.index("</title>") + len("</title>") : picture.rindex("</svg>")].strip()


@cache
def _style() -> str:
    """The site's rules for charts and maps, with the colors of light pages in place of variables."""
    charts, maps = (
        (TEMPLATES / name).read_text(encoding="utf-8").partition("@media")[0]
        for name in ("site.css", "maps.css")
    )
    sheet = (TEMPLATES / "site.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", charts + maps))
    rules = [line.replace("svg ", "") for line in sheet.splitlines() if line.startswith("svg ")]
    rules += [line for line in maps.splitlines() if line.startswith((".map .", ".map text"))]
    told = re.sub(r"var\(--([\w-]+)\)", lambda found: light[found[1]], "\n".join(rules))
    return f"{told}\n.title {{ font-size: 19px; font-weight: 700; }}"


def png(picture: bytes) -> bytes:
    """A picture in SVG as PNG, three pixels to each of its own, with fonts that are always the same."""
    import typst

    with TemporaryDirectory() as folder:
        source = Path(folder) / "picture.typ"
        (source.parent / "picture.svg").write_bytes(picture)
        source.write_text(
            '#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")\n', encoding="utf-8"
        )
        drawn = typst.compile(source, format="png", ppi=216, ignore_system_fonts=True)
    assert isinstance(drawn, bytes)
    return drawn
