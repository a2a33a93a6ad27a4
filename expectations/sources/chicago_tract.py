"""2010 tracts of Chicago with the city's assignment."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "tracts_are_of_cook_county",
        "tract_id NOT LIKE '17031%'",
        reason="Chicago's tracts that have people lie in Cook County.",
        what_to_do="Compare the codes with the portal.",
    ),
    counted(
        "forms_of_the_file_agree",
        "(SELECT count(*) FROM (SELECT tract_id FROM sources.chicago_tract GROUP BY tract_id "
        "HAVING count(DISTINCT area_number) > 1))",
        reason="The portal gives one dataset in several forms; they must assign tracts alike.",
        what_to_do="Obtain both forms again.",
    ),
    no_row(
        "tracts_are_of_2010",
        "tract_id NOT IN (SELECT tract_id FROM sources.tract_population WHERE vintage = '2010')",
        reason="The city's assignment is for tracts of 2010; a 2020 code stands for other land.",
        what_to_do="Obtain the 2010 tracts.",
        needs=("sources.tract_population",),
    ),
)
