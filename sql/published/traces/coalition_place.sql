CREATE VIEW trace_coalition_place AS
SELECT t.coalition_id, t.place_id, t.role,
    'Declared by the project in data/coalitions.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.coalition_place AS t;
COMMENT ON VIEW trace_coalition_place IS 'Where the declarations of coalitions come from.';
