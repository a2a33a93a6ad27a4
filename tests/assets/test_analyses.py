"""Tables made of other figures, in the bundle's release: parts of gaps, comparisons, inequality, progress."""

import numpy as np
import pytest

from lifegap.releases.read import Release
from tests.assets.figures import LOOP, OF_THE_BUNDLE, WGP, WSU, Z, one

PHILADELPHIA, MONTGOMERY = "county:42101", "county:42091"


def test_parts_of_every_pooled_gap_sum_to_it(release: Release) -> None:
    rows = release.ask(
        f"""
        SELECT g.gap, sum(d.years), count(*), count(DISTINCT d.age_start)
        FROM life_expectancy_gap AS g LEFT JOIN gap_decomposition AS d USING (coalition_id, place_id,
            reference_place_id, source_id, vintage, period_start, period_end, population_group, method)
        WHERE g.method LIKE 'pooled%' AND {OF_THE_BUNDLE} GROUP BY ALL
        """
    ).rows
    assert len(rows) == 24
    for gap, years, bands, ages in rows:
        assert years == pytest.approx(gap, abs=1e-8)
        assert (bands, ages) == (11, 11)


def test_parts_of_a_gap_that_may_be_none_have_no_percentage(release: Release) -> None:
    rows = release.ask(
        "SELECT DISTINCT g.ci_low <= 0 AND g.ci_high >= 0, d.percent IS NULL FROM gap_decomposition AS d JOIN "
        "life_expectancy_gap AS g USING (coalition_id, place_id, reference_place_id, source_id, method, vintage) "
        f"WHERE {OF_THE_BUNDLE}"
    ).rows
    assert sorted(rows) == [(False, False), (True, True)]


def test_no_part_is_surer_than_the_gap_it_is_part_of(release: Release) -> None:
    """With independent ages the squares of the parts' errors would sum to that of the gap."""
    row = one(
        release,
        "SELECT g.se, sqrt(sum(d.se ** 2)) AS parts FROM gap_decomposition AS d JOIN life_expectancy_gap AS g "
        "USING (coalition_id, place_id, reference_place_id, source_id, method, vintage) "
        "WHERE d.place_id = ? GROUP BY g.se",
        WGP,
    )
    assert row["parts"] == pytest.approx(row["se"], rel=0.1)


def test_groups_are_compared_within_a_place_and_between_places(release: Release) -> None:
    query = (
        "SELECT gap, se, place_estimate, reference_estimate, ci_low FROM life_expectancy_gap WHERE place_id = ? "
        "AND reference_place_id = ? AND population_group = ? AND reference_group = ? AND period_end = 2023 "
        "AND coalition_id = 'together-for-west-philadelphia'"
    )
    within = one(release, query, PHILADELPHIA, PHILADELPHIA, "race:black", "race:white")
    sides = dict(
        release.ask(
            "SELECT population_group, (estimate, se) FROM life_expectancy WHERE place_id = ? AND period_end = 2023 "
            "AND source_id = 'chr_measures'",
            [PHILADELPHIA],
        ).rows
    )
    (black, black_se), (white, white_se) = sides["race:black"], sides["race:white"]
    assert within["gap"] == pytest.approx(white - black)
    assert within["se"] == pytest.approx((black_se**2 + white_se**2) ** 0.5)
    assert within["ci_low"] == pytest.approx(white - black - Z * within["se"])
    between = one(release, query, PHILADELPHIA, MONTGOMERY, "race:black", "race:black")
    assert between["place_estimate"] == black
    assert between["gap"] > 0


def test_impossible_groups_are_withheld_with_their_reason(release: Release) -> None:
    row = one(
        release,
        "SELECT gap, se, p_value, reason, quotable FROM life_expectancy_gap WHERE place_id = ? AND reference_place_id "
        "= place_id AND population_group = 'race:two_or_more' AND period_end = 2023 "
        "AND coalition_id = 'together-for-west-philadelphia'",
        PHILADELPHIA,
    )
    assert row == {
        "gap": None, "se": None, "p_value": None, "reason": "withheld:implausible", "quotable": "no",
    }  # fmt: skip


def test_a_verdict_is_from_the_interval_of_the_difference(release: Release) -> None:
    rows = release.ask(
        """
        SELECT c.difference, c.se, c.ci_low, c.ci_high, c.verdict, p.value, p.se, r.value, r.se, i.direction
        FROM indicator_comparison AS c JOIN indicator AS i USING (indicator_id)
        JOIN indicator_value AS p USING (indicator_id, source_id, vintage, period_end, population_group, place_id)
        JOIN indicator_value AS r ON (r.indicator_id, r.source_id, r.vintage, r.period_end, r.population_group,
            r.place_id) = (c.indicator_id, c.source_id, c.vintage, c.period_end, c.population_group,
            c.reference_place_id)
        WHERE c.verdict <> 'not_compared'
        """
    ).rows
    assert len(rows) > 100
    for difference, se, low, high, verdict, place, place_se, reference, reference_se, direction in rows:
        assert difference == pytest.approx(reference - place)
        assert se == pytest.approx((place_se**2 + reference_se**2) ** 0.5)
        assert (low, high) == (pytest.approx(difference - Z * se), pytest.approx(difference + Z * se))
        if low <= 0 <= high:
            assert verdict == "similar"
        elif direction == "none":
            assert verdict == ("higher" if place > reference else "lower")
        else:
            assert verdict == ("better" if (place > reference) == (direction == "higher") else "worse")


def test_ranks_are_not_subtracted(release: Release) -> None:
    rows = release.ask(
        "SELECT DISTINCT difference, verdict, reason FROM indicator_comparison WHERE indicator_id LIKE '%_rank'"
    ).rows
    assert rows == [(None, "not_compared", "not_assessable:not_a_quantity")]


def test_inequality_equals_a_slow_recomputation(release: Release) -> None:
    """Tract tables of Philadelphia's ZIP codes, weighted by their people of 2010."""
    places = release.ask(
        "SELECT e.estimate, e.se, p.population FROM life_expectancy AS e JOIN place AS p USING (place_id) "
        "JOIN comparison_set AS s USING (place_id) WHERE s.comparison_set = 'zip/county:42101' "
        "AND e.source_id = 'nchs_usaleep' AND e.estimate IS NOT NULL"
    ).rows
    found = {
        measure: (value, se, used)
        for measure, value, se, used in release.ask(
            "SELECT measure, value, se, places FROM inequality WHERE comparison_set = 'zip/county:42101'"
        ).rows
    }
    people = sum(each[2] for each in places)
    mean = sum(estimate * each for estimate, _, each in places) / people
    between = sum(each / people * (estimate - mean) ** 2 for estimate, _, each in places)
    noise = sum(each / people * (1 - each / people) * se**2 for _, se, each in places)
    # Populations are rounded to whole people in the table of places.
    assert found["bgv"][0] == pytest.approx(between, rel=1e-4)
    assert found["bgv"][2] == len(places)
    assert found["bgv_corrected"][0] == pytest.approx(between - noise, rel=1e-4)
    estimates = [estimate for estimate, _, _ in places]
    assert found["max_min"][0] == pytest.approx(max(estimates) - min(estimates))


def test_the_highest_less_the_lowest_comes_with_what_chance_gives(release: Release) -> None:
    row = one(
        release,
        "SELECT value, null_95, reason FROM inequality WHERE comparison_set = 'zip/county:42101' AND measure = 'max_min'",
    )
    assert row["reason"].startswith("unreliable:extremes_from_data")
    assert 0 < row["null_95"] < row["value"]


TARGET = "SELECT * FROM progress WHERE target_id = 'halve-by-2030' AND place_id = ? AND source_id = ? AND baseline_kind = ?"


def test_the_city_series_ends_at_its_own_baseline(release: Release) -> None:
    row = one(release, TARGET, WGP, "chicago_life_expectancy", "stated")
    assert (row["baseline_value"], row["target_value"]) == (pytest.approx(16.2), pytest.approx(8.1))
    assert (row["status"], row["reason"]) == ("not_assessable", "not_assessable:no_later_value")
    assert row["percent_achieved"] is None
    own = release.ask(TARGET, [WGP, "chicago_life_expectancy", "own_first"]).rows
    assert own == []


def test_health_atlas_holds_no_baseline_and_its_rebased_line_is_named_so(release: Release) -> None:
    stated = one(release, TARGET, WGP, "chicago_health_atlas", "stated")
    assert stated["reason"] == "not_assessable:no_baseline_in_series"
    rebased = one(release, TARGET, WGP, "chicago_health_atlas", "own_first")
    assert rebased["baseline_period"] == "2012"
    assert rebased["target_value"] == pytest.approx(rebased["baseline_value"] / 2)
    b, x, t = (rebased[name] for name in ("baseline_value", "latest_value", "target_value"))
    assert t == pytest.approx(b / 2)
    assert x > b
    assert rebased["status"] == "getting_worse"
    # The atlas prints no standard errors: a percent of a baseline that may be anything is none.
    assert (rebased["percent_achieved"], rebased["percent_of_baseline"]) == (None, None)
    assert rebased["reason"] == "not_computable:baseline_without_error"
    assert "own first period, not the baseline of the target" in rebased["caveat"]
    assert (rebased["projection"], rebased["projection_reason"]) == (None, "not_assessable:extrapolation")
    assert rebased["quotable"] == "no"
    assert "The change spans the pandemic" in rebased["caveat"]


def test_a_target_is_never_met_against_another_baseline(release: Release) -> None:
    rows = release.ask(
        "SELECT latest_value, target_value, status FROM progress WHERE baseline_kind = 'own_first' "
        "AND target_id <> 'none' AND status <> 'not_assessable'"
    ).rows
    assert rows
    assert "target_met" not in {status for *_, status in rows}
    assert {status for latest, target, status in rows if latest <= target} <= {"improving", "little_change"}


def test_no_percent_of_a_baseline_that_may_be_nothing(release: Release) -> None:
    rows = release.ask(
        "SELECT baseline_value, baseline_se FROM progress WHERE percent_achieved IS NOT NULL "
        "OR percent_of_baseline IS NOT NULL"
    ).rows
    assert all(se and abs(value) > Z * se for value, se in rows)


def test_reported_figures_stand_beside_and_are_never_joined(release: Release) -> None:
    rows = release.ask(
        "SELECT latest_value, baseline_value, status, periods FROM progress WHERE source_id = 'chicago_reported' "
        "AND place_id = ? AND latest_period = '2023'",
        [WGP],
    ).rows
    assert {round(latest, 1) for latest, *_ in rows} == {20.7}
    assert {tuple(rest) for _, *rest in rows} == {(None, "not_assessable", 1)}


def test_the_footprint_of_means_has_no_progress(release: Release) -> None:
    rows = release.ask(
        "SELECT DISTINCT reason FROM progress WHERE place_id = ? AND method = 'weighted_mean' "
        "AND baseline_value IS NOT NULL", [WSU],
    ).rows  # fmt: skip
    assert rows == [("not_assessable:unreliable_baseline",)]
    every = release.ask("SELECT DISTINCT status FROM progress WHERE method = 'weighted_mean'").rows
    assert every == [("not_assessable",)]


def test_every_place_has_its_own_target(release: Release) -> None:
    rows = release.ask(
        "SELECT target_value, baseline_value FROM progress WHERE source_id = 'chicago_life_expectancy' "
        "AND method = 'published' AND target_id <> 'none'"
    ).rows
    assert len(rows) == 10
    assert all(target == pytest.approx(baseline / 2) for target, baseline in rows)
    assert len({round(target, 9) for target, _ in rows}) > 5


def test_a_priority_is_never_a_bare_rank(release: Release) -> None:
    rows = release.ask(
        "SELECT rank, rank_low, rank_high, probability_worst_quarter, priority, caveat FROM priority_index "
        "WHERE place_id = ?", [WGP],
    ).rows  # fmt: skip
    assert rows
    for rank, low, high, probability, priority, caveat in rows:
        assert low <= rank <= high
        assert priority == (probability >= 0.8)
        assert f"between {round(low)} and {round(high)}" in caveat


def test_what_has_no_standard_error_or_must_not_rank_is_not_in_an_index(release: Release) -> None:
    used = "; ".join(
        row[0] for row in release.ask("SELECT DISTINCT indicators_used FROM priority_index").rows
    )
    for source in ("chicago_health_atlas", "cmap_snapshots", "cdc_places", "nchs_usaleep"):
        assert source not in used


def test_clusters_of_short_lives_are_where_values_and_neighbors_are_low(release: Release) -> None:
    rows = release.ask(
        "SELECT value, local_i, q_value, cluster, need FROM spatial_cluster WHERE indicator_id = 'life_expectancy' "
        "AND comparison_set = 'neighborhood/city:1714000' AND source_id = 'chicago_health_atlas'"
    ).rows
    assert len(rows) == 77
    mean = np.mean([value for value, *_ in rows])
    low = [(value, local_i, q) for value, local_i, q, cluster, need in rows if need]
    assert low
    assert all(value < mean and local_i > 0 and q <= 0.05 for value, local_i, q in low)
    assert {cluster for *_, cluster, need in rows if need} == {"low_low"}


def test_pooling_needed_says_what_would_make_a_figure_publishable(release: Release) -> None:
    rows = release.ask(
        "SELECT se, pooling_needed FROM life_expectancy WHERE reason = 'unreliable:wide_interval'"
    ).rows
    assert rows
    for se, pools in rows:
        assert Z * se / pools**0.5 <= 5 + 1e-9
        assert pools == 1 or Z * se / (pools - 1) ** 0.5 > 5
    others = release.ask(
        "SELECT count(*) FROM life_expectancy WHERE reliability <> 'unreliable' AND pooling_needed IS NOT NULL"
    ).rows
    assert others == [(0,)]


def test_the_loop_is_the_reference_of_measures_against_a_reference(release: Release) -> None:
    row = one(
        release,
        "SELECT value FROM inequality WHERE comparison_set = 'neighborhood/city:1714000' AND measure = 'mdru' "
        "AND source_id = 'chicago_health_atlas' AND period_end = 2020",
    )
    estimates = dict(
        release.ask(
            "SELECT place_id, estimate FROM life_expectancy WHERE source_id = 'chicago_health_atlas' "
            "AND period_end = 2020 AND place_id LIKE 'neighborhood:%'"
        ).rows
    )
    apart = [abs(value - estimates[LOOP]) for value in estimates.values()]
    assert row["value"] == pytest.approx(sum(apart) / len(apart))


def test_measures_that_need_no_weights_stand_where_people_are_not_in_the_release(release: Release) -> None:
    """The bundle holds the blocks of eleven of the 77 community areas."""
    rows = release.ask(
        "SELECT measure, value, reason, weighting FROM inequality WHERE comparison_set = 'neighborhood/city:1714000' "
        "AND source_id = 'chicago_life_expectancy' AND period_end = 2010 AND dimension = 'place'"
    ).dicts()
    found = {row["measure"]: row for row in rows}
    assert found["d"]["value"] > 0
    assert found["max_min"]["value"] > found["d"]["value"]
    assert (found["bgv"]["value"], found["bgv"]["reason"]) == (None, "not_computable:population_missing")
    assert {row["weighting"][:4] for row in rows} == {"none"}


def test_a_comparison_says_what_its_sides_say(release: Release) -> None:
    rows = release.ask(
        "SELECT DISTINCT quotable FROM indicator_comparison WHERE reliability IN ('unreliable', 'withheld') "
        "OR difference IS NULL"
    ).rows
    assert rows == [("no",)]
    stand_ins = release.ask(
        "SELECT DISTINCT quotable, contains(caveat, 'stand-in') FROM indicator_comparison "
        "WHERE place_id LIKE 'zcta2010:%' AND difference IS NOT NULL AND reliability IN ('good', 'caution')"
    ).rows
    assert stand_ins == [("with_caveat", True)]


def test_only_places_whose_border_cuts_a_tract_say_so(release: Release) -> None:
    rows = release.ask(
        "SELECT split_part(place_id, ':', 1), contains(coalesce(caveat, ''), 'divided by surface') "
        "FROM life_expectancy WHERE method LIKE 'pooled%' AND estimate IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).rows
    assert ("neighborhood", False) in rows
    assert ("county", False) in rows
    assert ("zip", True) in rows
    assert ("neighborhood", True) not in rows
    assert ("county", True) not in rows


def test_every_published_rate_of_lives_lost_says_whether_it_may_be_quoted(release: Release) -> None:
    rows = release.ask(
        "SELECT DISTINCT quotable FROM premature_mortality WHERE se IS NULL AND ypll75_rate IS NOT NULL"
    ).rows
    assert rows == [("no",)]


def test_every_rate_of_lives_lost_says_from_which_ages_it_counts(release: Release) -> None:
    notes = dict(release.ask("SELECT source_id, min(note) FROM premature_mortality GROUP BY ALL").rows)
    assert "does not state" in notes["chicago_health_atlas"]
    assert all("Not comparable" in note for note in notes.values())


def test_the_open_band_of_a_place_with_few_old_people_is_not_cut_off(release: Release) -> None:
    """ZIP code 19104: 2.13 years by the delta method; draws that were cut off at nothing gave 1.84.

    With every year lived in the open band its contribution moves by the mean of both sides' survivors to it.
    """
    rows = release.ask(
        "SELECT place_id, lx / 100000 AS survivors, se FROM life_table WHERE method = 'pooled_b' AND age_start = 85 "
        "AND place_id IN ('zip:19104', 'county:42091') AND source_id = 'nchs_usaleep'"
    ).dicts()
    survivors, se = ({row["place_id"]: row[name] for row in rows} for name in ("survivors", "se"))
    mean = sum(survivors.values()) / 2
    part = one(
        release,
        "SELECT years, se, ci_low, ci_high, caveat FROM gap_decomposition WHERE place_id = 'zip:19104' "
        "AND reference_place_id = 'county:42091' AND age_start = 85",
    )
    assert mean * se["zip:19104"] == pytest.approx(2.13, abs=0.005)
    assert part["se"] == pytest.approx(mean * (sum(each**2 for each in se.values())) ** 0.5, rel=0.06)
    assert part["ci_low"] < part["years"] < part["ci_high"]
    assert "Fewer than ten deaths" in part["caveat"]
