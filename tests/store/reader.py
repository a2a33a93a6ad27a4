"""A reader of releases in a process of its own: it reads until a file appears, and says what it read.

    python -m tests.store.reader HOME KIND STOP

Every release of the home has one title in all of its rows, `<n> rows`, and as many rows as that says.
"""

import hashlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from lifegap.releases.read import open_release, read_manifest

READ = "SELECT title, count(*) FROM {}coalition GROUP BY title"
HELD_FOR = 10
"""Queries of a reader that holds a connection open."""

PAUSE = 0.2
"""Seconds between two looks: eight readers without a pause leave a small machine no time to publish."""


def _whole(rows: list[tuple[str, int]]) -> str:
    """The title of the release. Asserts that its rows are all there, and no others."""
    ((title, count),) = rows
    assert title == f"{count} rows", rows
    return title


def by_the_library(home: Path) -> Iterator[str]:
    """As the commands read: through `latest`, the manifest and the table of one release."""
    with open_release(home) as release:
        title = _whole(release.ask(READ.format("")).rows)
        assert release.manifest["tables"]["coalition"]["rows"] == int(title.split()[0])
        yield title


def by_plain_duckdb(home: Path) -> Iterator[str]:
    """As an analyst reads: the file behind `latest`, opened and closed."""
    with duckdb.connect(str(home / "latest" / "lifegap.duckdb"), read_only=True) as connection:
        yield _whole(connection.execute(READ.format("published.")).fetchall())


def by_a_held_connection(home: Path) -> Iterator[str]:
    """As a notebook reads: one connection for many queries, while others are published and this is pruned."""
    with duckdb.connect(str(home / "latest" / "lifegap.duckdb"), read_only=True) as connection:
        first = _whole(connection.execute(READ.format("published.")).fetchall())
        for _ in range(HELD_FOR):
            assert _whole(connection.execute(READ.format("published.")).fetchall()) == first
            yield first


def by_files(home: Path) -> Iterator[str]:
    """As a spreadsheet and Polars read: the folder behind `latest`, all its hashes, CSV and Parquet alike."""
    folder = (home / "latest").resolve()
    try:
        manifest = read_manifest(folder)
        hashes = {name: _hash(folder / "csv" / f"{name}.csv") for name in manifest["tables"]}
        frame = pl.read_parquet(folder / "parquet" / "coalition.parquet")
    except FileNotFoundError:
        # Who keeps the name of a folder may find it pruned; behind `latest` there is another then.
        assert (home / "latest").resolve() != folder
        return
    assert hashes == {name: table["sha256"] for name, table in manifest["tables"].items()}
    lines = "".join(f"{name} {hashes[name]}\n" for name in sorted(hashes))
    content = hashlib.sha256(lines.encode()).hexdigest()
    assert content == manifest["content_hash"]
    assert folder.name == manifest["release_id"]
    assert folder.name.endswith(content[:8])
    assert frame.height == manifest["tables"]["coalition"]["rows"]
    yield _whole(frame.group_by("title").len().rows())


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


KINDS = {each.__name__: each for each in (by_the_library, by_plain_duckdb, by_a_held_connection, by_files)}


def read_until(home: Path, kind: str, stop: Path) -> dict[str, object]:
    """What a reader of a kind saw: how often it read, the titles, its errors."""
    reads, titles, errors = 0, dict[str, None](), list[str]()
    while not stop.exists():
        try:
            for title in KINDS[kind](home):
                reads += 1
                titles[title] = None
                time.sleep(PAUSE)
        except Exception as wrong:
            errors.append(f"{type(wrong).__name__}: {wrong}")
    return {"reads": reads, "titles": [*titles], "errors": errors}


if __name__ == "__main__":
    _, home, kind, stop = sys.argv
    sys.stdout.write(json.dumps(read_until(Path(home), kind, Path(stop))))
