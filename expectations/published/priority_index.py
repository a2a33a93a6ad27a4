"""Priority areas."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "a_rank_has_its_limits",
        "rank IS NOT NULL AND rank_low + rank_high + probability_worst_quarter IS NULL",
        reason="A bare rank says more than the figures behind it can.",
        what_to_do="Look at assets/analyses/priority_index.py: without standard errors there is no rank.",
    ),
    no_row(
        "priority_needs_its_probability",
        "priority <> (probability_worst_quarter >= 0.8)",
        reason="A place is a priority where it belongs to the worst quarter in four draws of five.",
        what_to_do="Look at lifegap/methods/standing/ranks.py.",
    ),
    counted(
        "probabilities_sum_to_the_quarter",
        """(
            SELECT count(*) FROM (
                SELECT abs(sum(probability_worst_quarter) - ceil(any_value(places) / 4)) AS beside
                FROM published.priority_index WHERE score IS NOT NULL
                GROUP BY coalition_id, comparison_set, priority_area
            ) WHERE beside > 1e-6
        )""",
        reason="In every draw exactly a quarter of the places is in the worst quarter.",
        what_to_do="Look at lifegap/methods/standing/ranks.py.",
    ),
)
