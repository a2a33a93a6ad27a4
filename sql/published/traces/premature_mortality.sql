-- A printed rate, or deaths by age of the group and of the people that excess is counted against.
CREATE VIEW trace_premature_mortality AS
WITH indicator_part AS (
    SELECT f.place_id, f.period_start, f.period_end, f.source_id, f.vintage, f.population_group, f.method,
        'as published' AS step, 'premature_death_ypll' AS made_of, f.place_id AS of_place_id,
        f.source_id AS of_source_id, f.vintage AS of_vintage, f.period_start AS of_period_start,
        f.period_end AS of_period_end, f.population_group AS of_population_group, f.method AS of_method,
        f.ypll75_rate AS of_value, f.se AS of_se, f.reason AS of_reason
    FROM published.premature_mortality AS f
    WHERE f.method = 'published'
),
deaths_part AS (
    SELECT f.place_id, f.period_start, f.period_end, f.source_id, f.vintage, f.population_group, f.method,
        'sum of weight × deaths × (75 less mid-age) / people, over the standard of 2000' AS step,
        'deaths' AS made_of, f.place_id AS of_place_id, f.source_id AS of_source_id, f.vintage AS of_vintage,
        f.period_start AS of_period_start, f.period_end AS of_period_end,
        side.population_group AS of_population_group, f.method AS of_method, f.ypll75_rate AS of_value,
        f.se AS of_se, f.reason AS of_reason
    FROM published.premature_mortality AS f
    CROSS JOIN LATERAL (
        SELECT f.population_group UNION ALL SELECT f.excess_reference
    ) AS side (population_group)
    WHERE f.method <> 'published' AND side.population_group IS NOT NULL
)
{numbers};
COMMENT ON VIEW trace_premature_mortality IS 'The printed rate, or the deaths by age, behind each rate of years lost, with file and row.';
