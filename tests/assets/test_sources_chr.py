"""Traps of County Health Rankings, each on rows of the real files."""

import polars as pl

from assets.sources.chr_measures import chr_measure
from assets.sources.chr_rankings import chr_category
from tests.assets.slices import parse, source_file
from tests.conftest import FIXTURES

CHR = FIXTURES / "chr"


def test_not_ranked_is_read_as_printed_and_missing_as_missing() -> None:
    rows = parse(chr_category, source_file("chr_rankings", CHR / "t_category_data_2010.csv", "2010"))
    unranked = rows.filter(pl.col("county_fips") == "02013")
    assert unranked["rank"].unique().to_list() == [999]
    assert unranked["z_score"].null_count() == 2
    philadelphia = rows.filter((pl.col("county_fips") == "42101") & (pl.col("category_id") == 1))
    assert philadelphia["rank"].to_list() == [67]


def test_states_of_few_counties_have_five_classes() -> None:
    rows = parse(chr_category, source_file("chr_rankings", CHR / "t_category_data_2010.csv", "2010"))
    assert rows.filter(pl.col("county_fips") == "44007")["quartile"].to_list() == [5, 5]


def test_since_2024_there_are_groups_and_no_ranks() -> None:
    rows = parse(chr_category, source_file("chr_rankings", CHR / "t_category_data_2024.csv", "2024"))
    assert rows["rank"].null_count() == rows.height
    assert rows["health_group"].null_count() == 0
    assert "42000" in set(rows["county_fips"])


def test_the_first_version_of_a_release_has_fewer_columns() -> None:
    rows = parse(
        chr_category,
        source_file(
            "chr_rankings",
            FIXTURES / "chr_rankings" / "2022" / "t_category_data_first_version.csv",
            "2022-first",
        ),
    )
    assert rows["health_group"].null_count() == rows.height
    assert rows["rank"].to_list() == [67, 67]


def test_impossible_life_expectancies_are_kept_as_printed_at_the_source() -> None:
    rows = parse(chr_measure, source_file("chr_measures", CHR / "v147_r2026.csv", "2026"))
    oliver = rows.filter(pl.col("county_fips") == "38065").row(0, named=True)
    assert round(oliver["estimate"], 2) == 107.92
    by_race = parse(chr_measure, source_file("chr_measures", CHR / "v147_otherdata_r2025.csv", "2025"))
    alabama = by_race.filter(
        (pl.col("county_fips") == "01000") & (pl.col("population_group") == "race:two_or_more")
    )
    assert round(alabama["estimate"][0], 1) == 172.0
    assert by_race["population_group"].n_unique() == 7
