-- carries on published.coalition_place
-- carries on published.coalition
-- carries on published.life_expectancy_gap
-- carries on published.place
CREATE VIEW coalition_overview AS
SELECT c.coalition_id, c.title, cp.position, cp.role, cp.place_id, p.name AS place, p.population,
    g.reference, g.period_start, g.period_end, g.source_id, g.gap, g.ci_low, g.ci_high,
    g.reliability, g.quotable, g.caveat
FROM published.coalition_place AS cp
JOIN published.coalition AS c USING (coalition_id)
JOIN published.place AS p USING (place_id)
LEFT JOIN (
    SELECT l.* FROM published.gap_latest AS l
    JOIN published.coalition_comparison AS cc USING (coalition_id, place_id, reference_place_id)
    QUALIFY row_number() OVER (
        PARTITION BY coalition_id, place_id
        ORDER BY quotable = 'no', cc.position, ci_low IS NULL, period_end DESC, source_id, method
    ) = 1
) AS g USING (coalition_id, place_id)
ORDER BY c.coalition_id, cp.position;
COMMENT ON COLUMN coalition_overview.place IS 'Name of the place.';
COMMENT ON COLUMN coalition_overview.reference IS 'Name of the reference of the gap.';
COMMENT ON VIEW coalition_overview IS 'One row per coalition and place, with its gap to its first reference that may be quoted, with an interval if there is one, and latest.';
