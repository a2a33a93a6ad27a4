"""Observations."""

from lifegap.checks.rules import counted, no_row

CODES = "suppressed|not_published|not_computable|withheld|not_assessable|data_needed|not_in_bundle|unreliable"


RULES = (
    no_row(
        "reasons_are_of_the_list",
        f"NOT regexp_full_match(reason, '({CODES})(:[a-z0-9_]+)?')",
        reason="Readers look a reason up in one list.",
        what_to_do="Use a code of data/reasons.toml.",
    ),
    no_row(
        "survey_periods_have_five_years",
        "source_id = 'census_acs5' AND period_end - period_start <> "
        "CASE WHEN vintage LIKE '%-1year' THEN 0 ELSE 4 END",
        reason="Five-year estimates are about five years; the last one alone would mislead.",
        what_to_do="Correct the vintage of the file in the card's list.",
    ),
    counted(
        "tracts_add_up_to_the_county",
        """(
            SELECT count(*) FROM (
                SELECT vintage, sum(estimate) FILTER (place_id LIKE 'tract%') AS tracts,
                    sum(estimate) FILTER (place_id = 'county:17031') AS county,
                    count(*) FILTER (place_id LIKE 'tract%') AS counted
                FROM warehouse.observation
                WHERE concept = 'households' AND (place_id = 'county:17031'
                    OR place_id LIKE 'tract____:17031%')
                GROUP BY vintage
            ) WHERE counted >= 1319 AND tracts <> county
        )""",
        reason="Households of Cook County's tracts add up to the county's: two files, one survey.",
        what_to_do="Obtain both files again; one is of another year.",
    ),
    counted(
        "a_declared_label_names_one_line",
        """(
            SELECT count(*) FROM (
                SELECT source_file, table_id, vintage, measure_label
                FROM warehouse.observation
                WHERE (source_id, table_id, measure_label) IN
                    (SELECT (source_id, table_id, label) FROM landing.indicator_cell)
                GROUP BY ALL HAVING count(DISTINCT measure) > 1
            )
        )""",
        reason="A label that stands at two lines of a table would count them both.",
        what_to_do="Name the lines of the indicator in data/indicators by labels that stand once.",
    ),
    counted(
        "life_expectancies_are_in_years",
        """(
            SELECT count(*) FROM (
                SELECT source_id, vintage
                FROM warehouse.observation
                WHERE concept = 'life_expectancy'
                GROUP BY ALL HAVING median(estimate) NOT BETWEEN 25 AND 100
            )
        )""",
        reason="The median of an edition is between 25 years, as in 1900, and 100, or in another unit.",
        what_to_do="Look at what the source's reader in assets/warehouse/observed calls a life expectancy.",
    ),
    counted(
        "a_place_has_one_life_expectancy",
        """(
            SELECT count(*) FROM (
                SELECT place_id, population_group, period_start, period_end, source_id, vintage
                FROM warehouse.observation
                WHERE concept = 'life_expectancy'
                GROUP BY ALL HAVING count(*) > 1
            )
        )""",
        reason="Two life expectancies of one group in one edition contradict each other.",
        what_to_do="Say in the source's reader in assets/warehouse/observed which of the lines it is.",
    ),
    no_row(
        "life_expectancy_is_called_so",
        "concept IS NULL AND (measure_label LIKE 'Life expectancy%' "
        "OR measure_label LIKE 'Life Expectancy%')",
        reason="A life expectancy that carries another name, or none, is in no table of figures.",
        what_to_do="Give it its concept in the source's reader in assets/warehouse/observed.",
    ),
    no_row(
        "people_are_counted_whole",
        "(starts_with(concept, 'people') OR concept = 'households') "
        "AND (estimate < 0 OR estimate <> round(estimate))",
        reason="People and households are counts: a percentage or a rate under that word would weigh as one.",
        what_to_do="Look at what the source's reader in assets/warehouse/observed calls people.",
    ),
    no_row(
        "intervals_contain_their_estimate",
        "NOT estimate BETWEEN ci_low AND ci_high",
        reason="An estimate outside its own limits is misprinted, or the limits are.",
        what_to_do="Look at the rows in the file; keep the estimate and drop the limits by a correction.",
    ),
    no_row(
        "corrected_rows_have_no_interval",
        "flags = 'inconsistent_interval' AND (se IS NOT NULL OR ci_low IS NOT NULL)",
        reason="An interval that contradicts its estimate must not be carried on.",
        what_to_do="See the correction in the source card.",
    ),
    no_row(
        "standard_errors_follow_from_margins",
        "moe90 IS NOT NULL AND abs(se - moe90 / 1.645) > 1e-9 * greatest(moe90, 1)",
        reason="A standard error of the survey is its 90 percent margin over 1.645.",
        what_to_do="Look at assets/warehouse/observation.py.",
    ),
)
