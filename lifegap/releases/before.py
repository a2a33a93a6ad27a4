"""The release before the one that is being made: what a table of history is made of."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from lifegap.errors import LifegapError, error
from lifegap.home import MANIFEST


@dataclass(frozen=True)
class Before:
    """The latest release as a run begins; nothing where there is none yet.

    folder: where it lies, and not the link to it, which moves when the next one is published.
    """

    folder: Path | None = None

    @cached_property
    def manifest(self) -> dict[str, Any] | None:
        """Its release.json. Raises MACHINE for one that cannot be read."""
        if self.folder is None:
            return None
        try:
            manifest: dict[str, Any] = json.loads(self._manifest_bytes)
            # What is asked of every release below.
            _ = manifest["release_id"], manifest["tables"]
        except (OSError, ValueError, KeyError, TypeError) as wrong:
            raise self._damaged(MANIFEST, wrong) from None
        return manifest

    @property
    def release_id(self) -> str | None:
        return None if self.manifest is None else str(self.manifest["release_id"])

    @cached_property
    def version(self) -> str | None:
        """Hash of the release, of its id and everything in it: what a recipe has of it."""
        return None if self.manifest is None else hashlib.sha256(self._manifest_bytes).hexdigest()

    def path(self, table: str) -> Path | None:
        """The Parquet file of a published table; None where the release has no such table.

        Raises MACHINE where it should have one and the file is gone.
        """
        if self.folder is None or self.manifest is None or table not in self.manifest["tables"]:
            return None
        path = self.folder / "parquet" / f"{table}.parquet"
        if not path.is_file():
            raise self._damaged(f"parquet/{table}.parquet", "the file is gone")
        return path

    def frame(self, table: str) -> pl.DataFrame | None:
        """The rows of a published table as they were, with the columns that it had then; None without it."""
        if (path := self.path(table)) is None:
            return None
        try:
            return pl.read_parquet(path)
        except (OSError, pl.exceptions.PolarsError) as wrong:
            raise self._damaged(f"parquet/{table}.parquet", wrong) from None

    @property
    def _manifest_bytes(self) -> bytes:
        assert self.folder is not None
        return (self.folder / MANIFEST).read_bytes()

    def _damaged(self, name: str, wrong: object) -> LifegapError:
        release = self.folder.name if self.folder else ""
        return error(
            "MACHINE",
            doing=f"reading the release before, {release}",
            found=f"{name}: {str(wrong).splitlines()[0]}",
            expected="a whole release: the new one tells what is different from it",
            todo="bring its folder back from a copy, or go back to another: `lifegap releases restore ID`",
        )


NOTHING_BEFORE = Before()


def release_before(latest: Path) -> Before:
    """The release that the link `latest` names; where it names none that is there, there is none before."""
    folder = latest.resolve()
    return Before(folder if (folder / MANIFEST).is_file() else None)
