-- Both sides; a group within a place is compared with another group of the same place. The mean of the parts of a
-- footprint is compared with the printed figure of a place that is no footprint.
CREATE VIEW trace_life_expectancy_gap AS
WITH life_expectancy_part AS (
    SELECT g.coalition_id, g.place_id, g.reference_place_id, g.reference_group, g.period_start, g.period_end,
        g.source_id, g.vintage, g.population_group, g.method,
        'gap = reference less place; variance = sum of both, less twice the covariance where the place lies inside the reference; p from the normal distribution' AS step,
        'life_expectancy' AS made_of, e.place_id AS of_place_id, e.source_id AS of_source_id, e.vintage AS of_vintage,
        e.period_start AS of_period_start, e.period_end AS of_period_end,
        e.population_group AS of_population_group, e.method AS of_method, e.estimate AS of_value, e.se AS of_se,
        e.reason AS of_reason
    FROM published.life_expectancy_gap AS g
    JOIN published.life_expectancy AS e ON e.source_id = g.source_id AND e.vintage = g.vintage
        AND e.period_start = g.period_start AND e.period_end = g.period_end
        AND (e.method = g.method OR (g.method = 'weighted_mean' AND e.method = 'published'
            AND NOT starts_with(e.place_id, 'footprint:')))
        AND ((e.place_id = g.place_id AND e.population_group = g.population_group)
            OR (e.place_id = g.reference_place_id AND e.population_group = g.reference_group))
)
{numbers};
COMMENT ON VIEW trace_life_expectancy_gap IS 'The publishers'' numbers behind both sides of each gap, with file and row.';
