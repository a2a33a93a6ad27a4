-- Units of the place that have a figure of the edition.
SELECT f.figure, 'units' AS made_of, c.from_place_id AS place_id, f.source_id, f.vintage, NULL::INTEGER AS period_start,
    NULL::INTEGER AS period_end, NULL::VARCHAR AS population_group, 'published' AS method
FROM figure AS f
JOIN crosswalk AS c ON c.to_place_id = f.place_id AND starts_with(c.from_place_id, f.unit_type || ':')
    AND c.partition NOT IN ('county_now', 'county_before', 'tract_now', 'tract_before')
