-- The indicators of the place itself; its score is relative to those of the other places of the set.
CREATE VIEW trace_priority_index AS
WITH indicator_part AS (
    SELECT f.coalition_id, f.comparison_set, f.place_id, f.priority_area, f.period_start, f.period_end, f.method,
        'z-scores within the set, capped at 3, equal weights' AS step, v.indicator_id AS made_of,
        v.place_id AS of_place_id, v.source_id AS of_source_id, v.vintage AS of_vintage,
        v.period_start AS of_period_start, v.period_end AS of_period_end,
        v.population_group AS of_population_group, v.method AS of_method, v.value AS of_value, v.se AS of_se,
        v.reason AS of_reason
    FROM published.priority_index AS f
    JOIN published.indicator_value AS v ON v.place_id = f.place_id AND list_contains(
        string_split(f.indicators_used, '; '), format('{} ({}, {})', v.indicator_id, v.source_id, v.vintage)
    )
    WHERE v.population_group = 'all' AND v.value IS NOT NULL
)
{numbers};
COMMENT ON VIEW trace_priority_index IS 'The cells behind the indicators of each score of need, with file and row.';
