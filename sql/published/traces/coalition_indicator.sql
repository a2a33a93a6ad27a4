CREATE VIEW trace_coalition_indicator AS
SELECT t.coalition_id, t.indicator_id,
    'Declared by the project in data/coalitions.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.coalition_indicator AS t;
COMMENT ON VIEW trace_coalition_indicator IS 'Where the declarations of coalitions come from.';
