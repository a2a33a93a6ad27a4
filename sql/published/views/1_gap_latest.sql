CREATE VIEW gap_latest AS
SELECT coalition_id, place_id, p.name AS place, reference_place_id, r.name AS reference,
    period_start, period_end, g.source_id, g.vintage, method, place_estimate, reference_estimate,
    gap, ci_low, ci_high, reliability, reason, quotable, caveat
FROM life_expectancy_gap AS g
JOIN place AS p USING (place_id)
JOIN place AS r ON r.place_id = g.reference_place_id
WHERE population_group = 'all'
QUALIFY row_number() OVER (
    PARTITION BY coalition_id, place_id, reference_place_id, g.source_id, method
    ORDER BY gap IS NULL, period_end DESC, g.vintage DESC
) = 1;
COMMENT ON VIEW gap_latest IS 'The latest gap of each comparison in each source, by method: sources stand side by side.';
