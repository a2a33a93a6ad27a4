"""The coalitions on the whole public files: figures of their places, counted again from the files."""

import pytest

from lifegap.releases.read import Release
from tests.assets.figures import one

pytestmark = [pytest.mark.mirror, pytest.mark.xdist_group("mirror")]


def test_schools_located_in_an_area_come_to_what_their_reports_say(mirror_release: Release) -> None:
    # West Garfield Park has one high school: 76.3 percent in the report of 2022-23.
    row = one(
        mirror_release,
        "SELECT * FROM indicator_value WHERE indicator_id = 'graduation_at_schools' "
        "AND place_id = 'neighborhood:chicago-26' AND period_end = ?",
        2022,
    )
    assert row["value"] == pytest.approx(76.3)
    assert row["quotable"] == "with_caveat"
    assert "pupils, who may live elsewhere" in row["caveat"]


def test_the_city_by_the_same_method_is_near_what_the_district_prints(mirror_release: Release) -> None:
    # The district prints 82.9 percent for 2022, of all its students.
    row = one(
        mirror_release,
        "SELECT * FROM indicator_value WHERE indicator_id = 'graduation_at_schools' "
        "AND place_id = 'city:1714000' AND period_end = ?",
        2022,
    )
    assert row["value"] == pytest.approx(82.9, abs=1)


@pytest.mark.parametrize(
    ("coalition", "place", "reference", "gap"),
    [
        # Differences of the figures that County Health Rankings prints for 2021-2023.
        ("cvs-community-equity-alliance", "county:26163", "nation:us", 77.55 - 73.99),
        ("ama-peer-network", "county:48201", "state:48", 77.18 - 77.91),
        ("ihi-pursuing-equity", "county:08081", "state:08", 78.74 - 77.11),
        ("nemours-integrator-learning-lab", "county:11001", "nation:us", 77.55 - 77.32),
    ],
)
def test_home_counties_stand_against_state_and_nation(
    mirror_release: Release, coalition: str, place: str, reference: str, gap: float
) -> None:
    rows = mirror_release.ask(
        "SELECT gap FROM life_expectancy_gap WHERE coalition_id = ? AND place_id = ? "
        "AND reference_place_id = ? AND source_id = 'chr_measures' AND vintage = '2026' "
        "AND population_group = 'all'",
        (coalition, place, reference),
    ).rows
    assert [value for (value,) in rows] == [pytest.approx(gap, abs=0.02)]


def test_ranks_of_the_counties_across_the_line_are_there_by_year(mirror_release: Release) -> None:
    ranks = dict(
        mirror_release.ask(
            "SELECT period_end, value FROM indicator_value WHERE indicator_id = 'health_outcomes_rank' "
            "AND place_id = 'county:42091' AND vintage = period_end::VARCHAR AND value IS NOT NULL"
        ).rows
    )
    assert {year: ranks[year] for year in (2012, 2013, 2015, 2017, 2018)} == {
        2012: 5, 2013: 6, 2015: 6, 2017: 4, 2018: 4,
    }  # fmt: skip


def test_no_available_indicator_of_a_place_based_coalition_is_without_a_figure(
    mirror_release: Release,
) -> None:
    lacking = mirror_release.ask(
        "SELECT coalition_id, indicator_id FROM coalition_indicator "
        "WHERE status = 'available' AND reason IS NOT NULL ORDER BY ALL"
    ).rows
    assert lacking == [("dheh-alliance", "computer"), ("dheh-alliance", "no_internet")]
