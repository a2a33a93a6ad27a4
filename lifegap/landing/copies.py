"""Copying a listed file from where it is kept: the bundle, a mirror, this project's own pages."""

import hashlib
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from lifegap.catalog.cards import ListedFile, SourceCard
from lifegap.disk import writing
from lifegap.landing.receipts import Receipt, landed_as
from lifegap.landing.recognize import read_content, recognize
from lifegap.settings import Settings

PACKED = (".xlsx", ".zip")
"""Endings of files that are kept as they are; others are compressed."""


@dataclass(frozen=True)
class Origin:
    """Where one listed file is taken from. instead_of says why it is not taken from the publisher."""

    listed: ListedFile
    path: Path
    kind: str
    obtained_at: str
    rows_expected: int | None
    sha256_listed: str | None
    instead_of: str | None = None


def mirrored(listed: ListedFile, mirror: Path) -> Origin:
    """The file in a mirror. `listed` must have a place in it."""
    assert listed.mirror is not None
    path = mirror / listed.mirror
    return Origin(listed, path, "mirror", _modified(path), listed.rows, listed.sha256)


def bundled(
    card: SourceCard, listed: ListedFile, settings: Settings, *, instead_of: str | None = None
) -> Origin | None:
    """The bundle's rows of the file; None where it has none."""
    if listed.mirror is None or listed.bundle_rows is None:
        return None
    wrapping = "" if Path(listed.file).suffix in PACKED else ".gz"
    path = settings.data / "bundle" / card.id / (listed.file + wrapping)
    return Origin(listed, path, "bundle", bundled_at(settings), listed.bundle_rows, None, instead_of)


def written_here(listed: ListedFile, settings: Settings) -> Origin:
    """A file that this project has written."""
    path = settings.data / "reported" / listed.file
    return Origin(listed, path, "project", bundled_at(settings), listed.rows, listed.sha256)


def bundled_at(settings: Settings) -> str:
    """When the bundle's bytes were obtained."""
    return (settings.data / "bundle" / "OBTAINED_AT").read_text(encoding="utf-8").strip()


def _modified(path: Path) -> str:
    """Modification time of a mirror's file, to the second: the same for everyone who shares it."""
    if not path.is_file():
        return ""
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def land(card: SourceCard, origin: Origin, folder: Path, before: dict[str, Receipt]) -> Receipt:
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
        layout=recognize(content, card.layout, named).id,
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
    return place + shaped + ("" if origin.instead_of is None else f"; {origin.instead_of}")
