"""An edition of which no file is obtained any more: the new release says which one has it, and that one does."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from lifegap.releases.read import open_release
from tests.conftest import CHECKOUT, run_lifegap

GONE = "500_cities_2018_cities_3_measures_reshaped.csv"
EDITION = ("cdc_places", "500-cities-2018-reshaped")


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


@pytest.mark.slow
def test_an_edition_that_is_gone_is_retired_and_stays_in_the_release_that_has_it_last(
    bundle_home: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(bundle_home, tmp_path / "home", symlinks=True))
    data = Path(shutil.copytree(CHECKOUT / "data", tmp_path / "data"))
    first = (home / "latest").readlink().name
    listed = data / "sources" / "cdc_places.csv"
    whole = listed.read_text(encoding="utf-8")
    (line,) = (each for each in whole.splitlines() if each.startswith(GONE))
    listed.write_text(whole.replace(line, line.replace(",500,500,", ",500,,")), encoding="utf-8")

    second = _refreshed(home, data)
    row = _edition(home, second)
    assert (row["first_seen"], row["last_seen"]) == (first, first)
    assert (row["retired_in"], row["retired_because"]) == ("this", "not_obtained")
    assert _figures(home, second) == 0
    assert _figures(home, row["last_seen"]) > 0

    listed.write_text(whole + "\n", encoding="utf-8")
    third = _refreshed(home, data)
    row = _edition(home, third)
    assert (row["first_seen"], row["last_seen"], row["retired_in"]) == (first, "this", None)
    assert _figures(home, third) == _figures(home, first)
