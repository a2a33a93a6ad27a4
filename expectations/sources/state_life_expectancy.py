"""Life expectancy of states by sex."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "life_expectancy_is_possible",
        "e0 NOT BETWEEN 60 AND 90",
        reason="Life expectancy of a state outside 60 to 90 years is a number in the wrong column.",
        what_to_do="Compare the row with the publisher's table.",
    ),
    counted(
        "51_states_and_the_nation_for_each_sex",
        "(SELECT count(*) FROM (SELECT sex FROM sources.state_life_expectancy GROUP BY vintage, sex "
        "HAVING count(*) <> 52 OR count(*) FILTER (state = 'United States') <> 1))",
        reason="The file holds 50 states, the District of Columbia and the United States, three times.",
        what_to_do="Obtain the file again; it may be cut short.",
    ),
    counted(
        "both_sexes_lie_between_women_and_men",
        "(SELECT count(*) FROM (SELECT min(e0) FILTER (sex = 'Total') AS together, "
        "min(e0) FILTER (sex = 'Male') AS male, min(e0) FILTER (sex = 'Female') AS female "
        "FROM sources.state_life_expectancy GROUP BY vintage, state) "
        "WHERE together < male OR together > female)",
        reason="Women lived longer than men in every state, and everyone in between.",
        what_to_do="Compare the state's rows with the publisher's table.",
    ),
    no_row(
        "estimate_is_in_its_class",
        "e0 < quartile_low OR e0 > quartile_high",
        reason="A state stands in the class whose limits hold its estimate.",
        what_to_do="Compare the row with the publisher's table; a row may have shifted.",
    ),
    no_row(
        "only_the_nation_has_no_error_and_no_class",
        "(state = 'United States') <> (se_e0 IS NULL) OR (state = 'United States') <> (quartile = '*')",
        reason="Every state has a standard error and a class; a state without one would pass as certain.",
        what_to_do="Obtain the file again, or read the publisher's notes.",
    ),
)
