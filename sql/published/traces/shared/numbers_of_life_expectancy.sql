-- Numbers that carry our own word for what they are.
SELECT u.*, NULL::VARCHAR AS role, i.measure AS line, i.estimate AS value, i.se, i.moe90, i.reason, i.flags,
    i.source_id AS input_source_id, i.vintage AS input_vintage, i.source_file, i.source_row
FROM {unit_of_part} AS u
JOIN published.figure_input AS i ON i.concept = 'life_expectancy' AND i.place_id = u.unit AND i.source_id = u.of_source_id
    AND i.vintage = u.of_vintage AND i.period_start = u.of_period_start AND i.period_end = u.of_period_end
    AND i.population_group = u.of_population_group
WHERE u.of_method IN ('published', 'weighted_mean')
UNION ALL
SELECT u.*, t.role, t.line, t.value, t.se, NULL::DOUBLE AS moe90, t.reason, t.flags, t.input_source_id,
    t.input_vintage, t.source_file, t.source_row
FROM {unit_of_part} AS u
JOIN {tract} AS t ON t.place_id = u.unit AND t.source_id = u.of_source_id AND t.vintage = u.of_vintage
    AND (t.only_for IS NULL OR t.only_for = u.of_method)
WHERE starts_with(u.of_method, 'pooled')
UNION ALL
-- Deaths and people of a table made from deaths: each is a sum of rows, of which the first stands beside it.
SELECT part.*, of_place_id AS unit, 1.0::DOUBLE AS weight, side.role, side.line, side.value, NULL::DOUBLE AS se,
    NULL::DOUBLE AS moe90, NULL::VARCHAR AS reason, NULL::VARCHAR AS flags, side.input_source_id,
    side.input_vintage, side.source_file, side.source_row
FROM {part} AS part
JOIN (
    SELECT place_id, source_id, vintage, period_start, period_end, population_group, 'deaths' AS role,
        format('deaths from age {}, rows {}', age_start, source_rows) AS line, deaths::DOUBLE AS value,
        source_id AS input_source_id, vintage AS input_vintage, source_file, source_row
    FROM published.life_table_input
    UNION ALL
    SELECT place_id, source_id, vintage, period_start, period_end, population_group, 'people',
        format('person-years from age {}, of {} in rows {}', age_start, population_lines, population_rows),
        person_years, population_source_id, population_vintage, population_file,
        split_part(population_rows, '-', 1)::INTEGER
    FROM published.life_table_input
) AS side ON side.place_id = of_place_id AND side.source_id = of_source_id AND side.vintage = of_vintage
    AND side.period_start = of_period_start AND side.period_end = of_period_end
    AND side.population_group = of_population_group
WHERE of_method = 'life_table'
UNION ALL
-- Of a table with a hidden count the file alone is told.
SELECT DISTINCT part.*, of_place_id AS unit, 1.0::DOUBLE AS weight, 'deaths' AS role,
    'deaths and people by age' AS line, NULL::DOUBLE AS value, NULL::DOUBLE AS se, NULL::DOUBLE AS moe90, d.reason,
    NULL::VARCHAR AS flags, d.source_id AS input_source_id, d.vintage AS input_vintage, d.source_file,
    NULL::INTEGER AS source_row
FROM {part} AS part
JOIN published.death_count AS d ON d.place_id = of_place_id AND d.source_id = of_source_id
    AND d.vintage = of_vintage AND d.period_start = of_period_start AND d.period_end = of_period_end
    AND d.population_group = of_population_group
WHERE of_method = 'life_table' AND d.cause = 'all' AND d.reason IS NOT NULL
UNION ALL
FROM {figures_without_number}
