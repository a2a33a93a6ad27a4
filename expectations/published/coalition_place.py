"""Places of coalitions."""

from lifegap.checks.rules import counted

RULES = (
    counted(
        "every_coalition_has_places",
        "(SELECT count(*) FROM published.coalition WHERE coalition_id NOT IN "
        "(SELECT coalition_id FROM published.coalition_place))",
        reason="A coalition without places has nothing to report.",
        what_to_do="Add its places to data/coalitions.",
    ),
    counted(
        "whoever_compares_has_members",
        "(SELECT count(DISTINCT coalition_id) FROM published.coalition_comparison WHERE coalition_id NOT IN "
        "(SELECT coalition_id FROM published.coalition_place WHERE role = 'member'))",
        reason="A coalition whose places are all context reports by its scorecard alone.",
        what_to_do="Say which of its places are members, or take the references away, in data/coalitions.",
        needs=("published.coalition_comparison",),
    ),
)
