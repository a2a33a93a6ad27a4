"""Deaths of Illinois counties by sex, age group and year."""

from lifegap.checks.rules import counted

RULES = (
    counted(
        "ages_follow_each_other_to_the_last",
        "(SELECT count(*) FROM (SELECT age_start, age_end, lead(age_start) OVER (PARTITION BY vintage, "
        "county_fips, year, sex ORDER BY age_start) AS next FROM sources.illinois_death) "
        "WHERE age_end IS DISTINCT FROM next)",
        reason="Groups hold every age once, from birth on; a missing group would make a life table too long.",
        what_to_do="Obtain the file again; it may be cut short.",
    ),
    counted(
        "21_ages_of_both_sexes_each_year",
        "(SELECT count(*) FROM (SELECT count(*) AS groups, count(DISTINCT sex) AS sexes "
        "FROM sources.illinois_death GROUP BY vintage, county_fips, year) WHERE groups <> 42 OR sexes <> 2)",
        reason="Every year has 21 age groups of men and of women.",
        what_to_do="Obtain the file again; it may be cut short.",
    ),
    counted(
        "deaths_grow_with_age_past_forty",
        "(SELECT count(*) FROM (SELECT sum(deaths) FILTER (age_start BETWEEN 40 AND 59) AS middle, "
        "sum(deaths) FILTER (age_start >= 60) AS old FROM sources.illinois_death "
        "GROUP BY vintage, county_fips, year, sex) WHERE old <= middle)",
        reason="More people die from 60 on than between 40 and 60; other numbers are of another column.",
        what_to_do="Compare the year with the publisher's workbook.",
    ),
)
