"""What is different from the release before."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "what_is_hidden_now_is_not_told",
        "kind = 'withheld' AND (old IS NOT NULL OR new IS NOT NULL OR difference IS NOT NULL)",
        reason="A figure that is withheld today, perhaps for a person's sake, would be published anew here.",
        what_to_do="Look at lifegap/releases/compare.py.",
    ),
    no_row(
        "a_change_changes_something",
        "kind NOT IN ('added', 'removed', 'table_added', 'table_removed', 'column_added', 'column_removed') "
        "AND old = new",
        reason="Whoever is told that a figure changed would find the same figure.",
        what_to_do="Look at lifegap/releases/compare.py.",
    ),
    no_row(
        "what_turns_round_is_a_finding",
        "flip IS NOT NULL AND kind NOT IN ('moved', 'finding')",
        reason="A release is stopped by findings that turn round, and by nothing else.",
        what_to_do="Look at lifegap/releases/findings.py.",
    ),
    no_row(
        "an_interval_holds_a_figure_or_not",
        "beyond_uncertainty IS NOT NULL AND kind NOT IN ('moved', 'newer')",
        reason="Beyond its uncertainty can only be a figure that was shown before and is shown now.",
        what_to_do="Look at lifegap/releases/compare.py.",
    ),
)
