"""Known numbers of the whole public files, through the pipeline. Needs LIFEGAP_MIRROR.

Where they come from: counts and values read in the publishers' files themselves; table and row are named
by `lifegap explain`.
"""

from typing import Any

import duckdb
import polars as pl
import pytest

from assets.units import FOR_FIGURES, shares_of, tract_shares
from lifegap.methods.mortality.pooling import pooled_life_table, stationary_population
from lifegap.releases.read import Release

pytestmark = [pytest.mark.mirror, pytest.mark.xdist_group("mirror")]


def ask(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def test_usaleep_counts(mirror_warehouse: duckdb.DuckDBPyConnection) -> None:
    assert ask(mirror_warehouse, "SELECT count(*) FROM sources.usaleep_tract") == [(65_662,)]
    assert ask(
        mirror_warehouse, "SELECT count(*), count(DISTINCT tract_id) FROM sources.usaleep_life_table"
    ) == [(670_483, 60_953)]
    assert ask(mirror_warehouse, "SELECT flag, count(*) FROM sources.usaleep_tract GROUP BY 1 ORDER BY 1") == [
        (1, 4_413), (2, 8_559), (3, 52_690),
    ]  # fmt: skip
    states = "SELECT state2kx, count(*) FROM sources.usaleep_tract WHERE state2kx IN ('06', '17', '42', '48') GROUP BY 1 ORDER BY 1"
    assert ask(mirror_warehouse, states) == [("06", 7_516), ("17", 2_919), ("42", 3_060), ("48", 4_709)]


def test_usaleep_lacks_maine_wisconsin_and_the_tables_of_texas(mirror_warehouse) -> None:
    missing = "SELECT count(*) FROM sources.{} WHERE state2kx IN ({})"
    assert ask(mirror_warehouse, missing.format("usaleep_tract", "'23', '55'")) == [(0,)]
    assert ask(mirror_warehouse, missing.format("usaleep_life_table", "'48'")) == [(0,)]


def test_the_first_row_of_every_table_is_its_life_expectancy(mirror_warehouse) -> None:
    assert ask(
        mirror_warehouse,
        "SELECT count(*) FROM sources.usaleep_life_table AS b JOIN sources.usaleep_tract AS a "
        "USING (tract_id) WHERE b.age_start = 0 AND b.ex = a.e0 AND b.se_ex = a.se_e0",
    ) == [(60_953,)]


@pytest.mark.parametrize(
    ("county", "tracts", "lowest", "highest"),
    [("17031", 1_200, 59.9, 90.0), ("42101", 355, 64.3, 87.0), ("42091", 206, 69.3, 91.9)],
)
def test_usaleep_tracts_of_counties(
    mirror_warehouse, county: str, tracts: int, lowest: float, highest: float
) -> None:
    assert ask(
        mirror_warehouse,
        f"SELECT count(*), min(e0), max(e0) FROM sources.usaleep_tract WHERE tract_id LIKE '{county}%'",
    ) == [(tracts, lowest, highest)]


def test_the_export_has_as_many_values_and_51_states(mirror_warehouse) -> None:
    assert ask(
        mirror_warehouse,
        "SELECT count(*) FILTER (level = 'tract'), count(*) FILTER (level = 'tract' AND e0 IS NOT NULL), "
        "count(*) FILTER (level = 'state') FROM sources.usaleep_export",
    ) == [(73_058, 65_662, 51)]


def test_the_one_open_band_that_is_corrected(mirror_warehouse, mirror_release: Release) -> None:
    assert ask(
        mirror_warehouse,
        "SELECT round(1 / mx, 6) FROM warehouse.life_table WHERE place_id = 'tract2010:34037374300' AND age_end IS NULL",
    ) == [(2.5,)]
    assert mirror_release.ask(
        "SELECT correction_id, rows_expected, rows_hit FROM correction ORDER BY ALL"
    ).rows == [
        ("dunning_2010_interval", 1, 1),
        ("limits_exchanged_v040", 50, 50),
        ("limits_exchanged_v040", 50, 50),
        ("limits_without_the_estimate", 3, 3),
        ("limits_without_the_estimate", 14, 14),
        ("open_band_34037374300", 1, 1),
        ("small_count_still_printed", 1, 1),
    ]


def test_tracts_of_the_release_and_their_extremes(mirror_release: Release) -> None:
    assert mirror_release.ask(
        "SELECT count(*), min(estimate), max(estimate) FROM life_expectancy WHERE place_id LIKE 'tract%'"
    ).rows == [(65_662, 56.3, 97.5)]


def test_chicago_blocks_and_areas(mirror_warehouse) -> None:
    assert ask(mirror_warehouse, "SELECT sum(population) FROM sources.chicago_block") == [(2_695_598,)]
    differing = """
        SELECT c.place, sum(b.population) FROM sources.chicago_block AS b
        JOIN (SELECT DISTINCT tract_id, area_number AS place FROM sources.chicago_tract) AS c USING (tract_id)
        WHERE c.place IN (26, 32) GROUP BY 1 ORDER BY 1
    """
    assert ask(mirror_warehouse, differing) == [(26, 18_001), (32, 29_283)]
    without_shape = """
        SELECT count(DISTINCT tract_id) FROM sources.chicago_block
        WHERE tract_id NOT IN (SELECT tract_id FROM sources.chicago_tract)
    """
    assert ask(mirror_warehouse, without_shape) == [(6,)]


def test_seven_tracts_cross_the_city_limit(mirror_warehouse) -> None:
    assert ask(
        mirror_warehouse,
        "SELECT count(*), round(sum((1 - weight) * population))::INTEGER FROM warehouse.crosswalk "
        "JOIN warehouse.place ON place_id = from_place_id WHERE partition = 'chicago_community_area' "
        "AND to_place_id <> 'outside' AND from_place_id LIKE 'tract2010%' AND weight < 1",
    ) == [(7, 22_992)]


def test_ohare_is_pooled_from_the_people_inside_the_city(mirror_warehouse) -> None:
    """By stationary shares: 80.84 from whole tracts, 81.84 from the people inside the city."""
    place, crosswalk, partition = (
        mirror_warehouse.sql(f"FROM warehouse.{name}").pl() for name in ("place", "crosswalk", "partition")
    )
    shares = tract_shares(shares_of(crosswalk, partition, FOR_FIGURES), place).filter(
        pl.col("place_id") == "neighborhood:chicago-76"
    )
    tables = mirror_warehouse.sql(
        'SELECT place_id AS unit, age_start, mx, 0.0 AS var_mx, ax, "nLx", '
        'first_value("Tx") OVER (PARTITION BY place_id ORDER BY age_start) AS born '
        "FROM warehouse.life_table WHERE place_id LIKE 'tract2010:17031%'"
    ).pl()
    rows = shares.join(tables, on="unit")
    for share, expected in ((pl.col("weight"), 81.84), (pl.lit(1.0), 80.84)):
        people = stationary_population(pl.col("population") * share, pl.col("nLx"), pl.col("born"))
        pooled = pooled_life_table(rows.with_columns(people=people), by=["place_id"])
        assert round(pooled["ex"][0], 2) == expected


def test_ranks_and_scores_of_printed_releases(mirror_release: Release, mirror_warehouse) -> None:
    def rank(county: str, year: int, indicator: str = "health_outcomes_rank") -> tuple[int, int]:
        (row,) = mirror_release.ask(
            "SELECT rank, rank_of FROM indicator_value WHERE indicator_id = ? AND place_id = ? AND vintage = ?",
            [indicator, f"county:{county}", str(year)],
        ).rows
        return row

    assert rank("42101", 2019) == (67, 67)
    assert rank("42091", 2019) == (4, 67)
    assert rank("42101", 2019, "health_factors_rank")[0] == 67
    assert rank("42091", 2019, "health_factors_rank")[0] == 1
    assert rank("42101", 2023, "health_factors_rank")[0] == 66
    assert (rank("17031", 2019)[0], rank("26163", 2019)[0], rank("47037", 2019)[0]) == (52, 82, 11)
    assert ask(
        mirror_warehouse,
        "SELECT year, count(*) FROM sources.chr_category WHERE category_id = 1 AND rank <> 999 "
        "AND vintage IN ('2010', '2019', '2023') GROUP BY 1 ORDER BY 1",
    ) == [(2010, 3_017), (2019, 3_081), (2023, 3_082)]
    assert ask(
        mirror_warehouse,
        "SELECT round(z_score, 6) FROM sources.chr_category WHERE vintage = '2019' AND category_id = 1 "
        "AND county_fips IN ('42101', '42091') ORDER BY county_fips",
    ) == [(-1.555756,), (2.375486,)]


def test_county_life_expectancies_of_2025(mirror_release: Release) -> None:
    rows = dict(
        mirror_release.ask(
            "SELECT place_id, round(estimate, 5) FROM life_expectancy WHERE source_id = 'chr_measures' "
            "AND vintage = '2025' AND population_group = 'all' AND place_id IN ('county:42101', "
            "'county:42091', 'county:17031', 'county:47037', 'county:26163', 'nation:us')"
        ).rows
    )
    assert rows == {
        "county:42101": 73.94257, "county:42091": 80.01905, "county:17031": 77.39035,
        "county:47037": 75.08428, "county:26163": 72.93766, "nation:us": 77.09941,
    }  # fmt: skip


def test_impossible_county_values_are_withheld_and_stay_visible_at_the_source(
    mirror_release: Release,
) -> None:
    (row,) = mirror_release.ask(
        "SELECT estimate, reason FROM life_expectancy WHERE place_id = 'county:38065' AND vintage = '2026' "
        "AND population_group = 'all'"
    ).rows
    assert row == (None, "withheld:implausible")
    (printed,) = mirror_release.ask(
        "SELECT round(estimate, 2) FROM figure_input WHERE place_id = 'county:38065' AND vintage = '2026' "
        "AND population_group = 'all' AND measure = 'v147'"
    ).rows
    assert printed == (107.92,)
    above = "SELECT count(DISTINCT place_id) FROM figure_input WHERE vintage = '2025' AND population_group = 'race:two_or_more' AND estimate > 100 AND measure = 'v147' AND place_id LIKE 'county%'"
    assert mirror_release.ask(above).rows == [(92,)]


@pytest.mark.parametrize(
    ("place", "year", "income", "margin"),
    [
        ("17031", 2010, 53_942, 289), ("17031", 2019, 64_660, 348), ("17031", 2023, 81_797, 639),
        ("42101", 2023, 60_698, 763), ("42091", 2023, 111_521, 1_430), ("26163", 2023, 59_521, 559),
        ("47037", 2023, 75_664, 1_036),
    ],
)  # fmt: skip
def test_median_household_incomes(
    mirror_release: Release, place: str, year: int, income: int, margin: int
) -> None:
    (row,) = mirror_release.ask(
        "SELECT value, moe90 FROM indicator_value WHERE indicator_id = 'median_household_income' "
        "AND place_id = ? AND vintage = ? AND source_id = 'census_acs5'",
        [f"county:{place}", str(year)],
    ).rows
    assert row == (income, margin)


def test_households_of_cook_tracts_sum_to_the_county(mirror_warehouse) -> None:
    rows = ask(
        mirror_warehouse,
        "SELECT vintage, sum(estimate)::INTEGER FROM warehouse.observation WHERE measure = 'S1901_C01_001' "
        "AND place_id LIKE 'tract%' AND vintage IN ('2018', '2020', '2023') GROUP BY 1 ORDER BY 1",
    )
    assert rows == [("2018", 1_963_070), ("2020", 1_991_474), ("2023", 2_084_578)]
    assert (
        ask(
            mirror_warehouse,
            "SELECT vintage, sum(estimate)::INTEGER FROM warehouse.observation WHERE measure = 'S1901_C01_001' "
            "AND place_id = 'county:17031' AND vintage IN ('2018', '2020', '2023') GROUP BY 1 ORDER BY 1",
        )
        == rows
    )


def test_people_of_cook_block_groups_and_censuses(mirror_warehouse) -> None:
    assert ask(
        mirror_warehouse,
        "SELECT vintage, sum(estimate)::INTEGER FROM sources.acs_cell WHERE table_id = 'B01003' GROUP BY 1 ORDER BY 1",
    ) == [("2013", 5_212_372), ("2020", 5_169_517)]
    assert ask(
        mirror_warehouse,
        "SELECT vintage, sum(population) FROM sources.tract_population WHERE tract_id LIKE '17031%' GROUP BY 1 ORDER BY 1",
    ) == [("2010", 5_194_675), ("2020", 5_275_541)]


def test_poverty_of_cook_tracts_leaves_the_city_row_out(mirror_warehouse, mirror_release: Release) -> None:
    assert ask(
        mirror_warehouse,
        "SELECT sum(estimate) FILTER (measure_label = 'Below poverty level!!Population for whom poverty "
        "status is determined')::INTEGER, sum(estimate) FILTER (measure_label = 'Population for whom "
        "poverty status is determined')::INTEGER FROM warehouse.observation "
        "WHERE table_id = 'S1701' AND vintage = '2017' AND place_id LIKE 'tract2010:%'",
    ) == [(821_572, 5_151_670)]
    (city,) = mirror_release.ask(
        "SELECT value, moe90 FROM indicator_value WHERE indicator_id = 'poverty' AND place_id = 'city:1714000'"
    ).rows
    assert city == (20.6, 0.3)


def test_one_zero_margin_counts_for_a_group_of_block_groups(mirror_warehouse) -> None:
    cells = ask(
        mirror_warehouse,
        "SELECT DISTINCT vintage, moe90 FROM sources.acs_cell WHERE table_id = 'B15003' AND estimate = 0 ORDER BY 1",
    )
    # Zero cells carry one constant margin a year: 11 in 2013, 12 in 2020 (larger in a few groups).
    assert ("2013", 11.0) in cells
    assert ("2020", 12.0) in cells


def test_counties_by_year(mirror_warehouse) -> None:
    rows = dict(
        ask(
            mirror_warehouse,
            "SELECT vintage, count(DISTINCT geo_id) FROM sources.acs_cell WHERE table_id = 'S1901' "
            "AND geo_id LIKE '0500000US%' GROUP BY 1",
        )
    )
    assert rows["2010"] == 3_143 + 78
    assert rows["2014"] == rows["2013"] - 1
    assert rows["2022"] == rows["2021"] + 1
    assert ask(
        mirror_warehouse,
        "SELECT count(*) FROM warehouse.place WHERE place_id IN ('county:46113', 'county:02270')",
    ) == [(0,)]


def test_community_areas_and_footprint_have_every_source_and_period(mirror_release: Release) -> None:
    rows = mirror_release.ask(
        "SELECT source_id, count(DISTINCT place_id), count(DISTINCT period_end) FROM life_expectancy_gap "
        "WHERE coalition_id = 'west-side-united' AND source_id <> 'chicago_reported' "
        "AND population_group = 'all' GROUP BY 1 ORDER BY 1"
    ).rows
    assert rows == [
        ("chicago_health_atlas", 11, 9), ("chicago_life_expectancy", 11, 3), ("nchs_usaleep", 11, 1),
    ]  # fmt: skip


def test_bundle_and_mirror_agree_on_every_figure_that_both_have(
    release: Release, mirror_release: Release
) -> None:
    """The bundle has the whole files of two coalitions; of others it has less, and never another figure.

    Where it lacks the people of a county, the part that the county is of its reference is not known and its
    gap is taken between two places apart: a wider interval, never a narrower.
    """
    query = """
        SELECT coalition_id, place_id, reference_place_id, source_id, vintage, period_end, method,
            round(gap, 9), quotable, reason, round(se, 9) FROM life_expectancy_gap
        WHERE population_group = 'all' AND {} ORDER BY ALL
    """
    whole = query.format("coalition_id IN ('west-side-united', 'together-for-west-philadelphia')")
    assert release.ask(whole).rows == mirror_release.ask(whole).rows
    both = query.format("gap IS NOT NULL")
    there = {row[:-1]: row[-1] for row in mirror_release.ask(both).rows}
    here = {row[:-1]: row[-1] for row in release.ask(both).rows}
    assert len(here) > 100
    assert here.keys() <= there.keys()
    assert [key for key, se in here.items() if se is not None and se < there[key]] == []


def test_gaps_of_groups_in_the_bundle_are_those_of_the_mirror(
    release: Release, mirror_release: Release
) -> None:
    query = """
        SELECT coalition_id, place_id, reference_place_id, population_group, reference_group, source_id,
            vintage, period_end, method, round(gap, 9), round(se, 9), reason, quotable
        FROM life_expectancy_gap WHERE population_group <> 'all'
    """
    ours = set(release.ask(query).rows)
    assert ours
    assert ours <= set(mirror_release.ask(query).rows)


@pytest.mark.parametrize("table", ["indicator_value", "life_expectancy"])
def test_the_bundle_publishes_no_value_that_the_mirror_does_not(
    table: str, release: Release, mirror_release: Release
) -> None:
    """A place of which the bundle holds a part must not be published as if it were whole."""
    key = ", ".join(release.manifest["tables"][table]["key"])
    figure = "value" if table == "indicator_value" else "estimate"
    # How sure a figure without an error is, its nearest edition with one tells, which the bundle may lack.
    told = ", ".join(
        f"CASE WHEN se IS NOT NULL THEN {name} END" for name in ("reliability", "quotable", "caveat")
    )
    query = f"SELECT {key}, round({figure}, 9), round(se, 9), {told} FROM {table} "
    ours = set(release.ask(f"{query} WHERE {figure} IS NOT NULL").rows)
    assert ours
    assert ours <= set(mirror_release.ask(query).rows)
    surer = f"SELECT {key} FROM {table} WHERE se IS NULL AND quotable <> 'no'"
    assert set(release.ask(surer).rows) <= set(mirror_release.ask(surer).rows)


def test_the_overlay_differs_from_the_city_in_four_tracts(mirror_release: Release) -> None:
    (observed,) = mirror_release.ask(
        "SELECT observed FROM check_result WHERE expectation_id = 'overlay_agrees_with_the_city'"
    ).rows[0]
    assert observed.startswith("4 of ")
    # Tract 081403 of the Near North Side, whose people an overlay would put in the Loop, is one of them.
    assert all(tract in observed for tract in ("17031081403", "17031831000", "17031843900", "17031980100"))


def test_what_warned_is_known(mirror_release: Release) -> None:
    rows = mirror_release.ask(
        "SELECT table_name, expectation_id FROM check_result WHERE NOT success ORDER BY ALL"
    ).rows
    assert rows == [
        ("sources.acs_cell", "declared_codes_have_not_moved"),  # DP05 of 2024
        ("sources.chicago_cause_of_death", "both_or_neither:crude_low,crude_high"),
        ("sources.chicago_life_expectancy", "estimate_is_inside_its_interval"),
        ("sources.chr_measure", "all_people_live_a_possible_life"),
        ("sources.chr_measure", "both_or_neither:ci_low,ci_high"),
        ("sources.chr_measure", "groups_live_a_possible_life"),
        ("sources.chr_measure", "other_estimates_are_inside_their_intervals"),
        ("sources.chr_relational_value", "estimate_is_inside_its_interval"),
        ("warehouse.community_area_overlay", "overlay_agrees_with_the_city"),
    ]
