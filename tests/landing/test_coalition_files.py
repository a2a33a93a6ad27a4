"""Files that a coalition keeps itself: what spreadsheets do to them is taken, what is wrong is told at once."""

from pathlib import Path

import pytest

from lifegap.errors import InputError
from lifegap.landing.coalition_files import refuse_faulty_files
from tests.assets.own_files import COALITION, PLACES, catalog_of, table_of
from tests.conftest import run_lifegap

ONE, TWO = PLACES
DEATHS = "place_id,period_start,period_end,age_start,deaths,population\n"
SCORES = (
    "metric_id,subject,period_start,period_end,title,value,unit,target,target_year,source,source_date,"
    "verified,other_value,other_source,choice,note\n"
)


def _faults(folder: Path, **files: str) -> list[str]:
    with pytest.raises(InputError) as refused:
        refuse_faulty_files(catalog_of(folder, **files))
    assert refused.value.code == "COALITION-FILE"
    assert refused.value.exit_code == 2
    return refused.value.found


def test_files_as_spreadsheets_save_them_are_read(tmp_path: Path) -> None:
    text = (
        "\ufeffplace_id;period_start;period_end;age_start;deaths;population;cause\r\n"
        f"{ONE};2020;2020;0;10;812,5;\r\n"
        ";;;;;;\r\n"
        f"{ONE};2020;2020;1-4;11;3250,25;All causes\r\n"
        f"{ONE};2020;2020;5+;900;60000,75;\r\n"
        f"{ONE};2020;2020;All ages;921;64063,5;\r\n"
    )
    catalog = catalog_of(tmp_path / "own", deaths=text)
    refuse_faulty_files(catalog)
    rows, files = table_of(catalog, "coalition_death", tmp_path / "home")
    assert rows.select("age_start", "population", "cause", "source_row").rows() == [
        (0, 812.5, "all", 1),
        (1, 3250.25, "all", 3),
        (5, 60000.75, "all", 4),
    ]
    (file,) = files.used
    assert file.account == [("kept", 3), ("empty_line", 1), ("total_row", 1)]
    assert rows["source_file"].unique().to_list() == [f"{COALITION}/deaths.csv"]


def test_every_fault_of_every_file_is_told_with_its_line(tmp_path: Path) -> None:
    found = _faults(
        tmp_path,
        deaths=DEATHS + f"county:99,2020,2020,0,-3,100\n{ONE},20x,2020,85+,2.5,\"1,000\"\n{ONE},2021,2020,0,1,9\n",
        indicators="place_id,value\n",
        scorecard=SCORES + "a,,2024,2024,T,1,x,,,S,2024-02-30,perhaps,3,,,\n"
        "a,,2024,2024,T,2,x,,,,,yes,,,,\n",
        life_expectancy="place_id,period_start,period_end,estimate,ci_low,ci_high,source,method\n"
        f"{TWO},2020,2020,80,81,82,S,M\n",
    )  # fmt: skip
    for told in (
        "deaths.csv line 2: deaths is -3, below 0",
        "deaths.csv line 2: place_id 'county:99' is no place of river-wards.toml",
        "deaths.csv line 3: period_start is '20x', not a number",
        "deaths.csv line 3: deaths is 2.5, not a whole number",
        "deaths.csv line 3: population is '1,000', not a number without thousands separators",
        "deaths.csv line 4: period_end 2020 is before period_start",
        "indicators.csv has no column indicator_id, period_start, period_end, source",
        "scorecard.csv line 2: source_date is '2024-02-30', not a date",
        "scorecard.csv line 2: verified is 'perhaps', not one of yes, document, no",
        "scorecard.csv line 2: other_value stands without other_source or choice",
        "scorecard.csv line 3: source is empty",
        "scorecard.csv line 3: the same metric_id, subject, period_start, period_end as line 2",
        "life_expectancy.csv line 2: ci_low and ci_high do not lie around estimate",
    ):
        assert any(f"{COALITION}/{told}" in each for each in found), told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "cannot be read: an empty file"),
        ("\0\0", "cannot be read: no text"),
        (DEATHS + f'{ONE},2020,2020,0,"1,100\n', "cannot be read"),
        (DEATHS + f"{ONE},2020,2020,0,1,100,7,8\n", "cannot be read"),
        ("place_id,place_id,period_start\n", "place_id more than once in the header"),
        (DEATHS + f"{ONE},2020,2020,young,1,100\n", "line 2: age_start is empty or no age"),
        (DEATHS + f"{ONE},2020,2020,0,500,100\n", "line 2: more deaths (500) than people (100)"),
        (DEATHS + f"{ONE},2020,2020,5,1,100\n", "line 2: the ages of this series begin at 5, not at birth"),
    ],
)
def test_what_cannot_be_meant_rightly_is_refused(tmp_path: Path, text: str, told: str) -> None:
    assert any(told in each for each in _faults(tmp_path, deaths=text)), _faults(tmp_path, deaths=text)


def test_bytes_that_are_no_utf_8_are_refused(tmp_path: Path) -> None:
    catalog = catalog_of(tmp_path, deaths=DEATHS)
    (tmp_path / COALITION / "deaths.csv").write_bytes("place_id;Größe\n".encode("latin-1"))
    with pytest.raises(InputError, match=r"cannot be read: .*utf-8"):
        refuse_faulty_files(catalog)


def test_causes_are_parts_of_all_deaths_among_the_same_people(tmp_path: Path) -> None:
    head = "place_id,period_start,period_end,age_start,deaths,population,cause\n"
    rows = f"{ONE},2020,2020,0,10,9000,\n{ONE},2020,2020,0,8,9000,heart\n{ONE},2020,2020,0,7,8000,cancer\n"
    found = _faults(tmp_path, deaths=head + rows)
    assert any("causes have more deaths (15) than all deaths (10)" in each for each in found)
    assert any("population is not that of the other causes" in each for each in found)


def test_files_that_nothing_would_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "deaths.csv").write_text(DEATHS, encoding="utf-8")
    found = _faults(tmp_path, death=DEATHS)
    assert any(each.startswith("elsewhere/deaths.csv lies beside no elsewhere.toml") for each in found)
    assert any(each.startswith(f"{COALITION}/death.csv is none of assets.csv, deaths.csv") for each in found)


def test_a_refused_file_leaves_nothing_behind(tmp_path: Path) -> None:
    catalog_of(tmp_path / "own", deaths=DEATHS + f"{ONE},2020,2020,0,-1,100\n")
    ended = run_lifegap("refresh", home=tmp_path / "home", LIFEGAP_COALITIONS=str(tmp_path / "own"))
    assert ended.returncode == 2
    assert f"{COALITION}/deaths.csv line 2: deaths is -1, below 0" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "home").exists()


def test_the_hash_of_counts_is_keyed_by_a_secret_of_the_home(tmp_path: Path) -> None:
    """Whoever knew all of a file but a few counts would find them by trying, were its plain hash published."""
    catalog = catalog_of(tmp_path / "own", deaths=DEATHS + f"{ONE},2020,2020,0,1,100\n", scorecard=SCORES)
    _, one = table_of(catalog, "coalition_death", tmp_path / "home")
    _, again = table_of(catalog, "coalition_death", tmp_path / "home")
    _, elsewhere = table_of(catalog, "coalition_death", tmp_path / "other")
    first, same, other = (
        {file.name: file.receipt.sha256 for file in files.files} for files in (one, again, elsewhere)
    )
    deaths, scores = f"{COALITION}/deaths.csv", f"{COALITION}/scorecard.csv"
    assert first == same
    assert first[deaths] != other[deaths]
    assert first[scores] == other[scores]


def test_a_file_of_ones_own_folder_stands_for_that_of_data(tmp_path: Path) -> None:
    catalog = catalog_of(tmp_path, scorecard=SCORES)
    card = catalog.cards[f"coalition:{COALITION}"]
    assert [listed.file for listed in card.files] == [f"{COALITION}/scorecard.csv"]
    assert card.suppress_below == 10
    assert catalog_of(tmp_path, further="suppress_below = 5").cards[card.id].suppress_below == 5
