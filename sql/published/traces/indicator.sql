CREATE VIEW trace_indicator AS
SELECT t.indicator_id,
    'Declared by the project in data/indicators.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.indicator AS t;
COMMENT ON VIEW trace_indicator IS 'Where the declarations of indicators come from.';
