"""Figures of the bundle's release: known values, settled choices, and what may be quoted."""

import gzip
import math
from pathlib import Path

import polars as pl
import pytest

from lifegap.store.release import Release
from tests.assets.slices import BUNDLE

WGP, LOOP, WSU = "neighborhood:chicago-26", "neighborhood:chicago-32", "footprint:west-side-united"
TWP = "footprint:together-for-west-philadelphia"
Z = 1.959963984540054


def one(release: Release, query: str, *values: object) -> dict:
    (row,) = release.ask(query, values).dicts()
    return row


def gap(release: Release, place: str, source: str, period: int, reference: str = LOOP) -> dict:
    return one(
        release,
        "SELECT * FROM life_expectancy_gap WHERE place_id = ? AND source_id = ? AND period_end = ? "
        "AND reference_place_id = ?",
        place, source, period, reference,
    )  # fmt: skip


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
        "'chicago_life_expectancy' GROUP BY ALL ORDER BY ALL"
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
    assert row["quotable"] == "with_caveat"
    assert "no standard error" in row["caveat"]
    # Against its own 2012, not against the coalition's stated 16 years.
    assert row["percent_of_baseline"] == pytest.approx(100 * row["gap"] / (82.6 - 71.4))
    assert row["baseline_period"] == "2012"
    assert "Re-based" in row["note"]


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
    assert all("http" in row["note"] and row["quotable"] == "with_caveat" for row in rows)
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
    row = one(release, "SELECT * FROM coverage WHERE place_id = ? AND source_id = 'nchs_usaleep'", place)
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


# -- a second, slow implementation ------------------------------------------------------------


def _tables(state: str) -> dict[str, list[dict[str, str]]]:
    """Life tables of the bundle's file B, by tract, straight from the file."""
    text = gzip.decompress((BUNDLE / "nchs_usaleep" / f"{state}_B.CSV.gz").read_bytes())
    rows = pl.read_csv(text, infer_schema=False).drop_nulls("Tract ID").to_dicts()
    tables: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        tables.setdefault(row["Tract ID"], []).append(row)
    return tables


WIDTHS = [1, 4] + [10] * 8


def _slow_pool(
    tracts: dict[str, list[float]], tables: dict[str, list[dict[str, str]]]
) -> tuple[float, float]:
    """e(0) and its error of tracts with weights by band, written out band by band."""
    rates, variances, lived = [], [], []
    for band in range(11):
        people = deaths = variance = years = 0.0
        for tract, weights in tracts.items():
            row = tables[tract][band]
            if band < 10:
                n, q, se = WIDTHS[band], float(row["nq(x)"]), float(row["se(nq(x))"])
                after = float(tables[tract][band + 1]["l(x)"])
                died = float(row["l(x)"]) - after
                a = 0.5 if died == 0 else (float(row["nL(x)"]) / n - after) / died
                m = q / (n * (1 - (1 - a) * q))
                var = (se / (n * (1 - (1 - a) * q) ** 2)) ** 2
            else:
                m, a = float(row["l(x)"]) / float(row["T(x)"]), 0.0
                var = m**4 * float(row["se(e(x))"]) ** 2
            people += weights[band]
            deaths += weights[band] * m
            years += weights[band] * m * a
            variance += weights[band] ** 2 * var
        rates.append(deaths / people)
        variances.append(variance / people**2)
        lived.append(years / deaths if deaths else 0.5)
    survivors, person_years, q_variances = [1.0], [], []
    for band in range(10):
        n, m, a = WIDTHS[band], rates[band], lived[band]
        q = n * m / (1 + n * (1 - a) * m)
        q_variances.append((n / (1 + n * (1 - a) * m) ** 2) ** 2 * variances[band])
        survivors.append(survivors[-1] * (1 - q))
        person_years.append(n * (survivors[-1] + a * (survivors[-2] - survivors[-1])))
    person_years.append(survivors[-1] / rates[-1])
    e = [sum(person_years[band:]) / survivors[band] for band in range(11)]
    total = survivors[10] ** 2 * variances[10] / rates[10] ** 4
    for band in range(10):
        reach = (1 - lived[band]) * WIDTHS[band] + e[band + 1]
        total += q_variances[band] * survivors[band] ** 2 * reach**2
    return e[0], math.sqrt(total)


def _chicago_tracts(area: str) -> list[str]:
    import json

    text = gzip.decompress((BUNDLE / "chicago_portal" / "census_tracts_2010.geojson.gz").read_bytes())
    return [
        each["properties"]["geoid10"]
        for each in json.loads(text)["features"]
        if each["properties"]["commarea"] == area
    ]


def _people_by_age(tract: str) -> list[float]:
    """People of a tract in USALEEP's bands, from the survey's table of sex by age."""
    path = BUNDLE / "census_acs5" / "tract_cook_il" / "ACS_17_5YR_B01001_with_ann.csv.gz"
    lines = pl.read_csv(gzip.decompress(path.read_bytes()), has_header=False, infer_schema=False).rows()
    labels = lines[1]
    row = next(line for line in lines if line[1] == tract)
    bands = [0.0] * 11
    for label, cell in zip(labels, row, strict=True):
        if not label.startswith("Estimate; ") or " - " not in label:
            continue
        words = label.split(" - ")[1]
        age = 0 if words.startswith("Under") else int(words.split()[0])
        if age == 0:
            bands[0] += float(cell) / 5
            bands[1] += float(cell) * 4 / 5
        else:
            bands[10 if age >= 85 else 2 + max(0, (age - 5) // 10)] += float(cell)
    return bands


REST = ("19", "23", "24", "25", "27", "28", "30", "31")


@pytest.mark.parametrize(
    "area", ["26", "32", "29", *(pytest.param(area, marks=pytest.mark.soak) for area in REST)]
)
def test_pooled_neighborhoods_agree_with_a_slow_recomputation_from_the_raw_files(
    release: Release, area: str
) -> None:
    tables = _tables("IL")
    weights = {tract: _people_by_age(tract) for tract in _chicago_tracts(area) if tract in tables}
    estimate, se = _slow_pool(weights, tables)
    row = one(
        release,
        "SELECT * FROM life_expectancy WHERE place_id = ? AND method = 'pooled_a_prime'",
        f"neighborhood:chicago-{area}",
    )
    assert row["estimate"] == pytest.approx(estimate, abs=1e-9)
    assert row["se"] == pytest.approx(se, abs=1e-9)


def test_a_pooled_county_agrees_with_a_slow_recomputation_from_the_raw_files(release: Release) -> None:
    tables = _tables("PA")
    path = BUNDLE / "census_decennial" / "tract_population_2010_IL_MI_PA_TN.csv.gz"
    people = {
        row["GEOID"]: float(row["pop10"])
        for row in pl.read_csv(gzip.decompress(path.read_bytes()), infer_schema=False).to_dicts()
    }
    weights = {
        tract: [people[tract] * float(row["nL(x)"]) / float(rows[0]["T(x)"]) for row in rows]
        for tract, rows in tables.items()
        if tract.startswith("42091")
    }
    estimate, se = _slow_pool(weights, tables)
    row = one(
        release, "SELECT * FROM life_expectancy WHERE place_id = 'county:42091' AND method = 'pooled_b'"
    )
    assert row["estimate"] == pytest.approx(estimate, abs=1e-9)
    assert row["se"] == pytest.approx(se, abs=1e-9)


# -- West Philadelphia ------------------------------------------------------------------------


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
        "WHERE (stands_for IS NOT NULL OR place_id LIKE '%-zcta2010') AND value IS NOT NULL"
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
        "'median_household_income' AND period_end = 2023 AND place_id LIKE 'county:%' ORDER BY 1"
    ).rows
    assert rows == [
        ("county:17031", 81_797, 639), ("county:42091", 111_521, 1_430), ("county:42101", 60_698, 763),
    ]  # fmt: skip


def test_shares_of_community_areas_agree_with_a_slow_recomputation(release: Release) -> None:
    """Black residents of West Garfield Park 2009-2013, from block groups, margin by the rarer event."""
    path = BUNDLE / "census_acs5" / "blockgroup_cook_il" / "ACSDT5Y2013.B03002-Data.csv.gz"
    lines = pl.read_csv(
        gzip.decompress(path.read_bytes()).removeprefix(b"\xef\xbb\xbf"), has_header=False, infer_schema=False
    ).rows()
    codes = lines[0]
    tracts = set(_chicago_tracts("26"))
    groups = [line for line in lines[2:] if line[0][9:20] in tracts]

    def sums(numbers: tuple[int, ...]) -> tuple[float, float]:
        total = squares = zero = 0.0
        for group in groups:
            for number in numbers:
                index = codes.index(f"B03002_{number:03d}E")
                estimate, margin = float(group[index]), float(group[index + 1])
                total += estimate
                if estimate == 0:
                    zero = max(zero, margin)
                else:
                    squares += margin**2
        return total, math.sqrt(squares + zero**2)

    black, _ = sums((4,))
    others, margin = sums((3, 5, 6, 7, 8, 9, 12))
    people, of_people = sums((1,))
    rare = others / people
    radicand = margin**2 - rare**2 * of_people**2
    expected = 100 * math.sqrt(radicand if radicand >= 0 else margin**2 + rare**2 * of_people**2) / people
    row = one(
        release,
        "SELECT * FROM indicator_value WHERE indicator_id = 'share_black' AND place_id = ? AND vintage = '2013'",
        WGP,
    )
    assert row["value"] == pytest.approx(100 * black / people)
    assert row["moe90"] == pytest.approx(expected)
    assert row["ci_high"] == pytest.approx(min(100, row["value"] + Z * expected / 1.645))


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
    assert (row["period_start"], row["period_end"], row["quotable"]) == (2020, 2022, "yes")


# -- shapes and places ------------------------------------------------------------------------

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
        ("empty_line",),
        ("kept",),
    ]


def test_a_place_of_which_the_bundle_holds_a_part_is_not_computed(release: Release) -> None:
    """Near North Side: one of its tracts of 2020 belongs to West Town by the list of 2010."""
    rows = release.ask(
        "SELECT value, reason FROM indicator_value WHERE place_id = 'neighborhood:chicago-8'"
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
