-- Both sides. One may be published and the other made of units: each has its own method.
SELECT f.figure, f.indicator_id AS made_of, v.place_id, v.source_id, v.vintage, v.period_start, v.period_end,
    v.population_group, v.method
FROM figure AS f
JOIN indicator_value AS v ON v.place_id IN (f.place_id, f.reference_place_id)
    AND (v.indicator_id, v.source_id, v.vintage, v.period_start, v.period_end, v.population_group)
        = (f.indicator_id, f.source_id, f.vintage, f.period_start, f.period_end, f.population_group)
WHERE v.place_id <> f.place_id OR v.method = f.method
