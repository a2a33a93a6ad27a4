CREATE VIEW trace_comparison_set AS
SELECT t.comparison_set, t.place_id,
    'Which places are compared follows from places and coalitions.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.comparison_set AS t;
COMMENT ON VIEW trace_comparison_set IS 'Where the sets of places come from.';
