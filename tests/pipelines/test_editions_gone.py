"""An edition of which no file is obtained any more, and comes again: what releases tell of it, and what changed."""

import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from lifegap.releases.read import open_release
from tests.conftest import CHECKOUT, run_lifegap

EDITION = ("chr_measures", "2026")


def _refreshed(home: Path, data: Path) -> str:
    ended = run_lifegap("refresh", home=home, LIFEGAP_DATA=str(data))
    assert ended.returncode == 0, ended.stderr
    return (home / "latest").readlink().name


def _edition(home: Path, release_id: str) -> dict[str, Any]:
    with open_release(home, release_id) as release:
        (row,) = release.ask(
            "SELECT * FROM source_edition WHERE (source_id, vintage) = (?, ?)", EDITION
        ).dicts()
        return row


def _figures(home: Path, release_id: str) -> int:
    """How many numbers of the edition a release has, each with its file and row."""
    with open_release(home, release_id) as release:
        asked = "SELECT count(*) FROM figure_input WHERE (source_id, vintage) = (?, ?)"
        return release.ask(asked, EDITION).rows[0][0]


def _changes(home: Path, release_id: str, table: str) -> set[tuple[Any, ...]]:
    """Column, kind, cause, source and edition of the changes of a table."""
    with open_release(home, release_id) as release:
        asked = "SELECT column_name, kind, cause, source_id, vintage FROM change_count WHERE table_name = ?"
        return set(release.ask(asked, [table]).rows)


@pytest.mark.slow
def test_an_edition_that_is_gone_is_retired_and_stays_in_the_release_that_has_it_last(
    bundle_home: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(bundle_home, tmp_path / "home", symlinks=True))
    data = Path(shutil.copytree(CHECKOUT / "data", tmp_path / "data"))
    first = (home / "latest").readlink().name
    listed = data / "sources" / f"{EDITION[0]}.csv"
    whole = pl.read_csv(listed, infer_schema=False)
    gone = (pl.col("vintage") == EDITION[1]) & pl.col("bundle_rows").is_not_null()
    assert whole.filter(gone).height > 1
    whole.with_columns(bundle_rows=pl.when(~gone).then("bundle_rows")).write_csv(listed)

    second = _refreshed(home, data)
    row = _edition(home, second)
    assert (row["first_seen"], row["last_seen"]) == (first, first)
    assert (row["retired_in"], row["retired_because"]) == ("this", "not_obtained")
    assert _figures(home, second) == 0
    assert _figures(home, row["last_seen"]) > 0
    assert _changes(home, second, "life_expectancy") == {("row", "removed", "source", *EDITION)}

    whole.write_csv(listed)
    third = _refreshed(home, data)
    row = _edition(home, third)
    assert (row["first_seen"], row["last_seen"], row["retired_in"]) == (first, "this", None)
    assert _figures(home, third) == _figures(home, first)
    assert _changes(home, third, "life_expectancy") == {("row", "added", "source", *EDITION)}
    # Later figures are news: they restate nothing, and turn nothing round.
    with open_release(home, third) as release:
        assert release.ask("SELECT count(*) FROM restatement WHERE restated_at = 'this'").rows == [(0,)]
        assert release.ask("SELECT count(*) FROM change WHERE flip IS NOT NULL").rows == [(0,)]
    compared = run_lifegap("diff", first, third, home=home)
    assert compared.stdout.splitlines() == [f"{third} against {first}", "Nothing differs."], compared.stdout
