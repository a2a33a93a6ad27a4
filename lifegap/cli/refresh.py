"""`lifegap refresh`: obtain, load, compute, check, publish."""

import logging
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lifegap.cli import terminal
from lifegap.cli.app import app
from lifegap.cli.options import Home
from lifegap.cli.quote import sentence
from lifegap.cli.terminal import progress, say, tell
from lifegap.errors import MOST_FINDINGS, LifegapError
from lifegap.store.release import Release, open_release

if TYPE_CHECKING:
    from lifegap.catalog.cards import SourceCard
    from lifegap.landing.receipts import Receipt


@app.command()
def refresh(
    sources: Annotated[
        str | None,
        typer.Option("--sources", help="Where files come from: bundle (default), mirror, or official."),
    ] = None,
    home: Home = None,
    force: Annotated[
        bool, typer.Option("--force", help="Even if nothing has changed since the last release.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Everything but publishing.")] = False,
) -> None:
    """Obtain the files, load, compute, check, and publish a release.

    Prints the release id, the headline gap of each coalition, and how the checks went. A failed
    critical check publishes nothing and leaves the last release as it was.

    Examples:
      lifegap refresh

      LIFEGAP_MIRROR=/data/mirror lifegap refresh --sources mirror

      lifegap refresh --sources official
    """
    from lifegap.catalog.catalog import Catalog
    from lifegap.landing.obtain import obtain
    from lifegap.settings import read_settings
    from lifegap.store.fingerprint import fingerprint
    from lifegap.store.lock import only_refresh

    settings = read_settings(home=home, sources=sources)
    catalog = Catalog(settings.data)
    catalog.validate()
    with only_refresh(settings.lock):
        for card in catalog.cards.values():
            receipts = obtain(card, settings)
            if settings.sources == "official":
                _say_what_came(card, receipts, settings.landing)
        before = _last(settings.home)
        unchanged = before is not None and before["inputs"] == fingerprint(catalog, settings)
        if unchanged and not force and not dry_run:
            say("Nothing has changed since the last release; --force makes one all the same.")
        else:
            _run(settings, dry_run=dry_run)
    if dry_run:
        tell("Dry run: all checks that block have passed; nothing was published.")
        return
    with open_release(settings.home) as release:
        _headlines(release)


def _say_what_came(card: "SourceCard", receipts: "list[Receipt]", landing: Path) -> None:
    """Which alternates answered; which files a person can make, how, and where they go."""
    from lifegap.landing.official import exports_to_make, given_by_alternates

    for address in given_by_alternates(card, receipts):
        say(f"{card.id}: an address listed first did not answer; taken from {address}")
    if missing := exports_to_make(card, receipts):
        shown = ", ".join(missing[:MOST_FINDINGS])
        more = f" and {len(missing) - MOST_FINDINGS} more" if len(missing) > MOST_FINDINGS else ""
        how = card.by_hand or f"See {card.url}."
        say(f"{card.id}: left out {shown}{more}. To have them: {how} Put them into {landing / card.id}.")


def _last(home: Any) -> dict[str, Any] | None:
    """The manifest of the latest release, if there is one."""
    try:
        with open_release(home) as release:
            return release.manifest
    except LifegapError:
        return None


def _run(settings: Any, *, dry_run: bool) -> None:
    """Run the job in this process, showing its progress; raise what stopped it."""
    if not terminal.state.verbose:
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
    from pipelines.execute import run_refresh, steps

    with progress(steps(settings)):
        run_refresh(settings, dry_run=dry_run)


def _headlines(release: Release) -> None:
    """Release id, headline gap of each coalition, checks passed and warned."""
    tell(f"Release {release.manifest['release_id']}")
    places = release.ask(
        "SELECT title, place_id, p.name, headline_reference_id FROM coalition "
        "JOIN place AS p ON place_id = headline_place_id ORDER BY title DESC"
    ).dicts()
    for place in places:
        words = sentence(release, place, reference=place["headline_reference_id"])
        tell(f"{place['title']}: {words}")
    passed, warned = release.ask(
        "SELECT count(*) FILTER (success), count(*) FILTER (NOT success) FROM check_result"
    ).rows[0]
    tell(f"Checks: {passed} passed, {warned} warned.")
