-- Every point of the series: gaps of one edition, each with two sides; values by the last edition of their period.
CREATE VIEW trace_progress AS
WITH life_expectancy_part AS (
    SELECT f.coalition_id, f.target_id, f.place_id, f.reference_place_id, f.indicator_id, f.source_id, f.vintage,
        f.population_group, f.method, f.baseline_kind,
        'percent achieved = 100 (baseline less latest) / (baseline less target)' AS step,
        'life_expectancy' AS made_of, e.place_id AS of_place_id, e.source_id AS of_source_id,
        e.vintage AS of_vintage, e.period_start AS of_period_start, e.period_end AS of_period_end,
        e.population_group AS of_population_group, e.method AS of_method, e.estimate AS of_value, e.se AS of_se,
        e.reason AS of_reason
    FROM published.progress AS f
    JOIN published.life_expectancy_gap AS g ON g.coalition_id = f.coalition_id AND g.place_id = f.place_id
        AND g.reference_place_id = f.reference_place_id AND g.source_id = f.source_id AND g.vintage = f.vintage
        AND g.method = f.method AND g.population_group = 'all' AND g.reference_group = 'all'
    JOIN published.life_expectancy AS e ON e.source_id = g.source_id AND e.vintage = g.vintage
        AND e.period_start = g.period_start AND e.period_end = g.period_end
        AND (e.method = g.method OR (g.method = 'weighted_mean' AND e.method = 'published'
            AND NOT starts_with(e.place_id, 'footprint:')))
        AND e.population_group = 'all' AND (e.place_id = g.place_id OR e.place_id = g.reference_place_id)
    WHERE f.indicator_id = 'life_expectancy_gap'
),
indicator_part AS (
    SELECT f.coalition_id, f.target_id, f.place_id, f.reference_place_id, f.indicator_id, f.source_id, f.vintage,
        f.population_group, f.method, f.baseline_kind,
        'percent achieved = 100 (baseline less latest) / (baseline less target)' AS step,
        f.indicator_id AS made_of, f.place_id AS of_place_id, f.source_id AS of_source_id,
        max_by(v.vintage, s.edition_order) AS of_vintage, v.period_start AS of_period_start,
        v.period_end AS of_period_end, f.population_group AS of_population_group, f.method AS of_method,
        max_by(v.value, s.edition_order) AS of_value, max_by(v.se, s.edition_order) AS of_se,
        max_by(v.reason, s.edition_order) AS of_reason
    FROM published.progress AS f
    JOIN published.indicator_value AS v ON v.place_id = f.place_id AND v.indicator_id = f.indicator_id
        AND v.source_id = f.source_id AND v.method = f.method AND v.population_group = f.population_group
    JOIN published.source AS s ON s.source_id = v.source_id AND s.vintage = v.vintage
    WHERE v.value IS NOT NULL
    GROUP BY f.coalition_id, f.target_id, f.place_id, f.reference_place_id, f.indicator_id, f.source_id, f.vintage,
        f.population_group, f.method, f.baseline_kind, v.period_start, v.period_end
)
{numbers};
COMMENT ON VIEW trace_progress IS 'The publishers'' numbers behind every point of the series that progress is told along, with file and row.';
