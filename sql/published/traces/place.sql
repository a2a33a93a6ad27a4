CREATE VIEW trace_place AS
SELECT t.place_id,
    'Places follow from the codes in all files, and from the census files of their names.' AS step,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.place AS t;
COMMENT ON VIEW trace_place IS 'Where places come from.';
