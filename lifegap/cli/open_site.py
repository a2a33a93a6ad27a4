"""`lifegap open`: the pages of a release, in the browser."""

import webbrowser
from typing import Annotated

import typer

from lifegap.cli.options import Home, home_of, unknown_name
from lifegap.cli.terminal import tell


def open_site(
    coalition: Annotated[
        str | None, typer.Option("--coalition", metavar="ID", help="Begin with the page of this coalition.")
    ] = None,
    release: Annotated[
        str | None, typer.Option("--release", metavar="ID", help="Of this release instead of the latest.")
    ] = None,
    home: Home = None,
    path: Annotated[bool, typer.Option("--path", help="Print where the page is, and open nothing.")] = False,
) -> None:
    """Open the pages of the latest release: gaps, measures, sources, what changed.

    They need no network and no server: copy the folder `site` to anywhere and open its index.html.

    Examples:
      lifegap open

      lifegap open --coalition west-side-united
    """
    from lifegap.errors import error
    from lifegap.home import SITE
    from lifegap.releases.read import release_folder

    folder = release_folder(home_of(home), release) / SITE
    if not folder.is_dir():
        raise error(
            "UNKNOWN-NAME",
            doing="opening the pages of a release",
            found=f"no folder {SITE} in {folder.parent.name}",
            expected="a release with pages",
            todo="lifegap refresh --force makes a release with them",
        )
    page = folder / "index.html" if coalition is None else folder / "coalition" / f"{coalition}.html"
    if not page.is_file():
        known = sorted(each.stem for each in (folder / "coalition").glob("*.html"))
        raise unknown_name(f"no coalition {coalition} in the release", known, "name one of them")
    tell(str(page))
    if not path:
        webbrowser.open(page.as_uri())
