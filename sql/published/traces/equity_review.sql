-- Both sides in both periods. One side may be published and the other made of units: each has its own method.
CREATE VIEW trace_equity_review AS
WITH life_expectancy_part AS (
    SELECT f.coalition_id, f.place_id, f.reference_place_id, f.indicator_id, f.period_from, f.period_to, f.source_id,
        f.vintage, f.population_group, f.method, 'latest less first; variances add' AS step,
        'life_expectancy' AS made_of, e.place_id AS of_place_id, e.source_id AS of_source_id,
        e.vintage AS of_vintage, e.period_start AS of_period_start, e.period_end AS of_period_end,
        e.population_group AS of_population_group, e.method AS of_method, e.estimate AS of_value, e.se AS of_se,
        e.reason AS of_reason
    FROM published.equity_review AS f
    JOIN published.life_expectancy AS e ON e.source_id = f.source_id
        AND e.population_group = f.population_group
        AND (e.method = f.method OR (f.method = 'weighted_mean' AND e.method = 'published'
            AND NOT starts_with(e.place_id, 'footprint:')))
        AND (e.place_id = f.place_id OR e.place_id = f.reference_place_id)
    WHERE f.indicator_id = 'life_expectancy' AND (e.vintage, if(e.period_start = e.period_end, e.period_start::VARCHAR, format('{}-{}', e.period_start, e.period_end)))
        IN ((f.vintage_from, f.period_from), (f.vintage, f.period_to))
),
indicator_part AS (
    SELECT f.coalition_id, f.place_id, f.reference_place_id, f.indicator_id, f.period_from, f.period_to, f.source_id,
        f.vintage, f.population_group, f.method, 'latest less first; variances add' AS step,
        f.indicator_id AS made_of, v.place_id AS of_place_id, v.source_id AS of_source_id,
        v.vintage AS of_vintage, v.period_start AS of_period_start, v.period_end AS of_period_end,
        v.population_group AS of_population_group, v.method AS of_method, v.value AS of_value, v.se AS of_se,
        v.reason AS of_reason
    FROM published.equity_review AS f
    JOIN published.indicator_value AS v ON v.indicator_id = f.indicator_id AND v.source_id = f.source_id
        AND v.population_group = f.population_group
        AND ((v.place_id = f.place_id AND v.method = f.method) OR v.place_id = f.reference_place_id)
    WHERE (v.vintage, if(v.period_start = v.period_end, v.period_start::VARCHAR, format('{}-{}', v.period_start, v.period_end)))
        IN ((f.vintage_from, f.period_from), (f.vintage, f.period_to))
)
{numbers};
COMMENT ON VIEW trace_equity_review IS 'The publishers'' numbers behind both sides of both periods, with file and row.';
