"""Indicators of community areas from the city's portal."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "77_areas_in_each_indicator",
        "(SELECT count(*) FROM (SELECT indicator FROM sources.chicago_indicator WHERE area_number > 0 "
        "GROUP BY vintage, dataset, indicator HAVING count(DISTINCT area_number) <> 77))",
        reason="Every dataset lists the 77 community areas.",
        what_to_do="Obtain the file again; it may be cut short.",
    ),
    counted(
        "names_belong_to_numbers",
        "(SELECT count(*) FROM sources.chicago_indicator AS i "
        "JOIN sources.chicago_community_area AS a USING (area_number) "
        "WHERE jaro_winkler_similarity(a.name, upper(i.area_name)) <= 0.85)",
        reason="Numbers decide which area is meant; a name far from the city's own hints at a mix-up.",
        what_to_do="See which area the row is about.",
        needs=("sources.chicago_community_area",),
    ),
    no_row(
        "the_row_without_number_is_the_city",
        "(area_number = 0) <> (upper(area_name) = 'CHICAGO')",
        reason="The city has number 0 or none; an area without number would be taken for it.",
        what_to_do="Compare the row with the portal.",
    ),
    no_row(
        "hardship_is_an_index_of_areas",
        "indicator = 'HARDSHIP INDEX' "
        "AND (value NOT BETWEEN 1 AND 100 OR (area_number = 0) <> (value IS NULL))",
        reason="The index runs from 1 to 100 over the areas; the city has none.",
        what_to_do="Compare the row with the portal; a column may have shifted.",
    ),
    counted(
        "speakers_sum_to_the_city",
        "(SELECT count(*) FROM (SELECT sum(value) FILTER (area_number > 0) AS areas, "
        "sum(value) FILTER (area_number = 0) AS city FROM sources.chicago_indicator "
        "WHERE dataset = 'a2fk-ec6q' AND text IS NULL GROUP BY vintage, indicator) WHERE areas <> city)",
        reason="Speakers of a language are counted once, in the area they live in.",
        what_to_do="Obtain the file again; a row is missing or doubled.",
    ),
)
