"""2010 census counts of Chicago's blocks."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "blocks_are_of_cook_county",
        "block_id NOT LIKE '17031%'",
        reason="Blocks are known by state, county, tract and block; without the county they match nothing.",
        what_to_do="Obtain the file with the full block code.",
    ),
    counted(
        "no_more_people_than_the_census",
        "(SELECT count(*) FROM (SELECT tract_id, sum(population) AS inside FROM sources.chicago_block "
        "GROUP BY tract_id) JOIN sources.tract_population AS t USING (tract_id) "
        "WHERE t.vintage = '2010' AND inside > t.population)",
        reason="The blocks of a tract inside the city cannot hold more people than the whole tract.",
        what_to_do="Compare both files; a thousands separator may have been misread.",
        needs=("sources.tract_population",),
    ),
)
