"""Medians derived from counts by interval, on the whole public files: by hand, and beside published ones."""

import gzip
import json
import math
from pathlib import Path
from statistics import median

import pytest

from lifegap.releases.lineage import steps
from lifegap.releases.read import Release
from tests.assets.figures import TWP, one

pytestmark = [pytest.mark.mirror, pytest.mark.xdist_group("mirror")]

STARTS = [-math.inf, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 75, 100, 125, 150, 200]
EDGES = [1000.0 * start for start in [*STARTS, math.inf]]
INCOME = "indicator_id = 'median_household_income' AND source_id = 'census_acs5'"
COUNTY = "county:42101"


@pytest.fixture(scope="module")
def counts(mirror: Path) -> dict[str, list[float]]:
    """Households by interval of income of the county and its tracts, from the raw file."""
    path = mirror / "census/tract_philadelphia_pa/acs2018_5yr_B19001_14000US42101038300.geojson.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        features = [feature["properties"] for feature in json.load(file)["features"]]
    kinds = {"05000": "county:", "14000": "tract2010:"}
    return {
        kinds[each["geoid"][:5]] + each["geoid"][7:]: [each[f"B19001{line:03d}"] for line in range(2, 18)]
        for each in features
    }


def _slow_median(households: list[float]) -> float:
    """Pareto inside the interval that half of the whole falls into, in plain Python; nan in an open one."""
    half, below = math.fsum(households) / 2, 0.0
    for start, end, count in zip(EDGES, EDGES[1:], households, strict=False):
        if half > 0 and below + count >= half:
            if math.isinf(start) or math.isinf(end):
                return math.nan
            above, above_end = 2 * half - below, 2 * half - below - count
            return start * (above / half) ** (math.log(end / start) / math.log(above / above_end))
        below += count
    return math.nan


def _published(release: Release, places: str, year: int) -> dict[str, tuple[float, float]]:
    """Place → the Bureau's own median and margin of the five years to `year`."""
    rows = release.ask(
        f"SELECT place_id, value, moe90 FROM indicator_value WHERE {INCOME} AND method = 'published' "
        f"AND value IS NOT NULL AND moe90 IS NOT NULL AND period_end = {year} AND place_id LIKE '{places}'"
    ).rows
    return {place: (value, margin) for place, value, margin in rows}


def test_the_countys_median_derived_from_its_counts_is_the_published_one(
    counts: dict[str, list[float]], mirror_release: Release
) -> None:
    published, margin = _published(mirror_release, COUNTY, 2018)[COUNTY]
    assert (published, margin) == (43_744, 595)
    assert _slow_median(counts[COUNTY]) == pytest.approx(published, abs=2)


def test_medians_of_the_tracts_are_those_published_a_year_before_within_their_margins(
    counts: dict[str, list[float]], mirror_release: Release
) -> None:
    """The files hold the tracts' medians of 2013-2017 alone: four of the five years are the same."""
    published = _published(mirror_release, "tract2010:42101%", 2017)
    derived = {place: _slow_median(households) for place, households in counts.items()}
    both = [(derived[place], *found) for place, found in published.items() if not math.isnan(derived[place])]
    assert len(both) > 365
    assert sum(abs(ours - theirs) <= margin for ours, theirs, margin in both) > 0.85 * len(both)
    # Incomes of the county grew by 7.6 percent from the one to the other.
    assert 1.03 < median(ours / theirs for ours, theirs, _ in both) < 1.09


def test_medians_of_zip_codes_and_of_the_footprint_by_hand(
    counts: dict[str, list[float]], mirror_release: Release
) -> None:
    found = dict(
        mirror_release.ask(
            f"SELECT place_id, value FROM indicator_value WHERE {INCOME} AND method = 'derived' "
            "AND period_end = 2018"
        ).rows
    )
    assert len(found) == 49
    shares = mirror_release.ask(
        "SELECT to_place_id, from_place_id, weight FROM crosswalk WHERE from_place_id LIKE 'tract2010:42101%'"
    ).rows
    for place, value in found.items():
        together = [
            math.fsum(weight * counts[unit][position] for to, unit, weight in shares if to == place)
            for position in range(16)
        ]
        if value is None:
            assert (place, sum(together) < 1) == ("zip:19112", True)
        else:
            assert value == pytest.approx(_slow_median(together), rel=1e-9)


def test_zip_codes_are_near_the_medians_that_the_bureau_publishes_for_its_areas(
    mirror_release: Release,
) -> None:
    """The areas are not the same; two of 46 differ by more than the margin of the published median."""
    published = _published(mirror_release, "zcta2010:%", 2018)
    rows = mirror_release.ask(
        f"SELECT replace(place_id, 'zip', 'zcta2010'), value, moe90 FROM indicator_value WHERE {INCOME} "
        "AND method = 'derived' AND place_id LIKE 'zip:%' AND value IS NOT NULL"
    ).rows
    both = [(value, margin, *published[area]) for area, value, margin in rows if area in published]
    assert len(both) == 46
    assert sum(abs(value - theirs) > margin for value, _, theirs, margin in both) == 2
    assert median(abs(value / theirs - 1) for value, _, theirs, _ in both) < 0.021
    # Cut tracts, and the county's factor, make the margins wider than those that the Bureau publishes.
    assert 1.25 < median(ours / theirs for _, ours, _, theirs in both) < 1.35


def test_the_footprint_has_a_median_and_no_refusal_beside_it(mirror_release: Release) -> None:
    row = one(
        mirror_release, f"SELECT * FROM indicator_value WHERE {INCOME} AND period_end = 2018 AND place_id = ?",
        TWP,
    )  # fmt: skip
    assert (row["method"], row["units"], row["reliability"], row["reason"]) == ("derived", 72, "good", None)
    assert (round(row["value"]), round(row["moe90"])) == (33_002, 1_212)
    assert (row["quotable"], "publishes no median" in row["caveat"]) == ("with_caveat", True)
    assert "a design factor of 1.79, derived from the published margin of county:42101" in row["note"]
    key = mirror_release.manifest["tables"]["indicator_value"]["key"]
    (part,) = steps(mirror_release, "indicator_value", row, key)
    assert len(part.answer.rows) == 72 * 16
    assert "counts by interval" in part.formula
