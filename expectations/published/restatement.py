"""The log of restated figures."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "what_turned_round_was_accepted",
        "restated_at <> 'this' AND (changes_direction OR changes_rank OR changes_target_status) "
        "AND acknowledged_by_reason IS NULL",
        reason="No release is published with a finding that turned round until a person says why.",
        what_to_do="Look at lifegap/releases/acknowledged.py.",
    ),
    no_row(
        "a_restatement_restates_something",
        "old = new",
        reason="The log is for whoever quoted the old figure.",
        what_to_do="Look at assets/published/history.py.",
    ),
)
