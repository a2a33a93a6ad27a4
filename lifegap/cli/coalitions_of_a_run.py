"""Before a refresh obtains anything: the coalitions' files are checked, and those to make anew chosen."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalition_check import mistakes_in, refuse_mistakes
from lifegap.cli.known_places import known_places
from lifegap.cli.terminal import hint
from lifegap.errors import error
from lifegap.landing.coalition_files import refuse_faulty_files

if TYPE_CHECKING:
    from lifegap.settings import Settings


def checked_coalitions(settings: "Settings", only: list[str]) -> None:
    """See that the files that the run reads anew have no mistakes. Raises with all of them."""
    catalog = Catalog(settings.data, settings.coalitions)
    files = [path for path in catalog.coalition_files() if not only or path.stem in only]
    if missing := sorted({*only} - {path.stem for path in files}):
        known = sorted(path.stem for path in catalog.coalition_files())
        raise error(
            "UNKNOWN-NAME",
            doing="reading --coalition",
            found=f"no file of a coalition {', '.join(missing)}",
            expected=f"one of: {', '.join(known)}",
            todo="correct the id, or make the coalition: lifegap coalition new",
        )
    places = known_places(settings, before_a_run=True)
    today = datetime.now(UTC).date()
    refuse_mistakes([each for path in files for each in mistakes_in(path, catalog, places, today)])
    if not only:
        catalog.validate()
        refuse_faulty_files(catalog)


def carry_forward(settings: "Settings", only: list[str], last: dict[str, Any] | None) -> bool:
    """Whether the coalitions that are not named are carried forward; their files are then those of `last`.

    Without a release, or the files that it was made of, everything is refreshed. Raises OPTION where files of
    another origin are asked for than the release has.
    """
    from lifegap.landing.coalition_copies import kept_coalitions, stage_coalitions

    if not only:
        return False
    if last is None or not kept_coalitions(settings).is_dir():
        hint("There is no release to carry the other coalitions forward from: all are refreshed.")
        return False
    if last["sources"] != settings.sources:
        raise error(
            "OPTION",
            doing="refreshing " + ", ".join(only),
            found=f"the last release is of --sources {last['sources']}, and this run of {settings.sources}",
            expected="the same, since the other coalitions are carried forward",
            todo=f"lifegap refresh --sources {last['sources']} --coalition {only[0]}, or refresh all of them",
        )
    settings.stage(stage_coalitions(only, settings))
    return True
