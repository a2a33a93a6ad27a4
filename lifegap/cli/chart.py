"""`lifegap chart`: a chart of a release's pages as a picture for slides."""

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from lifegap.cli.options import Home, home_of, unknown_name
from lifegap.cli.terminal import tell

MOST_NAMED = 12
"""Charts that a refusal names."""


def chart(
    chart_id: Annotated[str, typer.Argument(metavar="ID", help="A chart, as its page names it.")],
    png_file: Annotated[
        Path | None, typer.Option("--png", metavar="FILE", help="Write a PNG of 2,160 pixels' width.")
    ] = None,
    svg_file: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Write an SVG, which grows without loss.")
    ] = None,
    release: Annotated[
        str | None, typer.Option("--release", metavar="ID", help="Of this release instead of the latest.")
    ] = None,
    home: Home = None,
) -> None:
    """Write a chart as a picture, with its title, source and release in it.

    Examples:
      lifegap chart west-side-united-gaps --png gaps.png

      lifegap chart west-side-united-years --svg years.svg
    """
    from lifegap.disk import writing
    from lifegap.errors import error
    from lifegap.home import SITE
    from lifegap.releases.read import release_folder
    from lifegap.reports.pictures import png

    figures = release_folder(home_of(home), release) / SITE / "figures"
    known = sorted(each.stem for each in figures.glob("*.svg"))
    if chart_id not in known:
        near = [each for each in known if chart_id in each] or get_close_matches(chart_id, known, 5, 0.3)
        near = near or [each for each in known if not each.startswith("place-")]
        raise unknown_name(
            f"no chart {chart_id} in the release",
            near[:MOST_NAMED],
            "name one; the pages link to all of them",
        )
    if png_file is None and svg_file is None:
        raise error(
            "OPTION",
            doing=f"writing the chart {chart_id}",
            found="neither --png nor --svg",
            expected="--png FILE, --svg FILE, or both",
            todo=f"lifegap chart {chart_id} --png {chart_id}.png",
        )
    drawn = (figures / f"{chart_id}.svg").read_bytes()
    for path, content in ((svg_file, drawn), (png_file, png(drawn) if png_file else b"")):
        if path is not None:
            with writing(path):
                path.write_bytes(content)
            tell(str(path))
