"""Progress to targets."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "what_cannot_be_assessed_has_no_figure",
        "status = 'not_assessable' AND (percent_achieved IS NOT NULL OR projection IS NOT NULL "
        "OR probability_met IS NOT NULL OR quotable <> 'no')",
        reason="A percent beside `not_assessable` would be quoted all the same.",
        what_to_do="Look at assets/analyses/progress.py.",
    ),
    no_row(
        "a_rebased_line_says_so",
        "baseline_kind = 'own_first' AND target_id <> 'none' AND status <> 'not_assessable' "
        "AND NOT coalesce(contains(caveat, 'own first period'), FALSE)",
        reason="A line from another year than the target's baseline is no progress to the target.",
        what_to_do="Look at assets/analyses/progress.py.",
    ),
    no_row(
        "percent_follows_from_its_values",
        "abs(percent_achieved - 100 * (latest_value - baseline_value) / (target_value - baseline_value)) "
        "> 1e-6",
        reason="Zero percent at the baseline, a hundred at the target.",
        what_to_do="Look at lifegap/methods/standing/progress.py.",
    ),
    no_row(
        "a_rebased_target_is_never_met",
        "baseline_kind = 'own_first' AND status = 'target_met'",
        reason="Half of another year's gap is not the target that was adopted.",
        what_to_do="Look at lifegap/methods/standing/progress.py.",
    ),
    no_row(
        "percents_rest_on_a_sure_baseline",
        "(percent_achieved IS NOT NULL OR percent_of_baseline IS NOT NULL) AND "
        "NOT coalesce(abs(baseline_value) > 1.959963 * baseline_se, FALSE)",
        reason="A percent of what may be nothing can be any number.",
        what_to_do="Look at lifegap/methods/standing/progress.py.",
    ),
    counted(
        "targets_are_declared",
        "(SELECT count(*) FROM published.progress WHERE target_id <> 'none' AND (coalition_id, target_id) "
        "NOT IN (SELECT (coalition_id, target_id) FROM published.coalition_target))",
        reason="Progress is to a target that the coalition adopted.",
        what_to_do="Look at the coalition's file.",
        needs=("published.coalition_target",),
    ),
    no_row(
        "pages_are_never_joined_into_a_series",
        r"source_id LIKE '%\_reported' ESCAPE '\' AND (status <> 'not_assessable' OR periods > 1)",
        reason="Figures of different pages were made in different ways; their difference is no change.",
        what_to_do="Look at the card's fitness for trends.",
    ),
)
