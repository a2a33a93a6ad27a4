-- carries on published.life_expectancy_gap
CREATE VIEW gap_latest AS
SELECT coalition_id, place_id, p.name AS place, reference_place_id, r.name AS reference,
    g.period_start, g.period_end, g.source_id, g.vintage, method, place_estimate, reference_estimate,
    gap, ci_low, ci_high, reliability, reason, quotable, caveat
FROM published.life_expectancy_gap AS g
JOIN published.place AS p USING (place_id)
JOIN published.place AS r ON r.place_id = g.reference_place_id
JOIN published.source AS s ON (s.source_id, s.vintage) = (g.source_id, g.vintage)
WHERE population_group = 'all'
QUALIFY row_number() OVER (
    PARTITION BY coalition_id, place_id, reference_place_id, g.source_id, method
    ORDER BY gap IS NULL, g.period_end DESC, s.edition_order DESC
) = 1;
COMMENT ON COLUMN gap_latest.place IS 'Name of the place.';
COMMENT ON COLUMN gap_latest.reference IS 'Name of the reference.';
COMMENT ON VIEW gap_latest IS 'The latest gap of each comparison in each source, by method: sources stand side by side.';
