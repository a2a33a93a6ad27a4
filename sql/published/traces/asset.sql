CREATE VIEW trace_asset AS
SELECT t.asset_id, 'The row of the list, and the shape that holds its point.' AS step,
    t.source_id AS input_source_id, t.vintage AS input_vintage, t.source_file, t.source_row, s.sha256
FROM published.asset AS t
LEFT JOIN published.source_file AS s ON s.source_id = t.source_id AND s.file = t.source_file;
COMMENT ON VIEW trace_asset IS 'The row of the list that each asset stands in.';
