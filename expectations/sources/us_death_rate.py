"""Death rates and life expectancy of the United States since 1900."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "nine_series_a_year",
        "(SELECT count(*) FROM (SELECT year FROM sources.us_death_rate GROUP BY vintage, year "
        "HAVING count(*) <> 9))",
        reason="Every year has three groups of race and three of sex.",
        what_to_do="Obtain the file again; it may be cut short.",
    ),
    no_row(
        "years_are_those_of_the_file",
        "year NOT BETWEEN left(vintage, 4)::INTEGER AND right(vintage, 4)::INTEGER",
        reason="A year outside the file's own is of another edition.",
        what_to_do="List the file under its own first and last year.",
    ),
    no_row(
        "life_expectancy_lacks_only_by_race_in_2018",
        "e0 IS NULL AND NOT (year = 2018 AND race <> 'All Races')",
        reason="The file has no life expectancy by race for 2018; elsewhere an empty cell is a lost one.",
        what_to_do="Compare the row with the publisher's table.",
    ),
    counted(
        "both_sexes_lie_between_women_and_men",
        "(SELECT count(*) FROM (SELECT min(e0) FILTER (sex = 'Both Sexes') AS together, "
        "min(e0) FILTER (sex = 'Male') AS male, min(e0) FILTER (sex = 'Female') AS female "
        "FROM sources.us_death_rate GROUP BY vintage, year, race) "
        "WHERE together NOT BETWEEN least(male, female) AND greatest(male, female))",
        reason="The life expectancy of everyone lies between those of women and men.",
        what_to_do="Compare the year's rows with the publisher's table.",
    ),
    counted(
        "rate_of_both_sexes_is_near_those_of_women_and_men",
        "(SELECT count(*) FROM (SELECT min(age_adjusted_rate) FILTER (sex = 'Both Sexes') AS together, "
        "min(age_adjusted_rate) FILTER (sex = 'Male') AS male, "
        "min(age_adjusted_rate) FILTER (sex = 'Female') AS female "
        "FROM sources.us_death_rate GROUP BY vintage, year, race) "
        "WHERE together NOT BETWEEN least(male, female) - 10 AND greatest(male, female) + 10)",
        reason="An age-adjusted rate of everyone can pass those of women and men a little, as from 1919 to "
        "1921 by up to 5.1, because the share of women differs by age; by more it is another series.",
        what_to_do="Compare the year's rows with the publisher's table.",
    ),
)
