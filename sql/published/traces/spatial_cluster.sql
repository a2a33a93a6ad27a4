-- The figures of the whole map: a place is compared with its neighbors and with the mean of all.
CREATE VIEW trace_spatial_cluster AS
WITH life_expectancy_part AS (
    SELECT f.comparison_set, f.place_id, f.indicator_id, f.period_start, f.period_end, f.source_id, f.vintage,
        f.population_group, f.method, 'local Moran: own z-score times the mean of the neighbors''' AS step,
        'life_expectancy' AS made_of, m.place_id AS of_place_id, e.source_id AS of_source_id,
        e.vintage AS of_vintage, e.period_start AS of_period_start, e.period_end AS of_period_end,
        e.population_group AS of_population_group, e.method AS of_method, e.estimate AS of_value, e.se AS of_se,
        e.reason AS of_reason
    FROM published.spatial_cluster AS f
    JOIN published.comparison_set AS m ON m.comparison_set = f.comparison_set
    JOIN published.life_expectancy AS e ON e.place_id = m.place_id AND e.source_id = f.source_id
        AND e.vintage = f.vintage AND e.period_start = f.period_start AND e.period_end = f.period_end
        AND e.population_group = f.population_group AND e.method = f.method
    WHERE f.indicator_id = 'life_expectancy'
),
indicator_part AS (
    SELECT f.comparison_set, f.place_id, f.indicator_id, f.period_start, f.period_end, f.source_id, f.vintage,
        f.population_group, f.method, 'local Moran: own z-score times the mean of the neighbors''' AS step,
        v.indicator_id AS made_of, v.place_id AS of_place_id, v.source_id AS of_source_id, v.vintage AS of_vintage,
        v.period_start AS of_period_start, v.period_end AS of_period_end,
        v.population_group AS of_population_group, v.method AS of_method, v.value AS of_value, v.se AS of_se,
        v.reason AS of_reason
    FROM published.spatial_cluster AS f
    JOIN published.comparison_set AS m ON m.comparison_set = f.comparison_set
    JOIN published.indicator_value AS v ON v.place_id = m.place_id AND v.indicator_id = f.indicator_id
        AND v.source_id = f.source_id AND v.vintage = f.vintage AND v.period_start = f.period_start
        AND v.period_end = f.period_end AND v.population_group = f.population_group AND v.method = f.method
)
{numbers};
COMMENT ON VIEW trace_spatial_cluster IS 'The publishers'' numbers behind the figures of the map that each place is compared with, with file and row.';
