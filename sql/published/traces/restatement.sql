CREATE VIEW trace_restatement AS
SELECT t.table_name, t.key, t.column_name, t.restated_at,
    'Made by comparing with the release before; those of earlier releases are carried on.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.restatement AS t;
COMMENT ON VIEW trace_restatement IS 'Where restatements come from.';
