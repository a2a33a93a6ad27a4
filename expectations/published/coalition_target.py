"""Targets."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "targets_say_where_they_were_read",
        "trim(source) = '' OR (percent IS NOT NULL AND target_year IS NULL)",
        reason="A target without its source, or a percentage without its year, cannot be followed up.",
        what_to_do="Complete the target in data/coalitions.",
    ),
)
