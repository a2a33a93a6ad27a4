"""Whether a release is as it was published: the hash of each of its files, written into release.json.

Files are made read-only as well, so that a spreadsheet that saves over one is refused; but a folder that many
can write to is theirs to change, and what was changed must be seen.
"""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from lifegap.errors import error
from lifegap.home import MANIFEST

AT_ONCE = 2
"""Files that are hashed at once."""

OF_SYSTEMS = ("Thumbs.db", "desktop.ini")
"""Files that systems leave in folders which somebody has looked at; like names that begin with . or ~$."""


def hash_files(folder: Path) -> dict[str, str]:
    """Path within the release → sha256, of every file of it but release.json, which has these hashes."""
    paths = _files(folder)
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        return dict(zip(paths, pool.map(lambda name: sha256_of(folder / name), paths), strict=True))


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content_hash(hashes: dict[str, str]) -> str:
    """Hash of a release's content: of the hashes of its CSV tables, by name."""
    lines = "".join(f"{name} {hashes[name]}\n" for name in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()


def make_read_only(folder: Path) -> None:
    """Take the right to write from the files of a release; folders keep it, so that it can be deleted.

    File systems without such rights are left as they are.
    """
    for name in (*_files(folder), MANIFEST):
        with suppress(OSError):
            (folder / name).chmod((folder / name).stat().st_mode & ~0o222)


def faults(folder: Path) -> list[str]:
    """What is not as it was published, a line a file; empty where all is."""
    manifest = _read(folder)
    if manifest is None:
        return [f"{MANIFEST} cannot be read"]
    known = manifest.get("hashes") or _hashes_of_tables(folder, manifest)
    here = set(_files(folder))
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        there = [name for name in known if name in here]
        found = dict(zip(there, pool.map(lambda name: sha256_of(folder / name), there), strict=True))
    return [
        *_faults_of_manifest(folder, manifest),
        *(f"{name} is missing" for name in known if name not in here),
        *(f"{name} was altered" for name in there if found[name] != known[name]),
        *(f"{name} is not of the release" for name in sorted(here - known.keys()) if "hashes" in manifest),
    ]


def refuse_altered(folder: Path, doing: str) -> None:
    """Raise RELEASE-ALTERED unless the release is as it was published."""
    if found := faults(folder):
        raise altered(doing, found)


def altered(doing: str, found: list[str]) -> Exception:
    """The refusal of releases that are not as they were published or signed."""
    return error(
        "RELEASE-ALTERED",
        doing=doing,
        found=found,
        expected="every file as it was published: the hashes stand in release.json",
        todo="quote nothing of it; take the release from a backup, or refresh again from the same files",
    )


def _files(folder: Path) -> list[str]:
    """Paths of the release's files but release.json, in order; what systems leave behind is none."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and path != folder / MANIFEST
        and not path.name.startswith((".", "~$"))
        and path.name not in OF_SYSTEMS
    )


def _read(folder: Path) -> dict[str, Any] | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def _faults_of_manifest(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """The id of a release ends with the hash of its content, which is that of its tables' hashes."""
    stated = str(manifest.get("content_hash"))
    hashes = {name: str(table.get("sha256")) for name, table in manifest.get("tables", {}).items()}
    right = stated == content_hash(hashes) and folder.name.endswith(f"-{stated[:8]}")
    return [] if right else [f"{MANIFEST} was altered: its content hash is not that of its tables"]


def _hashes_of_tables(folder: Path, manifest: dict[str, Any]) -> dict[str, str]:
    """What releases of before have: the hashes of the CSVs alone."""
    csv = {name: f"csv/{name}.csv" for name in manifest.get("tables", {}) if (folder / "csv").is_dir()}
    return {path: manifest["tables"][name]["sha256"] for name, path in csv.items()}
