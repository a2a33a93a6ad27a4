"""`lifegap gap`: any two places of a release that share a series, by the rules of coalitions."""

import csv
import io
import json
from typing import Any

import pytest

from lifegap.releases.pairs import gaps_between
from lifegap.releases.read import Release
from tests.assets.figures import one
from tests.conftest import run_lifegap

FIGURES = ("gap", "se", "ci_low", "ci_high", "p_value", "place_estimate", "reference_estimate")


def _asked(release: Release, *arguments: str) -> list[dict[str, Any]]:
    ended = run_lifegap("gap", *arguments, "--format", "json", home=release.folder.parent.parent)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_pairs_of_coalitions_computed_on_the_fly_equal_the_published_rows(release: Release) -> None:
    """All comparisons of the bundle; cut tracts apart, of whose part in the error a release says nothing."""
    published = release.ask(
        "SELECT * FROM life_expectancy_gap WHERE population_group = 'all' AND reference_group = 'all'"
    ).dicts()
    pairs = {(row["place_id"], row["reference_place_id"]) for row in published}
    series = ("source_id", "vintage", "period_start", "period_end", "method")
    compared = 0
    for place, reference in sorted(pairs):
        found = {
            tuple(row[name] for name in series): row
            for row in gaps_between(release, place, reference, groups=False, shared=False)
        }
        for row in published:
            if (row["place_id"], row["reference_place_id"]) != (place, reference) or row["gap"] is None:
                continue
            mine = found[tuple(row[name] for name in series)]
            cut = (mine["note"] or "").startswith("The place lies inside")
            for name in FIGURES:
                if row[name] is None:
                    assert mine[name] is None
                elif not (cut and name in ("se", "ci_low", "ci_high", "p_value")):
                    assert mine[name] == pytest.approx(row[name], rel=1e-9), (place, reference, name)
            assert mine["se"] is None or mine["se"] >= row["se"] - 1e-12
            compared += 1
    assert compared > 100


def test_a_county_inside_its_state_shares_the_error_of_its_people(release: Release) -> None:
    # People of July 2023: Census Bureau, vintage 2023.
    people = dict(
        release.ask(
            "SELECT place_id, population FROM place WHERE place_id IN ('county:42101', 'state:42') "
            "AND population_period = '2023'"
        ).rows
    )
    assert people == {"county:42101": 1_550_542, "state:42": 12_961_683}
    se = dict(
        release.ask(
            "SELECT place_id, se FROM life_expectancy WHERE source_id = 'chr_measures' AND vintage = '2025' "
            "AND population_group = 'all'"
        ).rows
    )
    rows = _asked(release, "--place", "county:42101", "--reference", "state:42")
    (row,) = (each for each in rows if (each["source_id"], each["vintage"]) == ("chr_measures", "2025"))
    share = people["county:42101"] / people["state:42"]
    variance = (1 - 2 * share) * se["county:42101"] ** 2 + se["state:42"] ** 2
    assert row["se"] == pytest.approx(variance**0.5, rel=1e-9)


def test_two_places_of_no_coalition_are_compared(release: Release) -> None:
    rows = _asked(release, "--place", "Cook County, IL", "--reference", "Philadelphia County, PA")
    latest = rows[-1] if rows[-1]["source_id"] == "chr_measures" else rows[1]
    assert {row["coalition_id"] for row in rows} == {None}
    estimates = release.ask(
        "SELECT place_id, estimate, se FROM life_expectancy WHERE place_id IN ('county:17031', 'county:42101') "
        "AND (source_id, vintage, population_group) = ('chr_measures', ?, 'all') ORDER BY 1",
        [latest["vintage"]],
    ).rows
    (_, cook, cook_se), (_, philadelphia, philadelphia_se) = estimates
    assert latest["gap"] == pytest.approx(philadelphia - cook)
    assert latest["se"] == pytest.approx((cook_se**2 + philadelphia_se**2) ** 0.5)


def test_a_place_alone_is_compared_with_its_state_and_the_nation(release: Release) -> None:
    rows = _asked(release, "--place", "Cook County, IL")
    both = {"state:17", "nation:us"}
    assert {row["reference_place_id"] for row in rows} == both
    assert {row["reference_place_id"] for row in rows if row["gap"] is not None} == both
    of_member = _asked(release, "--place", "county:42101")
    assert {row["reference_place_id"] for row in of_member} == {"county:42091", "state:42", "nation:us"}


def test_a_tract_is_compared_with_what_is_pooled_of_its_source(release: Release) -> None:
    (row,) = _asked(release, "--place", "tract2010:17031260100", "--reference", "West Garfield Park")
    assert (row["source_id"], row["method"]) == ("nchs_usaleep", "pooled_a_prime")
    assert row["place_estimate"] == pytest.approx(72.4, abs=0.05)
    assert row["gap"] == pytest.approx(70.38 - 72.4, abs=0.1)
    assert "6.9 percent of the reference's people" in row["note"]


def test_a_series_that_the_reference_lacks_has_a_reason(release: Release) -> None:
    rows = _asked(release, "--place", "Rogers Park", "--reference", "United States")
    assert rows
    assert {(row["gap"], row["reason"]) for row in rows} == {(None, "not_published:reference")}


def test_a_source_that_forbids_comparing_places_gives_no_gap(release: Release) -> None:
    forbidding = release.ask(
        "SELECT DISTINCT source_id FROM source JOIN life_expectancy USING (source_id, vintage) "
        "WHERE contains(fitness, 'compare_places: no')"
    ).rows
    rows = _asked(release, "--place", "West Garfield Park", "--reference", "Austin")
    for (source,) in forbidding:
        assert all(row["gap"] is None for row in rows if row["source_id"] == source)
    assert any(row["gap"] is not None for row in rows)


def test_a_place_that_longer_lives_than_its_reference_has_a_negative_gap(release: Release) -> None:
    one = _asked(release, "--place", "county:42101", "--reference", "nation:us")
    other = _asked(release, "--place", "nation:us", "--reference", "county:42101")
    gaps = {(row["vintage"], row["method"]): row["gap"] for row in one if row["gap"] is not None}
    for row in other:
        if row["gap"] is not None:
            assert row["gap"] == pytest.approx(-gaps[row["vintage"], row["method"]])


def test_table_csv_and_json_agree_for_two_places(release: Release) -> None:
    home = release.folder.parent.parent
    arguments = ("gap", "--place", "county:42101", "--reference", "nation:us", "--period", "2021-2023")
    objects = _asked(release, *arguments[1:])
    rows = list(csv.DictReader(io.StringIO(run_lifegap(*arguments, "--format", "csv", home=home).stdout)))
    table = run_lifegap(*arguments, home=home).stdout
    assert len(rows) == len(objects) == 1
    assert float(rows[0]["gap"]) == pytest.approx(objects[0]["gap"])
    assert f"{objects[0]['gap']:.2f}" in table


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--reference", "United States"), "--reference without --place"),
        (("--place", "{elsewhere}"), "lifegap refresh --sources official"),
        (("--place", "{elsewhere}", "--reference", "Illinois"), "no gap for --place {elsewhere}"),
    ],
)
def test_a_question_without_an_answer_says_what_to_do(
    arguments: tuple[str, ...], said: str, release: Release
) -> None:
    elsewhere = _state_of_no_coalition(release)
    named = [argument.format(elsewhere=elsewhere) for argument in arguments]
    ended = run_lifegap("gap", *named, home=release.folder.parent.parent)
    assert ended.returncode == 2
    assert said.format(elsewhere=elsewhere) in ended.stderr


def _state_of_no_coalition(release: Release) -> str:
    return one(
        release,
        "SELECT min(name) AS name FROM place WHERE place_type = 'state' AND place_id NOT IN "
        "(SELECT place_id FROM coalition_place UNION SELECT reference_place_id FROM coalition_comparison) "
        "AND place_id NOT IN (SELECT place_id FROM life_expectancy)",
    )["name"]


def test_any_county_of_the_mirror_has_a_gap_to_its_state(mirror_release: Release) -> None:
    rows = _asked(mirror_release, "--place", "Davidson County, Tennessee")
    assert {row["reference_place_id"] for row in rows} == {"state:47", "nation:us"}
    against = _asked(
        mirror_release, "--place", "Davidson County, TN", "--reference", "Shelby County, Tennessee"
    )
    assert [row["vintage"] for row in against if row["gap"] is not None][:1] == ["2025"]
