"""What-if splits of an amount."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "shares_of_a_split_sum_to_one",
        "(SELECT count(*) FROM (SELECT sum(share) AS whole FROM published.allocation "
        "GROUP BY coalition_id, rule) WHERE abs(whole - 1) > 1e-9)",
        reason="A split gives away the amount, no more and no less.",
        what_to_do="Look at lifegap/methods/disparity/allocation.py.",
    ),
    no_row(
        "by_people_every_person_has_as_much",
        "rule = 'population' AND abs(proportionality - 1) > 1e-9",
        reason="As the people is the split that the others are set against.",
        what_to_do="Look at lifegap/methods/disparity/allocation.py.",
    ),
)
