"""Life tables of the United States: what must hold of ages, survivors and groups."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "101_ages_a_table",
        "(SELECT count(*) FROM (SELECT vintage FROM sources.us_life_table "
        "GROUP BY vintage, population_group HAVING count(*) <> 101))",
        reason="A complete table has the ages 0 to 99, and 100 and older; one too few is a lost row.",
        what_to_do="Obtain the file again; it may be cut short.",
    ),
    no_row(
        "starts_with_100000_born",
        "age_start = 0 AND lx <> 100000",
        reason="All tables start with 100,000 born, or their columns cannot be compared.",
        what_to_do="Compare the row with the publisher's report.",
    ),
    counted(
        "survivors_are_born_less_deaths",
        "(SELECT count(*) FROM (SELECT lx - ndx - lead(lx) OVER "
        "(PARTITION BY vintage, population_group ORDER BY age_start) AS lost "
        "FROM sources.us_life_table) WHERE abs(lost) > 1)",
        reason="Survivors to the next age are those of this age less its deaths, to rounding.",
        what_to_do="Compare the table with the publisher's report; a row may be of another table.",
    ),
    no_row(
        "expectation_is_person_years_over_survivors",
        'abs("Tx" / lx - ex) > 0.051',
        reason="Life expectancy is the person-years still to live divided by the survivors.",
        what_to_do="Compare the row with the publisher's report.",
    ),
    counted(
        "groups_are_in_their_known_order",
        "(SELECT count(*) FROM (SELECT max(ex) FILTER (population_group = 'race:hispanic') AS hispanic, "
        "max(ex) FILTER (population_group = 'race:white_non_hispanic') AS white, "
        "max(ex) FILTER (population_group = 'race:black_non_hispanic') AS black "
        "FROM sources.us_life_table WHERE age_start = 0 AND year BETWEEN 2014 AND 2018 GROUP BY year) "
        "WHERE hispanic <= white OR white <= black)",
        reason="Only the file's name says whose table it is: in these years Hispanic people lived longest "
        "and Black people shortest, so another order means that files were swapped.",
        what_to_do="Compare the first row of each table with the publisher's report.",
    ),
    no_row(
        "agrees_with_the_series",
        "population_group = 'all' AND age_start = 0 AND (year, ex) NOT IN (SELECT (year, e0) "
        "FROM sources.us_death_rate WHERE race = 'All Races' AND sex = 'Both Sexes' AND e0 IS NOT NULL)",
        reason="The table of everyone and the published series give the same life expectancy of a year.",
        what_to_do="Compare both with the publisher's report; a table may be of another year.",
        needs=("sources.us_death_rate",),
    ),
)
