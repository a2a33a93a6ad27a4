"""One refresh at a time: DuckDB has one writer, and releases come one after another."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from lifegap.disk import writing
from lifegap.errors import error


@contextmanager
def only_refresh(lock: Path) -> Iterator[None]:
    """Hold the lock file for the length of a refresh. Raises BUSY when another holds it."""
    with writing(lock.parent):
        lock.parent.mkdir(parents=True, exist_ok=True)
        holder = FileLock(lock, is_singleton=True)
        try:
            holder.acquire(blocking=False)
        except Timeout:
            raise error(
                "BUSY",
                doing="starting a refresh",
                found=f"{lock} is held by process {_owner(lock)}",
                expected="no other refresh of the same home",
                todo="wait until it ends; readers are not affected, the last release stands",
            ) from None
    try:
        _owner_file(lock).write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        _owner_file(lock).unlink(missing_ok=True)
        holder.release()


def _owner_file(lock: Path) -> Path:
    return lock.with_name(lock.name + ".pid")


def _owner(lock: Path) -> str:
    try:
        return _owner_file(lock).read_text(encoding="ascii")
    except FileNotFoundError:
        return "unknown"
