CREATE VIEW trace_check_result AS
SELECT t.table_name, t.expectation_id,
    'Made by the checks of the refresh.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.check_result AS t;
COMMENT ON VIEW trace_check_result IS 'Where results of checks come from.';
