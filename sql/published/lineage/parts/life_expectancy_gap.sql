-- Both sides; a group within a place is compared with another group of the same place.
SELECT f.figure, 'life_expectancy' AS made_of, side.place_id, f.source_id, f.vintage, f.period_start, f.period_end,
    side.population_group, f.method
FROM figure AS f
CROSS JOIN LATERAL (VALUES
    (f.place_id, f.population_group), (f.reference_place_id, f.reference_group)
) AS side (place_id, population_group)
