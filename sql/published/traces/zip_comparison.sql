CREATE VIEW trace_zip_comparison AS
SELECT t.coalition_id, t.place_id, t.measure, 'The files of the edition, and the shares of crosswalk.' AS step,
    t.source_id AS input_source_id, t.vintage AS input_vintage, s.file AS source_file, NULL::INTEGER AS source_row, s.sha256
FROM published.zip_comparison AS t
LEFT JOIN published.source_file AS s ON s.source_id = t.source_id AND s.vintage = t.vintage;
COMMENT ON VIEW trace_zip_comparison IS 'The files of the edition that each comparison rests on.';
