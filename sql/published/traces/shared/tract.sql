-- What a tract gives to a pooled figure: its table, of which the first row is named, or that it has none; and the
-- survey's people, where they weigh the rates: all lines of one row of its file.
SELECT t.place_id, t.source_id, t.vintage, NULL::VARCHAR AS only_for, NULL::VARCHAR AS role, 'life table' AS line,
    t.ex AS value, t.se, NULL::VARCHAR AS reason, i.flags, t.source_id AS input_source_id,
    t.vintage AS input_vintage, t.source_file, t.source_row
FROM published.life_table AS t
LEFT JOIN published.figure_input AS i ON i.place_id = t.place_id AND i.source_id = t.source_id
    AND i.vintage = t.vintage AND i.population_group = t.population_group AND i.concept = 'life_expectancy'
WHERE t.age_start = 0 AND t.source_file IS NOT NULL
UNION ALL
SELECT p.place_id, k.source_id, k.vintage, NULL, NULL, 'life table', NULL, NULL, 'not_published:place', NULL,
    k.source_id, k.vintage, NULL, NULL
FROM published.place AS p
JOIN (
    SELECT DISTINCT split_part(place_id, ':', 1) AS place_type, source_id, vintage
    FROM published.life_table
    WHERE source_file IS NOT NULL
) AS k ON k.place_type = p.place_type
WHERE p.place_id NOT IN (SELECT place_id FROM published.life_table WHERE source_file IS NOT NULL)
UNION ALL
SELECT t.place_id, t.source_id, t.vintage, 'pooled_a_prime', 'people by age',
    format('lines of {}, {}-{}', i.table_id, i.period_start, i.period_end), sum(i.estimate), NULL, NULL, NULL,
    i.source_id, i.vintage, i.source_file, i.source_row
FROM published.life_table AS t
JOIN published.figure_input AS i ON i.place_id = t.place_id
WHERE t.age_start = 0 AND t.source_file IS NOT NULL AND i.concept = 'people_by_sex_and_age'
GROUP BY t.place_id, t.source_id, t.vintage, i.source_id, i.vintage, i.table_id, i.period_start, i.period_end,
    i.source_file, i.source_row
