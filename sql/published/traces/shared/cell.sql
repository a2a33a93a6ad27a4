-- The lines that indicators are made of, edition by edition.
SELECT DISTINCT c.indicator_id, c.source_id, s.vintage, c.table_id, c.role, c.label
FROM published.indicator_cell AS c
JOIN published.source AS s ON s.source_id = c.source_id
    AND (c.vintages = 'all' OR list_contains(string_split(c.vintages, '; '), s.vintage))
