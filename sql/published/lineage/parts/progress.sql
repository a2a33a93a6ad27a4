-- Every point of the series: gaps of one edition, each with two sides; values by the last edition of their period.
SELECT f.figure, 'life_expectancy' AS made_of, side.place_id, g.source_id, g.vintage, g.period_start, g.period_end,
    'all' AS population_group, g.method
FROM figure AS f
JOIN life_expectancy_gap AS g
    ON (g.coalition_id, g.place_id, g.reference_place_id, g.source_id, g.vintage, g.method)
        = (f.coalition_id, f.place_id, f.reference_place_id, f.source_id, f.vintage, f.method)
    AND g.population_group = 'all' AND g.reference_group = 'all'
CROSS JOIN LATERAL (VALUES (g.place_id), (g.reference_place_id)) AS side (place_id)
WHERE f.indicator_id = 'life_expectancy_gap'
UNION ALL
SELECT f.figure, v.indicator_id, v.place_id, v.source_id, v.vintage, v.period_start, v.period_end,
    v.population_group, v.method
FROM figure AS f
JOIN indicator_value AS v ON (v.place_id, v.indicator_id, v.source_id, v.method, v.population_group)
    = (f.place_id, f.indicator_id, f.source_id, f.method, f.population_group)
JOIN source AS s ON (s.source_id, s.vintage) = (v.source_id, v.vintage)
WHERE f.indicator_id <> 'life_expectancy_gap' AND v.value IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY f.figure, v.period_start, v.period_end ORDER BY s.edition_order DESC
) = 1
