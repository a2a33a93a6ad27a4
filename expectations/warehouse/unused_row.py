"""Rows that nothing is made of."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "rows_without_a_use_are_explained",
        "reason = 'unexplained'",
        severity="warning",
        reason="Rows that are read and reach no figure, place or weight are lost without a word.",
        what_to_do="Give the rows a place and a period in assets/warehouse/observed, or say in "
        "assets/warehouse/unused_row.py why nothing is made of them.",
    ),
)
