CREATE VIEW trace_place_renamed AS
SELECT t.old_place_id, t.place_id,
    'Declared by the project, after the Census Bureau''s notes on changed codes.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.place_renamed AS t;
COMMENT ON VIEW trace_place_renamed IS 'Where the record of changed places comes from.';
