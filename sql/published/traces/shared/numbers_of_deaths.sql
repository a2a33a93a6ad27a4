SELECT part.*, of_place_id AS unit, 1.0::DOUBLE AS weight, 'deaths' AS role,
    format('deaths from age {}, among {}', d.age_start, coalesce(d.population::VARCHAR, '?')) AS line,
    d.deaths::DOUBLE AS value, NULL::DOUBLE AS se, NULL::DOUBLE AS moe90, d.reason, NULL::VARCHAR AS flags,
    d.source_id AS input_source_id, d.vintage AS input_vintage, d.source_file, d.source_row
FROM {part} AS part
JOIN published.death_count AS d ON d.place_id = of_place_id AND d.cause = 'all' AND d.source_id = of_source_id
    AND d.vintage = of_vintage AND d.period_start = of_period_start AND d.period_end = of_period_end
    AND d.population_group = of_population_group
