"""A ZIP code as a polygon and as whole tracts: shares made by hand."""

import polars as pl
import pytest

from assets.analyses.zip_comparison import mostly_in
from lifegap.releases.read import Release

SHARES = pl.DataFrame(
    [
        ("1", "zip:1", 0.6), ("1", "zip:2", 0.4),
        ("2", "zip:2", 1.0),
        ("3", "zip:1", 0.3), ("3", "outside", 0.7),
        ("4", "zip:1", 0.5), ("4", "zip:2", 0.5),
    ],
    schema=["from_place_id", "to_place_id", "weight"], orient="row",
).with_columns(partition=pl.lit("zips"), basis=pl.lit("area"))  # fmt: skip


def test_a_tract_goes_whole_to_the_polygon_that_has_most_of_it() -> None:
    found = mostly_in(SHARES).sort("from_place_id")
    assert found.select("from_place_id", "to_place_id").rows() == [
        ("1", "zip:1"), ("2", "zip:2"), ("4", "zip:1"),
    ]  # fmt: skip
    assert set(found["weight"]) == {1.0}


def test_a_tract_that_lies_mostly_outside_goes_nowhere() -> None:
    assert "3" not in mostly_in(SHARES)["from_place_id"].to_list()


def test_the_five_zip_codes_of_west_philadelphia_are_compared(release: Release) -> None:
    rows = release.ask(
        "SELECT place_id, list(measure ORDER BY measure) FROM zip_comparison "
        "WHERE coalition_id = 'together-for-west-philadelphia' AND measure NOT LIKE '%income%' GROUP BY ALL ORDER BY ALL"
    ).rows
    assert [place for place, _ in rows] == [f"zip:{code}" for code in (19104, 19131, 19139, 19143, 19151)]
    for _, measures in rows:
        assert measures == ["area", "life_expectancy", "people", "tracts", "tracts_split"]


def test_people_of_the_polygon_are_those_of_the_place(release: Release) -> None:
    apart = release.ask(
        "SELECT max(abs(z.by_polygon - p.population)) FROM zip_comparison AS z JOIN place AS p USING (place_id) "
        "WHERE measure = 'people'"
    ).rows[0][0]
    assert apart == pytest.approx(0, abs=0.5), "the place rounds to whole people"


def test_an_area_of_a_polygon_is_that_of_the_map(release: Release) -> None:
    # 8.567682 km2 by the city's polygon of 19143.
    row = release.ask(
        "SELECT by_polygon FROM zip_comparison WHERE place_id = 'zip:19143' AND measure = 'area'"
    ).rows
    assert row[0][0] == pytest.approx(8.5677, abs=1e-4)
