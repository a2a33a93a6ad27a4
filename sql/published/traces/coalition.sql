CREATE VIEW trace_coalition AS
SELECT t.coalition_id,
    'Declared by the project in data/coalitions.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.coalition AS t;
COMMENT ON VIEW trace_coalition IS 'Where the declarations of coalitions come from.';
