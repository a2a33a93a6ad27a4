"""Obtaining files into `landing/<source_id>/`, each with a receipt.

A receipt says where the bytes came from and when, their sha256 as the publisher made them, and the
layout they were recognised as. A file already landed from the same origin is not taken again.
"""

import errno
import hashlib
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from lifegap.catalog.cards import ListedFile, SourceCard
from lifegap.errors import error
from lifegap.landing.recognise import read_content, recognise
from lifegap.settings import Settings

RECEIPTS = "receipts.json"
BUNDLE_MANIFEST = "MANIFEST.csv"


@dataclass(frozen=True)
class Receipt:
    """One landed file. obtained_at is when its bytes left the publisher or the place that keeps them."""

    source_id: str
    file: str
    vintage: str
    layout: str
    origin: str
    obtained_from: str
    obtained_at: str
    bytes: int
    sha256: str
    sha256_listed: str | None
    rows_expected: int
    landed: str
    origin_size: int
    origin_modified: int


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
    before = _read_receipts(folder)
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
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / RECEIPTS).write_text(
            json.dumps([asdict(receipt) for receipt in receipts], indent=1) + "\n", encoding="utf-8"
        )
    return receipts


def read_receipts(card: SourceCard, settings: Settings) -> list[Receipt]:
    """The receipts of the last `obtain` of this card."""
    return list(_read_receipts(settings.landing / card.id).values())


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
        elif listed.bundle_rows is not None:
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
        landed=str(landed.relative_to(folder.parent)),
        origin_size=stat.st_size,
        origin_modified=stat.st_mtime_ns,
    )


def _obtained_from(card: SourceCard, origin: Origin) -> str:
    """What the release says of the origin; no path of a machine in it."""
    shaped = " (re-shaped by others)" if card.reshaped else ""
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


def _read_receipts(folder: Path) -> dict[str, Receipt]:
    try:
        kept = json.loads((folder / RECEIPTS).read_text(encoding="utf-8"))
        return {each["file"]: Receipt(**each) for each in kept}
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        # A receipt of another version or a broken one: the file is taken again.
        return {}


def _how_to_get(settings: Settings) -> str:
    if settings.sources == "mirror":
        return "see that LIFEGAP_MIRROR names the whole mirror, or use --sources bundle"
    return "restore data/bundle from the repository (git checkout data/bundle)"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn the machine's refusals (disk full, no permission) into MACHINE."""
    try:
        yield
    except OSError as wrong:
        full = wrong.errno == errno.ENOSPC
        raise error(
            "MACHINE",
            doing=f"writing under {folder}",
            found=str(wrong),
            expected="a folder that can be written, on a disk with space",
            todo="free some space" if full else "choose another folder: --home or LIFEGAP_HOME",
        ) from None
