"""Years of data of a release that came after the publisher's list of years."""

from typing import Any

import polars as pl
import pytest

from assets.warehouse.observed.chr import measures
from lifegap.store.warehouse import Relation
from tests.assets.slices import CATALOG, relation

LISTED = [
    ("v001", 2024, "Premature death", "2019-2021"),
    ("v001", 2025, "Premature Death", "2020-2022"),
    ("v011", 2025, "Adult Obesity", "2022"),
    ("v015", 2025, "Homicides", "2016-2022 but for 2020"),
]
"""Measure, release, name and years as the list prints them."""


def _list() -> Relation:
    return relation(pl.DataFrame(LISTED, schema=["measure", "year", "name", "years_used"], orient="row"))


def _observed(measure: str, release: str) -> dict[str, Any]:
    columns: dict[str, pl.DataType | type[pl.DataType]] = {
        "ci_low": pl.Float64, "ci_high": pl.Float64, "reliability": pl.String, "label": pl.String,
    }  # fmt: skip
    row = {
        "source_file": "a.csv", "source_row": 1, "vintage": release, "measure": measure, "estimate": 1.0,
        "county_fips": "42101", "population_group": "all", **dict.fromkeys(columns),
    }  # fmt: skip
    frame = pl.DataFrame([row], schema_overrides=columns)
    return measures(relation(frame), _list(), CATALOG).row(0, named=True)


@pytest.mark.parametrize(
    ("measure", "release", "years"),
    [
        ("v001", "2024", (2019, 2021)),
        ("v001", "2025", (2020, 2022)),
        ("v001", "2026", (2021, 2023)),
        ("v011", "2026", (2023, 2023)),
    ],
)
def test_a_release_after_the_list_has_the_years_of_the_last_moved_on(
    measure: str, release: str, years: tuple[int, int]
) -> None:
    found = _observed(measure, release)
    assert (found["period_start"], found["period_end"], found["note"]) == (*years, None)


def test_a_later_release_has_the_name_of_the_last_that_is_listed() -> None:
    assert _observed("v001", "2026")["measure_label"] == "Premature Death"


def test_years_that_lie_apart_are_told_in_words_and_not_moved_on() -> None:
    listed, later = _observed("v015", "2025"), _observed("v015", "2026")
    assert listed["note"] == "The publisher gives the years of data as 2016-2022 but for 2020."
    assert (later["period_start"], later["period_end"], later["note"]) == (None, None, None)


def test_a_measure_that_was_not_in_the_last_release_has_no_years() -> None:
    assert _observed("v999", "2026")["period_start"] is None
