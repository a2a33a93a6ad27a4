"""Options that several commands share, and the words for places and periods."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from lifegap.cli.terminal import Format, hint
from lifegap.errors import error
from lifegap.home import LATEST
from lifegap.releases.places import find
from lifegap.releases.quoted import WHOLE_FILES
from lifegap.releases.read import Release, open_release

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder of landing files and releases [LIFEGAP_HOME]."),
]
OfRelease = Annotated[
    str | None,
    typer.Option(
        "--release", metavar="ID", help="A release of before, by its id or its folder; else the latest."
    ),
]

AsFormat = Annotated[Format, typer.Option("--format", help="How to print the result.")]
CoalitionOption = Annotated[str | None, typer.Option("--coalition", metavar="ID", help="One coalition only.")]


def home_of(home: Path | None) -> Path:
    """The home folder: the option, else the environment, else ./.lifegap."""
    import os

    return (home or Path(os.environ.get("LIFEGAP_HOME", ".lifegap"))).expanduser().absolute()


@contextmanager
def opened(home: Path | None, release_id: str | None) -> Iterator[Release]:
    """The release of the home folder that was asked for; of one that is not the latest that is said."""
    folder = home_of(home)
    with open_release(folder, release_id) as release:
        latest = (folder / LATEST).resolve()
        if release_id is not None and release.folder != latest:
            newer = f"; the latest is {latest.name}" if latest.is_dir() else ""
            hint(f"From release {release.folder.name}{newer}.")
        yield release


def known_coalition(release: Release, coalition: str | None) -> str | None:
    """The coalition if it is in the release. Raises UNKNOWN-NAME."""
    known = [row[0] for row in release.ask("SELECT coalition_id FROM coalition").rows]
    if coalition is not None and coalition not in known:
        raise unknown_name(f"coalition {coalition}", known, "name one of them")
    return coalition


def find_place(release: Release, name: str) -> dict[str, Any]:
    """place_id and name of the place that a user means, and `said`: what must be said of an old name.

    Raises UNKNOWN-NAME when there is none, or several that cannot be told apart.
    """
    found = find(release, name)
    if found.place is not None:
        return found.place | {"said": found.said}
    named = f"several places may be {name}" if found.fits else f"no place {name}"
    todo = "name one of them by its id"
    if not found.fits and release.manifest.get("sources") == "bundle":
        todo += f", or have them all: {WHOLE_FILES}"
    raise unknown_name(named if found.said is None else f"{named}: {found.said}", found.offered, todo)


def unknown_name(found: str, known: list[str], todo: str) -> Exception:
    """The refusal of a name: what was not found, and what there is."""
    return error(
        "UNKNOWN-NAME",
        doing="looking up a name in the release",
        found=found,
        expected=f"one of: {', '.join(known)}" if known else "an id or a name of the release",
        todo=todo,
    )
