"""The city's life expectancy of its community areas."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "life_expectancy_is_possible",
        "estimate NOT BETWEEN 40 AND 100 OR ci_low NOT BETWEEN 30 AND 100 OR ci_high NOT BETWEEN 40 AND 110",
        reason="No community area has lived to less than 40 or more than 100 years on average.",
        what_to_do="Compare the row with the portal; a column may have shifted.",
    ),
    counted(
        "77_areas_and_the_city",
        "(SELECT count(*) FROM (SELECT source_file, year FROM sources.chicago_life_expectancy "
        "GROUP BY ALL HAVING count(DISTINCT area_number) <> 77 "
        "OR count(*) FILTER (area_number IS NULL) <> 1))",
        reason="Each year has the 77 community areas once each, and one row of the city.",
        what_to_do="Obtain the file again; it may be cut short or hold an area twice.",
    ),
    counted(
        "forms_of_the_file_agree",
        "(SELECT count(*) FROM (SELECT area_number, year FROM sources.chicago_life_expectancy "
        "GROUP BY ALL HAVING count(DISTINCT (estimate, ci_low, ci_high)) > 1))",
        reason="The portal gives one dataset in several forms; they must say the same.",
        what_to_do="Obtain all forms again on the same day.",
    ),
    counted(
        "names_belong_to_numbers",
        "(SELECT count(*) FROM sources.chicago_life_expectancy AS l "
        "JOIN sources.chicago_community_area AS a USING (area_number) "
        "WHERE jaro_winkler_similarity(a.name, upper(l.community_area)) <= 0.85)",
        severity="warning",
        reason="Numbers decide which area is meant; a name far from the city's own hints at a mix-up.",
        what_to_do="See which area the row is about.",
        needs=("sources.chicago_community_area",),
    ),
    no_row(
        "estimate_is_inside_its_interval",
        "estimate NOT BETWEEN ci_low AND ci_high",
        severity="warning",
        reason="An estimate outside its own limits has a misprint in one of the three.",
        what_to_do="Ask the publisher; until then its interval is not used (see correction).",
    ),
)
