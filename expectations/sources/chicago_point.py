"""Places of Chicago as points."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "coordinates_are_degrees_of_the_united_states",
        "longitude NOT BETWEEN -125 AND -66 OR latitude NOT BETWEEN 24 AND 50",
        reason="Exchanged or projected coordinates put a place on another continent.",
        what_to_do="Compare the columns of the list; longitude and latitude may be exchanged.",
    ),
    counted(
        "most_points_of_a_list_lie_in_the_city",
        "(SELECT count(*) FROM (SELECT source_file FROM sources.chicago_point WHERE located <> 'nowhere' "
        "GROUP BY source_file HAVING 2 * count(*) FILTER (located = 'elsewhere') > count(*)))",
        reason="A list of places of Chicago most of which lie elsewhere is another list, or has moved.",
        what_to_do="See what the coordinates of the list are.",
    ),
    no_row(
        "status_of_a_pharmacy_is_known",
        "(kind = 'pharmacy') <> (status IS NOT NULL) "
        "OR status NOT IN ('open', 'closed', 'permanently closed', 'unknown')",
        reason="A pharmacy is counted by its status; a new word would be counted as nothing.",
        what_to_do="See what the word means and add it.",
    ),
)
