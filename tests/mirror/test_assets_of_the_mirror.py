"""Assets of the whole public files: where address and shape disagree, what is listed twice, closed or elsewhere."""

import pytest

from lifegap.releases.read import Release
from tests.assets.figures import one

pytestmark = [pytest.mark.mirror, pytest.mark.xdist_group("mirror")]

DISAGREE = {
    # Counted apart from this code, with the city's polygons and the addresses of its files.
    "health_center": (4, 55),
    "school": (23, 547),
    "corner_store": (22, 669),
}


@pytest.mark.parametrize("asset_type", DISAGREE)
def test_addresses_and_polygons_of_philadelphia_disagree(mirror_release: Release, asset_type: str) -> None:
    row = one(
        mirror_release,
        "SELECT count(*) FILTER (NOT agrees) AS differ, count(*) AS listed FROM asset "
        "WHERE source_id = 'philadelphia_portal' AND asset_type = ?",
        asset_type,
    )
    assert (row["differ"], row["listed"]) == DISAGREE[asset_type]


def test_what_counts_nowhere_is_told(mirror_release: Release) -> None:
    notes = dict(
        mirror_release.ask(
            "SELECT asset_type || ' ' || vintage, note FROM asset_access WHERE place_id = 'city:1714000'"
        ).rows
    )
    assert notes["pharmacy 2025-03-08"] == (
        "Of 429 listed: 41 closed, 35 whose status is unknown, 8 without coordinates, 2 outside all areas."
    )
    assert notes["grocery 2013"].startswith("Of 506 listed: 2 listed twice")
    assert notes["health_center about-2014"].startswith("Of 120 listed: 1 outside all areas"), "in Kansas"


def test_every_area_has_a_row_for_every_list_of_its_city(mirror_release: Release) -> None:
    places = mirror_release.ask(
        "SELECT DISTINCT count(*) FROM asset_access WHERE place_id LIKE 'neighborhood:%' GROUP BY place_id"
    ).rows
    assert len(places) == 1
    zips = mirror_release.ask(
        "SELECT count(DISTINCT place_id) FROM asset_access WHERE place_id LIKE 'zip:%'"
    ).rows
    assert zips == [(48,)]


def test_areas_add_up_to_the_city(mirror_release: Release) -> None:
    sums = mirror_release.ask(
        "SELECT asset_type, vintage, sum(count) FILTER (place_id LIKE 'neighborhood:%') AS of_areas, "
        "any_value(count) FILTER (place_id = 'city:1714000') AS of_city FROM asset_access "
        "WHERE source_id = 'chicago_portal' GROUP BY ALL HAVING of_areas <> of_city"
    ).rows
    assert sums == []


def test_people_of_north_lawndale_are_those_of_the_census(mirror_release: Release) -> None:
    people = mirror_release.ask(
        "SELECT DISTINCT people_year, people FROM asset_access WHERE place_id = 'neighborhood:chicago-29' ORDER BY ALL"
    ).rows
    assert people == [(2010, 35912), (2020, 34794)]
