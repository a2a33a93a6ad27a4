-- Units of the place that have a figure of the edition, each with the first of its rows.
CREATE VIEW trace_coverage AS
SELECT f.coalition_id, f.place_id, f.source_id, f.vintage, f.unit_type,
    'people of the units that have a figure / people of all units' AS step, 'units' AS made_of,
    c.from_place_id AS unit, any_value(c.weight) AS weight, 'first of its rows' AS line,
    f.source_id AS input_source_id, f.vintage AS input_vintage, min(i.source_file) AS source_file,
    min_by(i.source_row, (i.source_file, i.source_row)) AS source_row,
    min_by(s.sha256, i.source_file) AS sha256
FROM published.coverage AS f
JOIN published.crosswalk AS c ON c.to_place_id = f.place_id AND starts_with(c.from_place_id, f.unit_type || ':')
    AND c.partition NOT IN ('county_now', 'county_before', 'tract_now', 'tract_before')
JOIN published.figure_input AS i ON i.place_id = c.from_place_id AND i.source_id = f.source_id
    AND i.vintage = f.vintage
JOIN published.source_file AS s ON s.source_id = i.source_id AND s.file = i.source_file
GROUP BY f.coalition_id, f.place_id, f.source_id, f.vintage, f.unit_type, c.from_place_id;
COMMENT ON VIEW trace_coverage IS 'The units that have a figure behind each share, with the first row of each.';
