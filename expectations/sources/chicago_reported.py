"""Reported figures: each must name its page and be possible."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "used_figures_name_their_page",
        "not_used IS NULL AND (source_url NOT LIKE 'http%' OR source_title = '')",
        reason="A reported figure without the page it was read on cannot be checked by anyone.",
        what_to_do="Add the page to data/reported, or take the figure out.",
    ),
    no_row(
        "used_figures_are_possible",
        "not_used IS NULL AND estimate NOT BETWEEN 50 AND 100",
        reason="A life expectancy outside 50 to 100 years is a misprint.",
        what_to_do="Compare the figure with its page.",
    ),
)
