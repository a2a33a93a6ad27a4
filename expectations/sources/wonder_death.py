"""CDC WONDER exports: what must hold of deaths, populations and rates."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "dataset_is_the_vintage",
        "CASE WHEN dataset LIKE 'Provisional %' THEN 'provisional-' || asked_on IS DISTINCT FROM vintage "
        "ELSE split_part(dataset, ', ', 2) <> vintage OR period_start < left(vintage, 4)::INTEGER "
        "OR period_end > right(vintage, 4)::INTEGER END",
        reason="Datasets differ in populations and causes: one under the name of another would mix them.",
        what_to_do="Read the dataset's name under the export and list the file under that vintage; one that "
        "is provisional under the day of its query.",
    ),
    no_row(
        "counts_of_1_to_9_are_hidden",
        "deaths BETWEEN 1 AND 9",
        reason="WONDER hides counts of 1 to 9 deaths, and its data use restrictions apply to them.",
        what_to_do="Do not publish the row; find out how the count came into the file.",
    ),
    no_row(
        "rates_of_fewer_than_20_deaths_are_unreliable",
        "deaths IS NOT NULL AND population IS NOT NULL "
        "AND (crude_rate_sign IS NOT DISTINCT FROM 'Unreliable') <> (deaths < 20) AND crude_rate_low IS NULL",
        reason="WONDER prints Unreliable for a rate of fewer than 20 deaths, and a number for every other; "
        "beside limits, which tell as much, the newest exports print every rate.",
        what_to_do="Compare the row with the export; a column may have shifted.",
    ),
    no_row(
        "rate_is_deaths_over_population",
        "abs(crude_rate - 100000.0 * deaths / population) > 0.051",
        reason="The crude rate is the deaths per 100,000 of the population, to the decimal printed.",
        what_to_do="Compare the row with the export; the rate may be of another population.",
    ),
    counted(
        "no_age_is_lost_where_all_rows_are_shown",
        """(
            SELECT count(*) FROM (
                SELECT count(DISTINCT age_group) AS ages, any_value(age_form) AS form
                FROM sources.wonder_death
                WHERE suppressed_shown AND zeros_shown
                GROUP BY source_file, place_code, period_start, period_end, month, race, hispanic_origin, sex,
                    cause_code
            ) WHERE ages <> CASE form WHEN 'Ten-Year Age Groups' THEN 12 WHEN 'Five-Year Age Groups' THEN 23
                WHEN 'Single-Year Ages' THEN 102 ELSE 1 END
        )""",
        reason="A query that hides no row gives every age: 11 or 22 groups or 101 single years, and one for "
        "ages not stated.",
        what_to_do="Export the query again; rows have been cut out of the file.",
    ),
    counted(
        "women_and_men_add_up_to_all",
        """(
            SELECT count(*) FROM (
                SELECT min(deaths) FILTER (sex = 'All') AS deaths,
                    min(population) FILTER (sex = 'All') AS population,
                    sum(deaths) FILTER (sex <> 'All') AS parts,
                    sum(population) FILTER (sex <> 'All') AS population_parts,
                    count(deaths) FILTER (sex <> 'All') AS sexes
                FROM sources.wonder_death
                WHERE status IS NULL
                GROUP BY place_code, period_start, period_end, month, age_form, age_group, race_form, race,
                    hispanic_origin, cause_code
            ) WHERE sexes = 2 AND (deaths <> parts OR population <> population_parts)
        )""",
        reason="Exports of both sexes together and apart are of the same deaths and the same people.",
        what_to_do="Export both queries again; one of them is of other people than it says.",
    ),
)
