"""`lifegap bundle`: rebuild `data/bundle` from a mirror of the public files."""

from pathlib import Path
from typing import Annotated

import typer

from lifegap.cli.terminal import Format, show, tell
from lifegap.errors import error

LARGEST = 4_000_000


def bundle(
    mirror: Annotated[
        Path | None,
        typer.Option("--mirror", help="Folder of public files [LIFEGAP_MIRROR]."),
    ] = None,
) -> None:
    """Cut the bundle's slices out of the publishers' files, and count their rows beside the cards.

    Review the difference with git before committing it.

    Example: LIFEGAP_MIRROR=/data/mirror lifegap bundle
    """
    from lifegap.catalog.catalog import Catalog
    from lifegap.landing.bundle import Bundler
    from lifegap.settings import read_settings

    settings = read_settings(mirror=mirror)
    if settings.mirror is None:
        raise error(
            "SETTING",
            doing="making the bundle",
            found="LIFEGAP_MIRROR is not set",
            expected="the folder that holds the public files",
            todo="export LIFEGAP_MIRROR=/path/to/mirror, or give --mirror",
        )
    if settings.has_data_of_the_package:
        raise error(
            "SETTING",
            doing="making the bundle",
            found=f"{settings.data}, the declarations of the installed package",
            expected="a folder of your own, which installing lifegap again does not replace",
            todo="copy that folder, and export LIFEGAP_DATA=/path/to/the/copy; or work in a checkout",
        )
    written = Bundler(Catalog(settings.data), settings.mirror).write()
    show(("source", "bytes"), list(written.items()), Format.table)
    total = sum(written.values())
    tell(f"{total:,} bytes of at most {LARGEST:,}.")
