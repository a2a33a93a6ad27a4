"""American Community Survey cells."""

from lifegap.checks.rules import counted, no_row

SIGNS = "('(X)', '-', '**', '***', '*****', 'N', 'null')"

RULES = (
    counted(
        "declared_cells_are_in_every_file",
        """(
            SELECT count(*) FROM (SELECT DISTINCT source_file, table_id FROM sources.acs_cell
                WHERE source_file LIKE '%-Data%' OR source_file LIKE '%_data_with_overlays_%'
                OR source_file LIKE '%_with_ann%') AS f
            JOIN (SELECT DISTINCT table_id, code FROM landing.indicator_cell
                WHERE source_id = 'census_acs5') AS i USING (table_id)
            WHERE (f.source_file, i.code) NOT IN (
                SELECT (c.source_file, k.code)
                FROM (SELECT DISTINCT source_file, table_id, label FROM sources.acs_cell) AS c
                JOIN landing.indicator_cell AS k USING (table_id, label)
            )
        )""",
        reason="An indicator whose cell is gone would lose a year without anyone noticing.",
        what_to_do="Find the line's new label and add it to the indicator in data/indicators.",
    ),
    counted(
        "declared_codes_have_not_moved",
        """(
            SELECT count(DISTINCT (c.source_file, c.line)) FROM
            (SELECT DISTINCT source_file, table_id, line, label FROM sources.acs_cell) AS c
            JOIN landing.indicator_cell AS k USING (table_id, label)
            WHERE c.line NOT LIKE '%\\_HC%' ESCAPE '\\' AND c.line NOT LIKE '%\\_row%' ESCAPE '\\'
            AND c.line <> k.code
        )""",
        severity="warning",
        reason="The Bureau moves codes between years; the label decides, and the move is reported.",
        what_to_do="See that the label still means the same, then update the code.",
    ),
    no_row(
        "counts_are_not_negative",
        "estimate < 0",
        reason="Counts, medians and percentages of these tables are never below zero.",
        what_to_do="The number may stand for a sign (such as -666666666): add it to the parser.",
    ),
    no_row(
        "percentages_are_at_most_100",
        "estimate > 100 AND (label LIKE 'Percent %' OR label LIKE '%rate!!%' "
        "OR label LIKE '%Ratio!!%' OR label LIKE '%Rate!!%')",
        reason="A percentage above 100 is a count in the wrong column.",
        what_to_do="Compare the row with the publisher's table; columns may have shifted.",
    ),
    no_row(
        "signs_are_known",
        f"estimate_text NOT IN {SIGNS} AND NOT regexp_full_match(estimate_text, '[0-9,]+[+-]')",
        severity="warning",
        reason="A sign that is not known is read as a blank, and may mean something else.",
        what_to_do="Look the sign up in the Bureau's notes and add it to the parser.",
    ),
    no_row(
        "tracts_are_of_the_vintage",
        # Of a state some counties may be listed: a tract is looked up where its county is.
        "geo_id LIKE '1400000US%' AND substr(geo_id, 10, 5) IN "
        "(SELECT left(tract_id, 5) FROM sources.tract_population) AND "
        "(substr(geo_id, 10), CASE WHEN left(vintage, 4)::INTEGER < 2020 THEN '2010' ELSE '2020' END) "
        "NOT IN (SELECT (tract_id, vintage) FROM sources.tract_population)",
        reason="Tables to 2019 are on tracts of 2010, later ones on tracts of 2020.",
        what_to_do="Obtain the file again; it stands under the name of another year.",
        needs=("sources.tract_population",),
    ),
    no_row(
        "connecticut_regions_since_2022",
        "geo_id LIKE '0500000US09%' AND (geo_id LIKE '0500000US091%') <> (left(vintage, 4)::INTEGER >= 2022)",
        reason="Connecticut has planning regions since 2022 and counties before.",
        what_to_do="Obtain the file again; it stands under the name of another year.",
    ),
    counted(
        "parts_add_up_to_totals",
        """(
            SELECT count(*) FROM (
                SELECT sum(estimate) FILTER (line = table_id || '_001') AS total,
                    sum(estimate) FILTER (line IN ('B25003_002', 'B25003_003', 'B03002_002',
                        'B03002_012', 'B01001_002', 'B01001_026', 'B23025_002', 'B23025_007'))
                        AS parts,
                    count(*) FILTER (line IN ('B25003_002', 'B25003_003', 'B03002_002', 'B03002_012',
                        'B01001_002', 'B01001_026', 'B23025_002', 'B23025_007')) AS lines
                FROM sources.acs_cell
                WHERE table_id IN ('B25003', 'B03002', 'B01001', 'B23025')
                GROUP BY vintage, table_id, geo_id
            ) WHERE total <> parts AND lines = 2
        )""",
        reason="Owners and renters are all households, and so on: a total is the sum of its parts.",
        what_to_do="Compare the rows with the publisher's table; a cell has been changed.",
    ),
)
