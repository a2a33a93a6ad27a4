-- carries on published.change
CREATE VIEW change_count AS
SELECT table_name, column_name, kind, cause, source_id, vintage, cells, cells_beyond, largest, rows,
    count(flip) AS flips, min(sentence) AS example
FROM published.change
GROUP BY ALL
ORDER BY cells DESC, table_name, column_name, kind, cause, source_id, vintage;
COMMENT ON COLUMN change_count.flips IS '[cells] That turn a finding round.';
COMMENT ON COLUMN change_count.example IS 'One of the changes in words.';
COMMENT ON VIEW change_count IS 'How much is different from the release before: one row per table, column, kind, cause, source and edition.';
