CREATE VIEW trace_source AS
SELECT t.source_id, t.vintage,
    'Describes the files of the edition.' AS step,
    s.source_id AS input_source_id, s.vintage AS input_vintage, s.file AS source_file, NULL::INTEGER AS source_row,
    s.sha256
FROM published.source AS t
LEFT JOIN published.source_file AS s ON s.source_id = t.source_id AND s.vintage = t.vintage;
COMMENT ON VIEW trace_source IS 'The files of each edition.';
