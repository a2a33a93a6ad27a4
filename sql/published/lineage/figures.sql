-- The published figures that the parts name, with their values.
WITH {part}
SELECT part.figure, part.made_of, part.place_id, place.name, part.source_id, part.vintage, part.period_start,
    part.period_end, part.population_group, part.method, coalesce(e.estimate, v.value) AS value,
    coalesce(e.se, v.se) AS se, coalesce(e.reason, v.reason) AS reason
FROM part
LEFT JOIN place USING (place_id)
LEFT JOIN life_expectancy AS e ON part.made_of = 'life_expectancy' AND e.place_id = part.place_id
    AND (e.source_id, e.vintage, e.period_start, e.period_end, e.population_group, e.method)
        = (part.source_id, part.vintage, part.period_start, part.period_end, part.population_group, part.method)
LEFT JOIN indicator_value AS v ON v.indicator_id = part.made_of AND v.place_id = part.place_id
    AND (v.source_id, v.vintage, v.period_start, v.period_end, v.population_group, v.method)
        = (part.source_id, part.vintage, part.period_start, part.period_end, part.population_group, part.method)
ORDER BY part.made_of, part.period_end, value, part.place_id
