"""`lifegap coalition`: list, show, check and new; and a refresh of one coalition."""

import json
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import duckdb
import pytest

from tests.conftest import CHECKOUT, run_lifegap


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of a user's own coalitions, not made yet."""
    return tmp_path / "own"


def _new(own: Path, home: Path, *arguments: str) -> CompletedProcess[str]:
    return run_lifegap("coalition", "new", *arguments, home=home, LIFEGAP_COALITIONS=str(own))


@pytest.mark.parametrize(
    ("county", "place", "references"),
    [
        ("26163", "county:26163", ["state:26", "nation:us", "county:26125"]),
        ("47037", "county:47037", ["state:47", "nation:us", "county:47021"]),
        ("Orleans Parish, Louisiana", "county:22071", ["state:22", "nation:us", "county:22103"]),
        ("8107", "county:08107", ["state:08", "nation:us", "county:08049"]),
        ("46113", "county:46102", ["state:46", "nation:us", "county:46007"]),
    ],
)
def test_a_county_gets_a_valid_file_before_the_first_release(
    county: str, place: str, references: list[str], own: Path, tmp_path: Path
) -> None:
    ended = _new(own, tmp_path, "ours", "--county", county)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == str(own / "ours.toml")
    shown = run_lifegap(
        "coalition", "show", "ours", "--format", "json", home=tmp_path, LIFEGAP_COALITIONS=str(own)
    )
    found = json.loads(shown.stdout)
    assert [each["id"] for each in found["places"]] == [place]
    assert [each["id"] for each in found["places"][0]["references"]] == references
    assert sum(len(area["indicators"]) for area in found["priority_areas"]) >= 12
    checked = run_lifegap("coalition", "check", str(own / "ours.toml"), home=tmp_path)
    assert checked.returncode == 0
    assert checked.stdout.startswith("Nothing is wrong")


def test_a_region_without_a_life_expectancy_brings_the_county_that_has_one(own: Path, tmp_path: Path) -> None:
    ended = _new(own, tmp_path, "bridgeport", "--county", "09120")
    assert ended.returncode == 0, ended.stderr
    assert "for the counties of before" in ended.stderr
    text = (own / "bridgeport.toml").read_text(encoding="utf-8")
    assert 'id = "county2022:09120"' in text
    assert (
        'id = "county:09001"\nrole = "context"\nreferences = ["state:09", "nation:us", "county:09009"]'
        in text
    )
    assert '[headline]\nplace = "county:09001"\nreference = "state:09"' in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            ["--tract", "55079000100"],
            ["leave out Wisconsin", "Milwaukee County, Wisconsin", "--county 55079"],
        ),
        (["--tract", "23005000100"], ["leave out Maine", "--county 23005"]),
        (["--tract", "17031804000"], ["lifegap refresh", "Cook County, Illinois", "--county 17031"]),
        (["--zcta", "48201"], ["lifegap refresh", "--county"]),
        (["--neighborhood", "boston-1"], ["no neighborhood boston-1", "--county"]),
        (["--county", "99999"], ["no county 99999", "five digits"]),
        ([], ["no place", "--county 26163"]),
    ],
)
def test_what_cannot_be_done_says_why_and_what_can_be_shown(
    asked: list[str], said: list[str], own: Path, tmp_path: Path
) -> None:
    ended = _new(own, tmp_path, "ours", *asked)
    assert ended.returncode == 2
    assert [each for each in said if each not in ended.stderr] == []
    assert not own.exists()


def test_nothing_is_overwritten(own: Path, tmp_path: Path) -> None:
    assert _new(own, tmp_path, "ours", "--county", "26163").returncode == 0
    before = (own / "ours.toml").read_bytes()
    for taken in ("ours", "west-side-united"):
        ended = _new(own, tmp_path, taken, "--county", "47037")
        assert (ended.returncode, "is there already" in ended.stderr) == (2, True)
    assert (own / "ours.toml").read_bytes() == before
    assert [path.name for path in own.iterdir()] == ["ours.toml"]


def test_check_lists_every_mistake_and_leaves_with_two(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        'id = "bad"\ntitle = "Bad"\nx = 1\n[[place]]\nid = "county:09120"\nreferences = ["county:99999"]\n'
        '[[priority_area]]\nid = "a"\ntitle = "A"\nindicators = ["povrty"]\n',
        encoding="utf-8",
    )
    ended = run_lifegap("coalition", "check", str(file), home=tmp_path)
    assert ended.returncode == 2
    assert [line.split(": ")[0].rpartition(" ")[2] for line in ended.stdout.splitlines()] == [
        "3",
        "5",
        "6",
        "10",
    ]
    assert "4 mistakes" in ended.stderr
    as_json = run_lifegap("coalition", "check", str(file), "--format", "json", home=tmp_path)
    assert [each["line"] for each in json.loads(as_json.stdout)] == [3, 5, 6, 10]


def test_a_refresh_refuses_all_mistakes_before_anything_is_obtained(own: Path, tmp_path: Path) -> None:
    own.mkdir()
    (own / "bad.toml").write_text(
        'id = "bad"\ntitle = "Bad"\n[[place]]\nid = "county:09120"\nreferences = ["county:99999"]\n',
        encoding="utf-8",
    )
    home = tmp_path / "home"
    ended = run_lifegap("refresh", home=home, LIFEGAP_COALITIONS=str(own))
    assert ended.returncode == 2
    assert "line 4: county:09120" in ended.stderr
    assert "line 5: county:99999" in ended.stderr
    assert not home.exists()


def test_list_names_a_file_with_mistakes_and_goes_on(own: Path, tmp_path: Path) -> None:
    own.mkdir()
    (own / "bad.toml").write_text("id = ", encoding="utf-8")
    ended = run_lifegap("coalition", "list", "--format", "json", home=tmp_path, LIFEGAP_COALITIONS=str(own))
    found = {row["coalition"]: row for row in json.loads(ended.stdout)}
    assert "has mistakes" in found["bad"]["status"]
    assert (found["west-side-united"]["places"], found["west-side-united"]["published"]) == (10, "no")


def test_an_unknown_coalition_is_named_with_those_there_are(tmp_path: Path) -> None:
    for arguments in (("coalition", "show", "x"), ("refresh", "--coalition", "x")):
        ended = run_lifegap(*arguments, home=tmp_path)
        assert ended.returncode == 2
        assert "west-side-united" in ended.stderr


@pytest.fixture(scope="module")
def published(bundle_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A copy of the home of the bundle, and a folder with a new coalition that was published into it."""
    folder = tmp_path_factory.mktemp("one")
    home, own = folder / "home", folder / "own"
    shutil.copytree(bundle_home, home, symlinks=True)
    assert _new(own, home, "detroit", "--county", "26163").returncode == 0
    (own / "not-yet.toml").write_text(
        'id = "not-yet"\ntitle = "Half written"\n[[place]]\nid = "county:00"\n', encoding="utf-8"
    )
    ended = run_lifegap("refresh", "--coalition", "detroit", home=home, LIFEGAP_COALITIONS=str(own))
    assert ended.returncode == 0, ended.stderr
    return home, own


@pytest.mark.slow
def test_a_new_coalition_has_its_gaps_against_state_nation_and_neighbor(published: tuple[Path, Path]) -> None:
    home, _ = published
    ended = run_lifegap("gap", "--coalition", "detroit", "--format", "json", home=home)
    rows = [row for row in json.loads(ended.stdout) if row["source_id"] == "chr_measures"]
    gaps = {row["reference_place_id"]: round(row["gap"], 2) for row in rows}
    # The publisher's file of v147, 2026: 76.79, 77.55 and 79.67 less 73.99, with all their digits.
    assert gaps == {"state:26": 2.80, "nation:us": 3.56, "county:26125": 5.68}
    assert all(row["ci_low"] < row["gap"] < row["ci_high"] for row in rows)


@pytest.mark.slow
def test_a_refresh_of_one_coalition_changes_no_row_of_the_others(
    published: tuple[Path, Path], bundle_home: Path
) -> None:
    home, _ = published
    with duckdb.connect() as connection:
        for name, folder in (("before", bundle_home), ("after", home)):
            connection.execute(f"ATTACH '{folder}/latest/lifegap.duckdb' AS {name} (READ_ONLY)")
        added = connection.execute(
            "SELECT coalition_id FROM after.published.coalition ANTI JOIN before.published.coalition USING (coalition_id)"
        ).fetchall()
        assert added == [("detroit",)]
        for table in (
            "life_expectancy_gap", "indicator_value", "indicator_comparison", "progress", "inequality",
            "gap_decomposition", "priority_index", "coalition_place", "coalition_target", "source_file",
        ):  # fmt: skip
            lost = connection.execute(
                f"FROM before.published.{table} EXCEPT FROM after.published.{table}"
            ).fetchall()
            assert lost == [], table


@pytest.mark.slow
def test_edits_of_other_coalitions_wait_for_their_own_refresh(published: tuple[Path, Path]) -> None:
    home, own = published
    assert not (home / "coalitions" / "not-yet.toml").exists()
    assert (home / "coalitions" / "detroit.toml").read_bytes() == (own / "detroit.toml").read_bytes()
    ended = run_lifegap("refresh", home=home, LIFEGAP_COALITIONS=str(own))
    assert ended.returncode == 2
    assert "not-yet.toml, line 4" in ended.stderr


@pytest.mark.slow
def test_a_release_of_other_files_is_not_carried_forward(
    published: tuple[Path, Path], tmp_path: Path
) -> None:
    home, own = published
    ended = run_lifegap(
        "refresh", "--sources", "mirror", "--coalition", "detroit", home=home,
        LIFEGAP_COALITIONS=str(own), LIFEGAP_MIRROR=str(tmp_path),
    )  # fmt: skip
    assert ended.returncode == 2
    assert "--sources bundle" in ended.stderr


def test_the_copies_of_files_are_those_of_the_repository(bundle_home: Path) -> None:
    for path in (CHECKOUT / "data" / "coalitions").glob("*.toml"):
        assert (bundle_home / "coalitions" / path.name).read_bytes() == path.read_bytes()
