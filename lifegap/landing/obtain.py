"""Obtaining files into `landing/<source_id>/`, each with a receipt.

A receipt says where the bytes came from and when, their sha256 as the publisher made them, and the
layout they were recognised as. A file already landed from the same origin is not taken again.
"""

import hashlib
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from lifegap.catalog.cards import ListedFile, SourceCard
from lifegap.errors import error
from lifegap.landing.official import obtain_official
from lifegap.landing.receipts import Receipt, keep_receipts, landed_as, receipts_in, writing
from lifegap.landing.recognise import read_content, recognise
from lifegap.settings import Settings

BUNDLE_MANIFEST = "MANIFEST.csv"


@dataclass(frozen=True)
class Origin:
    """Where one listed file is taken from."""

    listed: ListedFile
    path: Path
    kind: str
    obtained_at: str
    rows_expected: int
    sha256_listed: str | None


def obtain(card: SourceCard, settings: Settings) -> list[Receipt]:
    """Land every file of the card that the chosen origin has; receipts in the order of the list.

    Raises SOURCE-MISSING when a file is not where it should be, and the errors of `recognise` when
    one is not what it should be.
    """
    folder = settings.landing / card.id
    before = receipts_in(folder)
    if settings.sources == "official":
        found = [
            *_project_files(card, settings, folder, before),
            *obtain_official(card, settings, folder, before),
        ]
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
        receipts = list(pool.map(lambda origin: _land(card, origin, folder, before), origins))
    _refuse_another_vintage(card, receipts)
    keep_receipts(folder, receipts)
    return receipts


def _project_files(
    card: SourceCard, settings: Settings, folder: Path, before: dict[str, Receipt]
) -> list[Receipt]:
    """Files that this project has written, whatever the run takes the others from."""
    origins = [each for each in _origins(card, settings) if each.kind == "project"]
    return [_land(card, each, folder, before) for each in origins]


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
    bundled_at = (settings.data / "bundle" / "OBTAINED_AT").read_text(encoding="utf-8").strip()
    for listed in card.files:
        if listed.mirror is None:
            path = settings.data / "reported" / listed.file
            yield Origin(listed, path, "project", bundled_at, listed.rows, listed.sha256)
        elif settings.sources == "mirror" and settings.mirror is not None:
            path = settings.mirror / listed.mirror
            yield Origin(listed, path, "mirror", _modified(path), listed.rows, listed.sha256)
        elif settings.sources == "bundle" and listed.bundle_rows is not None:
            path = settings.data / "bundle" / card.id / (listed.file + _wrapping(listed))
            yield Origin(listed, path, "bundle", bundled_at, listed.bundle_rows, None)


def _wrapping(listed: ListedFile) -> str:
    return "" if Path(listed.file).suffix in (".xlsx", ".zip") else ".gz"


def _modified(path: Path) -> str:
    """Modification time of a mirror's file, to the second: the same for everyone who shares it."""
    if not path.is_file():
        return ""
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _land(card: SourceCard, origin: Origin, folder: Path, before: dict[str, Receipt]) -> Receipt:
    """Copy one file unless the same bytes are there already, and say what it is."""
    stat = origin.path.stat()
    landed = folder / (origin.listed.file + ("" if origin.path.suffix != ".gz" else ".gz"))
    known = before.get(origin.listed.file)
    if (
        known is not None
        and known.origin == origin.kind
        and known.obtained_from == _obtained_from(card, origin)
        and (known.origin_size, known.origin_modified) == (stat.st_size, stat.st_mtime_ns)
        and known.layout in {layout.id for layout in card.layout}
        and landed.is_file()
        and landed.stat().st_size == stat.st_size
    ):
        return replace(
            known,
            vintage=origin.listed.vintage,
            rows_expected=origin.rows_expected,
            sha256_listed=origin.sha256_listed,
            obtained_at=origin.obtained_at,
        )
    with writing(landed.parent):
        landed.parent.mkdir(parents=True, exist_ok=True)
        part = landed.with_name(landed.name + ".part")
        shutil.copyfile(origin.path, part)
        part.replace(landed)
    named = f"{card.id}/{origin.listed.file}"
    content = read_content(landed, named)
    return Receipt(
        source_id=card.id,
        file=origin.listed.file,
        vintage=origin.listed.vintage,
        layout=recognise(content, card.layout, named).id,
        origin=origin.kind,
        obtained_from=_obtained_from(card, origin),
        obtained_at=origin.obtained_at,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        sha256_listed=origin.sha256_listed,
        rows_expected=origin.rows_expected,
        landed=landed_as(landed, folder_of=card.id),
        origin_size=stat.st_size,
        origin_modified=stat.st_mtime_ns,
    )


def _obtained_from(card: SourceCard, origin: Origin) -> str:
    """What the release says of the origin; no path of a machine in it."""
    reshaped = card.reshaped or card.vintages[origin.listed.vintage].reshaped
    shaped = " (re-shaped by others)" if reshaped else ""
    place = {
        "bundle": "the bundle: rows of the publisher's file",
        "mirror": "a mirror of the publisher's file",
        "project": "this project, from the pages it names",
    }[origin.kind]
    return place + shaped


def _refuse_another_vintage(card: SourceCard, receipts: list[Receipt]) -> None:
    """A file whose bytes are those listed for another file stands in the wrong place."""
    listed = {each.sha256: each for each in card.files}
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
    return "restore data/bundle from the repository (git checkout data/bundle)"
