CREATE VIEW latest_indicator AS
SELECT place_id, p.name AS place, indicator_id, i.title, i.unit, period_start, period_end,
    v.source_id, v.vintage, value, moe90, ci_low, ci_high, rank, rank_of, reliability, reason,
    quotable, caveat
FROM indicator_value AS v
JOIN place AS p USING (place_id)
JOIN indicator AS i USING (indicator_id)
WHERE population_group = 'all'
QUALIFY row_number() OVER (
    PARTITION BY place_id, indicator_id, v.source_id
    ORDER BY value IS NULL, period_end DESC, v.vintage DESC
) = 1;
COMMENT ON VIEW latest_indicator IS 'The latest value of each indicator for each place, by source.';
