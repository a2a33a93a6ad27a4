"""`lifegap quote`: the newest figure of a place that may be quoted, or why none may."""

from typing import Annotated, Any

import typer

from lifegap.cli.options import Home, OfRelease, find_place, opened
from lifegap.cli.terminal import hint, tell
from lifegap.releases.quoted import figures_of, sentence
from lifegap.releases.read import Release
from lifegap.wording import short_caveat


def quote(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="A place, by id, code or name.")],
    of_release: OfRelease = None,
    home: Home = None,
) -> None:
    """What may be quoted: figure, interval, period, source, caveat, and what other sources say.

    The newest gap that may be quoted and has an interval; where a place is in no comparison, its life
    expectancy; else the reason for none. `lifegap explain` tells everything about the figure.

    Examples:
      lifegap quote "West Garfield Park"

      lifegap quote county:42101

      lifegap quote "Cook County, IL"
    """
    with opened(home, of_release) as release:
        found = find_place(release, place)
        if found["said"] is not None:
            tell(found["said"])
        tell(sentence(release, found))
        if more := _more(release, found):
            hint(more if of_release is None else f"{more} --release {of_release}")


def _more(release: Release, place: dict[str, Any]) -> str | None:
    """Where the rest of a shortened caveat stands."""
    column, figures = figures_of(release, place["place_id"], None)
    if not figures or figures[0]["quotable"] == "no" or short_caveat(figures[0]["caveat"])[1]:
        return None
    table = "life_expectancy_gap" if column == "gap" else "life_expectancy"
    key = " ".join(f"{name}={figures[0][name]}" for name in release.manifest["tables"][table]["key"])
    return f'More must be known to use it: lifegap explain {table} "{key}"'
