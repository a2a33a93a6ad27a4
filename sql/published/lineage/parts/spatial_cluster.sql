-- The figures of the whole map: a place is compared with its neighbors and with the mean of all.
SELECT f.figure, f.indicator_id AS made_of, m.place_id, f.source_id, f.vintage, f.period_start, f.period_end,
    f.population_group, f.method
FROM figure AS f JOIN comparison_set AS m ON m.comparison_set = f.comparison_set
