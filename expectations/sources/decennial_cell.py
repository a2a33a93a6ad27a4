"""Cells of the decennial census."""

from lifegap.checks.rules import counted, no_row

RULES = (
    no_row(
        "signs_are_known",
        "sign NOT IN ('-666666666', '-999999999', '-888888888', 'blank')",
        reason="A count that is text is a cell that was read wrongly.",
        what_to_do="Look the text up in the Bureau's notes and add it to the parser.",
    ),
    counted(
        "parts_add_up_to_totals",
        """(
            SELECT count(*) FROM (
                SELECT sum(value) FILTER (line = table_id || '_001N') AS total,
                    sum(value) FILTER (line IN ('H1_002N', 'H1_003N', 'P2_002N', 'P2_003N', 'P5_002N',
                        'P5_007N')) AS parts
                FROM sources.decennial_cell
                WHERE table_id IN ('H1', 'P2', 'P5') AND source_file LIKE '%-Data.csv'
                GROUP BY vintage, table_id, geo_id
            ) WHERE total <> parts
        )""",
        reason="Occupied and vacant units are all units, and so on: a total is the sum of its parts.",
        what_to_do="Compare the rows with the publisher's table; a cell has been changed.",
    ),
)
