"""`lifegap refresh`: obtain, load, compute, check, publish."""

import logging
import shutil
import sys
import textwrap
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from lifegap.cli import acknowledgement, terminal
from lifegap.cli.options import Home
from lifegap.cli.terminal import hint, progress, say, tell
from lifegap.errors import LifegapError
from lifegap.events import report
from lifegap.releases.acknowledged import Acknowledged
from lifegap.releases.quoted import sentence
from lifegap.releases.read import Release, open_release

if TYPE_CHECKING:
    from lifegap.catalog.cards import SourceCard
    from lifegap.catalog.catalog import Catalog
    from lifegap.landing.receipts import Receipt
    from lifegap.settings import Settings

MOST_NAMED = 4
"""Files of a source that a line names."""


def refresh(
    sources: Annotated[
        str | None,
        typer.Option("--sources", help="Where files come from: bundle (default), mirror, or official."),
    ] = None,
    coalition: Annotated[
        list[str] | None,
        typer.Option(
            "--coalition", metavar="ID", help="Make this one anew, the others stay as published; repeatable."
        ),
    ] = None,
    home: Home = None,
    force: Annotated[
        bool, typer.Option("--force", help="Make every table anew, even where nothing has changed.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Everything but publishing.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="With official: refuse what stands in for a publisher's file.")
    ] = False,
    acknowledge: acknowledgement.Ids = None,
    reason: acknowledgement.Reason = "",
) -> None:
    """Obtain the files, load, compute, check, and publish a release.

    Prints the release id, the headline gap of each coalition, and how the checks went. A failed
    critical check publishes nothing and leaves the last release as it was; so does a change that turns a
    published finding round, until it is accepted.

    Examples:
      lifegap refresh

      LIFEGAP_MIRROR=/data/mirror lifegap refresh --sources mirror

      lifegap refresh --sources official

      lifegap refresh --coalition west-side-united
    """
    from lifegap.cli.coalitions_of_a_run import checked_coalitions
    from lifegap.settings import read_settings

    accepted = acknowledgement.acknowledgement(acknowledge or [], reason)
    settings = read_settings(home=home, sources=sources)
    only = coalition or []
    checked_coalitions(settings, only)
    _refresh(settings, only, accepted, force=force, dry_run=dry_run, strict=strict)
    if dry_run:
        tell("Dry run: all checks that block have passed; nothing was published.")
        return
    with open_release(settings.home) as release:
        _headlines(release)
    _say_what_is_next(settings)


def _refresh(
    settings: "Settings",
    only: list[str],
    accepted: Acknowledged,
    *,
    force: bool,
    dry_run: bool,
    strict: bool,
) -> None:
    """Obtain the files and make a release of them, where something has changed or it is forced."""
    from lifegap.catalog.catalog import catalog_of
    from lifegap.cli.coalitions_of_a_run import carry_forward
    from lifegap.landing.coalition_copies import receipts_at_hand
    from lifegap.landing.coalition_files import refuse_faulty_files
    from lifegap.releases.fingerprint import fingerprint
    from lifegap.store.lock import only_refresh

    with only_refresh(settings.lock):
        before = _last(settings.home)
        carried = carry_forward(settings, only, before)
        catalog = catalog_of(settings)
        catalog.validate()
        if only:
            refuse_faulty_files(catalog, only)
        if before is None:
            _say_what_it_takes(settings)
        receipts = (
            receipts_at_hand(catalog, settings) if carried else _obtain(catalog, settings, strict=strict)
        )
        unchanged = before is not None and before["inputs"] == fingerprint(catalog, settings)
        if unchanged and not force and not dry_run:
            say("Nothing has changed since the last release; --force makes one all the same.")
        else:
            _run(settings, receipts, dry_run=dry_run, anew=force, accepted=accepted)


NEEDS: dict[str, str] = {
    "bundle": "from the bundle: about a minute, 200 MB of disk, 2 GB of memory",
    "mirror": "from the mirror: some five minutes, 3 GB of disk, 4 GB of memory",
    "official": "from the publishers: the download of 200 MB in some 200 files, then some five minutes, "
    "3 GB of disk, 4 GB of memory",
}
"""What a refresh takes on two cores, rounded up, by where its files come from."""


def _say_what_it_takes(settings: "Settings") -> None:
    """Before the first refresh of a home: time and disk, and where everything goes."""
    takes = f"First refresh, {NEEDS[settings.sources]}. Everything goes into {settings.home}."
    hint(_fitted(takes, sys.stderr))


def _say_what_is_next(settings: "Settings") -> None:
    """Where the release is, and what to do with it."""
    hint(f"The release is in {settings.latest} (DuckDB, Parquet, CSV).")
    hint("Next: lifegap quote PLACE        one figure, in a sentence that can be quoted")
    hint("      lifegap gap --place PLACE  a place against its references")


def _obtain(catalog: "Catalog", settings: "Settings", *, strict: bool) -> "dict[str, list[Receipt]]":
    """Obtain the files of every source, each once; say what came from elsewhere and what did not come."""
    from lifegap.landing.obtain import obtain
    from lifegap.landing.official import refuse_stand_ins

    receipts: dict[str, list[Receipt]] = {}
    with progress(len(catalog.cards)):
        for card in catalog.cards.values():
            found = obtain(card, settings)
            report(f"obtained {card.id}", files=len(found))
            if settings.sources == "official":
                _say_what_came(card, found, settings.landing)
            receipts[card.id] = found
    if strict:
        refuse_stand_ins([receipt for each in receipts.values() for receipt in each])
    return receipts


def _say_what_came(card: "SourceCard", receipts: "list[Receipt]", landing: Path) -> None:
    """Which alternates answered, what stands in; which files a person can make, how, and where they go."""
    from lifegap.landing.official import exports_to_make, given_by_alternates, stand_ins

    for address in given_by_alternates(card, receipts):
        _say_fitted(f"{card.id}: an address listed first did not answer; taken from {address}")
    by_origin: dict[str, list[str]] = {}
    for receipt in stand_ins(receipts):
        by_origin.setdefault(receipt.obtained_from, []).append(receipt.file)
    for origin, files in by_origin.items():
        _say_fitted(f"{card.id}: {_few(files)}: {origin}.")
    here = {receipt.file for receipt in receipts}
    if missing := [file for file in exports_to_make(card, receipts) if file not in here]:
        how = card.by_hand or f"See {card.url}."
        into = landing / card.id
        _say_fitted(f"{card.id}: left out {_few(missing)}. To have them: {how} Put them into {into}.")


def _say_fitted(text: str) -> None:
    say(_fitted(text, sys.stderr))


def _fitted(text: str, stream: TextIO) -> str:
    """The text folded into the window of a terminal; for a file or a program it stays one line."""
    if not stream.isatty():
        return text
    return textwrap.fill(text, shutil.get_terminal_size().columns, break_on_hyphens=False)


def _few(files: list[str]) -> str:
    shown = ", ".join(files[:MOST_NAMED])
    return shown if len(files) <= MOST_NAMED else f"{shown} and {len(files) - MOST_NAMED} more"


def _last(home: Path) -> dict[str, Any] | None:
    """The manifest of the latest release, if there is one."""
    try:
        with open_release(home) as release:
            return release.manifest
    except LifegapError:
        return None


def _run(
    settings: "Settings",
    receipts: "dict[str, list[Receipt]]",
    *,
    dry_run: bool,
    anew: bool,
    accepted: Acknowledged,
) -> None:
    """Run the pipeline in this process, showing its progress; raise what stopped it."""
    if not terminal.state.verbose:
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
    from pipelines.history import keeper

    with keeper(settings) as history:
        from pipelines.execute import run_refresh, steps_of

        with progress(steps_of(receipts)):
            run_refresh(settings, receipts, history, dry_run=dry_run, anew=anew, acknowledged=accepted)


def _headlines(release: Release) -> None:
    """Release id, headline gap of each coalition, checks passed and warned."""
    tell(f"Release {release.manifest['release_id']}")
    places = release.ask(
        "SELECT title, place_id, p.name, headline_reference_id FROM coalition "
        "JOIN place AS p ON place_id = headline_place_id ORDER BY title DESC"
    ).dicts()
    for place in places:
        words = sentence(release, place, reference=place["headline_reference_id"])
        tell(_fitted(f"{place['title']}: {words}", sys.stdout))
    passed, warned, untested = release.ask(
        "SELECT count(*) FILTER (success), count(*) FILTER (NOT success), count(*) FILTER (success IS NULL) "
        "FROM check_result"
    ).rows[0]
    also = f", {untested} not tested: what they compare with was not obtained" if untested else ""
    tell(f"Checks: {passed} passed, {warned} warned{also}.")
