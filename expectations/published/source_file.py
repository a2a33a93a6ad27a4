"""Files."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "files_are_those_the_cards_were_written_for",
        "sha256_listed IS NOT NULL AND sha256 <> sha256_listed",
        severity="warning",
        reason="A file whose bytes differ from the one the card describes was re-issued, or altered.",
        what_to_do="Compare it with the file before, which a refresh from the publishers keeps in "
        "landing/<source_id>/replaced; if it is a new edition, update the card's list.",
    ),
)
