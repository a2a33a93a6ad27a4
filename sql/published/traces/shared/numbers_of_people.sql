-- People that weigh places, where the weighting names their year.
SELECT part.* EXCLUDE (weighting), i.source_id AS of_source_id, i.vintage AS of_vintage,
    i.period_start AS of_period_start, i.period_end AS of_period_end, i.population_group AS of_population_group,
    'published' AS of_method, i.estimate AS of_value, i.se AS of_se, i.reason AS of_reason, i.place_id AS unit,
    1.0::DOUBLE AS weight, 'people' AS role, i.measure AS line, i.estimate AS value, i.se, i.moe90, i.reason, i.flags,
    i.source_id AS input_source_id, i.vintage AS input_vintage, i.source_file, i.source_row
FROM {part} AS part
JOIN published.figure_input AS i ON i.place_id = part.of_place_id
    AND part.weighting = concat('people of ', i.period_end)
WHERE i.concept = 'people' AND i.population_group = 'all' AND starts_with(i.source_id, 'chr_')
