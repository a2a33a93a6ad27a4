"""Inputs of figures."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "inputs_stand_in_a_file_of_the_release",
        "(source_id, source_file) NOT IN (SELECT (source_id, file) FROM published.source_file)",
        reason="A number whose file is not listed cannot be looked up.",
        what_to_do="Look at the ledger in the warehouse.",
        needs=("published.source_file",),
    ),
)
