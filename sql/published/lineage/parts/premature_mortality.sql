-- A printed rate, or deaths by age of the group and of the people that excess is counted against.
SELECT f.figure, if(f.method = 'published', 'premature_death_ypll', 'deaths') AS made_of, f.place_id, f.source_id,
    f.vintage, f.period_start, f.period_end, side.population_group, f.method
FROM figure AS f
CROSS JOIN LATERAL (VALUES (f.population_group), (f.excess_reference)) AS side (population_group)
WHERE side.population_group IS NOT NULL
