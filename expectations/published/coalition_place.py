"""Places of coalitions."""

from lifegap.checks.rules import counted

RULES = (
    counted(
        "every_coalition_has_members",
        "(SELECT count(*) FROM published.coalition WHERE coalition_id NOT IN "
        "(SELECT coalition_id FROM published.coalition_place WHERE role = 'member'))",
        reason="A coalition without places has nothing to report.",
        what_to_do="Add its places to data/coalitions.",
    ),
)
