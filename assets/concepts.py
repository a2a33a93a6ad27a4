"""Our own words for what publishers measure: the `concept` of an observation.

Whoever reads a publisher's file says what a number is in these words; all that is made of observations asks
for them, and knows no publisher's code. A number that nothing asks for by a word has none: indicators name
their cells by label, in data/indicators.
"""

LIFE_EXPECTANCY = "life_expectancy"
"""[years] Life expectancy at birth."""

PEOPLE = "people"
"""[people] All people of the place."""

PEOPLE_IN_HOUSEHOLDS = "people_in_households"
"""[people] Those of them who live in households."""

PEOPLE_BY_AGE = "people_by_age"
"""[people] People of an age group, which the label names."""

PEOPLE_BY_SEX_AND_AGE = "people_by_sex_and_age"
"""[people] Men or women of an age group, which the label names."""

HOUSEHOLDS = "households"
"""[households] All households of a table of incomes."""

HOUSEHOLD_INCOME = "household_income"
"""Any other line of such a table: parts by income, medians, means."""

CONCEPTS = (
    LIFE_EXPECTANCY,
    PEOPLE,
    PEOPLE_IN_HOUSEHOLDS,
    PEOPLE_BY_AGE,
    PEOPLE_BY_SEX_AND_AGE,
    HOUSEHOLDS,
    HOUSEHOLD_INCOME,
)
