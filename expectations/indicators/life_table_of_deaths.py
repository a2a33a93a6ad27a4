"""Life tables made from deaths."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "withheld_tables_hold_no_figure",
        "reason = 'withheld:coverage' AND (ex IS NOT NULL OR mx IS NOT NULL)",
        reason="A table of a part of the county is not the county's.",
        what_to_do="Empty all numbers of the table.",
    ),
    no_row(
        "survivors_begin_with_100000",
        "age_start = 0 AND lx <> 100000",
        reason="A life table follows 100,000 born.",
        what_to_do="Look at lifegap/methods/mortality/deaths.py.",
    ),
)
