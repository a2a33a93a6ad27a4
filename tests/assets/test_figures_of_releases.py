"""What a release says of its places, sources and gaps in what it knows."""

from pathlib import Path

import pytest

from lifegap.releases.read import Release
from tests.assets.figures import LOOP, TWP, WGP, one

SQUARE_MILES = 2.589988110336


def test_areas_of_the_five_zip_polygons(release: Release) -> None:
    areas = release.ask(
        "SELECT land_area_km2 FROM place WHERE place_id IN "
        "('zip:19104', 'zip:19131', 'zip:19139', 'zip:19143', 'zip:19151') ORDER BY place_id"
    ).rows
    miles = [round(area / SQUARE_MILES, 4) for (area,) in areas]
    assert miles == pytest.approx([3.1514, 5.4825, 1.7709, 3.3080, 2.4083], abs=2e-4)


def test_tracts_mostly_inside_the_five_zip_polygons(release: Release) -> None:
    inside = release.ask(
        "SELECT to_place_id, count(*) FROM crosswalk WHERE to_place_id IN "
        "('zip:19104', 'zip:19131', 'zip:19139', 'zip:19143', 'zip:19151') AND weight > 0.5 "
        "GROUP BY 1 ORDER BY 1"
    ).rows
    assert [count for _, count in inside] == [14, 13, 12, 15, 8]
    split = dict(
        release.ask(
            "SELECT from_place_id, weight FROM crosswalk WHERE to_place_id = ? AND from_place_id IN "
            "('tract2010:42101006500', 'tract2010:42101006600', 'tract2010:42101980000')", [TWP],
        ).rows
    )  # fmt: skip
    assert [round(split[tract], 3) for tract in sorted(split)] == [0.593, 0.223, 0.697]


def test_places_are_named_and_counted(release: Release, bundle_home: Path) -> None:
    row = one(release, "SELECT * FROM place WHERE place_id = ?", WGP)
    # Block counts of the 2010 census inside the city.
    assert (row["name"], row["population"], row["population_period"]) == (
        "West Garfield Park",
        18_001,
        "2010",
    )
    assert one(release, "SELECT population FROM place WHERE place_id = ?", LOOP)["population"] == 29_283
    assert row["parent_place_id"] == "city:1714000"
    assert 3.2 < row["land_area_km2"] < 3.4
    assert (bundle_home / "stdout").read_text(encoding="utf-8").startswith("Release ")


def test_targets_are_those_stated_and_none_is_invented(release: Release) -> None:
    assert release.ask("SELECT coalition_id, percent, target_year FROM coalition_target").rows == [
        ("west-side-united", 50.0, 2030)
    ]
    (statement,) = release.ask(
        "SELECT target_statement FROM coalition WHERE coalition_id = 'together-for-west-philadelphia'"
    ).rows[0]
    assert "no numeric target" in statement


def test_what_is_needed_and_supplied_is_listed_with_its_reason(release: Release) -> None:
    rows = dict(
        release.ask(
            "SELECT indicator_id, status FROM coalition_indicator WHERE coalition_id = 'west-side-united'"
        ).rows
    )
    assert rows["kindergarten_readiness"] == "data_needed"
    assert rows["anchor_hiring"] == "coalition_supplied"
    assert rows["poverty"] == "available"


def test_every_row_read_is_kept_or_counted(release: Release) -> None:
    assert release.ask("SELECT count(*) FROM source WHERE rows_read <> rows_kept + rows_dropped").rows == [
        (0,)
    ]
    assert release.ask("SELECT DISTINCT reason FROM row_account ORDER BY 1").rows == [
        ("copy_for_comparison",),
        ("empty_line",),
        ("kept",),
        ("row_says_why",),
    ]
    assert release.ask(
        "SELECT rows_kept, rows_dropped FROM source WHERE source_id = 'chicago_life_expectancy'"
    ).rows == [(78, 2 * 78)]


def test_a_place_of_which_the_bundle_holds_a_part_is_not_computed(release: Release) -> None:
    """Near North Side: one of its tracts of 2020 belongs to West Town by the list of 2010."""
    rows = release.ask(
        "SELECT value, reason FROM indicator_value WHERE place_id = 'neighborhood:chicago-8' "
        "AND source_id = 'census_acs5'"
    ).rows
    assert rows
    assert {(value, reason) for value, reason in rows if reason != "not_computable:median_of_parts"} == {
        (None, "not_computable:cell_missing")
    }


def test_what_the_bundle_lacks_is_published_without_a_figure(release: Release) -> None:
    ranks = release.ask(
        "SELECT DISTINCT value, reason FROM indicator_value WHERE place_id = 'county:17031' "
        "AND indicator_id = 'health_outcomes_rank'"
    ).rows
    assert ranks == [(None, "not_in_bundle")]
    (pooled,) = release.ask(
        "SELECT estimate, reason, quotable FROM life_expectancy WHERE place_id = 'county:17031' "
        "AND source_id = 'nchs_usaleep'"
    ).rows
    assert pooled == (None, "not_in_bundle", "no")


def test_an_inferred_period_is_said_with_the_figure(release: Release) -> None:
    row = one(
        release,
        "SELECT * FROM life_expectancy WHERE place_id = 'county:42101' AND vintage = '2026' "
        "AND population_group = 'all'",
    )
    assert row["quotable"] == "with_caveat"
    assert "inferred" in row["caveat"]


def test_the_latest_edition_is_shown_not_the_one_whose_name_sorts_last(release: Release) -> None:
    latest = release.ask("SELECT DISTINCT vintage FROM latest_indicator WHERE indicator_id = 'health_outcomes_rank' "
                         "AND value IS NOT NULL").rows  # fmt: skip
    assert latest == [("2023",)]
    reported = release.ask(
        "SELECT DISTINCT vintage FROM gap_latest WHERE source_id = 'chicago_reported' AND gap IS NOT NULL "
        "AND place_id = 'neighborhood:chicago-26'"
    ).rows
    assert reported == [("2025-09",)]


def test_an_overview_compares_every_place_with_its_first_reference(release: Release) -> None:
    references = release.ask(
        "SELECT DISTINCT reference FROM coalition_overview WHERE place_id LIKE 'zip:%' AND gap IS NOT NULL"
    ).rows
    assert references == [("Montgomery County, Pennsylvania",)]


def test_every_column_of_every_view_has_a_comment_and_indicators_have_a_column(release: Release) -> None:
    bare = release.ask(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND schema_name = 'published'"
    ).rows
    assert bare == []
    wide = release.ask(
        "SELECT poverty, health_outcomes_rank FROM indicator_wide WHERE place_id = 'zcta2010:19104'"
    )
    assert wide.rows == [(45.3, None)]


def test_what_a_coalition_names_and_the_bundle_lacks_says_how_to_get_it(release: Release) -> None:
    rows = release.ask(
        "SELECT indicator_id, status, reason, where_to_get FROM coalition_indicator "
        "WHERE indicator_id IN ('teeth_lost', 'hardship_index', 'poverty') "
        "AND coalition_id IN ('west-side-united', 'together-for-west-philadelphia') ORDER BY ALL"
    ).rows
    assert rows == [
        ("hardship_index", "available", None, None),
        ("poverty", "available", None, None),
        ("poverty", "available", None, None),
        (
            "teeth_lost",
            "available",
            "not_in_bundle",
            "lifegap refresh --sources mirror, or --sources official",
        ),
    ]
