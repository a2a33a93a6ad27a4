"""Sources."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "sources_can_be_cited",
        "trim(citation) = '' OR trim(license) = '' "
        "OR (url NOT LIKE 'http%' AND NOT starts_with(source_id, 'coalition:'))",
        reason="Whoever uses a figure must be able to cite it and know its terms.",
        what_to_do="Complete the card in data/sources.",
    ),
    counted(
        "something_was_kept",
        """(
            SELECT count(*) FROM published.source AS s
            LEFT JOIN (
                SELECT source_id, vintage, sum(rows)::BIGINT AS told FROM published.row_account
                WHERE reason <> 'kept' GROUP BY ALL
            ) USING (source_id, vintage)
            WHERE s.rows_kept = 0 AND (coalesce(told, 0) < s.rows_read OR (source_id, vintage) NOT IN
                (SELECT (source_id, vintage) FROM warehouse.unused_row WHERE reason <> 'unexplained'
                UNION ALL SELECT (source_id, vintage) FROM published.row_account
                WHERE starts_with(reason, 'repeats_') AND rows > 0))
        )""",
        reason="A source of which no row was kept gives no figure, and should not look as if it did; "
        "but for those whose rows repeat another file, are only compared, or wait for a use.",
        what_to_do="See row_account for why its rows were set aside.",
        needs=("published.row_account", "warehouse.unused_row"),
    ),
)
