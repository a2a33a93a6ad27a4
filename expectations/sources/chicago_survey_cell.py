"""The city's own table of the survey by community area."""

from lifegap.checks.rules import counted

RULES = (
    counted(
        "77_areas_in_each_line",
        "(SELECT count(*) FROM (SELECT line FROM sources.chicago_survey_cell "
        "GROUP BY vintage, line HAVING count(DISTINCT area_name) <> 77))",
        reason="Every column lists the 77 community areas.",
        what_to_do="Obtain the file again; it may be cut short.",
    ),
    counted(
        "ages_of_both_sexes_add_up_to_the_people",
        "(SELECT count(*) FROM (SELECT sum(people) FILTER (line LIKE '%male\\_%' ESCAPE '\\') AS parts, "
        "max(people) FILTER (line = 'total_population') AS whole "
        "FROM sources.chicago_survey_cell GROUP BY vintage, area_name) WHERE abs(parts - whole) > 2)",
        reason="Men and women by age add up to the people, but for rounding.",
        what_to_do="Compare the row with the portal; a column may have shifted.",
    ),
)
