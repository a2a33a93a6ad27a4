"""The county's own life tables out of the whole files: known numbers, their rows, and nothing that leads to a person.

79.42 years is what County Health Rankings print for deaths of 2016 to 2018 (release of 2020).
"""

import pytest

from lifegap.releases.read import Release

pytestmark = [pytest.mark.mirror, pytest.mark.xdist_group("mirror")]

OF_COOK = "place_id = 'county:17031' AND source_id = 'illinois_deaths'"
POOLED = f"{OF_COOK} AND (period_start, period_end) = (2015, 2019) AND population_group = 'all'"


def test_life_expectancy_of_cook_county_from_its_deaths(mirror_release: Release) -> None:
    (row,) = mirror_release.ask(f"SELECT * FROM life_expectancy WHERE {POOLED}").dicts()
    assert row["method"] == "life_table"
    assert row["estimate"] == pytest.approx(79.44, abs=0.005)
    assert row["estimate"] == pytest.approx(79.42, abs=0.05)
    assert row["quotable"] == "with_caveat"
    assert "biased where the oldest are young for their age" in row["caveat"]


def test_men_and_women_have_tables_where_the_survey_has_both(mirror_release: Release) -> None:
    found = mirror_release.ask(
        f"SELECT population_group, round(estimate, 2) FROM life_expectancy WHERE {OF_COOK} AND period_end = 2015 "
        "ORDER BY 1"
    ).rows
    assert found == [("all", 79.5), ("sex:female", 82.18), ("sex:male", 76.64)]


def test_every_band_leads_to_its_rows(mirror_release: Release) -> None:
    bands = mirror_release.ask(f"SELECT * FROM life_table_input WHERE {POOLED} ORDER BY age_start").dicts()
    assert [band["age_start"] for band in bands] == [0, 1, 5, 10, 15, 20, 25, 35, 45, 55, 60, 65, 75, 85]
    assert sum(band["deaths"] for band in bands) == 204_311
    assert sum(band["person_years"] for band in bands) == pytest.approx(5 * 5_198_275)
    found = mirror_release.ask(f"SELECT * FROM trace_life_expectancy WHERE {POOLED}").dicts()
    assert len(found) == 2 * len(bands)
    assert {row["role"] for row in found} == {"deaths", "people"}
    assert all(row["source_file"] and row["source_row"] and row["sha256"] for row in found)


def test_the_one_small_count_of_cook_county_is_nowhere_in_a_release(mirror_release: Release) -> None:
    assert mirror_release.ask("SELECT count(*) FROM life_table_input WHERE deaths BETWEEN 1 AND 9").rows == [
        (0,)
    ]
    assert mirror_release.ask(
        "SELECT count(*) FROM death_count WHERE source_id = 'illinois_deaths'"
    ).rows == [(0,)]
    assert mirror_release.ask(
        "SELECT count(*) FROM figure_input WHERE source_id = 'illinois_deaths'"
    ).rows == [(0,)]
    # Girls of 5 to 9 in 2017: neither they nor the boys of that age have a table of that year.
    assert mirror_release.ask(
        f"SELECT DISTINCT population_group FROM life_table WHERE {OF_COOK} AND period_start = 2017"
    ).rows == [("all",)]


def test_insurance_of_2022_is_that_of_county_health_rankings(mirror_release: Release) -> None:
    (differing,) = mirror_release.ask(
        "SELECT count(*) FROM indicator_value AS s JOIN indicator_value AS c USING (place_id, indicator_id, "
        "period_start, period_end, population_group) WHERE s.source_id = 'census_sahie' AND s.vintage = '2022' "
        "AND c.source_id = 'chr_measures' AND c.vintage = '2025' AND indicator_id = 'uninsured' "
        "AND place_id LIKE 'county%' AND abs(s.value - c.value) > 0.051"
    ).rows
    assert differing == (0,)


@pytest.mark.parametrize(
    ("place", "source", "year", "group", "years"),
    [
        ("county:42101", "bchi", 2012, "sex:male", 72.3),
        ("city:0653000", "bchi", 2013, "race:black", 74.5),
        ("state:17", "nchs_life_tables", 2019, "all", None),
    ],
)
def test_life_expectancy_of_cities_and_states(
    mirror_release: Release, place: str, source: str, year: int, group: str, years: float | None
) -> None:
    found = mirror_release.ask(
        "SELECT estimate FROM life_expectancy WHERE place_id = $place AND source_id = $source "
        "AND period_end = $year AND population_group = $group AND method = 'published' AND estimate IS NOT NULL",
        {"place": place, "source": source, "year": year, "group": group},
    ).rows
    assert found
    assert years is None or found == [(years,)]
