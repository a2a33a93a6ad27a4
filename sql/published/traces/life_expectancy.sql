CREATE VIEW trace_life_expectancy AS
WITH life_expectancy_part AS (
    SELECT place_id, period_start, period_end, source_id, vintage, population_group, method, NULL::VARCHAR AS step,
        'life_expectancy' AS made_of, place_id AS of_place_id, source_id AS of_source_id, vintage AS of_vintage,
        period_start AS of_period_start, period_end AS of_period_end, population_group AS of_population_group,
        method AS of_method, estimate AS of_value, se AS of_se, reason AS of_reason
    FROM published.life_expectancy
)
{numbers};
COMMENT ON VIEW trace_life_expectancy IS 'The publishers'' numbers behind each life expectancy, with file and row: the printed one, or the tables of the tracts and what weighs them.';
