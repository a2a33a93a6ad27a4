CREATE VIEW trace_source_file AS
SELECT t.source_id, t.file,
    'Names the file and its hash.' AS step,
    s.source_id AS input_source_id, s.vintage AS input_vintage, s.file AS source_file, NULL::INTEGER AS source_row,
    s.sha256
FROM published.source_file AS t
LEFT JOIN published.source_file AS s ON s.source_id = t.source_id AND s.file = t.file;
COMMENT ON VIEW trace_source_file IS 'Each file that was read.';
