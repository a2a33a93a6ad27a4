CREATE VIEW trace_row_account AS
SELECT t.source_id, t.vintage, t.file, t.reason,
    'Counts rows of the file.' AS step,
    s.source_id AS input_source_id, s.vintage AS input_vintage, s.file AS source_file, NULL::INTEGER AS source_row,
    s.sha256
FROM published.row_account AS t
LEFT JOIN published.source_file AS s ON s.source_id = t.source_id AND s.file = t.file;
COMMENT ON VIEW trace_row_account IS 'The file whose rows are counted.';
