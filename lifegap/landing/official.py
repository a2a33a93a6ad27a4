"""`--sources official`: files from their publishers, and exports that a person has made.

A listed file with addresses is fetched at every refresh; publishers mend files in place. A file without
one, or that no address gives, is taken from `landing/<source_id>/` if a person has put it there. What is
there neither way is left out, and the refresh says how to get it.
"""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from lifegap.catalog.cards import ListedFile, SourceCard
from lifegap.errors import error
from lifegap.landing.download import UnreachableError, download
from lifegap.landing.receipts import Receipt, landed_as, writing
from lifegap.landing.recognise import read_content, recognise
from lifegap.settings import Settings

CENSUS_API = "api.census.gov"


def publishers_files(card: SourceCard) -> Iterator[ListedFile]:
    """Listed files that are a publisher's own: neither this project's nor put into a form by others."""
    for listed in card.files:
        if listed.mirror is not None and not (card.vintages[listed.vintage].reshaped and not listed.official):
            yield listed


def exports_to_make(card: SourceCard, receipts: list[Receipt]) -> list[str]:
    """Files that a person must export, and has not."""
    here = {receipt.file for receipt in receipts}
    return [each.file for each in publishers_files(card) if not each.official and each.file not in here]


def given_by_alternates(card: SourceCard, receipts: list[Receipt]) -> list[str]:
    """Addresses that gave a file after others before them had not."""
    first = {each.file: each.official[0] for each in publishers_files(card) if each.official}
    return [
        receipt.obtained_from
        for receipt in receipts
        if receipt.origin == "official" and receipt.obtained_from != first[receipt.file]
    ]


def obtain_official(
    card: SourceCard, settings: Settings, folder: Path, before: dict[str, Receipt]
) -> list[Receipt]:
    """Receipts of all files of the card that could be had. Raises SOURCE-UNREACHABLE."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _remove_copies(folder, before)
    with ThreadPoolExecutor(max_workers=2) as pool:
        found = list(pool.map(lambda each: _land(card, each, settings, folder), publishers_files(card)))
    if refused := [line for each in found if isinstance(each, list) for line in each]:
        raise error(
            "SOURCE-UNREACHABLE",
            doing=f"obtaining {card.id} from its publisher",
            found=refused,
            expected="one of the listed addresses to give the file",
            todo=f"try again later, or put the file into {folder} under the name it is listed as",
        )
    return [each for each in found if isinstance(each, Receipt)]


def _remove_copies(folder: Path, before: dict[str, Receipt]) -> None:
    """Remove what an earlier run copied from elsewhere, so that it is not taken for an export."""
    for receipt in before.values():
        if receipt.origin in ("bundle", "mirror"):
            (folder.parent / receipt.landed).unlink(missing_ok=True)


def _land(
    card: SourceCard, listed: ListedFile, settings: Settings, folder: Path
) -> Receipt | list[str] | None:
    """The receipt of one file; what its addresses said if none gave it; None if it is to be exported."""
    refused: list[str] = []
    if listed.official:
        target = folder / listed.file
        with writing(folder):
            target.parent.mkdir(parents=True, exist_ok=True)
        try:
            answer = download(listed.official, target, gateway=settings.gateway, keys=_keys(settings))
        except UnreachableError as wrong:
            refused = [f"{listed.file}: {each}" for each in wrong.refused]
        else:
            return _receipt(card, listed, target, "official", answer.address)
    for name in (listed.file, f"{listed.file}.gz"):
        if (folder / name).is_file():
            return _receipt(card, listed, folder / name, "hand", "an export made by hand")
    return refused or None


def _receipt(card: SourceCard, listed: ListedFile, landed: Path, origin: str, obtained_from: str) -> Receipt:
    """What was landed. Rows are expected only of the very file that the card was written for."""
    named = f"{card.id}/{listed.file}"
    content = read_content(landed, named)
    sha256 = hashlib.sha256(content).hexdigest()
    stat = landed.stat()
    when = datetime.fromtimestamp(int(stat.st_mtime), UTC)
    return Receipt(
        source_id=card.id,
        file=listed.file,
        vintage=listed.vintage,
        layout=recognise(content, card.layout, named).id,
        origin=origin,
        obtained_from=obtained_from,
        obtained_at=when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        bytes=len(content),
        sha256=sha256,
        sha256_listed=listed.sha256,
        rows_expected=listed.rows if sha256 == listed.sha256 else None,
        landed=landed_as(landed, folder_of=card.id),
        origin_size=stat.st_size,
        origin_modified=stat.st_mtime_ns,
    )


def _keys(settings: Settings) -> dict[str, str]:
    key = settings.census_api_key
    return {} if key is None else {CENSUS_API: f"key={key.get_secret_value()}"}
