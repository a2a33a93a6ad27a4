CREATE VIEW trace_coalition_conflict AS
SELECT t.coalition_id, t.conflict_id, t.position,
    'Declared by the project in data/coalitions; the row names the document.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.coalition_conflict AS t;
COMMENT ON VIEW trace_coalition_conflict IS 'Where the declarations of coalitions come from.';
