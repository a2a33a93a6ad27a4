"""The same landed files, configuration and release before give the same files, byte by byte.

But for two: `lifegap.duckdb`, whose tables are the same row by row, and `release.json`, which says when it was made.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lifegap.home import DATABASE, MANIFEST
from tests.conftest import CHECKOUT, run_lifegap

OF_ITS_TIME = ("release_id", "published_at", "dagster_run")
"""What release.json says of when it was made, and by which run."""


def _refreshed(home: Path, *options: str, **environment: str) -> Path:
    """The folder of the release that a refresh of the home makes."""
    ended = run_lifegap("refresh", *options, home=home, **environment)
    assert ended.returncode == 0, ended.stderr
    return (home / "latest").resolve()


def _files(release: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(release)): path.read_bytes()
        for path in sorted(release.rglob("*"))
        if path.is_file() and path.name not in (DATABASE, MANIFEST)
    }


def _manifest(release: Path) -> dict[str, Any]:
    said = json.loads((release / MANIFEST).read_text(encoding="utf-8"))
    del said["hashes"][DATABASE]
    return {name: value for name, value in said.items() if name not in OF_ITS_TIME}


def _assert_same_files(one: Path, other: Path) -> None:
    assert one != other
    first, second = _files(one), _files(other)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert _manifest(one) == _manifest(other)
    assert one.name.split("-")[1] == other.name.split("-")[1]


def _assert_same_database(one: Path, other: Path) -> None:
    """Tables row by row in their order, views by their text, and every comment."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{one / DATABASE}' AS one (READ_ONLY)")
        connection.execute(f"ATTACH '{other / DATABASE}' AS other (READ_ONLY)")

        def told(query: str) -> list[list[tuple[Any, ...]]]:
            return [connection.execute(query, [name]).fetchall() for name in ("one", "other")]

        tables, again = told(
            "SELECT table_name, comment FROM duckdb_tables() WHERE database_name = ? ORDER BY ALL"
        )
        assert tables == again
        columns, again = told(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE database_name = ? "
            "AND NOT internal ORDER BY ALL"
        )
        assert columns == again
        views, again = told(
            "SELECT view_name, comment FROM duckdb_views() WHERE database_name = ? AND NOT internal ORDER BY ALL"
        )
        assert views == again
        for name, _ in tables:
            numbered = 'SELECT row_number() OVER () AS line, * FROM {}.published."{}"'
            here, there = (numbered.format(database, name) for database in ("one", "other"))
            for less, more in ((here, there), (there, here)):
                (count,) = connection.execute(f"SELECT count(*) FROM ({less} EXCEPT ALL {more})").fetchall()[
                    0
                ]
                assert count == 0, name


@pytest.mark.slow
def test_a_first_refresh_of_the_same_landed_files_gives_the_same_files(
    bundle_home: Path, tmp_path: Path
) -> None:
    first = (bundle_home / "latest").resolve()
    assert json.loads((first / MANIFEST).read_text(encoding="utf-8"))["previous"] is None
    shutil.copytree(bundle_home / "landing", tmp_path / "another home" / "landing")
    second = _refreshed(tmp_path / "another home")
    _assert_same_files(first, second)
    _assert_same_database(first, second)


@pytest.mark.slow
def test_a_refresh_after_the_same_release_gives_the_same_files_whether_its_tables_are_kept_or_made_anew(
    bundle_home: Path, tmp_path: Path
) -> None:
    kept, anew = (
        Path(shutil.copytree(bundle_home, tmp_path / name, symlinks=True)) for name in ("kept", "anew")
    )
    # Nothing but a word of a comment changes, so that there is something to do.
    data = Path(shutil.copytree(CHECKOUT / "data", tmp_path / "data"))
    card = data / "sources" / "cdc_svi.toml"
    card.write_text(card.read_text(encoding="utf-8") + "\n# Another word.\n", encoding="utf-8")
    first = _refreshed(kept, LIFEGAP_DATA=str(data))
    second = _refreshed(anew, "--force", LIFEGAP_DATA=str(data))
    assert _manifest(first)["previous"] == (bundle_home / "latest").resolve().name
    _assert_same_files(first, second)
    _assert_same_database(first, second)
