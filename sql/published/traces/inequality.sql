-- The figures of the set, what ranks its places, and their people where a publisher counts them.
CREATE VIEW trace_inequality AS
WITH life_expectancy_part AS (
    SELECT f.comparison_set, f.dimension, f.measure, f.indicator_id, f.period_start, f.period_end, f.source_id,
        f.vintage, f.population_group, f.method, format('{}; weights: {}', f.measure, f.weighting) AS step,
        'life_expectancy' AS made_of, e.place_id AS of_place_id, e.source_id AS of_source_id,
        e.vintage AS of_vintage, e.period_start AS of_period_start, e.period_end AS of_period_end,
        e.population_group AS of_population_group, e.method AS of_method, e.estimate AS of_value, e.se AS of_se,
        e.reason AS of_reason
    FROM published.inequality AS f
    JOIN published.comparison_set AS c ON c.comparison_set = f.comparison_set
    JOIN published.life_expectancy AS e ON e.place_id = c.place_id AND e.source_id = f.source_id
        AND e.vintage = f.vintage AND e.period_start = f.period_start AND e.period_end = f.period_end
        AND e.population_group = f.population_group AND e.method = f.method
    WHERE e.estimate IS NOT NULL
),
indicator_part AS (
    SELECT f.comparison_set, f.dimension, f.measure, f.indicator_id, f.period_start, f.period_end, f.source_id,
        f.vintage, f.population_group, f.method, format('{}; weights: {}', f.measure, f.weighting) AS step,
        v.indicator_id AS made_of, v.place_id AS of_place_id, v.source_id AS of_source_id, v.vintage AS of_vintage,
        v.period_start AS of_period_start, v.period_end AS of_period_end,
        v.population_group AS of_population_group, v.method AS of_method, v.value AS of_value, v.se AS of_se,
        v.reason AS of_reason
    FROM published.inequality AS f
    JOIN published.comparison_set AS c ON c.comparison_set = f.comparison_set
    JOIN published.indicator_value AS v ON v.place_id = c.place_id
        AND v.indicator_id = split_part(f.ordering, ',', 1)
        AND ends_with(f.ordering, format(': {} {}, {}-{}', v.source_id, v.vintage, v.period_start, v.period_end))
    WHERE v.population_group = 'all' AND v.value IS NOT NULL
),
people_part AS (
    SELECT f.comparison_set, f.dimension, f.measure, f.indicator_id, f.period_start, f.period_end, f.source_id,
        f.vintage, f.population_group, f.method, format('{}; weights: {}', f.measure, f.weighting) AS step,
        'people' AS made_of, c.place_id AS of_place_id, f.weighting
    FROM published.inequality AS f
    JOIN published.comparison_set AS c ON c.comparison_set = f.comparison_set
)
{numbers};
COMMENT ON VIEW trace_inequality IS 'The publishers'' numbers behind each measure of inequality, place by place of the set, with file and row: figures, what ranks them, and people.';
