"""Which releases are kept: the newest, and some never go.

Never deleted are the latest, what somebody signed, and the release that somebody went back to before the
latest was made.
"""

import os
import shutil
from pathlib import Path

from lifegap.disk import writing
from lifegap.home import LATEST, RELEASES
from lifegap.releases.read import list_releases
from lifegap.releases.signatures import is_signed, signing

PRUNED = ".pruned-"
"""Begins the name of a folder that is being deleted."""


def prune(home: Path, keep: int) -> list[str]:
    """Delete the releases that nobody signed but for the newest `keep`; the ids of those deleted.

    A release disappears whole: its folder is renamed first. Raises MACHINE when the disk refuses.
    """
    with signing(home), writing(home / RELEASES):
        gone = to_prune(home, keep)
        for number, release_id in enumerate(gone):
            leaving = home / RELEASES / f"{PRUNED}{os.getpid()}-{number}"
            (home / RELEASES / release_id).rename(leaving)
            shutil.rmtree(leaving)
    return gone


def to_prune(home: Path, keep: int) -> list[str]:
    """Ids of the releases that `prune` would delete, newest first."""
    releases = list_releases(home)
    kept = _kept_always(home, releases)
    unsigned = [each["release_id"] for each in releases if not is_signed(home, each["release_id"])]
    return [release_id for release_id in unsigned[keep:] if release_id not in kept]


def _kept_always(home: Path, releases: list[dict]) -> set[str]:
    """The latest, and the one that it was made after where that is not simply the one before it."""
    link = home / LATEST
    latest = link.readlink().name if link.is_symlink() else None
    before = [each["release_id"] for each in releases if latest is None or each["release_id"] < latest]
    previous = next((each.get("previous") for each in releases if each["release_id"] == latest), None)
    restored = {previous} if previous is not None and previous in before[1:] else set()
    return {latest, *restored} - {None}
