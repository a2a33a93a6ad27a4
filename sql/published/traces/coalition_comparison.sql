CREATE VIEW trace_coalition_comparison AS
SELECT t.coalition_id, t.place_id, t.reference_place_id,
    'Declared by the project in data/coalitions.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.coalition_comparison AS t;
COMMENT ON VIEW trace_coalition_comparison IS 'Where the declarations of coalitions come from.';
