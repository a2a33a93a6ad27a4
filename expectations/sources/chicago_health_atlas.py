"""Chicago Health Atlas downloads."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "life_expectancy_is_possible",
        "topic = 'VRLE' AND estimate NOT BETWEEN 40 AND 100",
        reason="No community area lives to less than 40 or more than 100 years on average.",
        what_to_do="Compare the row with the Atlas; a column may have shifted.",
    ),
    counted(
        "77_areas_in_each_topic_and_period",
        "(SELECT count(*) FROM (SELECT topic FROM sources.chicago_health_atlas "
        "WHERE layer = 'Community area' "
        "GROUP BY source_file, topic, period_start, period_end HAVING count(DISTINCT geoid) <> 77))",
        reason="Every topic lists the 77 community areas.",
        what_to_do="Download the topic again.",
    ),
    no_row(
        "area_numbers_are_1_to_77",
        "layer = 'Community area' AND coalesce(try_cast(geoid AS INTEGER), 0) NOT BETWEEN 1 AND 77",
        reason="The id of an area is its number; other layers of the Atlas use other ids.",
        what_to_do="Download the layer of community areas.",
    ),
    no_row(
        "tracts_are_of_cook_and_dupage",
        "layer = 'Census tract' AND left(geoid, 5) NOT IN ('17031', '17043')",
        reason="Chicago lies in Cook County, and a corner of O'Hare in DuPage.",
        what_to_do="Compare the codes with the Atlas; leading digits may be lost.",
    ),
    counted(
        "margins_are_1645_standard_errors",
        "(SELECT count(*) FROM sources.chicago_health_atlas AS a JOIN sources.chicago_health_atlas AS b "
        "USING (vintage, geoid, topic, period_start, period_end) "
        "WHERE abs(a.se * 1.645 - b.moe90) > 1e-6)",
        reason="The Atlas gives one uncertainty in two forms: its margin is 1.645 standard errors.",
        what_to_do="Download both forms again on the same day; one of them is of another release.",
    ),
    counted(
        "a_topic_is_called_one_thing_in_a_download",
        "(SELECT count(*) FROM (SELECT topic FROM sources.chicago_health_atlas "
        "GROUP BY source_file, topic, period_start, period_end HAVING count(DISTINCT label) <> 1))",
        reason="A label says what the number is; two labels for one column mean that they are mixed up.",
        what_to_do="Compare the labels with the columns of the download.",
    ),
)
