"""Copies of the coalitions' files as the last release was made of them, below the home folder.

A refresh of one coalition takes the files of the others from here, so that what is being written in them
does not enter the release.
"""

import shutil
from pathlib import Path

from lifegap.catalog.catalog import Catalog
from lifegap.catalog.coalition_files import is_own
from lifegap.disk import writing
from lifegap.landing.obtain import obtain
from lifegap.landing.receipts import Receipt, read_receipts
from lifegap.settings import Settings


def kept_coalitions(settings: Settings) -> Path:
    """Folder of the copies: `<id>.toml`, and beside it the folder `<id>` of what a coalition alone has."""
    return settings.home / "coalitions"


def copy_coalitions(files: list[Path], into: Path) -> None:
    """Put the files, each with the folder of its own data, into a folder that has nothing else."""
    with writing(into):
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir(parents=True)
        for path in files:
            shutil.copy2(path, into / path.name)
            if (own := path.with_suffix("")).is_dir():
                shutil.copytree(own, into / own.name)


def stage_coalitions(named: list[str], settings: Settings) -> Path:
    """A folder with the named coalitions as their files are now, and the others as of the last release.

    A named one of which there is no file any more is left out.
    """
    now = {path.stem: path for path in Catalog(settings.data, settings.coalitions).coalition_files()}
    kept = {path.stem: path for path in kept_coalitions(settings).glob("*.toml")}
    files = {id_: path for id_, path in kept.items() if id_ not in named}
    files |= {id_: now[id_] for id_ in named if id_ in now}
    staged = settings.home / "coalitions.next"
    copy_coalitions([path for _, path in sorted(files.items())], staged)
    return staged


def receipts_at_hand(catalog: Catalog, settings: Settings) -> dict[str, list[Receipt]]:
    """The receipts of what was obtained last; only what coalitions keep themselves is obtained again."""
    return {
        card.id: (obtain if is_own(card.id) else read_receipts)(card, settings)
        for card in catalog.cards.values()
    }


def keep_coalitions(catalog: Catalog, settings: Settings) -> None:
    """Remember the coalitions' files that a release was made of; the copies of before stand until then."""
    kept, fresh = kept_coalitions(settings), settings.home / "coalitions.new"
    copy_coalitions(catalog.coalition_files(), fresh)
    with writing(kept):
        shutil.rmtree(kept, ignore_errors=True)
        fresh.rename(kept)
        shutil.rmtree(settings.home / "coalitions.next", ignore_errors=True)
