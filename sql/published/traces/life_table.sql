-- A band of a pooled table is made as the life expectancy of its place is; a printed one names its own row.
CREATE VIEW trace_life_table AS
WITH life_expectancy_part AS (
    SELECT t.place_id, t.period_start, t.period_end, t.source_id, t.vintage, t.population_group, t.method,
        t.age_start, 'rates of the tracts by age, weighted by people, made into one table' AS step,
        'life_expectancy' AS made_of, t.place_id AS of_place_id, t.source_id AS of_source_id,
        t.vintage AS of_vintage, t.period_start AS of_period_start, t.period_end AS of_period_end,
        t.population_group AS of_population_group, t.method AS of_method, t.ex AS of_value, t.se AS of_se,
        NULL::VARCHAR AS of_reason
    FROM published.life_table AS t
    WHERE t.source_file IS NULL
)
{numbers}
UNION ALL BY NAME
SELECT t.place_id, t.period_start, t.period_end, t.source_id, t.vintage, t.population_group, t.method, t.age_start,
    'as published' AS step, t.place_id AS unit, 'life table' AS line, t.ex AS value, t.se,
    t.source_id AS input_source_id, t.vintage AS input_vintage, t.source_file, t.source_row, s.sha256
FROM published.life_table AS t
JOIN published.source_file AS s ON s.source_id = t.source_id AND s.file = t.source_file;
COMMENT ON VIEW trace_life_table IS 'The publishers'' numbers behind each band of a life table, with file and row.';
