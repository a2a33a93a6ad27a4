"""Conflicts between documents."""

from lifegap.checks.rules import counted, no_row

RULES = (
    counted(
        "conflicts_have_two_sides",
        "(SELECT count(*) FROM (SELECT coalition_id, conflict_id FROM published.coalition_conflict "
        "GROUP BY ALL HAVING count(DISTINCT says) < 2 OR count(DISTINCT choice) > 1))",
        reason="A conflict that shows one side hides the other.",
        what_to_do="Add the other statement to the conflict in data/coalitions.",
    ),
    no_row(
        "statements_say_where_they_were_read",
        "trim(source) = '' OR trim(says) = '' OR trim(choice) = '' OR trim(why) = ''",
        reason="A statement without its document cannot be looked up, nor a choice without its reason.",
        what_to_do="Complete the conflict in data/coalitions.",
    ),
)
