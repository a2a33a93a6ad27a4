-- The tables of both sides.
SELECT f.figure, 'life_expectancy' AS made_of, side.place_id, f.source_id, f.vintage, f.period_start, f.period_end,
    f.population_group, f.method
FROM figure AS f CROSS JOIN LATERAL (VALUES (f.place_id), (f.reference_place_id)) AS side (place_id)
