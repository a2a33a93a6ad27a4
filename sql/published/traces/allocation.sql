-- Both sides of the gaps that weigh places, and the indicators behind their ranks; people are those of the place.
CREATE VIEW trace_allocation AS
WITH life_expectancy_part AS (
    SELECT f.coalition_id, f.rule, f.place_id, 'people times years shorter than the reference' AS step,
        'life_expectancy' AS made_of, e.place_id AS of_place_id, e.source_id AS of_source_id,
        e.vintage AS of_vintage, e.period_start AS of_period_start, e.period_end AS of_period_end,
        e.population_group AS of_population_group, e.method AS of_method, e.estimate AS of_value, e.se AS of_se,
        e.reason AS of_reason
    FROM published.allocation AS f
    JOIN published.life_expectancy AS e ON f.basis = format(
            'life expectancy of {} to {}, {} {}', e.period_start, e.period_end, e.source_id, e.vintage
        ) AND e.population_group = 'all'
    WHERE f.rule = 'gap' AND (e.place_id = f.place_id OR (f.coalition_id, f.place_id, e.place_id) IN (
        SELECT (coalition_id, place_id, reference_place_id) FROM published.coalition_comparison
    ))
),
indicator_part AS (
    SELECT f.coalition_id, f.rule, f.place_id, 'people times the share of the set that the place ranks before' AS step,
        v.indicator_id AS made_of, v.place_id AS of_place_id, v.source_id AS of_source_id, v.vintage AS of_vintage,
        v.period_start AS of_period_start, v.period_end AS of_period_end,
        v.population_group AS of_population_group, v.method AS of_method, v.value AS of_value, v.se AS of_se,
        v.reason AS of_reason
    FROM published.allocation AS f
    JOIN published.priority_index AS p ON p.coalition_id = f.coalition_id AND p.place_id = f.place_id
    JOIN published.indicator_value AS v ON v.place_id = f.place_id AND list_contains(
        string_split(p.indicators_used, '; '), format('{} ({}, {})', v.indicator_id, v.source_id, v.vintage)
    )
    WHERE f.rule = 'need' AND v.population_group = 'all' AND v.value IS NOT NULL
)
{numbers}
UNION ALL BY NAME
SELECT coalition_id, rule, place_id, coalesce(reason, 'people of the place, as in the table of places') AS step
FROM published.allocation
WHERE rule = 'population' OR share IS NULL;
COMMENT ON VIEW trace_allocation IS 'The publishers'' numbers behind the weights of each place, with file and row.';
