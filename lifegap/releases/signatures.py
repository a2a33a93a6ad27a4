"""Who signed a release: a line each, in a file beside its folder, which nothing may be added to.

`releases/<id>.signatures.jsonl` goes where the releases go: a copy of a home has it, going back to an earlier
release leaves it, and a release that has one is never pruned. A signature names what was signed, by the hash
of the content and of release.json, which holds the hash of every file.
"""

import json
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from lifegap.disk import writing
from lifegap.errors import error
from lifegap.home import MANIFEST, RELEASES
from lifegap.releases.read import read_manifest, release_folder
from lifegap.releases.seal import faults, refuse_altered, sha256_of

SUFFIX = ".signatures.jsonl"
LOCK = "signing.lock"
LONGEST = {"name": 120, "role": 120, "note": 1000}
"""Characters that each may have."""

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the direction of what follows: a name with one can show as another."""


@dataclass(frozen=True)
class Signature:
    """One signature: who, when (UTC), and what exactly."""

    release_id: str
    name: str
    role: str
    note: str
    signed_at: str
    content_hash: str
    manifest_sha256: str

    @property
    def words(self) -> str:
        """Who signed and on which day, in a few words."""
        return f"{self.name} ({self.role}) {self.signed_at[:10]}"


def sign(home: Path, release_id: str | None, *, name: str, role: str, note: str) -> Signature:
    """Sign a release, None the latest, as it lies there.

    Raises OPTION for words that cannot stand in a list, NO-RELEASE, RELEASE-ALTERED when its files are not
    those that were published, MACHINE when the disk refuses.
    """
    words = {"name": _plain("name", name), "role": _plain("role", role), "note": _plain("note", note)}
    folder = release_folder(home, release_id)
    with signing(home):
        refuse_altered(folder, f"signing {folder.name}")
        signature = Signature(
            release_id=folder.name,
            signed_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            content_hash=read_manifest(folder)["content_hash"],
            manifest_sha256=sha256_of(folder / MANIFEST),
            **words,
        )
        _write(home, folder.name, [*read_signatures(home, folder.name), signature])
    return signature


@contextmanager
def signing(home: Path) -> Iterator[None]:
    """Hold what signing and pruning must not do at once; both take seconds, so the other waits."""
    with writing(home):
        lock = FileLock(home / LOCK)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def read_signatures(home: Path, release_id: str) -> list[Signature]:
    """The signatures of a release, the first one first. Raises SIGNATURES where a line is none."""
    path = _path(home, release_id)
    if not path.exists():
        return []
    names = [field.name for field in fields(Signature)]
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        try:
            told = json.loads(line)
            found.append(Signature(**{name: str(told[name]) for name in names}))
        except (ValueError, KeyError, TypeError):
            raise error(
                "SIGNATURES",
                doing=f"reading who signed {release_id}",
                found=f"{path.name}, line {number}: no signature",
                expected=f"a JSON object with {', '.join(names)}",
                todo="take the file from a backup: `lifegap sign` alone writes it",
            ) from None
    return found


def is_signed(home: Path, release_id: str) -> bool:
    """Whether anybody signed the release, also where the file that says so cannot be read."""
    return _path(home, release_id).exists()


def signed_ids(home: Path) -> list[str]:
    """Ids of all releases that anybody signed, newest first; their folders may be gone."""
    paths = (home / RELEASES).glob(f"*{SUFFIX}")
    return sorted((path.name.removesuffix(SUFFIX) for path in paths), reverse=True)


def faults_of_signed(home: Path, release_id: str) -> list[str]:
    """What of a signed release is not as it was when it was signed, a line each."""
    folder = home / RELEASES / release_id
    if not (folder / MANIFEST).is_file():
        return [f"{release_id}: signed, and its folder is gone"]
    found = [f"{release_id}: {fault}" for fault in faults(folder)]
    now = sha256_of(folder / MANIFEST)
    if any(each.manifest_sha256 != now for each in read_signatures(home, release_id)):
        found.append(f"{release_id}: {MANIFEST} is not the one that was signed")
    return found


def _plain(what: str, text: str) -> str:
    """The words of an option, on one line and of some length. Raises OPTION."""
    said = unicodedata.normalize("NFC", text).strip()
    wrong = [
        f"U+{ord(sign):04X}"
        for sign in said
        if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in TURNING
    ]
    found = None
    if not said and what != "note":
        found = f"an empty {what}"
    elif wrong:
        found = f"a {what} with characters that do not print: {', '.join(dict.fromkeys(wrong))}"
    elif len(said) > LONGEST[what]:
        found = f"a {what} of {len(said):,} characters"
    if found is None:
        return said
    raise error(
        "OPTION",
        doing="signing a release",
        found=found,
        expected=f"--{what} with 1 to {LONGEST[what]:,} characters on one line",
        todo="nothing was signed; say it again in plain words",
    )


def _write(home: Path, release_id: str, signatures: list[Signature]) -> None:
    """Put the file in place whole: a reader sees the one before or the new one."""
    path = _path(home, release_id)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with writing(path.parent):
        try:
            with draft.open("w", encoding="utf-8") as file:
                for each in signatures:
                    file.write(json.dumps(asdict(each), ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def _path(home: Path, release_id: str) -> Path:
    return home / RELEASES / f"{release_id}{SUFFIX}"
