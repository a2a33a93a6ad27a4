-- A published figure is its place's own; others are made of units. Only a footprint is a mean of its places. What a county or
-- tract became, or was before, is no unit of it.
SELECT part.*, coalesce(c.from_place_id, part.of_place_id) AS unit, coalesce(c.weight, 1.0) AS weight
FROM {part} AS part
LEFT JOIN published.crosswalk AS c ON c.to_place_id = part.of_place_id
    AND c.partition NOT IN ('county_now', 'county_before', 'tract_now', 'tract_before')
    AND part.of_method <> 'published'
    AND (part.of_method <> 'weighted_mean' OR starts_with(part.of_place_id, 'footprint:'))
