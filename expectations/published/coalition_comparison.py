"""Comparisons."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "no_place_is_its_own_reference",
        "place_id = reference_place_id",
        reason="A place compared with itself has no gap.",
        what_to_do="Correct the references in data/coalitions.",
    ),
)
