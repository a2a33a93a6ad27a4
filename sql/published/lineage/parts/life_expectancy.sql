-- A life expectancy is a part of its own.
SELECT f.figure, 'life_expectancy' AS made_of, f.place_id, f.source_id, f.vintage, f.period_start, f.period_end,
    f.population_group, f.method
FROM figure AS f
