-- The figures of the set, what ranks its places, and their people where a publisher counts them.
SELECT f.figure, 'life_expectancy' AS made_of, e.place_id, e.source_id, e.vintage, e.period_start, e.period_end,
    e.population_group, e.method
FROM figure AS f
JOIN comparison_set AS c ON c.comparison_set = f.comparison_set
JOIN life_expectancy AS e ON e.place_id = c.place_id AND e.estimate IS NOT NULL
    AND (e.source_id, e.vintage, e.period_start, e.period_end, e.population_group, e.method)
        = (f.source_id, f.vintage, f.period_start, f.period_end, f.population_group, f.method)
UNION ALL
SELECT f.figure, v.indicator_id, v.place_id, v.source_id, v.vintage, v.period_start, v.period_end,
    v.population_group, v.method
FROM figure AS f
JOIN comparison_set AS c ON c.comparison_set = f.comparison_set
JOIN indicator_value AS v ON v.place_id = c.place_id AND v.population_group = 'all' AND v.value IS NOT NULL
    AND v.indicator_id = split_part(f.ordering, ',', 1)
    AND ends_with(f.ordering, format(': {} {}, {}-{}', v.source_id, v.vintage, v.period_start, v.period_end))
UNION ALL
SELECT f.figure, i.concept, i.place_id, i.source_id, i.vintage, i.period_start, i.period_end,
    i.population_group, 'published'
FROM figure AS f
JOIN comparison_set AS c ON c.comparison_set = f.comparison_set
JOIN figure_input AS i ON i.place_id = c.place_id AND i.concept = 'people' AND i.population_group = 'all'
    AND starts_with(i.source_id, 'chr_')
    AND contains(f.weighting, i.period_end::VARCHAR)
