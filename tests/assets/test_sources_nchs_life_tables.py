"""Traps of the national life tables, of states and of death rates, each on rows of the real files."""

from pathlib import Path

import polars as pl
import pytest

from assets.sources.nchs_life_tables import (
    pressroom_life_expectancy,
    state_life_expectancy,
    us_death_rate,
    us_life_table,
)
from assets.warehouse.observed.nchs import states_by_year
from lifegap.errors import DataError
from lifegap.landing.files import SourceFile
from tests.assets.slices import CATALOG, parse, relation, source_file
from tests.conftest import FIXTURES

NCHS = FIXTURES / "nchs_life_tables"
EVERYONE = "nchs_us_life_table_2018.csv"
STATES = "nchs_state_life_expectancy_by_sex_2020.csv"
RATES = "nchs_us_death_rates_life_expectancy_1900_2018.csv"


def _file(name: str) -> SourceFile:
    vintages = {listed.file: listed.vintage for listed in CATALOG.cards["nchs_life_tables"].files}
    return source_file("nchs_life_tables", NCHS / name, vintages[name])


def _changed(folder: Path, name: str, old: str, new: str, vintage: str) -> SourceFile:
    """A slice with one thing changed."""
    content = (NCHS / name).read_bytes()
    assert old.encode() in content
    (folder / name).write_bytes(content.replace(old.encode(), new.encode(), 1))
    return source_file("nchs_life_tables", folder / name, vintage)


def test_two_header_rows_a_mark_and_carriage_returns_are_no_data() -> None:
    content = (NCHS / EVERYONE).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 103
    rows = parse(us_life_table, _file(EVERYONE))
    assert rows.height == 101
    assert rows.row(0, named=True)["nqx"] == 0.00565
    assert rows["source_row"].to_list() == list(range(1, 102))


def test_thousands_in_quotes_are_numbers() -> None:
    last = parse(us_life_table, _file(EVERYONE)).row(-1, named=True)
    assert (last["lx"], last["ndx"], last["nLx"], last["Tx"], last["ex"]) == (1921, 1921, 4187, 4187, 2.2)


def test_commas_that_separate_no_thousands_are_not_taken_out(tmp_path: Path) -> None:
    rows = parse(us_life_table, _changed(tmp_path, EVERYONE, '"1,921"', '"19,21"', "2018"))
    assert rows["unparsed"].drop_nulls().to_list() == ["lx=19,21"]


def test_ages_run_from_0_1_to_100_and_older() -> None:
    rows = parse(us_life_table, _file(EVERYONE))
    ages = rows.select("age_group", "age_start", "age_end").rows()
    assert (ages[0], ages[99], ages[100]) == (("0-1", 0, 1), ("99-100", 99, 100), ("100-", 100, None))
    assert rows["age_start"].to_list() == list(range(101))


def test_the_group_stands_only_in_the_name() -> None:
    groups = {
        "_hispanic": ("race:hispanic", 81.8),
        "_nonhispanicblack": ("race:black_non_hispanic", 74.7),
        "_nonhispanicwhite": ("race:white_non_hispanic", 78.6),
        "": ("all", 78.7),
    }
    for suffix, expected in groups.items():
        rows = parse(us_life_table, _file(f"nchs_us_life_table_2018{suffix}.csv"))
        assert rows.select("population_group", "ex").row(0) == expected


@pytest.mark.parametrize(
    ("name", "vintage"),
    [
        ("nchs_us_life_table_2018_asian.csv", "2018"),
        ("nchs_us_life_table_2018.csv", "2017"),
        ("lt_2018.csv", "2018"),
    ],
)
def test_a_name_that_does_not_say_whose_table_it_is_is_refused(name: str, vintage: str) -> None:
    with pytest.raises(DataError, match="does not say its group") as refused:
        parse(us_life_table, source_file("nchs_life_tables", NCHS / EVERYONE, vintage, name))
    assert refused.value.code == "SOURCE-UNREADABLE"


def test_a_lost_second_header_row_takes_no_age_with_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="second header row"):
        parse(us_life_table, _changed(tmp_path, EVERYONE, "age,qx,lx,dx,Lx,Tx,ex\r\n", "", "2018"))


def test_a_renamed_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        _changed(tmp_path, STATES, ",SE,", ",Error,", "2020")
    assert refused.value.code == "SOURCE-HEADER"


def test_the_nation_has_no_standard_error_and_no_class() -> None:
    assert (NCHS / STATES).read_bytes().startswith(b"\xef\xbb\xbf")
    rows = parse(state_life_expectancy, _file(STATES))
    nation = rows.filter(pl.col("se_e0").is_null())
    assert nation.select("state", "sex", "e0", "quartile", "quartile_low", "unparsed").rows() == [
        ("United States", "Total", 77.0, "*", None, None),
        ("United States", "Male", 74.2, "*", None, None),
        ("United States", "Female", 79.9, "*", None, None),
    ]


def test_classes_of_women_overlap_and_are_kept_as_printed() -> None:
    women = parse(state_life_expectancy, _file(STATES)).filter(pl.col("sex") == "Female")
    limits = women.select("quartile_low", "quartile_high").drop_nulls().unique().sort("quartile_low").rows()
    assert limits == [(75.2, 78.2), (78.3, 79.6), (79.7, 80.7), (80.0, 83.8)]
    assert women.filter(pl.col("quartile") == "80.0 - 83.8")["e0"].min() == 80.8


def test_a_class_that_is_no_class_could_not_be_read(tmp_path: Path) -> None:
    changed = _changed(tmp_path, STATES, "71.9 - 75.3", "71.9 to 75.3", "2020")
    rows = parse(state_life_expectancy, changed)
    assert rows["unparsed"].drop_nulls().to_list() == ["low=71.9 to 75.3; high=71.9 to 75.3"]


def test_life_expectancy_by_race_is_empty_for_the_last_year() -> None:
    rows = parse(us_death_rate, _file(RATES))
    empty = rows.filter(pl.col("e0").is_null())
    assert empty["year"].unique().to_list() == [2018]
    assert set(empty["race"]) == {"Black", "White"}
    assert empty.height == 6
    assert empty["age_adjusted_rate"].null_count() == 0


def test_a_rate_of_everyone_may_pass_those_of_women_and_men_a_little() -> None:
    rows = parse(us_death_rate, _file(RATES)).filter(pl.col("year") == 1920, pl.col("race") == "Black")
    rates = dict(rows.select("sex", "age_adjusted_rate").iter_rows())
    assert rates == {"Both Sexes": 2743.3, "Female": 2756.2, "Male": 2748.4}


def test_black_people_of_the_series_are_not_those_of_the_life_tables() -> None:
    series = parse(us_death_rate, _file(RATES)).filter(
        pl.col("year") == 2014, pl.col("race") == "Black", pl.col("sex") == "Both Sexes"
    )
    assert series["e0"].to_list() == [75.6]  # the non-Hispanic table of 2014 begins with 75.3


@pytest.mark.mirror
def test_all_tables_of_everyone_agree_with_the_series(mirror: Path) -> None:
    files = {
        listed.file: source_file("nchs_life_tables", mirror / listed.mirror, listed.vintage, listed.file)
        for listed in CATALOG.cards["nchs_life_tables"].files
        if listed.mirror
    }
    tables = parse(us_life_table, *(file for name, file in files.items() if "life_table" in name))
    assert tables.height == 20 * 101
    born = tables.filter(pl.col("age_start") == 0, pl.col("population_group") == "all")
    series = parse(us_death_rate, files[RATES])
    assert series.height == 119 * 9
    together = series.filter(pl.col("race") == "All Races", pl.col("sex") == "Both Sexes")
    assert dict(born.select("year", "ex").iter_rows()) == dict(
        together.filter(pl.col("year") >= 2014).select("year", "e0").iter_rows()
    )
    black = tables.filter(pl.col("age_start") == 0, pl.col("population_group") == "race:black_non_hispanic")
    assert dict(black.select("year", "ex").iter_rows())[2014] == 75.3


def test_states_by_year_are_known_by_postal_code_and_have_no_error() -> None:
    rows = parse(pressroom_life_expectancy, _file("nchs_state_life_expectancy_2018_2020.csv"))
    assert rows.group_by("year").len().sort("year").rows() == [(2018, 50), (2019, 50), (2020, 50)]
    assert "DC" not in set(rows["postal_code"])
    observed = states_by_year(relation(rows), CATALOG)
    illinois = observed.filter(pl.col("place_id") == "state:17", pl.col("period_end") == 2020)
    assert illinois["estimate"].to_list() == [76.8]
    assert "se" not in observed.columns
    assert observed["place_id"].null_count() == 0


def test_states_by_year_repeat_the_table_by_sex_in_2020() -> None:
    by_sex = parse(state_life_expectancy, _file(STATES)).filter(pl.col("sex") == "Total")
    by_year = parse(pressroom_life_expectancy, _file("nchs_state_life_expectancy_2018_2020.csv"))
    illinois = by_sex.filter(pl.col("state") == "Illinois")["e0"].to_list()
    assert by_year.filter(pl.col("postal_code") == "IL", pl.col("year") == 2020)["e0"].to_list() == illinois
