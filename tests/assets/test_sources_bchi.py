"""Traps of the cities' inventory, on rows of the real workbook."""

import polars as pl
import pytest

from assets.sources.bchi import big_city_value
from assets.warehouse.observed.cities import PLACES, inventory
from lifegap.landing.files import SourceFile
from tests.assets.slices import CATALOG, parse, relation, slices_of

WORKBOOK = "Big_Cities_Health_Data_Inventory.csv"


def _slice() -> SourceFile:
    return next(file for file in slices_of("bchi") if file.name == WORKBOOK)


def _observed() -> pl.DataFrame:
    return inventory(relation(parse(big_city_value, _slice())), CATALOG)


def _life(place_id: str, year: int, group: str = "all") -> float:
    return _observed().row(
        by_predicate=(pl.col("place_id") == place_id)
        & (pl.col("period_end") == year)
        & (pl.col("population_group") == group)
        & (pl.col("concept") == "life_expectancy"),
        named=True,
    )["estimate"]


def test_a_workbook_under_the_name_of_a_csv_is_told_by_its_first_bytes() -> None:
    file = _slice()
    assert file.name.endswith(".csv")
    assert file.layout.id == "workbook"
    assert parse(big_city_value, file).filter(pl.col("indicator").str.starts_with("Life")).height == 155


def test_a_year_may_be_a_range() -> None:
    rows = parse(big_city_value, _slice()).filter(pl.col("indicator").str.starts_with("Life"))
    chicago = rows.filter(pl.col("place") == "Chicago, IL").row(0, named=True)
    assert (chicago["year_start"], chicago["year_end"], chicago["value"]) == (2003, 2012, 78.0)


@pytest.mark.parametrize(
    ("place_id", "year", "group", "years"),
    [
        ("county:42101", 2012, "sex:male", 72.3),
        ("county:42101", 2012, "sex:female", 79.3),
        ("city:0653000", 2013, "race:black", 74.5),
        ("city:0653000", 2013, "all", 81.7),
        ("county:11001", 2010, "race:hispanic", 88.4),
        ("nation:us", 2013, "all", 78.8),
    ],
)  # fmt: skip
def test_life_expectancy_of_cities_by_group(place_id: str, year: int, group: str, years: float) -> None:
    assert _life(place_id, year, group) == years


def test_a_city_whose_figures_are_the_countys_is_the_county() -> None:
    assert PLACES["Atlanta (Fulton County), GA"] == "county:13121"
    assert PLACES["San Diego County, CA"] == "county:06073"
    assert len(set(PLACES.values())) == 29


def test_a_key_that_stands_twice_with_two_values_has_no_figure() -> None:
    rows = _observed().filter(
        pl.col("measure").str.starts_with("All Types of Cancer"), pl.col("place_id") == "city:0653000",
        pl.col("period_end") == 2011, pl.col("population_group") == "race:other",
    )  # fmt: skip
    assert rows.select("estimate", "reason").rows() == [(None, "withheld:contradictory")]


def test_a_key_that_stands_twice_with_one_value_stands_once() -> None:
    rows = _observed().filter(
        pl.col("measure").str.starts_with("Suicide"), pl.col("place_id") == "county:06073",
        pl.col("period_end") == 2010, pl.col("population_group") == "race:white",
    )  # fmt: skip
    assert rows["estimate"].to_list() == [15.1]


def test_an_empty_cell_is_no_figure() -> None:
    read = parse(big_city_value, _slice()).filter(pl.col("place") == "Denver, CO", pl.col("race") == "Other")
    assert read["value"].null_count() > 0
    assert read["unparsed"].null_count() == read.height


def test_the_edition_with_limits_gives_an_interval() -> None:
    file = next(file for file in slices_of("bchi") if file.layout.id == "inventory_2019")
    observed = inventory(relation(parse(big_city_value, file)), CATALOG)
    detroit = observed.row(by_predicate=pl.col("population_group") == "all", named=True)
    assert (detroit["ci_low"], detroit["ci_high"]) == (78.9, 80.1)
    assert detroit["se"] == pytest.approx(0.6 / 1.959964, rel=1e-5)
