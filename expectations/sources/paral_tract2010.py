"""The unofficial assignment of 2010 tracts to community areas."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "every_area_has_a_tract",
        "CASE WHEN count(*) = 0 THEN 0 ELSE 77 - count(DISTINCT area_number) END",
        reason="Each of the 77 community areas has at least one tract.",
        what_to_do="Obtain the list again.",
    ),
    no_row(
        "tracts_are_of_cook_county",
        "tract_id NOT LIKE '17031%'",
        reason="The list holds the tracts of Cook County only.",
        what_to_do="Compare the codes with the list.",
    ),
    no_row(
        "codes_say_the_area_and_the_tract",
        "area_and_tract <> lpad(area_number::VARCHAR, 2, '0') || right(tract_id, 6)",
        reason="Area and tract stand twice in a row; where they differ, no one can say which is meant.",
        what_to_do="Compare the row with the city's own assignment.",
    ),
    counted(
        "an_area_has_one_name",
        "(SELECT count(*) FROM (SELECT area_number FROM sources.paral_tract2010 "
        "GROUP BY ALL HAVING count(DISTINCT area_name) > 1))",
        reason="A number with two names hints at a tract under the wrong area.",
        what_to_do="Compare the tracts of the area with the city's own assignment.",
    ),
)
