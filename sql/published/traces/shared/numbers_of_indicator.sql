SELECT u.*, c.role, i.measure AS line, i.estimate AS value, i.se, i.moe90, i.reason, i.flags,
    i.source_id AS input_source_id, i.vintage AS input_vintage, i.source_file, i.source_row
FROM {unit_of_part} AS u
JOIN {cell} AS c ON c.indicator_id = u.made_of AND c.source_id = u.of_source_id AND c.vintage = u.of_vintage
JOIN published.figure_input AS i ON i.place_id = u.unit AND i.source_id = u.of_source_id
    AND i.vintage = u.of_vintage AND i.table_id = c.table_id AND i.measure_label = c.label
    AND i.period_start = u.of_period_start AND i.period_end = u.of_period_end
    AND i.population_group = u.of_population_group
-- A unit's own percentage or median says nothing of the whole.
WHERE u.of_method = 'published' OR c.role <> 'published'
UNION ALL
FROM {figures_without_number}
