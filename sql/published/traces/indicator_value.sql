CREATE VIEW trace_indicator_value AS
WITH indicator_part AS (
    SELECT place_id, indicator_id, period_start, period_end, source_id, vintage, population_group, method,
        NULL::VARCHAR AS step, indicator_id AS made_of, place_id AS of_place_id, source_id AS of_source_id,
        vintage AS of_vintage, period_start AS of_period_start, period_end AS of_period_end,
        population_group AS of_population_group, method AS of_method, value AS of_value, se AS of_se,
        reason AS of_reason
    FROM published.indicator_value
)
{numbers};
COMMENT ON VIEW trace_indicator_value IS 'The cells behind each value of an indicator, with file and row: those of the place, or of each of its units.';
