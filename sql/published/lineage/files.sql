-- The publishers' numbers behind the parts, each with its file and row. A unit of a pooled figure without a
-- life table stands here without a file.
WITH {part},
unit_of_part AS (
    -- A published figure is its place's own; others are made of units. The mean of one place is the place. What a
    -- county or tract became, or was before, is no unit of it.
    SELECT part.*, place_id AS unit, 1.0 AS weight
    FROM part
    WHERE method = 'published' OR (method = 'weighted_mean' AND place_id NOT IN (SELECT to_place_id FROM crosswalk
        WHERE starts_with(to_place_id, 'footprint:')))
    UNION ALL
    SELECT part.*, c.from_place_id, c.weight
    FROM part JOIN crosswalk AS c ON c.to_place_id = part.place_id
        AND c.partition NOT IN ('county_now', 'county_before', 'tract_now', 'tract_before')
    WHERE part.method <> 'published'
),
named AS (
    -- Numbers that carry our own word for what they are.
    SELECT u.*, NULL::VARCHAR AS role, i.measure, i.population_group AS of_group, i.estimate, i.se, i.moe90, i.reason,
        i.flags, i.source_file, i.source_row
    FROM unit_of_part AS u
    JOIN figure_input AS i ON i.place_id = u.unit AND i.concept = u.made_of
        AND (i.source_id, i.vintage, i.period_start, i.period_end, i.population_group)
            = (u.source_id, u.vintage, u.period_start, u.period_end, u.population_group)
    WHERE u.method IN ('published', 'weighted_mean')
),
cells AS (
    SELECT DISTINCT u.*, c.role, i.measure, i.population_group AS of_group, i.estimate, i.se, i.moe90, i.reason,
        i.flags, i.source_file, i.source_row
    FROM unit_of_part AS u
    JOIN indicator_cell AS c ON c.indicator_id = u.made_of AND c.source_id = u.source_id
        AND (c.vintages = 'all' OR list_contains(string_split(c.vintages, '; '), u.vintage))
    JOIN figure_input AS i ON i.place_id = u.unit AND i.table_id = c.table_id AND i.measure_label = c.label
        AND (i.source_id, i.vintage, i.period_start, i.period_end, i.population_group)
            = (u.source_id, u.vintage, u.period_start, u.period_end, u.population_group)
    -- A unit's own percentage or median says nothing of the whole.
    WHERE u.method = 'published' OR c.role <> 'published'
),
tables AS (
    -- Tracts have a table each, of which the first row is named.
    SELECT u.*, NULL AS role, 'life table' AS measure, t.population_group AS of_group, t.ex AS estimate, t.se,
        NULL::DOUBLE AS moe90, if(t.ex IS NULL, 'not_published:place', NULL) AS reason, i.flags, t.source_file,
        t.source_row
    FROM unit_of_part AS u
    JOIN place AS p ON p.place_id = u.unit AND p.place_type IN (
        SELECT split_part(place_id, ':', 1) FROM life_table WHERE source_file IS NOT NULL
    )
    LEFT JOIN life_table AS t ON t.place_id = u.unit AND t.age_start = 0 AND t.source_file IS NOT NULL
        AND (t.source_id, t.vintage) = (u.source_id, u.vintage)
    LEFT JOIN figure_input AS i ON i.place_id = u.unit AND i.concept = 'life_expectancy'
        AND (i.source_id, i.vintage, i.population_group) = (t.source_id, t.vintage, t.population_group)
    WHERE u.made_of = 'life_expectancy' AND starts_with(u.method, 'pooled')
),
people_by_age AS (
    -- The survey's people of those tracts, where they weigh the rates: all lines of one row of its file.
    SELECT t.* REPLACE (i.source_id AS source_id, i.vintage AS vintage, 'people by age' AS role,
        format('lines of {}, {}-{}', i.table_id, i.period_start, i.period_end) AS measure,
        sum(i.estimate) AS estimate, NULL AS se, NULL AS reason, NULL AS flags, i.source_file AS source_file,
        i.source_row AS source_row)
    FROM tables AS t
    JOIN figure_input AS i ON i.place_id = t.unit AND i.concept = 'people_by_sex_and_age'
    WHERE t.method = 'pooled_a_prime' AND t.source_file IS NOT NULL
    GROUP BY ALL
),
deaths AS (
    SELECT part.*, part.place_id AS unit, 1.0 AS weight, 'deaths' AS role,
        format('deaths from age {}, among {}', d.age_start, coalesce(d.population::VARCHAR, '?')) AS measure,
        d.population_group AS of_group, d.deaths::DOUBLE AS estimate, NULL::DOUBLE AS se, NULL::DOUBLE AS moe90,
        d.reason, NULL AS flags, d.source_file, d.source_row
    FROM part
    JOIN death_count AS d ON d.place_id = part.place_id AND d.cause = 'all'
        AND (d.source_id, d.vintage, d.period_start, d.period_end, d.population_group)
            = (part.source_id, part.vintage, part.period_start, part.period_end, part.population_group)
    WHERE part.made_of = 'deaths' OR part.method = 'life_table'
),
bands AS (
    -- Deaths and people of a table made from deaths: each is a sum of rows, of which the first stands beside it.
    SELECT part.*, part.place_id AS unit, 1.0 AS weight, 'deaths' AS role,
        format('deaths from age {}, rows {}', d.age_start, d.source_rows) AS measure,
        d.population_group AS of_group, d.deaths::DOUBLE AS estimate, NULL::DOUBLE AS se, NULL::DOUBLE AS moe90,
        NULL AS reason, NULL AS flags, d.source_file, d.source_row
    FROM part
    JOIN life_table_input AS d ON d.place_id = part.place_id
        AND (d.source_id, d.vintage, d.period_start, d.period_end, d.population_group)
            = (part.source_id, part.vintage, part.period_start, part.period_end, part.population_group)
    WHERE part.method = 'life_table'
    UNION ALL
    SELECT part.* REPLACE (d.population_source_id AS source_id, d.population_vintage AS vintage), part.place_id,
        1.0, 'people', format('person-years from age {}, of {} in rows {}', d.age_start, d.population_lines,
        d.population_rows), d.population_group, d.person_years, NULL, NULL, NULL, NULL, d.population_file,
        split_part(d.population_rows, '-', 1)::INTEGER
    FROM part
    JOIN life_table_input AS d ON d.place_id = part.place_id
        AND (d.source_id, d.vintage, d.period_start, d.period_end, d.population_group)
            = (part.source_id, part.vintage, part.period_start, part.period_end, part.population_group)
    WHERE part.method = 'life_table'
),
units AS (
    SELECT part.*, part.place_id AS unit, 1.0 AS weight, NULL AS role, 'first of its rows' AS measure,
        NULL AS of_group, NULL::DOUBLE AS estimate, NULL::DOUBLE AS se, NULL::DOUBLE AS moe90, NULL AS reason,
        NULL AS flags, i.source_file, i.source_row
    FROM part
    JOIN figure_input AS i ON (i.place_id, i.source_id, i.vintage) = (part.place_id, part.source_id, part.vintage)
    WHERE part.made_of = 'units'
    QUALIFY row_number() OVER (PARTITION BY part.figure, unit ORDER BY i.source_file, i.source_row) = 1
),
every AS (
    FROM named UNION ALL FROM cells UNION ALL FROM tables UNION ALL FROM people_by_age UNION ALL FROM deaths
    UNION ALL FROM bands UNION ALL FROM units
)
SELECT every.* EXCLUDE (source_file, source_row), round(p.population * weight, 1) AS people, source_file, source_row,
    f.sha256
FROM every
LEFT JOIN place AS p ON p.place_id = unit
LEFT JOIN source_file AS f ON (f.source_id, f.file) = (every.source_id, every.source_file)
ORDER BY figure, made_of, period_end, place_id, population_group, people DESC NULLS LAST, unit, role DESC, measure
