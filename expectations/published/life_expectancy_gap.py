"""Published gaps."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "every_comparison_has_a_row",
        "(SELECT count(*) FROM published.coalition_comparison WHERE "
        "(coalition_id, place_id, reference_place_id) NOT IN "
        "(SELECT (coalition_id, place_id, reference_place_id) FROM published.life_expectancy_gap))",
        severity="warning",
        reason="A comparison that a coalition asked for and no source answers should be known.",
        what_to_do="Add a source that has both places.",
        needs=("published.coalition_comparison",),
    ),
    no_row(
        "only_declared_comparisons",
        "place_id <> reference_place_id AND (coalition_id, place_id, reference_place_id) NOT IN "
        "(SELECT (coalition_id, place_id, reference_place_id) FROM published.coalition_comparison)",
        reason="A pair that no coalition named beforehand is chosen from the data.",
        what_to_do="Look at assets/indicators/life_expectancy_gap.py.",
        needs=("published.coalition_comparison",),
    ),
    no_row(
        "no_unreliable_gap_is_quotable",
        "quotable <> 'no' AND (gap IS NULL OR reliability IN ('unreliable', 'withheld'))",
        reason="What is unreliable must not be quoted, with or without a caveat.",
        what_to_do="Look at assets/quotable.py.",
    ),
    no_row(
        "the_pandemic_is_said",
        "gap IS NOT NULL AND period_start <= 2021 AND period_end >= 2020 "
        "AND NOT coalesce(contains(caveat, 'pandemic'), FALSE)",
        reason="In 2020 and 2021 lives were shorter than before or after; figures of those years say so.",
        what_to_do="Look at assets/quotable.py.",
    ),
)
