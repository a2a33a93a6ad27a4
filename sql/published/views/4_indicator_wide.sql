-- carries on published.place
-- A table: it takes a second or two to make, which nobody should wait for at every query.
CREATE TABLE indicator_wide AS
WITH quotable_value AS (
    SELECT v.*, p.name AS place, p.place_type, s.edition_order
    FROM published.indicator_value AS v
    JOIN published.place AS p USING (place_id)
    JOIN published.source AS s ON (s.source_id, s.vintage) = (v.source_id, v.vintage)
    WHERE population_group = 'all' AND quotable <> 'no'
), series AS (
    SELECT indicator_id, place_type, source_id, vintage, period_start, period_end, edition_order,
        count(DISTINCT place_id) AS places
    FROM quotable_value
    GROUP BY ALL
), widest AS (
    SELECT *, max(places) OVER (PARTITION BY indicator_id, place_type) AS most FROM series
), chosen AS (
    SELECT * FROM widest
    WHERE places >= 0.9 * most
    QUALIFY row_number() OVER (
        PARTITION BY indicator_id, place_type ORDER BY period_end DESC, edition_order DESC, source_id
    ) = 1
)
SELECT *
FROM (
    PIVOT (
        SELECT place_id, place, place_type, indicator_id, value FROM quotable_value
        SEMI JOIN chosen USING (indicator_id, place_type, source_id, vintage, period_start, period_end)
        QUALIFY row_number() OVER (PARTITION BY place_id, indicator_id ORDER BY method = 'published' DESC) = 1
    ) ON indicator_id IN ({indicators}) USING max(value)
)
ORDER BY place_id;
COMMENT ON COLUMN indicator_wide.place IS 'Name of the place.';
COMMENT ON COLUMN indicator_wide.place_type IS 'Type of the place.';
COMMENT ON TABLE indicator_wide IS 'One row per place, one column per indicator: values that may be quoted. Within a type of place a column is one source, edition and period: the latest of those that have nearly all of its places. Columns, and types of place, differ in source and period; latest_indicator says which.';
