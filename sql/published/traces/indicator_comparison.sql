-- Both sides. One may be published and the other made of units: each has its own method.
CREATE VIEW trace_indicator_comparison AS
WITH indicator_part AS (
    SELECT g.coalition_id, g.place_id, g.reference_place_id, g.indicator_id, g.period_start, g.period_end,
        g.source_id, g.vintage, g.population_group, g.method,
        'reference less place; variance = sum of both' AS step, v.indicator_id AS made_of, v.place_id AS of_place_id,
        v.source_id AS of_source_id, v.vintage AS of_vintage, v.period_start AS of_period_start,
        v.period_end AS of_period_end, v.population_group AS of_population_group, v.method AS of_method,
        v.value AS of_value, v.se AS of_se, v.reason AS of_reason
    FROM published.indicator_comparison AS g
    JOIN published.indicator_value AS v ON v.indicator_id = g.indicator_id AND v.source_id = g.source_id
        AND v.vintage = g.vintage AND v.period_start = g.period_start AND v.period_end = g.period_end
        AND v.population_group = g.population_group
        AND ((v.place_id = g.place_id AND v.method = g.method) OR v.place_id = g.reference_place_id)
)
{numbers};
COMMENT ON VIEW trace_indicator_comparison IS 'The cells behind both sides of each comparison, with file and row.';
