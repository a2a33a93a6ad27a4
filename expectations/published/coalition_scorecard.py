"""Scorecards."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "shares_are_shares",
        "(unit = 'share' AND value NOT BETWEEN 0 AND 1) "
        "OR (unit = 'percent' AND value NOT BETWEEN 0 AND 100)",
        reason="A share is between 0 and 1, a percentage between 0 and 100.",
        what_to_do="Correct the value or its unit in the coalition's scorecard.csv.",
    ),
    no_row(
        "yes_or_no",
        "unit = 'yes/no' AND value NOT IN (0, 1)",
        reason="Yes is 1 and no is 0.",
        what_to_do="Correct the value in the coalition's scorecard.csv.",
    ),
    no_row(
        "metrics_say_where_they_were_read",
        "trim(source) = ''",
        reason="What nobody can look up is no report.",
        what_to_do="Name the source in the coalition's scorecard.csv.",
    ),
)
