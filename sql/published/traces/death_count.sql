CREATE VIEW trace_death_count AS
SELECT d.place_id, d.population_group, d.period_start, d.period_end, d.source_id, d.vintage, d.cause, d.age_start,
    'as published' AS step, d.place_id AS unit, 'deaths' AS line, d.deaths::DOUBLE AS value, d.reason,
    d.source_id AS input_source_id, d.vintage AS input_vintage, d.source_file, d.source_row, s.sha256
FROM published.death_count AS d
JOIN published.source_file AS s ON s.source_id = d.source_id AND s.file = d.source_file;
COMMENT ON VIEW trace_death_count IS 'File and row of each count of deaths.';
