"""Every domain rule holds on real data, and fails when they are broken.

Each case breaks a table with one statement, runs the rule through Great Expectations, and puts the table
back. The tables are a copy of the bundle's warehouse; for sources that the bundle does not hold, they are
made of slices of the real files, and the cases stand in `breaks/<source_id>.py`.
"""

import runpy
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest

from expectations import domain_rules
from lifegap.catalog.tables import declared_tables
from lifegap.checks.outcome import offending_rows
from lifegap.checks.rules import Rule
from lifegap.checks.run import SqlChecker
from lifegap.checks.suite import SuiteChecker
from tests.assets.slices import load, slices_of
from tests.conftest import attach_warehouse

KNOWN_WARNINGS = {
    # Dunning 2010, and small groups of the county file: faults of the publishers that stay visible.
    "sources.chicago_life_expectancy estimate_is_inside_its_interval",
    "sources.chr_measure all_people_live_a_possible_life",
    "sources.chr_measure groups_live_a_possible_life",
}

OF_COALITIONS = {
    # A coalition elsewhere asks for figures of places that the bundle lacks.
    "published.life_expectancy_gap every_comparison_has_a_row",
}
"""Warnings that coalitions decide upon."""

WGP = "place_id = 'neighborhood:chicago-26'"
CITY_2010 = f"{WGP} AND source_id = 'chicago_life_expectancy' AND period_end = 2010"

COOK_TABLE = "'county:17031', 'all', 2015, 2019, 'illinois_deaths', '1990-2019'"
BAND_FILES = "'deaths.csv', 1, '1, 2', 'census_acs5', '2019', 'people.csv', '1-1319', 'DP05_0006', 1319"
TABLE_ROW = "1000.0, 0.006, 0.1, 0.006, 99999.0, 99000.0, 7900000.0"
"""Rows of life tables made from deaths, of which the bundle has none."""

SCORE = (
    "'west-side-united', 'seats', 2024, 2024, 'coalition', 'Seats', {value}, '{unit}', NULL, NULL, 'reported', "
    "'{source}', NULL, 'yes', NULL, NULL, NULL, NULL, 'coalition:west-side-united', 'current', 'a.csv', 1"
)
"""A row of a scorecard."""

CHANGED = (
    "INSERT INTO {{t}} (release_from, release_to, table_name, key, column_name, cause, old, cells, sentence, kind, "
    "new, flip, blocked_as, beyond_uncertainty) SELECT 'r', 'this', 'place', 'k', 'c', 'source', '4', 1, 's', {}"
)
RESTATED = (
    "INSERT INTO {{t}} (table_name, key, column_name, last_published_in, kind, cause, old, changes_rank, "
    "changes_target_status, figures_restated, method_before, method_after, decided_by, sentence, restated_at, new, "
    "changes_direction) SELECT 'place', 'k', 'c', 'r', 'source', 'w', '4', false, false, 1, 'a', 'b', 'p', 's', {}"
)
"""Rows of what changed between releases, of which a first release has none."""

BREAK: dict[str, str] = {
    "sources.usaleep_tract life_expectancy_is_possible": "UPDATE {t} SET e0 = 731 WHERE tract_id = '17031260100'",
    "sources.usaleep_tract standard_error_is_published_range": "UPDATE {t} SET se_e0 = 4.2 WHERE source_row = 1",
    "sources.usaleep_tract tracts_are_of_2010": "UPDATE {t} SET tract_id = '17031999901' WHERE source_row = 1",
    "sources.usaleep_life_table eleven_bands_a_tract": "DELETE FROM {t} WHERE tract_id = '17031260100' AND age_start = 85",
    "sources.usaleep_life_table starts_with_100000_born": "UPDATE {t} SET lx = 99999 WHERE source_row = 1",
    "sources.usaleep_life_table survivors_are_born_less_deaths": "UPDATE {t} SET ndx = ndx + 5 WHERE source_row = 3",
    "sources.usaleep_life_table expectation_is_person_years_over_survivors": "UPDATE {t} SET ex = ex + 1 WHERE source_row = 3",
    "sources.usaleep_life_table agrees_with_file_a": "UPDATE {t} SET ex = 70.05 WHERE age_start = 0 AND source_row = 1",
    "sources.usaleep_export agrees_with_file_a": "UPDATE {t} SET e0 = 99.1 WHERE level = 'tract' AND e0 = 70.1",
    "sources.usaleep_export as_many_values_as_file_a": "UPDATE {t} SET e0 = NULL WHERE level = 'tract' AND e0 = 70.1",
    "sources.chicago_life_expectancy life_expectancy_is_possible": "UPDATE {t} SET estimate = 688 WHERE area_number = 26",
    "sources.chicago_life_expectancy 77_areas_and_the_city": "DELETE FROM {t} WHERE area_number = 26 AND year = 2010",
    "sources.chicago_life_expectancy forms_of_the_file_agree": "UPDATE {t} SET estimate = 69 WHERE area_number = 26 AND layout = 'portal_api'",
    "sources.chicago_life_expectancy names_belong_to_numbers": "UPDATE {t} SET community_area = 'East Garfield Park' WHERE area_number = 1",
    "sources.chicago_life_expectancy estimate_is_inside_its_interval": "UPDATE {t} SET estimate = 75 WHERE area_number = 26",
    "sources.chicago_health_atlas life_expectancy_is_possible": "UPDATE {t} SET estimate = 7.3 WHERE topic = 'VRLE' AND geoid = '26'",
    "sources.chicago_health_atlas 77_areas_in_each_topic_and_period": "DELETE FROM {t} WHERE geoid = '26' AND topic = 'VRLE'",
    "sources.chicago_health_atlas area_numbers_are_1_to_77": "UPDATE {t} SET geoid = '1714000' WHERE geoid = '26'",
    "sources.chicago_reported used_figures_name_their_page": "UPDATE {t} SET source_url = '' WHERE not_used IS NULL",
    "sources.chicago_reported used_figures_are_possible": "UPDATE {t} SET estimate = 8.7 WHERE not_used IS NULL",
    "sources.chicago_community_area 77_community_areas": "DELETE FROM {t} WHERE area_number = 32",
    "sources.chicago_tract tracts_are_of_cook_county": "UPDATE {t} SET tract_id = '42101000100' WHERE source_row = 1",
    "sources.chicago_tract forms_of_the_file_agree": "INSERT INTO {t} SELECT * REPLACE ('other' AS source_file, 1 AS area_number) FROM {t} WHERE source_row = 1",
    "sources.chicago_tract tracts_are_of_2010": "UPDATE {t} SET tract_id = '17031999901' WHERE source_row = 1",
    "sources.chicago_block blocks_are_of_cook_county": "UPDATE {t} SET block_id = '0000' || block_id WHERE source_row = 1",
    "sources.chicago_block no_more_people_than_the_census": "UPDATE {t} SET population = population * 1000",
    "sources.paral_tract2020 every_area_has_a_tract": "DELETE FROM {t} WHERE area_number = 26",
    "sources.paral_tract2020 tracts_are_of_cook_county": "UPDATE {t} SET tract_id = '42101000100' WHERE source_row = 1",
    "sources.tract_population tracts_have_possible_counts": "UPDATE {t} SET population = 5194675 WHERE source_row = 1",
    "sources.tract_population name_is_of_a_tract": "UPDATE {t} SET name = 'Cook County, Illinois' WHERE source_row = 1",
    "sources.tract_relationship a_part_is_no_more_than_the_whole": "UPDATE {t} SET land_part = land_2010 + 1 WHERE source_row = 1",
    "sources.acs_cell declared_cells_are_in_every_file": "DELETE FROM {t} WHERE vintage = '2019' AND line = 'S1901_C01_012'",
    "sources.acs_cell declared_codes_have_not_moved": "UPDATE {t} SET line = 'S1901_C01_013' WHERE vintage = '2019' AND label = 'Households!!Median income (dollars)'",
    "sources.acs_cell counts_are_not_negative": "UPDATE {t} SET estimate = -666666666 WHERE source_row = 1 AND line = 'B25003_001'",
    "sources.acs_cell percentages_are_at_most_100": "UPDATE {t} SET estimate = 453 WHERE label LIKE 'Percent below%' AND source_row = 1",
    "sources.acs_cell signs_are_known": "UPDATE {t} SET estimate = NULL, estimate_text = '?' WHERE source_row = 1 AND line = 'B25003_001'",
    "sources.acs_cell tracts_are_of_the_vintage": "UPDATE {t} SET geo_id = '1400000US17031999901' WHERE geo_id = '1400000US17031260100'",
    "sources.acs_cell connecticut_regions_since_2022": "UPDATE {t} SET geo_id = '0500000US09110' WHERE vintage = '2019' AND geo_id = '0500000US17031'",
    "sources.acs_cell parts_add_up_to_totals": "UPDATE {t} SET estimate = estimate + 1 WHERE line = 'B25003_002' AND source_row = 1",
    "sources.chr_category year_is_the_release": "UPDATE {t} SET year = 2018 WHERE vintage = '2019'",
    "sources.chr_category no_ranks_since_2024": "UPDATE {t} SET rank = 67 WHERE vintage = '2024' AND county_fips = '42101'",
    "sources.chr_category ranks_are_within_the_state": "DELETE FROM {t} WHERE vintage = '2019' AND rank = 5",
    "sources.chr_category two_summaries_a_county": "DELETE FROM {t} WHERE vintage = '2019' AND category_id = 2 AND county_fips = '42101'",
    "sources.chr_measure estimate_is_inside_its_interval": "UPDATE {t} SET estimate = 80 WHERE county_fips = '42101' AND population_group = 'all'",
    "sources.chr_measure all_people_live_a_possible_life": "UPDATE {t} SET estimate = 107.92 WHERE county_fips = '42101' AND population_group = 'all'",
    "sources.chr_measure groups_live_a_possible_life": "UPDATE {t} SET estimate = 172 WHERE population_group = 'race:two_or_more'",
    "sources.chr_measure values_are_years": "UPDATE {t} SET estimate = 7394 WHERE county_fips = '42101'",
    "sources.chr_measure releases_differ": "INSERT INTO {t} SELECT * REPLACE ('2027' AS vintage) FROM {t} WHERE vintage = '2026'",
    "warehouse.place codes_have_the_length_of_their_type": "UPDATE {t} SET place_id = 'county:1001' WHERE place_id = 'county:01001'",
    "warehouse.place renamed_counties_have_their_new_code": "UPDATE {t} SET place_id = 'county:46113' WHERE place_id = 'county:46102'",
    "warehouse.place every_observed_place_is_here": "UPDATE {t} SET place_id = 'county:99999' WHERE place_id = 'county:17031'",
    "warehouse.place cities_have_all_their_areas": "DELETE FROM {t} WHERE place_id = 'neighborhood:chicago-1'",
    "warehouse.place parts_have_their_whole": "UPDATE {t} SET parent_place_id = NULL WHERE place_id = 'tract2010:17031260100'",
    "warehouse.place counties_have_a_name": "UPDATE {t} SET name = 'County 17031' WHERE place_id = 'county:17031'",
    "warehouse.unused_row rows_without_a_use_are_explained": "UPDATE {t} SET reason = 'unexplained' WHERE source_id = 'nchs_usaleep'",
    "warehouse.place_boundary areas_agree_with_the_city": "UPDATE {t} SET area_km2 = area_km2 * 1.01 WHERE place_id = 'neighborhood:chicago-26'",
    "warehouse.crosswalk shares_of_a_unit_sum_to_one": "UPDATE {t} SET weight = 0.9 WHERE from_place_id = 'tract2010:17031260100' AND partition = 'chicago_community_area'",
    "warehouse.crosswalk shares_go_to_places": "UPDATE {t} SET to_place_id = 'neighborhood:chicago-78' WHERE to_place_id = 'neighborhood:chicago-26'",
    "warehouse.crosswalk shares_go_to_places_of_the_partition": "UPDATE {t} SET to_place_id = 'zip:19104' WHERE to_place_id = 'neighborhood:chicago-26'",
    "warehouse.partition places_that_figures_are_made_for_have_a_type": "UPDATE {t} SET place_type = NULL WHERE partition = 'chicago_community_area'",
    "warehouse.partition footprints_are_of_no_city": "UPDATE {t} SET partition = 'footprint:chicago' WHERE partition = 'chicago_community_area'",
    "warehouse.partition a_place_has_figures_by_one_partition": "INSERT INTO {t} SELECT * REPLACE ('paral_community_area' AS partition) FROM {t} WHERE partition = 'chicago_community_area'",
    "warehouse.crosswalk an_assigned_unit_has_one_place": "INSERT INTO {t} SELECT * REPLACE ('neighborhood:chicago-27' AS to_place_id) FROM {t} WHERE from_place_id = 'tract2010:17031260100' AND partition = 'chicago_community_area'",
    "warehouse.community_area_overlay overlay_agrees_with_the_city": "UPDATE {t} SET area_place_id = 'neighborhood:chicago-1' WHERE tract_place_id = 'tract2010:17031260100'",
    "warehouse.crosswalk footprints_are_made_of_members": "UPDATE {t} SET to_place_id = 'neighborhood:chicago-1' WHERE partition = 'footprint:west-side-united'",
    "warehouse.observation reasons_are_of_the_list": "UPDATE {t} SET reason = 'lost' WHERE reason IS NOT NULL",
    "warehouse.observation survey_periods_have_five_years": "UPDATE {t} SET period_start = period_end WHERE source_id = 'census_acs5'",
    "warehouse.observation tracts_add_up_to_the_county": "INSERT INTO {t} SELECT o.* REPLACE ('tract2010:17031' || lpad(i::VARCHAR, 6, '0') AS place_id, 1.0 AS estimate) FROM {t} AS o, range(1319) AS r(i) WHERE o.place_id = 'county:17031' AND o.concept = 'households' AND o.vintage = '2013'",
    "warehouse.observation life_expectancies_are_in_years": "UPDATE {t} SET estimate = estimate / 100 WHERE concept = 'life_expectancy' AND source_id = 'nchs_usaleep'",
    "warehouse.observation a_place_has_one_life_expectancy": "INSERT INTO {t} SELECT * REPLACE ('other' AS measure, 'other' AS measure_label) FROM {t} WHERE concept = 'life_expectancy' AND place_id = 'county:42101'",
    "warehouse.observation life_expectancy_is_called_so": "UPDATE {t} SET concept = NULL WHERE concept = 'life_expectancy' AND source_id = 'nchs_usaleep'",
    "warehouse.observation people_are_counted_whole": "UPDATE {t} SET estimate = 0.42 WHERE concept = 'people' AND source_row = 1",
    "warehouse.observation intervals_contain_their_estimate": "UPDATE {t} SET estimate = ci_high + 1 WHERE ci_high IS NOT NULL",
    "warehouse.observation a_declared_label_names_one_line": "UPDATE {t} SET measure_label = 'Owner occupied' WHERE measure = 'B25003_003'",
    "warehouse.observation corrected_rows_have_no_interval": "UPDATE {t} SET se = 1.0 WHERE flags = 'inconsistent_interval'",
    "warehouse.observation standard_errors_follow_from_margins": "UPDATE {t} SET se = moe90 / 1.96 WHERE moe90 > 0",
    "warehouse.life_table open_rate_is_one_over_expectation": "UPDATE {t} SET mx = mx * 1.1 WHERE age_end IS NULL",
    "warehouse.life_table table_gives_its_life_expectancy": "UPDATE {t} SET \"nLx\" = \"nLx\" * 1.1 WHERE age_start = 45",
    "indicators.pooled_life_table rates_lie_between_those_of_the_tracts": "UPDATE {t} SET mx = mx * 20 WHERE age_start = 45",
    "indicators.pooled_life_table survivors_fall": "UPDATE {t} SET lx = 100001 WHERE age_start = 45",
    "indicators.life_expectancy a_mean_of_means_is_unreliable": "UPDATE {t} SET reliability = 'good' WHERE method = 'weighted_mean'",
    "indicators.life_expectancy stationary_weights_are_cautioned": "UPDATE {t} SET reliability = 'good' WHERE method = 'pooled_b'",
    "indicators.life_expectancy tables_from_deaths_say_what_they_leave_out": "INSERT INTO {t} SELECT * REPLACE ('life_table' AS method, NULL AS cautions) FROM {t} WHERE estimate IS NOT NULL LIMIT 1",
    "warehouse.death_band bands_follow_each_other_from_birth": f"INSERT INTO {{t}} SELECT {COOK_TABLE}, 5, NULL, 100, 1000.0, NULL, {BAND_FILES}",
    "indicators.life_table_of_deaths withheld_tables_hold_no_figure": f"INSERT INTO {{t}} SELECT {COOK_TABLE}, 0, 1, {TABLE_ROW}, 79.4, 0.03, 79.3, 79.5, 'withheld:coverage', 'withheld', NULL, NULL, true, '2019', 2015, 2019, 1319",
    "indicators.life_table_of_deaths survivors_begin_with_100000": f"INSERT INTO {{t}} SELECT {COOK_TABLE}, 0, 1, {TABLE_ROW}, 79.4, 0.03, 79.3, 79.5, NULL, 'good', 'x', 'x', true, '2019', 2015, 2019, 1319",
    "published.life_table_input small_counts_of_coalitions_are_hidden": f"INSERT INTO {{t}} SELECT {COOK_TABLE.replace('illinois_deaths', 'coalition:a')}, 5, 10, 6, 300000.0, {BAND_FILES}",
    "published.life_table_input small_counts_are_hidden": f"INSERT INTO {{t}} SELECT {COOK_TABLE}, 5, 10, 6, 300000.0, {BAND_FILES}",
    "published.life_table_input no_small_count_follows_from_the_other_sex": f"INSERT INTO {{t}} SELECT {COOK_TABLE}, 5, 10, 20, 300000.0, {BAND_FILES} UNION ALL SELECT {COOK_TABLE.replace('all', 'sex:male')}, 5, 10, 14, 150000.0, {BAND_FILES}",
    "published.life_table_input deaths_are_fewer_than_people": f"INSERT INTO {{t}} SELECT {COOK_TABLE}, 5, 10, 400000, 300000.0, {BAND_FILES}",
    "published.life_table_input both_files_are_of_the_release": f"INSERT INTO {{t}} SELECT {COOK_TABLE}, 5, 10, 20, 300000.0, {BAND_FILES}",
    "indicators.life_expectancy impossible_values_are_withheld": f"UPDATE {{t}} SET estimate = 113.74 WHERE {CITY_2010}",
    "indicators.life_expectancy rare_values_are_cautioned": "UPDATE {t} SET estimate = 58 WHERE place_id = 'county:42101' AND vintage = '2025' AND population_group = 'all'",
    "indicators.life_expectancy lower_bounds_are_never_good": "UPDATE {t} SET reliability = 'good' WHERE contains(cautions, 'lower bound')",
    "indicators.life_expectancy withheld_rows_hold_no_figure": "UPDATE {t} SET estimate = 70 WHERE reliability = 'withheld'",
    "indicators.life_expectancy half_covered_places_are_withheld": "UPDATE indicators.coverage SET population_share = 0.4 WHERE place_id = 'zip:19104'",
    "indicators.life_expectancy_gap gap_is_reference_less_place": f"UPDATE {{t}} SET gap = -gap WHERE {CITY_2010}",
    "indicators.life_expectancy_gap both_sides_are_of_one_series": f"UPDATE {{t}} SET period_end = 2000, period_start = 2000 WHERE {CITY_2010}",
    "indicators.life_expectancy_gap groups_differ_only_within_a_place": f"UPDATE {{t}} SET reference_group = 'race:white' WHERE {CITY_2010}",
    "indicators.life_expectancy_gap test_agrees_with_interval": f"UPDATE {{t}} SET p_value = 0.5 WHERE {CITY_2010}",
    "indicators.life_expectancy_gap known_gap_of_west_garfield_park": f"UPDATE {{t}} SET gap = 16.0 WHERE {CITY_2010}",
    "indicators.life_expectancy_gap withheld_rows_hold_no_gap": "UPDATE {t} SET gap = 8 WHERE reliability = 'withheld'",
    "indicators.life_expectancy_gap reported_figures_have_no_interval": "UPDATE {t} SET se = 1 WHERE source_id = 'chicago_reported'",
    "indicators.indicator_value part_is_no_more_than_the_whole": "UPDATE {t} SET numerator = denominator + 1 WHERE indicator_id = 'poverty'",
    "indicators.indicator_value withheld_rows_hold_no_figure": "UPDATE {t} SET value = 1 WHERE reliability = 'withheld'",
    "indicators.indicator_value pennsylvania_ranks_67_counties": "UPDATE {t} SET rank_of = 66 WHERE place_id = 'county:42101' AND indicator_id = 'health_outcomes_rank'",
    "published.coalition_place every_coalition_has_places": "DELETE FROM {t} WHERE coalition_id = 'west-side-united'",
    "published.coalition_place whoever_compares_has_members": "DELETE FROM {t} WHERE coalition_id = 'west-side-united' AND role = 'member'",
    "published.coalition_conflict conflicts_have_two_sides": "DELETE FROM {t} WHERE coalition_id = 'west-side-united' AND position > 1",
    "published.coalition_conflict statements_say_where_they_were_read": "UPDATE {t} SET source = ' '",
    "published.coalition_comparison no_place_is_its_own_reference": f"UPDATE {{t}} SET reference_place_id = place_id WHERE {WGP}",
    "published.coalition_target targets_say_where_they_were_read": "UPDATE {t} SET source = ' '",
    "published.coalition_indicator available_indicators_have_a_formula": "UPDATE {t} SET status = 'available' WHERE indicator_id = 'kindergarten_readiness'",
    "published.source sources_can_be_cited": "UPDATE {t} SET citation = '' WHERE source_id = 'nchs_usaleep'",
    "published.source something_was_kept": "UPDATE {t} SET rows_kept = 0 WHERE source_id = 'nchs_usaleep'",
    "published.source_edition editions_that_are_here_are_those_of_the_sources": "UPDATE {t} SET vintage = vintage || 'x' WHERE source_id = 'nchs_usaleep'",
    "published.source_file files_are_those_the_cards_were_written_for": "UPDATE {t} SET sha256_listed = sha256 || 'x'",
    "published.correction corrections_hit_what_they_were_written_for": "UPDATE {t} SET rows_hit = 2 WHERE rows_expected = 1",
    "published.life_expectancy no_unreliable_figure_is_quotable": "UPDATE {t} SET quotable = 'yes' WHERE reliability = 'unreliable'",
    "published.life_expectancy freely_quotable_figures_have_an_interval": "UPDATE {t} SET quotable = 'yes' WHERE source_id = 'chicago_health_atlas'",
    "published.life_expectancy the_pandemic_is_said": "UPDATE {t} SET caveat = NULL WHERE place_id = 'county:42101' AND vintage = '2025'",
    "published.life_expectancy printed_figures_have_their_row": f"UPDATE {{t}} SET estimate = 68.9 WHERE {CITY_2010}",
    "published.life_expectancy_gap every_comparison_has_a_row": f"DELETE FROM {{t}} WHERE {WGP}",
    "published.life_expectancy_gap only_declared_comparisons": "UPDATE {t} SET reference_place_id = 'neighborhood:chicago-8'",
    "published.life_expectancy_gap the_pandemic_is_said": "UPDATE {t} SET caveat = 'A gap.' WHERE source_id = 'chr_measures'",
    "published.life_expectancy_gap no_unreliable_gap_is_quotable": "UPDATE {t} SET quotable = 'with_caveat' WHERE reliability = 'withheld'",
    "published.gap_decomposition parts_sum_to_the_gap": "UPDATE {t} SET years = years + 0.1 WHERE age_start = 45",
    "published.gap_decomposition withheld_parts_hold_nothing": "UPDATE {t} SET reliability = 'withheld'",
    "published.indicator_comparison difference_is_reference_less_place": "UPDATE {t} SET difference = difference + 1 WHERE indicator_id = 'poverty'",
    "published.indicator_comparison verdict_follows_the_interval": "UPDATE {t} SET verdict = 'similar' WHERE verdict = 'worse'",
    "published.indicator_comparison both_sides_are_published": "UPDATE {t} SET reference_value = reference_value + 1 WHERE indicator_id = 'poverty'",
    "published.death_count small_counts_of_coalitions_are_hidden": "INSERT INTO {t} SELECT 'nation:us', 'all', 2019, 2019, 'coalition:a', 'current', 'all', 0, 1, 3, 1000, NULL, 'x', 1",
    "published.coalition_scorecard shares_are_shares": f"INSERT INTO {{t}} SELECT {SCORE.format(value=50, unit='share', source='a page')}",
    "published.coalition_scorecard yes_or_no": f"INSERT INTO {{t}} SELECT {SCORE.format(value=2, unit='yes/no', source='a page')}",
    "published.coalition_scorecard metrics_say_where_they_were_read": f"INSERT INTO {{t}} SELECT {SCORE.format(value=2, unit='seats', source=' ')}",
    "published.death_count small_counts_are_hidden": "INSERT INTO {t} SELECT 'nation:us', 'all', 2019, 2019, 'cdc_wonder', '1999-2020', 'all', 0, 1, 3, 1000, NULL, 'x', 1",
    "published.indicator_value small_counts_of_children_are_hidden": "UPDATE {t} SET numerator = 3, indicator_id = 'child_lead' WHERE indicator_id = 'poverty'",
    "published.inequality limits_hold_the_measure": "UPDATE {t} SET value = ci_high + 1 WHERE ci_high IS NOT NULL",
    "published.inequality spread_is_not_negative": "UPDATE {t} SET value = -1 WHERE measure = 'bgv'",
    "published.inequality sets_are_declared": "UPDATE {t} SET comparison_set = 'places/anywhere'",
    "published.inequality ranked_places_say_by_what": "UPDATE {t} SET ordering = 'income' WHERE dimension = 'place'",
    "published.allocation shares_of_a_split_sum_to_one": "UPDATE {t} SET share = share / 2 WHERE rule = 'gap'",
    "published.allocation by_people_every_person_has_as_much": "UPDATE {t} SET proportionality = 2 WHERE rule = 'population'",
    "published.equity_review changes_follow_from_their_values": "UPDATE {t} SET gap_change = gap_change + 1",
    "published.equity_review a_clear_change_has_an_interval_without_zero": "UPDATE {t} SET gap_verdict = 'widened' WHERE gap_verdict = 'no_clear_change'",
    "published.equity_review periods_share_no_year": "UPDATE {t} SET period_to = period_from",
    "published.progress what_cannot_be_assessed_has_no_figure": "UPDATE {t} SET percent_achieved = 50 WHERE status = 'not_assessable'",
    "published.progress a_rebased_line_says_so": "UPDATE {t} SET caveat = 'Progress.' WHERE baseline_kind = 'own_first'",
    "published.progress a_rebased_target_is_never_met": "UPDATE {t} SET status = 'target_met' WHERE baseline_kind = 'own_first'",
    "published.progress percents_rest_on_a_sure_baseline": "UPDATE {t} SET percent_of_baseline = 390 WHERE baseline_se IS NULL AND baseline_value IS NOT NULL",
    "published.progress percent_follows_from_its_values": "UPDATE {t} SET percent_achieved = 51, latest_value = 6, baseline_value = 8, target_value = 4",
    "published.progress targets_are_declared": "UPDATE {t} SET target_id = 'eliminate' WHERE target_id <> 'none'",
    "published.progress pages_are_never_joined_into_a_series": "UPDATE {t} SET periods = 2 WHERE source_id = 'chicago_reported'",
    "published.priority_index a_rank_has_its_limits": "UPDATE {t} SET rank_low = NULL",
    "published.priority_index priority_needs_its_probability": "UPDATE {t} SET priority = NOT priority",
    "published.priority_index probabilities_sum_to_the_quarter": "UPDATE {t} SET probability_worst_quarter = 1",
    "published.spatial_cluster clusters_are_significant": "UPDATE {t} SET cluster = 'low_low'",
    "published.spatial_cluster islands_have_no_statistic": "UPDATE {t} SET neighbors = 0",
    "published.premature_mortality withheld_rows_hold_no_figure": "UPDATE {t} SET reliability = 'withheld'",
    "published.premature_mortality known_rate_of_the_nation": "INSERT INTO {t} SELECT * REPLACE ('nation:us' AS place_id, 'age_adjusted' AS method, 75000 AS ypll75_rate) FROM {t} WHERE ypll75_rate IS NOT NULL LIMIT 1",
    "published.premature_mortality half_the_difference_is_half_the_excess": "UPDATE {t} SET excess_deaths = 10, deaths_avoided = 10",
    "published.indicator_value no_unreliable_value_is_quotable": "UPDATE {t} SET quotable = 'yes' WHERE reliability = 'withheld'",
    "published.indicator_value freely_quotable_values_have_an_error": "UPDATE {t} SET quotable = 'yes' WHERE se IS NULL",
    "published.indicator_value ranks_are_quoted_with_their_caveat": "UPDATE {t} SET quotable = 'yes' WHERE rank IS NOT NULL",
    "published.indicator_value percentages_lie_between_0_and_100": "UPDATE {t} SET ci_high = 101 WHERE indicator_id = 'share_black'",
    "published.indicator_value published_percentages_agree_with_counts": "UPDATE {t} SET value = value + 0.2 WHERE indicator_id = 'poverty' AND method = 'published'",
    "published.indicator_value medians_are_never_taken_together": "UPDATE {t} SET value = 40000 WHERE indicator_id = 'median_household_income' AND method = 'summed'",
    "published.asset what_is_counted_stands_once": "INSERT INTO {t} SELECT * REPLACE (asset_id || '-again' AS asset_id, source_row + 100000 AS source_row) FROM {t} WHERE not_counted IS NULL AND latitude IS NOT NULL LIMIT 1",
    "published.asset areas_are_part_of_what_the_list_covers": "UPDATE {t} SET covered_place_id = 'county:42091' WHERE place_id LIKE 'zip:%'",
    "published.asset_access rates_are_counts_over_people": "UPDATE {t} SET per_10000 = per_10000 + 1",
    "published.asset_access counts_are_those_of_the_points": "UPDATE {t} SET count = count + 1 WHERE place_id LIKE 'zip:%'",
    "published.asset_access distances_are_those_within_a_city": "UPDATE {t} SET nearest_km = nearest_km + 100",
    "published.asset_access what_is_missing_has_its_reason": "UPDATE {t} SET nearest_km = NULL WHERE reason IS NULL",
    "published.change a_change_changes_something": CHANGED.format("'moved', '4', NULL, NULL, NULL"),
    "published.change what_is_hidden_now_is_not_told": CHANGED.format("'withheld', NULL, NULL, NULL, NULL"),
    "published.change what_turns_round_is_a_finding": CHANGED.format("'wording', '5', 'rank', 'x-1', NULL"),
    "published.change an_interval_holds_a_figure_or_not": CHANGED.format("'grade', '5', NULL, NULL, true"),
    "published.restatement what_turned_round_was_accepted": RESTATED.format("'20260101T000000Z-0', '5', true"),
    "published.restatement a_restatement_restates_something": RESTATED.format("'this', '4', false"),
    "published.zip_comparison differences_follow_from_their_figures": "UPDATE {t} SET majority_less_polygon = majority_less_polygon + 1",
    "published.zip_comparison life_expectancy_is_that_of_the_release": "UPDATE {t} SET by_polygon = by_polygon + 0.1, majority_less_polygon = majority_less_polygon - 0.1 WHERE measure = 'life_expectancy'",
    "published.place_shape what_is_drawn_can_be_shown": "DELETE FROM {t} WHERE place_id = 'neighborhood:chicago-26'",
    "published.place_shape shapes_are_of_a_map_of_the_release": "UPDATE {t} SET vintage = '1999'",
    "published.place_shape borders_stay_where_they_are": "UPDATE {t} SET border_shift = border_shift + 1000",
    "published.place_shape a_shape_of_another_place_is_one_of_its_own": "DELETE FROM {t} WHERE place_id LIKE 'zip:%'",
    "published.figure_input inputs_stand_in_a_file_of_the_release": "UPDATE {t} SET source_file = 'lost.csv' WHERE source_id = 'chr_measures'",
}  # fmt: skip
"""Table and rule → a statement that breaks the table ({t}) so that the rule must fail."""

BREAKS = Path(__file__).with_name("breaks")
BREAK_SLICES: dict[str, dict[str, str]] = {
    path.stem: runpy.run_path(str(path))["BREAK"] for path in sorted(BREAKS.glob("*.py"))
}
"""Source → table and rule → statement, for tables that are made of slices."""

RULES = {f"{name} {rule.id}": (name, rule) for name in declared_tables() for rule in domain_rules(name)}
ON_SLICES = [(source, named) for source, cases in BREAK_SLICES.items() for named in cases]


@pytest.fixture(scope="module")
def breakable(
    bundle_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the bundle's warehouse that may be changed."""
    copy = tmp_path_factory.mktemp("breakable") / "copy.duckdb"
    with attach_warehouse(bundle_home, copy) as connection:
        yield connection


@pytest.fixture(scope="module")
def checker(breakable: duckdb.DuckDBPyConnection) -> SqlChecker:
    return SqlChecker(breakable)


@cache
def _slices(source_id: str) -> SqlChecker:
    """The tables of a source, made of its slices."""
    return SqlChecker(load(source_id, slices_of(source_id)).connection)


def test_every_domain_rule_has_a_case_that_breaks_it() -> None:
    assert {*BREAK, *(named for _, named in ON_SLICES)} == set(RULES)
    assert len(RULES) >= 40


def test_every_rule_says_why_it_matters_and_what_to_do() -> None:
    for name, rule in RULES.values():
        assert rule.reason.endswith("."), (name, rule.id)
        assert len(rule.what_to_do) > 15, (name, rule.id)


@pytest.mark.parametrize("named", BREAK)
def test_rule_holds_on_real_data_and_fails_on_broken_data(named: str, checker: SqlChecker) -> None:
    _holds_and_fails(checker, named, BREAK[named])


@pytest.mark.parametrize(("source_id", "named"), ON_SLICES)
def test_rule_holds_on_slices_and_fails_on_broken_ones(source_id: str, named: str) -> None:
    _holds_and_fails(_slices(source_id), named, BREAK_SLICES[source_id][named])


def _holds_and_fails(checker: SqlChecker, named: str, statement: str) -> None:
    name, rule = RULES[named]
    connection = checker.connection
    before = _failing(checker, name, rule)
    assert (before > 0) == (named in KNOWN_WARNINGS) or named in OF_COALITIONS
    touched = "indicators.coverage" if "indicators.coverage" in statement else name
    connection.execute(f"CREATE OR REPLACE TABLE main.kept AS SELECT * FROM {touched}")
    try:
        connection.execute(statement.format(t=name))
        assert _failing(checker, name, rule) > before
        if rule.where is not None:
            assert offending_rows(connection, name, declared_tables()[name].key, rule)
    finally:
        connection.execute(f"DELETE FROM {touched}; INSERT INTO {touched} SELECT * FROM main.kept")


def _failing(checker: SqlChecker, name: str, rule: Rule) -> int:
    (outcome,) = checker.run(name, [rule])
    assert outcome.success == (outcome.unexpected_rows == 0)
    assert SuiteChecker(checker.connection).run(name, [rule]) == [outcome]
    return outcome.unexpected_rows
