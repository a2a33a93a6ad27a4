CREATE VIEW trace_figure_input AS
SELECT i.source_id, i.vintage, i.place_id, i.table_id, i.measure, i.population_group, i.period_start, i.period_end,
    'as published' AS step, i.place_id AS unit, i.measure AS line, i.estimate AS value, i.se, i.moe90, i.reason,
    i.flags, i.source_id AS input_source_id, i.vintage AS input_vintage, i.source_file, i.source_row, s.sha256
FROM published.figure_input AS i
JOIN published.source_file AS s ON s.source_id = i.source_id AND s.file = i.source_file;
COMMENT ON VIEW trace_figure_input IS 'File and row of each number of a publisher.';
