CREATE VIEW indicator_wide AS
SELECT v.place_id, p.name AS place, p.place_type,
    {indicators}
FROM (
    SELECT place_id, indicator_id, value FROM latest_indicator
    WHERE quotable <> 'no'
    QUALIFY row_number() OVER (
        PARTITION BY place_id, indicator_id ORDER BY period_end DESC, source_id
    ) = 1
) AS v
JOIN place AS p USING (place_id)
GROUP BY ALL
ORDER BY v.place_id;
COMMENT ON COLUMN indicator_wide.place_type IS 'Type of the place.';
COMMENT ON VIEW indicator_wide IS 'One row per place, one column per indicator: its latest value that may be quoted. For an overview; periods and sources differ between columns.';
