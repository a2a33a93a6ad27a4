"""Sources."""

from lifegap.checks.rules import no_row

RULES = (
    no_row(
        "sources_can_be_cited",
        "trim(citation) = '' OR trim(license) = '' OR url NOT LIKE 'http%'",
        reason="Whoever uses a figure must be able to cite it and know its terms.",
        what_to_do="Complete the card in data/sources.",
    ),
    no_row(
        "something_was_kept",
        "rows_kept = 0 AND (source_id, vintage) NOT IN "
        "(SELECT (source_id, vintage) FROM warehouse.unused_row WHERE reason <> 'unexplained')",
        reason="A source of which no row was kept gives no figure, and should not look as if it did.",
        what_to_do="See row_account for why its rows were set aside.",
        needs=("warehouse.unused_row",),
    ),
)
