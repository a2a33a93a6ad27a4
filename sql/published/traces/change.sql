CREATE VIEW trace_change AS
SELECT t.release_from, t.release_to, t.table_name, t.key, t.column_name,
    'Made by comparing with the release before.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.change AS t;
COMMENT ON VIEW trace_change IS 'Where changes come from.';
