CREATE VIEW trace_correction AS
SELECT t.source_id, t.vintage, t.correction_id,
    'Declared by the project in data/sources; it counts the rows that a correction hits.' AS step,
    s.source_id AS input_source_id, s.vintage AS input_vintage, s.file AS source_file, NULL::INTEGER AS source_row,
    s.sha256
FROM published.correction AS t
LEFT JOIN published.source_file AS s ON s.source_id = t.source_id AND s.vintage = t.vintage;
COMMENT ON VIEW trace_correction IS 'The files of the edition that is corrected.';
