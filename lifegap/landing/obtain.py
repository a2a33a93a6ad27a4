"""Obtaining files into `landing/<source_id>/`, each with a receipt.

A receipt says where the bytes came from and when, their sha256 as the publisher made them, and the
layout they were recognized as. A file already landed from the same origin is not taken again.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from lifegap.catalog.cards import SourceCard
from lifegap.errors import error
from lifegap.landing.copies import Origin, bundled, land, mirrored, own_file, written_here
from lifegap.landing.official import obtain_official
from lifegap.landing.receipts import Receipt, keep_receipts, receipts_in
from lifegap.settings import Settings


def obtain(card: SourceCard, settings: Settings) -> list[Receipt]:
    """Land every file of the card that the chosen origin has; receipts in the order of the list.

    Raises SOURCE-MISSING when a file is not where it should be, and the errors of `recognize` when
    one is not what it should be.
    """
    folder = settings.landing / card.id
    before = receipts_in(folder)
    if settings.sources == "official":
        own = [land(card, each, folder, before) for each in _origins(card, settings)]
        found = [*own, *obtain_official(card, settings, folder, before)]
        keep_receipts(folder, found)
        return found
    origins = list(_origins(card, settings))
    if missing := [str(origin.path) for origin in origins if not origin.path.is_file()]:
        raise error(
            "SOURCE-MISSING",
            doing=f"obtaining {card.id} from the {settings.sources}",
            found=[f"no file {path}" for path in missing],
            expected=f"the files listed in data/sources/{card.id}.csv",
            todo=_how_to_get(settings),
        )
    with ThreadPoolExecutor(max_workers=2) as pool:
        receipts = list(pool.map(lambda origin: land(card, origin, folder, before), origins))
    _refuse_another_vintage(card, receipts)
    keep_receipts(folder, receipts)
    return receipts


def _origins(card: SourceCard, settings: Settings) -> Iterator[Origin]:
    """The listed files that this run takes, and where from."""
    if settings.sources == "mirror" and settings.mirror is None:
        raise error(
            "SETTING",
            doing="obtaining files with --sources mirror",
            found="LIFEGAP_MIRROR is not set",
            expected="the folder that holds the public files",
            todo="export LIFEGAP_MIRROR=/path/to/mirror, or use --sources bundle",
        )
    for listed in card.files:
        if listed.own is not None:
            yield own_file(listed, listed.own, settings)
        elif listed.is_written_here:
            yield written_here(listed, settings)
        elif listed.mirror is None:
            continue
        elif settings.sources == "mirror" and settings.mirror is not None:
            yield mirrored(listed, settings.mirror)
        elif settings.sources == "bundle" and (origin := bundled(card, listed, settings)) is not None:
            yield origin


def _refuse_another_vintage(card: SourceCard, receipts: list[Receipt]) -> None:
    """A file whose bytes are those listed for another file stands in the wrong place."""
    listed = {each.sha256: each for each in card.files if each.sha256 is not None}
    swapped = [
        f"{receipt.file} holds what is listed as {listed[receipt.sha256].file} "
        f"(vintage {listed[receipt.sha256].vintage})"
        for receipt in receipts
        if receipt.sha256 in listed and listed[receipt.sha256].file != receipt.file
    ]
    seen: dict[str, str] = {}
    for receipt in receipts:
        if receipt.sha256 in seen and receipt.sha256 not in listed:
            swapped.append(f"{receipt.file} and {seen[receipt.sha256]} hold the same bytes")
        seen[receipt.sha256] = receipt.file
    if swapped:
        raise error(
            "SOURCE-VINTAGE",
            doing=f"obtaining {card.id}",
            found=swapped,
            expected="each file under the vintage it was published as",
            todo="obtain the named files again",
        )


def _how_to_get(settings: Settings) -> str:
    if settings.sources == "mirror":
        return "see that LIFEGAP_MIRROR names the whole mirror, or use --sources bundle"
    if settings.has_data_of_the_package:
        return "install lifegap again: its own bundle is not whole"
    return "restore data/bundle from the repository (git checkout data/bundle)"
