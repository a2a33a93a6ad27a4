CREATE VIEW coalition_overview AS
SELECT c.coalition_id, c.title, cp.position, cp.role, cp.place_id, p.name AS place, p.population,
    g.reference, g.period_start, g.period_end, g.source_id, g.gap, g.ci_low, g.ci_high,
    g.reliability, g.quotable, g.caveat
FROM coalition_place AS cp
JOIN coalition AS c USING (coalition_id)
JOIN place AS p USING (place_id)
LEFT JOIN (
    SELECT * FROM gap_latest
    QUALIFY row_number() OVER (
        PARTITION BY coalition_id, place_id
        ORDER BY quotable = 'no', ci_low IS NULL, period_end DESC
    ) = 1
) AS g USING (coalition_id, place_id)
ORDER BY c.coalition_id, cp.position;
COMMENT ON VIEW coalition_overview IS 'One row per coalition and place, with its latest gap that has an interval and may be quoted.';
