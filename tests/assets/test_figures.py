"""Figures of the bundle's release: known values, settled choices, and what may be quoted."""

import pytest

from lifegap.releases.read import Release
from tests.assets.figures import LOOP, TWP, WGP, WSU, gap, one


def test_west_garfield_park_and_the_loop_in_2010(release: Release) -> None:
    row = gap(release, WGP, "chicago_life_expectancy", 2010)
    assert (row["place_estimate"], row["reference_estimate"]) == (68.8, 85.0)
    assert row["gap"] == pytest.approx(16.2)
    assert row["se"] == pytest.approx(1.1837, abs=5e-5)
    assert (round(row["ci_low"], 2), round(row["ci_high"], 2)) == (13.88, 18.52)
    assert row["percent_of_baseline"] == 100


def test_the_city_series_has_three_periods_for_ten_places_and_the_footprint(release: Release) -> None:
    rows = release.ask(
        "SELECT period_end, method, count(*) FROM life_expectancy_gap WHERE source_id = "
        "'chicago_life_expectancy' AND coalition_id = 'west-side-united' GROUP BY ALL ORDER BY ALL"
    ).rows
    assert rows == [
        (1990, "published", 10), (1990, "weighted_mean", 1), (2000, "published", 10),
        (2000, "weighted_mean", 1), (2010, "published", 10), (2010, "weighted_mean", 1),
    ]  # fmt: skip


def test_a_footprint_without_weights_of_its_period_is_not_computed(release: Release) -> None:
    for year in (1990, 2000):
        row = gap(release, WSU, "chicago_life_expectancy", year)
        assert (row["gap"], row["reason"]) == (None, "not_computable:no_weights")


def test_a_footprint_of_means_is_never_quotable(release: Release) -> None:
    for source, year in (("chicago_life_expectancy", 2010), ("chicago_health_atlas", 2020)):
        row = gap(release, WSU, source, year)
        assert row["reason"] == "unreliable:weighted_mean"
        assert (row["reliability"], row["quotable"]) == ("unreliable", "no")


def test_health_atlas_gaps_have_no_interval_and_say_so(release: Release) -> None:
    row = gap(release, WGP, "chicago_health_atlas", 2020)
    # Exported values: 80.10008294 and 67.524358853.
    assert row["gap"] == pytest.approx(80.10008294 - 67.524358853, abs=1e-8)
    assert (row["se"], row["ci_low"], row["reason"]) == (None, None, "not_published:standard_error")
    # No edition of the atlas says how sure its figures are: they are shown, and not quoted.
    assert (row["reliability"], row["quotable"]) == ("caution", "no")
    assert "no standard error" in row["caveat"]
    # Against its own 2012, not against the coalition's stated 16 years; without an error, so no percent.
    assert (row["percent_of_baseline"], row["baseline_period"]) == (None, "2012")
    assert "Re-based" in row["note"]
    assert "the baseline has no standard error" in row["note"]


def test_zero_and_negative_gaps_are_kept_with_their_sign(release: Release) -> None:
    assert gap(release, "neighborhood:chicago-19", "chicago_life_expectancy", 1990)["gap"] == pytest.approx(
        0.0, abs=1e-9
    )
    assert gap(release, "neighborhood:chicago-31", "chicago_life_expectancy", 1990)["gap"] == pytest.approx(
        -0.3
    )


def test_reported_figures_of_one_page_stand_beside_and_are_not_joined(release: Release) -> None:
    rows = release.ask(
        "SELECT gap, reason, quotable, note FROM life_expectancy_gap WHERE place_id = ? "
        "AND source_id = 'chicago_reported' AND period_end = 2023", [WGP],
    ).dicts()  # fmt: skip
    assert {round(row["gap"], 1) for row in rows} == {20.7}
    assert all("http" in row["note"] and row["quotable"] == "no" for row in rows)
    reported_2022 = gap(release, WGP, "chicago_reported", 2022)
    assert (reported_2022["gap"], reported_2022["reason"]) == (None, "not_published:reference")


def test_dunning_2010_is_kept_without_its_interval(release: Release) -> None:
    row = one(
        release,
        "SELECT * FROM life_expectancy WHERE place_id = 'neighborhood:chicago-17' AND period_end = 2010 "
        "AND source_id = 'chicago_life_expectancy'",
    )
    assert (row["estimate"], row["se"], row["ci_low"]) == (79.8, None, None)
    assert row["reason"] == "unreliable:inconsistent_interval"
    assert row["quotable"] == "no"


@pytest.mark.parametrize(
    ("place", "share", "units", "with_value"),
    [
        # Shares of the people in tracts with a life table.
        (LOOP, 76.5, 5, 3),
        ("neighborhood:chicago-28", 63.6, 20, 14),
        ("neighborhood:chicago-24", 76.6, 31, 23),
        ("zip:19104", 52.9, None, None),
    ],
)
def test_coverage_of_pooled_figures(
    release: Release, place: str, share: float, units: int | None, with_value: int | None
) -> None:
    row = one(
        release,
        "SELECT DISTINCT * EXCLUDE (coalition_id) FROM coverage "
        "WHERE place_id = ? AND source_id = 'nchs_usaleep'",
        place,
    )
    assert 100 * row["population_share"] == pytest.approx(share, abs=0.06)
    if units is not None:
        assert (row["units"], row["units_with_value"]) == (units, with_value)
    pooled = one(release, "SELECT * FROM life_expectancy WHERE place_id = ? AND method LIKE 'pooled%'", place)
    assert pooled["reliability"] == "caution"
    assert f"{share} percent of the people" in pooled["caveat"]


def test_tracts_are_pooled_by_the_best_weights_there_are(release: Release) -> None:
    methods = dict(
        release.ask(
            "SELECT place_id, method FROM life_expectancy WHERE method LIKE 'pooled%' AND place_id IN "
            f"('{WGP}', '{LOOP}', '{WSU}', '{TWP}', 'zip:19104', 'county:42091', 'county:42101')"
        ).rows
    )
    assert {methods[place] for place in (WGP, LOOP, WSU)} == {"pooled_a_prime"}
    assert {methods[place] for place in (TWP, "zip:19104", "county:42091")} == {"pooled_b"}


def test_a_place_inside_its_reference_uses_the_covariance(release: Release) -> None:
    # p is .063 as if independent, .028 nested.
    row = gap(release, TWP, "nchs_usaleep", 2015, "county:42101")
    assert round(row["p_value"], 3) == 0.028
    assert "without the place" in row["note"]


def test_ranks_of_philadelphia_and_montgomery(release: Release) -> None:
    def ranks(county: str) -> list[float]:
        return [
            value
            for (value,) in release.ask(
                "SELECT value FROM indicator_value WHERE indicator_id = 'health_outcomes_rank' AND "
                "place_id = ? AND period_end <= 2023 ORDER BY period_end", [county],
            ).rows
        ]  # fmt: skip

    assert ranks("county:42101") == [67] * 14
    assert ranks("county:42091") == [5, 5, 5, 6, 5, 6, 3, 4, 4, 4, 4, 4, 4, 4]
    row = one(
        release,
        "SELECT * FROM indicator_value WHERE indicator_id = 'health_outcomes_rank' AND "
        "place_id = 'county:42091' AND period_end = 2019",
    )
    assert (row["rank"], row["rank_of"], row["note"], row["quotable"]) == (
        4,
        67,
        "release year",
        "with_caveat",
    )


def test_poverty_of_the_five_zctas(release: Release) -> None:
    rows = dict(
        release.ask(
            "SELECT place_id, value FROM indicator_value WHERE indicator_id = 'poverty' "
            "AND place_id LIKE 'zcta2010:%' ORDER BY 1"
        ).rows
    )
    assert list(rows.values()) == [45.3, 33.0, 36.5, 30.6, 18.3]
    together = one(
        release,
        "SELECT * FROM indicator_value WHERE indicator_id = 'poverty' AND place_id = ?",
        f"{TWP}-zcta2010",
    )
    assert (together["numerator"], together["denominator"]) == (74_071, 224_190)
    assert round(together["value"], 2) == 33.04
    assert round(together["moe90"], 2) == 1.47


def test_a_stand_in_is_quoted_with_its_caveat(release: Release) -> None:
    rows = release.ask(
        "SELECT quotable, caveat FROM indicator_value JOIN coalition_place USING (place_id) "
        "WHERE (place_id LIKE 'zcta2010:%' OR place_id LIKE '%-zcta2010') AND value IS NOT NULL"
    ).rows
    assert len(rows) > 10
    assert {quotable for quotable, _ in rows} <= {"with_caveat", "no"}
    assert all("A stand-in: " in caveat for quotable, caveat in rows if quotable == "with_caveat")


def test_incomes_of_the_zctas_and_why_the_five_together_have_none(release: Release) -> None:
    rows = dict(
        release.ask(
            "SELECT place_id, value FROM indicator_value WHERE indicator_id = 'median_household_income' "
            "AND place_id LIKE 'zcta2010:%' ORDER BY 1"
        ).rows
    )
    assert list(rows.values()) == [25_865, 34_844, 28_505, 33_351, 48_369]
    together = one(
        release,
        "SELECT * FROM indicator_value WHERE indicator_id = 'median_household_income' AND place_id = ?",
        f"{TWP}-zcta2010",
    )
    assert (together["value"], together["reason"]) == (None, "not_computable:median_of_parts")


def test_incomes_of_counties_are_the_publishers(release: Release) -> None:
    rows = release.ask(
        "SELECT place_id, value, moe90 FROM indicator_value WHERE indicator_id = "
        "'median_household_income' AND period_end = 2023 AND source_id = 'census_acs5' "
        "AND place_id IN ('county:17031', 'county:42091', 'county:42101') ORDER BY 1"
    ).rows
    assert rows == [
        ("county:17031", 81_797, 639), ("county:42091", 111_521, 1_430), ("county:42101", 60_698, 763),
    ]  # fmt: skip


def test_block_groups_of_2020_follow_an_unofficial_list_and_say_so(release: Release) -> None:
    row = one(
        release,
        "SELECT * FROM indicator_value WHERE indicator_id = 'homeownership' AND place_id = ? AND vintage = '2020'",
        WGP,
    )
    assert row["quotable"] == "with_caveat"
    assert "unofficial" in row["caveat"]


def test_implausible_life_expectancies_are_withheld(release: Release) -> None:
    row = one(
        release,
        "SELECT * FROM life_expectancy WHERE place_id = 'county:42101' AND vintage = '2025' "
        "AND population_group = 'race:american_indian_alaska_native'",
    )
    assert (row["estimate"], row["se"], row["ci_high"]) == (None, None, None)
    assert row["reason"] == "withheld:implausible"


def test_county_life_expectancy_with_its_interval(release: Release) -> None:
    row = one(
        release,
        "SELECT * FROM life_expectancy WHERE place_id = 'county:42101' AND vintage = '2025' "
        "AND population_group = 'all'",
    )
    assert (round(row["estimate"], 5), round(row["ci_low"], 5), round(row["ci_high"], 5)) == (
        73.94257, 73.78993, 74.09521,
    )  # fmt: skip
    assert (row["period_start"], row["period_end"], row["reliability"]) == (2020, 2022, "good")
    assert (row["quotable"], row["caveat"]) == (
        "with_caveat",
        "The years include the pandemic of 2020 and 2021.",
    )
