"""`--sources official`: files from their publishers, and what stands in for those that cannot be had.

A listed file with addresses is fetched at every refresh; publishers mend files in place. What no address
gives is taken, in this order, from `landing/<source_id>/` (an export that a person has put there, or the
file of an earlier refresh), and from the bundle, where the publisher's file has no address or its addresses
say that they have none. Each stand-in says so in its receipt. What is there no way is left out, and the
refresh says how to get it; where an address fails that has been seen to work, it stops.
"""

import filecmp
import hashlib
import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from lifegap.catalog.cards import ListedFile, SourceCard
from lifegap.disk import writing
from lifegap.errors import DataError, error
from lifegap.landing.copies import bundled, land
from lifegap.landing.download import Caller, UnreachableError
from lifegap.landing.receipts import Receipt, landed_as
from lifegap.landing.recognize import read_content, recognize
from lifegap.landing.replaced import keep_replaced
from lifegap.settings import Settings

CENSUS_API = "api.census.gov"

BY_HAND = "an export made by hand"
KEPT = " (kept from an earlier refresh: no address gives it now)"
NO_ADDRESS = "the publisher's own file has no address"
NOT_GIVEN = "no address of the publisher's own file gives it"

ENDS = {"geojson": b"}", "topojson": b"}", "json": b"}]"}
"""Last characters of a whole file of these formats."""


@dataclass(frozen=True)
class _Lost:
    """A file that could not be had although it has addresses, and what they said."""

    listed: ListedFile
    refused: list[str]
    wrong: DataError | None


def publishers_files(card: SourceCard) -> Iterator[ListedFile]:
    """Listed files that are a publisher's own: neither this project's nor put into a form by others."""
    for listed in card.files:
        reshaped = card.reshaped or card.vintages[listed.vintage].reshaped
        if not listed.is_here and (listed.official or not reshaped):
            yield listed


def exports_to_make(card: SourceCard, receipts: list[Receipt]) -> list[str]:
    """Files that a person must get or export, and has not; the bundle's rows of one may stand in for it."""
    here = {receipt.file for receipt in receipts if receipt.origin != "bundle"}
    return [
        each.file
        for each in publishers_files(card)
        if each.file not in here and (not each.official or each.official_seen == "no")
    ]


def given_by_alternates(card: SourceCard, receipts: list[Receipt]) -> list[str]:
    """Addresses that gave a file after others before them had not."""
    first = {each.file: each.official[0] for each in publishers_files(card) if each.official}
    return [
        receipt.obtained_from
        for receipt in receipts
        if receipt.origin == "official"
        and not receipt.obtained_from.endswith(KEPT)
        and receipt.obtained_from != first[receipt.file]
    ]


def stand_ins(receipts: list[Receipt]) -> list[Receipt]:
    """Files that did not come from their publisher in this refresh, and are no export either."""
    return [each for each in receipts if each.origin == "bundle" or each.obtained_from.endswith(KEPT)]


def refuse_stand_ins(receipts: list[Receipt]) -> None:
    """Raise SOURCE-UNREACHABLE where something stands in for a publisher's file."""
    if others := stand_ins(receipts):
        raise error(
            "SOURCE-UNREACHABLE",
            doing="obtaining every file from its publisher (--strict)",
            found=[f"{each.source_id}/{each.file}: {each.obtained_from}" for each in others],
            expected="every file from its publisher, or exported from there by hand",
            todo="leave out --strict: what stands in is named in the release; or put the files into "
            "landing/<source_id>/ of the home folder",
        )


def obtain_official(
    card: SourceCard, settings: Settings, folder: Path, before: dict[str, Receipt]
) -> list[Receipt]:
    """Receipts of all files of the card that could be had.

    Raises SOURCE-UNREACHABLE, and what is wrong with a file that is not what its card says.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _remove_copies(folder, before)
    publishers = [each for each in card.files if not each.is_here]
    found: dict[str, Receipt | _Lost | None] = {}
    with (
        Caller(gateway=settings.gateway, keys=_keys(settings)) as caller,
        ThreadPoolExecutor(max_workers=2) as pool,
    ):
        for parts in (False, True):
            asked = [
                each
                for each in publishers
                if (each.part_of is not None) is parts and found.get(each.part_of or "") is None
            ]
            given = pool.map(lambda each: _obtain(card, each, settings, folder, before, caller), asked)
            found |= {each.file: receipt for each, receipt in zip(asked, given, strict=True)}
    if lost := [each for each in found.values() if isinstance(each, _Lost)]:
        raise _lost(card, lost, folder)
    given = (found.get(each.file) for each in publishers)
    return [each for each in given if isinstance(each, Receipt)]


def _remove_copies(folder: Path, before: dict[str, Receipt]) -> None:
    """Remove what an earlier run copied from elsewhere, so that it is not taken for an export."""
    for receipt in before.values():
        if receipt.origin in ("bundle", "mirror"):
            (folder.parent / receipt.landed).unlink(missing_ok=True)


def _obtain(
    card: SourceCard,
    listed: ListedFile,
    settings: Settings,
    folder: Path,
    before: dict[str, Receipt],
    caller: Caller,
) -> Receipt | _Lost | None:
    """The receipt of one file; what its addresses said if none gave it; None if it is left out."""
    refused: list[str] = []
    wrong: DataError | None = None
    absent = True
    if listed.official:
        try:
            return _fetched(card, listed, folder, caller)
        except UnreachableError as lost:
            refused, absent, wrong = lost.refused, lost.absent, lost.wrong
    has_address = listed.official or listed.part_of is not None
    copy = bundled(card, listed, settings, instead_of=NOT_GIVEN if has_address else NO_ADDRESS)
    for path in (folder / listed.file, folder / f"{listed.file}.gz"):
        # A copy that an interrupted refresh has left is no export.
        if path.is_file() and not (copy is not None and filecmp.cmp(path, copy.path, shallow=False)):
            return _found_there(card, listed, path, before.get(listed.file))
    if absent and copy is not None:
        return land(card, copy, folder, before={})
    if not listed.official or (absent and listed.official_seen == "no"):
        return None
    return _Lost(listed, [f"{listed.file}: {each}" for each in refused], wrong)


def _fetched(card: SourceCard, listed: ListedFile, folder: Path, caller: Caller) -> Receipt:
    """The receipt of a file from the first address that gives it whole. Raises UnreachableError.

    Of a file that was issued again the one before is kept.
    """
    target = folder / listed.file
    made: list[Receipt] = []
    with writing(folder):
        target.parent.mkdir(parents=True, exist_ok=True)

    def accept(part: Path) -> None:
        made.append(_receipt(card, listed, part, "official", ""))
        with writing(folder):
            keep_replaced(folder, listed.file, part)

    answer = caller.fetch(listed.official, target, accept)
    return replace(made[-1], obtained_from=answer.address, landed=landed_as(target, folder_of=card.id))


def _found_there(card: SourceCard, listed: ListedFile, path: Path, known: Receipt | None) -> Receipt:
    """The receipt of a file that lies in the landing folder: fetched earlier, or put there by a person."""
    receipt = _receipt(card, listed, path, "hand", BY_HAND)
    if known is None or known.origin != "official" or known.sha256 != receipt.sha256:
        return receipt
    address = known.obtained_from.removesuffix(KEPT)
    return replace(_receipt(card, listed, path, "official", address + KEPT), obtained_at=known.obtained_at)


def _receipt(card: SourceCard, listed: ListedFile, path: Path, origin: str, obtained_from: str) -> Receipt:
    """What lies at `path`. Raises what is wrong with it.

    Rows are expected of the very file that the card was written for; of another edition of it from the
    publisher at least nearly as many.
    """
    named = f"{card.id}/{listed.file}"
    content = read_content(path, named)
    layout = recognize(content, card.layout, named)
    if (ends := ENDS.get(layout.format)) and content.rstrip()[-1:] not in ends:
        raise error(
            "SOURCE-TRUNCATED",
            doing=f"reading {named}",
            found=f"{layout.format} that ends in {content.rstrip()[-20:].decode('utf-8', 'replace')!r}",
            expected="a complete file",
            todo="obtain the file again",
        )
    sha256 = hashlib.sha256(content).hexdigest()
    is_listed = sha256 == listed.sha256
    another_edition = (
        origin == "official"
        and not is_listed
        and listed.rows is not None
        and not (card.reshaped or card.vintages[listed.vintage].reshaped)
    )
    stat = path.stat()
    when = datetime.fromtimestamp(int(stat.st_mtime), UTC)
    return Receipt(
        source_id=card.id,
        file=listed.file,
        vintage=listed.vintage,
        layout=layout.id,
        origin=origin,
        obtained_from=obtained_from,
        obtained_at=when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        bytes=len(content),
        sha256=sha256,
        sha256_listed=listed.sha256,
        rows_expected=listed.rows if is_listed else None,
        rows_listed=listed.rows if another_edition else None,
        rows_least=math.ceil((listed.rows or 0) * (1 - card.fewer_rows_allowed)) if another_edition else None,
        landed=landed_as(path, folder_of=card.id),
        origin_size=stat.st_size,
        origin_modified=stat.st_mtime_ns,
    )


def _lost(card: SourceCard, lost: list[_Lost], folder: Path) -> Exception:
    """The refusal of files that no address gives: what is wrong with one that came, else what was said."""
    wrong = next((each.wrong for each in lost if each.wrong is not None), None)
    refused = [line for each in lost for line in each.refused]
    if wrong is not None:
        return error(
            wrong.code,
            doing=f"obtaining {card.id} from its publisher",
            found=refused,
            expected=wrong.expected,
            todo=_how_to_get(card, folder, wrong.todo),
        )
    return error(
        "SOURCE-UNREACHABLE",
        doing=f"obtaining {card.id} from its publisher",
        found=refused,
        expected="one of the listed addresses to give the file",
        todo=_how_to_get(card, folder, "try again later"),
    )


def _how_to_get(card: SourceCard, folder: Path, otherwise: str) -> str:
    how = f" ({' '.join(card.by_hand.split())})" if card.by_hand else ""
    return f"{otherwise}, or put the file into {folder} under the name it is listed as{how}"


def _keys(settings: Settings) -> dict[str, str]:
    key = settings.census_api_key
    return {} if key is None else {CENSUS_API: f"key={key.get_secret_value()}"}
