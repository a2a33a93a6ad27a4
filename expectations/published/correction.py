"""Corrections."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "corrections_hit_what_they_were_written_for",
        "rows_hit <> rows_expected",
        reason="A fix that hits other rows than it was written for changes good data.",
        what_to_do="See whether the publisher mended the file; if so, remove the correction.",
    ),
)
