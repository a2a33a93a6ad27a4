"""Big Cities Health Inventory."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "life_expectancy_is_possible",
        "indicator LIKE 'Life Expectancy%' AND value NOT BETWEEN 50 AND 100",
        reason="A life expectancy outside 50 to 100 years is a number in the wrong column.",
        what_to_do="Compare the row with the publisher's site.",
    ),
    no_row(
        "percentages_are_possible",
        "indicator LIKE 'Percent%' AND value NOT BETWEEN 0 AND 100",
        reason="A percentage above 100 is a rate or a count in the wrong row.",
        what_to_do="Compare the row with the publisher's site.",
    ),
    no_row(
        "value_is_inside_its_limits",
        "value NOT BETWEEN ci95_low AND ci95_high OR value NOT BETWEEN ci90_low AND ci90_high",
        reason="A value outside its own limits has been taken from another row.",
        what_to_do="Compare the row with the publisher's site.",
    ),
    no_row(
        "years_are_of_the_edition",
        "year_end > CAST(vintage AS INTEGER)",
        reason="An edition cannot hold years after it; the file would be a later one.",
        what_to_do="See which edition the file is, and list it under that.",
    ),
)
