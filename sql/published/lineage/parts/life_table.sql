-- A band of a pooled table is made as the life expectancy of its place is.
SELECT f.figure, 'life_expectancy' AS made_of, f.place_id, f.source_id, f.vintage, f.period_start, f.period_end,
    f.population_group, f.method
FROM figure AS f WHERE f.source_file IS NULL
