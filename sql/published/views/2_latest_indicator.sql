-- carries on published.indicator_value
-- carries on published.indicator
CREATE VIEW latest_indicator AS
SELECT place_id, p.name AS place, indicator_id, i.title, i.unit, v.period_start, v.period_end,
    v.source_id, v.vintage, value, moe90, ci_low, ci_high, rank, rank_of, reliability, reason,
    quotable, caveat
FROM published.indicator_value AS v
JOIN published.place AS p USING (place_id)
JOIN published.indicator AS i USING (indicator_id)
JOIN published.source AS s ON (s.source_id, s.vintage) = (v.source_id, v.vintage)
WHERE population_group = 'all'
QUALIFY row_number() OVER (
    PARTITION BY place_id, indicator_id, v.source_id
    ORDER BY value IS NULL, v.period_end DESC, s.edition_order DESC
) = 1;
COMMENT ON COLUMN latest_indicator.place IS 'Name of the place.';
COMMENT ON VIEW latest_indicator IS 'The latest value of each indicator for each place, by source.';
