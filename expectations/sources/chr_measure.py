"""County Health Rankings, life expectancy of counties."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "estimate_is_inside_its_interval",
        "estimate NOT BETWEEN ci_low AND ci_high",
        reason="An estimate outside its own limits has been taken from another row.",
        what_to_do="Compare the row with the publisher's file.",
    ),
    no_row(
        "all_people_live_a_possible_life",
        "population_group = 'all' AND estimate NOT BETWEEN 60 AND 92",
        severity="warning",
        reason="The files hold impossible life expectancies of small counties; they are withheld.",
        what_to_do="Nothing, if the county is small; else compare the row with the publisher's file.",
    ),
    no_row(
        "groups_live_a_possible_life",
        "population_group <> 'all' AND estimate NOT BETWEEN 50 AND 95",
        severity="warning",
        reason="By race the files hold impossible values, since deaths and people are classified "
        "differently; they are withheld.",
        what_to_do="Nothing, for small groups; else compare the row with the publisher's file.",
    ),
    no_row(
        "values_are_years",
        "estimate NOT BETWEEN 20 AND 250",
        reason="A number outside 20 to 250 is no life expectancy, however small the county.",
        what_to_do="Obtain the file again; a column may have shifted.",
    ),
    counted(
        "releases_differ",
        "(SELECT count(*) FROM (SELECT list(estimate ORDER BY county_fips) AS values, vintage "
        "FROM sources.chr_measure WHERE population_group = 'all' GROUP BY vintage) AS a "
        "JOIN (SELECT list(estimate ORDER BY county_fips) AS values, vintage "
        "FROM sources.chr_measure WHERE population_group = 'all' GROUP BY vintage) AS b "
        "ON a.values = b.values AND a.vintage < b.vintage)",
        reason="Two releases with the same numbers are one release under two names.",
        what_to_do="Obtain both files again.",
    ),
)
