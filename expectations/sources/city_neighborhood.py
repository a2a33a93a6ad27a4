"""Neighborhoods of seven cities."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "cities_that_number_have_numbers",
        "city IN ('Boston', 'Houston', 'Washington') AND code IS NULL",
        reason="These cities number their neighborhoods; without the number one cannot be told from another.",
        what_to_do="Obtain the map again; its numbers are missing.",
    ),
    counted(
        "a_number_is_of_one_neighborhood",
        "(SELECT count(*) FROM (SELECT code FROM sources.city_neighborhood WHERE code IS NOT NULL "
        "GROUP BY vintage, city, level, code HAVING count(*) > 1))",
        reason="A number that stands twice would put one neighborhood's people into another.",
        what_to_do="Look at both shapes; the city may have split the neighborhood.",
    ),
    no_row(
        "houston_has_88_super_neighborhoods",
        "city = 'Houston' AND coalesce(try_cast(code AS INTEGER), 0) NOT BETWEEN 1 AND 88",
        reason="The city numbers its super neighborhoods from 1 to 88.",
        what_to_do="Compare the number with the city's list.",
    ),
    no_row(
        "washington_calls_its_clusters_by_number",
        "city = 'Washington' AND NOT regexp_full_match(code, 'Cluster [0-9]+')",
        reason="A cluster is known by its number; the names in it belong to several.",
        what_to_do="Obtain the map again; names and neighborhoods may have changed columns.",
    ),
    no_row(
        "the_outline_is_detroit",
        "level = 'city' AND (city <> 'Detroit' OR code <> '22000')",
        reason="One outline is in this source, that of Detroit, place 22000 of Michigan.",
        what_to_do="Look at the file; it is the outline of another place.",
    ),
)
