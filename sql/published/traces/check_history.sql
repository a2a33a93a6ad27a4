CREATE VIEW trace_check_history AS
SELECT t.table_name, t.expectation_id, t.position,
    'Made by the checks of this refresh, and of the releases before it.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.check_history AS t;
COMMENT ON VIEW trace_check_history IS 'Where the history of checks comes from.';
