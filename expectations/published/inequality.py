"""Summary measures of inequality."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "limits_hold_the_measure",
        "value < ci_low - 1e-9 OR value > ci_high + 1e-9",
        reason="An interval that does not hold its own estimate cannot be read.",
        what_to_do="Look at lifegap/methods/disparity/inequality_intervals.py.",
    ),
    no_row(
        "spread_is_not_negative",
        "measure IN ('bgv', 'bgv_corrected', 'bgsd', 'mdmu', 'mdmw', 'ti', 'mld', 'max_min') AND value < 0",
        reason="How far places lie apart has no sign.",
        what_to_do="Look at lifegap/methods/disparity/disproportionality.py.",
    ),
    counted(
        "sets_are_declared",
        "(SELECT count(DISTINCT comparison_set) FROM published.inequality WHERE comparison_set NOT IN "
        "(SELECT comparison_set FROM published.comparison_set))",
        reason="Whose inequality it is must be known place by place.",
        what_to_do="Look at assets/analyses/comparison_sets.py.",
        needs=("published.comparison_set",),
    ),
    no_row(
        "ranked_places_say_by_what",
        "(dimension = 'place') <> (ordering IS NULL)",
        reason="A slope over ranked places means nothing without what ranks them.",
        what_to_do="Look at assets/analyses/inequality.py.",
    ),
)
