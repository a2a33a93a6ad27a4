"""Premature mortality."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "withheld_rows_hold_no_figure",
        "reliability = 'withheld' AND (ypll75_rate IS NOT NULL OR se IS NOT NULL OR ci_low IS NOT NULL)",
        reason="A withheld rate must not come out through its interval.",
        what_to_do="Empty all columns of the row.",
    ),
    no_row(
        "known_rate_of_the_nation",
        "place_id = 'nation:us' AND population_group = 'all' AND method = 'age_adjusted' "
        "AND NOT ypll75_rate BETWEEN 6000 AND 8000",
        reason="Years lost before 75 in the United States were between 6,000 and 8,000 per 100,000 people.",
        what_to_do="Compare with Health, United States (NCHS), years of potential life lost before age 75.",
    ),
    no_row(
        "half_the_difference_is_half_the_excess",
        "abs(deaths_avoided - excess_deaths / 2) > 1e-6",
        reason="Halving the difference in rates at every age halves the excess deaths.",
        what_to_do="Look at lifegap/methods/mortality/premature_mortality.py.",
    ),
)
