"""Chicago Health Atlas downloads."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "life_expectancy_is_possible",
        "topic = 'VRLE' AND estimate NOT BETWEEN 50 AND 100",
        reason="No community area lives to less than 50 or more than 100 years on average.",
        what_to_do="Compare the row with the Atlas; a column may have shifted.",
    ),
    counted(
        "77_areas_in_each_topic_and_period",
        "(SELECT count(*) FROM (SELECT topic FROM sources.chicago_health_atlas "
        "GROUP BY vintage, topic, period_start, period_end HAVING count(DISTINCT geoid) <> 77))",
        reason="Every topic lists the 77 community areas.",
        what_to_do="Download the topic again.",
    ),
    no_row(
        "area_numbers_are_1_to_77",
        "coalesce(try_cast(geoid AS INTEGER), 0) NOT BETWEEN 1 AND 77",
        reason="The id of an area is its number; other layers of the Atlas use other ids.",
        what_to_do="Download the layer of community areas.",
    ),
)
