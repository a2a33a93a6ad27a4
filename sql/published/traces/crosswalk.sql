CREATE VIEW trace_crosswalk AS
SELECT t.to_place_id, t.from_place_id,
    'The list, the shapes or the counts of the edition; of a place that changed, the record of changes.' AS step,
    s.source_id AS input_source_id, s.vintage AS input_vintage, s.file AS source_file, NULL::INTEGER AS source_row,
    s.sha256
FROM published.crosswalk AS t
LEFT JOIN published.source_file AS s ON s.source_id = t.source_id AND s.vintage = t.vintage;
COMMENT ON VIEW trace_crosswalk IS 'The files of the edition that each weight rests on.';
