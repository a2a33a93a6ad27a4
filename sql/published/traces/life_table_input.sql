-- Both are sums of rows, of which the first stands here.
CREATE VIEW trace_life_table_input AS
SELECT i.place_id, i.population_group, i.period_start, i.period_end, i.source_id, i.vintage, i.age_start,
    'sums of the rows that the line names' AS step, i.place_id AS unit, role, line, value, input_source_id,
    input_vintage, source_file, source_row, s.sha256
FROM (
    SELECT place_id, population_group, period_start, period_end, source_id, vintage, age_start, 'deaths' AS role,
        format('deaths, rows {}', source_rows) AS line, deaths::DOUBLE AS value, source_id AS input_source_id,
        vintage AS input_vintage, source_file, source_row
    FROM published.life_table_input
    UNION ALL
    SELECT place_id, population_group, period_start, period_end, source_id, vintage, age_start, 'people',
        format('{} in rows {}', population_lines, population_rows), person_years, population_source_id,
        population_vintage, population_file, split_part(population_rows, '-', 1)::INTEGER
    FROM published.life_table_input
) AS i
JOIN published.source_file AS s ON s.source_id = i.input_source_id AND s.file = i.source_file;
COMMENT ON VIEW trace_life_table_input IS 'Files and rows of the deaths and of the people of each band.';
