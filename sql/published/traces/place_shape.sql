CREATE VIEW trace_place_shape AS
SELECT t.place_id,
    'The map''s shape, simplified together with its neighbors; of places taken together the union of theirs.' AS step,
    t.source_id AS input_source_id, t.vintage AS input_vintage,
    NULL::VARCHAR AS source_file, NULL::INTEGER AS source_row, NULL::VARCHAR AS sha256
FROM published.place_shape AS t;
COMMENT ON VIEW trace_place_shape IS 'Which map each shape comes from.';
