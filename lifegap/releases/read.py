"""Reading releases: the latest one by default, never the warehouse."""

import json
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from lifegap import __version__
from lifegap.errors import LifegapError, error
from lifegap.home import DATABASE, LATEST, MANIFEST, RELEASES

LACKING = re.compile("not found|does not exist|does not have a column")
"""What the database says of a table or column that a release does not have."""


@dataclass(frozen=True)
class Answer:
    """Rows of a query with the names of their columns."""

    columns: list[str]
    rows: list[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Release:
    """One release, open for reading."""

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.folder = folder
        self.connection = connection

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What release.json says, read once: it is still known when the release has been deleted."""
        return read_manifest(self.folder)

    def ask(self, query: str, values: Sequence[Any] | dict[str, Any] = ()) -> Answer:
        """Run a query of ours. Tables of the release need no schema before their name.

        Raises NO-RELEASE for a release without a table or column that this version asks for.
        """
        try:
            return self._answer(self.connection.execute(query, values))
        except (duckdb.CatalogException, duckdb.BinderException) as lacking:
            if not LACKING.search(str(lacking)):
                raise
            raise error(
                "NO-RELEASE",
                doing=f"reading release {self.folder.name}",
                found=str(lacking).split("\n")[0],
                expected=f"the tables and columns of lifegap {__version__}",
                todo=f"the release was made by lifegap {self.manifest['lifegap']}: run `lifegap refresh`; "
                "one of before is read with the lifegap that made it, or with `lifegap sql`",
            ) from lacking

    def ask_freely(self, text: str) -> list[Answer]:
        """Run a user's queries, one after the other. Raises QUERY with what the database says of them."""
        try:
            queries = self.connection.extract_statements(text)
            if not queries:
                raise _refused_query("no query")
            with ThreadPoolExecutor(1) as apart:
                answers = apart.submit(
                    lambda: [self._answer(self.connection.execute(query)) for query in queries]
                )
                # DuckDB itself sees Ctrl-C only where none of its own threads has the whole query.
                try:
                    return answers.result()
                except KeyboardInterrupt:
                    self.connection.interrupt()
                    raise
        except duckdb.Error as wrong:
            raise _refused_query(str(wrong).split("\n")[0]) from None

    def _answer(self, result: duckdb.DuckDBPyConnection) -> Answer:
        return Answer([column[0] for column in result.description or []], result.fetchall())


def _refused_query(found: str) -> LifegapError:
    return error(
        "QUERY",
        doing="running the query on the release",
        found=found,
        expected="a SELECT on the tables of the release",
        todo='lifegap sql "SHOW TABLES" lists them; lifegap sql "SELECT * FROM README" helps',
    )


@contextmanager
def open_release(home: Path, release_id: str | None = None) -> Iterator[Release]:
    """Open the latest release of `home`, or the one named. Raises NO-RELEASE."""
    with _read_only(_opened(home, release_id)) as release:
        yield release


@contextmanager
def open_folder(folder: Path) -> Iterator[Release]:
    """Open the release that lies in `folder`."""
    with _read_only(Release(folder, _connected(folder))) as release:
        yield release


@contextmanager
def _read_only(release: Release) -> Iterator[Release]:
    """The release while it is read, from which nothing outside it can be reached."""
    try:
        release.connection.execute("SET schema = 'published'; SET enable_external_access = false")
        release.connection.execute("SET lock_configuration = true")
        yield release
    finally:
        release.connection.close()


def _connected(folder: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        str(folder / DATABASE),
        read_only=True,
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False},
    )


def _opened(home: Path, release_id: str | None) -> Release:
    """The release with its manifest read and its database open, after which it may be deleted.

    One that is published and one that is pruned between the look at `latest` and the opening leave the reader
    with a folder that is gone: then it looks again.
    """
    while True:
        folder = release_folder(home, release_id)
        try:
            release = Release(folder, _connected(folder))
            _ = release.manifest
        except (OSError, ValueError, duckdb.IOException) as wrong:
            if release_folder(home, release_id) == folder:
                raise error(
                    "NO-RELEASE",
                    doing=f"opening {folder}",
                    found=str(wrong).split("\n")[0],
                    expected=f"a whole release, with its {DATABASE} and {MANIFEST}",
                    todo="bring its folder back from a copy, or name another release",
                ) from None
        else:
            return release


def release_folder(home: Path, release_id: str | None = None) -> Path:
    """Folder of the latest release (None, or `latest`), or of one by its id or folder. Raises NO-RELEASE."""
    release_id = None if release_id == LATEST else release_id
    if release_id is not None and (Path(release_id).expanduser() / MANIFEST).is_file():
        return Path(release_id).expanduser().resolve()
    folder = home / LATEST if release_id is None else home / RELEASES / release_id
    known = [each["release_id"] for each in list_releases(home)]
    if release_id is not None and known and release_id not in known:
        raise error(
            "NO-RELEASE",
            doing=f"opening {release_id}",
            found=f"no release {release_id}",
            expected=f"one of {', '.join(known)}",
            todo="`lifegap releases list` shows them; one that lies elsewhere is named by its folder",
        )
    if not (folder / DATABASE).is_file():
        raise error(
            "NO-RELEASE",
            doing="opening the latest release" if release_id is None else f"opening {release_id}",
            found=f"no {folder / DATABASE}",
            expected="a release that `lifegap refresh` has published",
            todo="run `lifegap refresh`, or name the folder with --home or LIFEGAP_HOME",
        )
    return folder.resolve()


def list_releases(home: Path) -> list[dict[str, Any]]:
    """Manifests of all releases of `home` that can be read, newest first."""
    found = []
    for name in folders(home):
        with suppress(LifegapError, OSError):
            found.append(read_manifest(home / RELEASES / name))
    return sorted(found, key=lambda each: each["release_id"], reverse=True)


def folders(home: Path) -> list[str]:
    """Names of the folders of releases, whatever is in them."""
    return sorted(path.name for path in (home / RELEASES).glob("[0-9]*Z-*") if path.is_dir())


def read_manifest(folder: Path) -> dict[str, Any]:
    """What release.json says. Raises RELEASE-ALTERED where somebody made something else of it."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        _ = manifest["release_id"], manifest["content_hash"], manifest["tables"]
    except (ValueError, TypeError, KeyError):
        raise error(
            "RELEASE-ALTERED",
            doing=f"reading release {folder.name}",
            found=f"{folder / MANIFEST} is not what a refresh wrote",
            expected="a JSON object with the id, the tables and the hashes of the release",
            todo="take the release from a backup, or `lifegap releases restore` another",
        ) from None
    return manifest
