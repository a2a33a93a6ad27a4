"""Population estimates of counties by age and sex."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "age_groups_add_up_to_all",
        "(SELECT count(*) FROM (SELECT sum(people) FILTER (age_group <> 'POPEST') AS parts, "
        "max(people) FILTER (age_group = 'POPEST') AS whole, count(*) AS groups "
        "FROM sources.county_age_estimate GROUP BY vintage, county_fips, year_code) "
        "WHERE parts <> whole OR groups <> 19)",
        reason="Eighteen groups hold every age once; with a column that overlaps them people count twice.",
        what_to_do="Compare the header with the publisher's layout; a column may have moved.",
    ),
    counted(
        "codes_of_years_end_with_the_vintage",
        "(SELECT count(*) FROM (SELECT vintage, county_fips FROM sources.county_age_estimate "
        "GROUP BY vintage, county_fips HAVING CAST(max(year) AS VARCHAR) <> vintage "
        "OR max(year_code) - min(year_code) + 1 <> count(DISTINCT year_code)))",
        # A slice may begin later; that a whole file lacks rows is seen by their number.
        reason="The last code is the year of the vintage, and none before it is left out; decades differ.",
        what_to_do="Read the publisher's layout of the file, and give the decade its own codes.",
    ),
    no_row(
        "nobody_is_in_two_counties",
        "age_group = 'POPEST' AND people > 20000000",
        reason="The largest county has ten million people; more is a state or the nation.",
        what_to_do="Compare the row with the publisher's file.",
    ),
)
