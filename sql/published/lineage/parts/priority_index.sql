-- The indicators of the place itself; its score is relative to those of the other places of the set.
SELECT f.figure, v.indicator_id AS made_of, v.place_id, v.source_id, v.vintage, v.period_start, v.period_end,
    v.population_group, v.method
FROM figure AS f
JOIN indicator_value AS v ON v.place_id = f.place_id AND v.population_group = 'all' AND v.value IS NOT NULL
    AND list_contains(
        string_split(f.indicators_used, '; '), format('{} ({}, {})', v.indicator_id, v.source_id, v.vintage)
    )
