-- Distances are to the nearest asset of the whole list, so that all its files stand behind every place.
CREATE VIEW trace_asset_access AS
SELECT t.place_id, t.asset_type, t.source_id, t.vintage, t.method,
    'The points of the list that lie in the place, by its people; distances to all of them. asset has them one by one.' AS step,
    t.source_id AS input_source_id, t.vintage AS input_vintage, l.source_file, NULL::INTEGER AS source_row, s.sha256
FROM published.asset_access AS t
JOIN (SELECT DISTINCT asset_type, source_id, vintage, source_file FROM published.asset) AS l
    ON l.asset_type = t.asset_type AND l.source_id = t.source_id AND l.vintage = t.vintage
LEFT JOIN published.source_file AS s ON s.source_id = t.source_id AND s.file = l.source_file;
COMMENT ON VIEW trace_asset_access IS 'The files of the list behind each count, rate and distance.';
