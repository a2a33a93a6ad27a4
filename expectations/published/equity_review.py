"""Reviews of what changed between two periods."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "changes_follow_from_their_values",
        "abs(level_change - (value_to - value_from)) > 1e-9 OR abs(gap_change - (gap_to - gap_from)) > 1e-9",
        reason="Latest less first, in level and in gap.",
        what_to_do="Look at lifegap/methods/disparity/equity_review.py.",
    ),
    no_row(
        "a_clear_change_has_an_interval_without_zero",
        "(level_verdict <> 'no_clear_change' AND level_change_low <= 0 AND level_change_high >= 0) "
        "OR (gap_verdict <> 'no_clear_change' AND gap_change_low <= 0 AND gap_change_high >= 0)",
        reason="A change within its error is none.",
        what_to_do="Look at lifegap/methods/disparity/equity_review.py.",
    ),
    no_row(
        "periods_share_no_year",
        "split_part(period_from, '-', -1)::INTEGER >= split_part(period_to, '-', 1)::INTEGER",
        reason="Windows that share years share people.",
        what_to_do="Look at assets/analyses/equity_review.py.",
    ),
)
