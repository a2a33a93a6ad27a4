"""Copying a listed file from where it is kept: the bundle, a mirror, this project's pages, a coalition."""

import hashlib
import hmac
import secrets
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from lifegap.catalog.cards import ListedFile, SourceCard
from lifegap.catalog.coalition_files import form_of
from lifegap.disk import writing
from lifegap.landing.receipts import Receipt, landed_as
from lifegap.landing.recognize import read_content, recognize
from lifegap.settings import Settings

KEY = "key"
"""Beside a coalition's landed files: what the published hashes of its counts are keyed with."""

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


def own_file(listed: ListedFile, path: Path, settings: Settings) -> Origin:
    """A file of a coalition; of one that this project ships, the bytes are as old as its bundle."""
    shipped = path.is_relative_to(settings.data)
    return Origin(listed, path, "own", bundled_at(settings) if shipped else _modified(path), None, None)


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
            obtained_at=_obtained_at(origin, known, known.sha256),
        )
    with writing(landed.parent):
        landed.parent.mkdir(parents=True, exist_ok=True)
        part = landed.with_name(landed.name + ".part")
        shutil.copyfile(origin.path, part)
        part.replace(landed)
    named = f"{card.id}/{origin.listed.file}"
    content = read_content(landed, named)
    sha256 = _hash(origin.listed, content, folder)
    return Receipt(
        source_id=card.id,
        file=origin.listed.file,
        vintage=origin.listed.vintage,
        layout=form_of(origin.listed.file).layout_id
        if origin.listed.own is not None
        else recognize(content, card.layout, named).id,
        origin=origin.kind,
        obtained_from=_obtained_from(card, origin),
        obtained_at=_obtained_at(origin, known, sha256),
        bytes=len(content),
        sha256=sha256,
        sha256_listed=origin.sha256_listed,
        rows_expected=origin.rows_expected,
        landed=landed_as(landed, folder_of=card.id),
        origin_size=stat.st_size,
        origin_modified=stat.st_mtime_ns,
    )


def _obtained_at(origin: Origin, known: Receipt | None, sha256: str) -> str:
    """When the bytes came here: those of a coalition's own file are as old as when they were first seen.

    A refresh of one coalition takes the files of the others from copies, which are younger.
    """
    if origin.kind == "own" and known is not None and known.sha256 == sha256:
        return known.obtained_at
    return origin.obtained_at


def _hash(listed: ListedFile, content: bytes, folder: Path) -> str:
    """sha256 of the content; of a file with counts that are not to be told, keyed by a secret of the home."""
    if listed.own is None or not form_of(listed.file).secret:
        return hashlib.sha256(content).hexdigest()
    key = folder / KEY
    if not key.is_file():
        with writing(folder):
            key.touch(mode=0o600)
            key.write_text(secrets.token_hex(32), encoding="ascii")
    return hmac.new(key.read_bytes(), content, hashlib.sha256).hexdigest()


def _obtained_from(card: SourceCard, origin: Origin) -> str:
    """What the release says of the origin; no path of a machine in it."""
    reshaped = card.reshaped or card.vintages[origin.listed.vintage].reshaped
    shaped = " (re-shaped by others)" if reshaped else ""
    place = {
        "bundle": "the bundle: rows of the publisher's file",
        "mirror": "a mirror of the publisher's file",
        "project": "this project, from the pages it names",
        "own": "the coalition's own file",
    }[origin.kind]
    return place + shaped + ("" if origin.instead_of is None else f"; {origin.instead_of}")
