-- The tables of both sides.
CREATE VIEW trace_gap_decomposition AS
WITH life_expectancy_part AS (
    SELECT g.coalition_id, g.place_id, g.reference_place_id, g.period_start, g.period_end, g.source_id, g.vintage,
        g.population_group, g.method, g.dimension, g.age_start, g.cause,
        if(g.method = 'life_table', 'Arriaga''s, both ways averaged, of the two life tables; limits from draws of the deaths',
            'Arriaga''s, both ways averaged, of the two pooled life tables; limits from draws of the tracts') AS step,
        'life_expectancy' AS made_of, e.place_id AS of_place_id, e.source_id AS of_source_id, e.vintage AS of_vintage,
        e.period_start AS of_period_start, e.period_end AS of_period_end,
        e.population_group AS of_population_group, e.method AS of_method, e.estimate AS of_value, e.se AS of_se,
        e.reason AS of_reason
    FROM published.gap_decomposition AS g
    JOIN published.life_expectancy AS e ON e.source_id = g.source_id AND e.vintage = g.vintage
        AND e.period_start = g.period_start AND e.period_end = g.period_end
        AND e.population_group = g.population_group AND e.method = g.method
        AND (e.place_id = g.place_id OR e.place_id = g.reference_place_id)
)
{numbers};
COMMENT ON VIEW trace_gap_decomposition IS 'The publishers'' numbers behind the two life tables of each part of a gap, with file and row.';
