"""Areas of Philadelphia as polygons."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "block_groups_are_of_philadelphia",
        "level = 'block_group' AND NOT regexp_full_match(code, '42101[0-9]{7}')",
        reason="The file is one of Philadelphia County's block groups; another code is another place.",
        what_to_do="Obtain the file again; the codes may have lost digits.",
    ),
    no_row(
        "districts_are_those_of_the_city",
        "level = 'planning_district' AND name NOT IN ('Central', 'Central Northeast', 'Lower Far Northeast', "
        "'Lower North', 'Lower Northeast', 'Lower Northwest', 'Lower South', 'Lower Southwest', 'North', "
        "'North Delaware', 'River Wards', 'South', 'University Southwest', 'Upper Far Northeast', "
        "'Upper North', 'Upper Northwest', 'West', 'West Park')",
        reason="The city has eighteen planning districts; their figures are found by these names.",
        what_to_do="Compare the names with the assessment's columns; the city may have redrawn them.",
    ),
    no_row(
        "named_areas_have_their_name",
        "level IN ('planning_district', 'neighborhood') AND (name IS NULL OR trim(name) = '')",
        reason="A district or neighborhood is known to its people by name.",
        what_to_do="Obtain the map again; its names are missing.",
    ),
    counted(
        "one_outline_of_the_city",
        "greatest(count(*) FILTER (WHERE level = 'city') - 1, 0)",
        reason="A second outline would put points inside the city twice.",
        what_to_do="Look at the file of the city limits; keep one edition.",
    ),
)
