"""Life expectancy of states by year, as the pressroom prints it."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "life_expectancy_is_possible",
        "e0 NOT BETWEEN 60 AND 90",
        reason="Life expectancy of a state outside 60 to 90 years is a number in the wrong column.",
        what_to_do="Compare the row with the publisher's page.",
    ),
    counted(
        "50_states_each_year",
        "(SELECT count(*) FROM (SELECT count(*) AS states FROM sources.pressroom_life_expectancy "
        "GROUP BY vintage, year) WHERE states <> 50)",
        reason="The map has the 50 states each year, without the District of Columbia.",
        what_to_do="Obtain the file again; it may be cut short.",
    ),
    no_row(
        "years_are_those_of_the_file",
        "year NOT BETWEEN CAST(left(vintage, 4) AS INTEGER) AND CAST(right(vintage, 4) AS INTEGER)",
        reason="The edition names its first and last year.",
        what_to_do="See which edition the file is, and list it under that.",
    ),
)
