-- The publishers' numbers behind the parts of a figure, each with its file and row. A unit of a pooled figure without
-- a life table stands here without a file, and so does a part that has no figure itself, with its reason.
SELECT said.* EXCLUDE (how), f.sha256, round(p.population * said.weight, 1) AS people,
    coalesce(format('{} ({})', d.formula, said.how), said.how) AS formula
FROM (
    SELECT every.*, CASE of_method
            WHEN 'pooled_a' THEN 'life table of the death rates of the tracts, weighted by people by age'
            WHEN 'pooled_a_prime' THEN 'life table of the death rates of the tracts, weighted by the survey''s people by age: M(x) = sum of people(x) m(x) / sum of people(x)'
            WHEN 'pooled_b' THEN 'life table of the death rates of the tracts, weighted by their census population spread by their own stationary shares L(x)/T(0)'
            WHEN 'weighted_mean' THEN 'mean of the parts, weighted by their people of 2010'
            WHEN 'life_table' THEN 'life table (Chiang) of deaths over person-years by age; who dies in the first year has lived a tenth of it, in other bands half'
            WHEN 'age_adjusted' THEN 'deaths and people by age'
            WHEN 'summed' THEN 'summed over the units, then divided'
            WHEN 'derived' THEN 'counts by interval summed over the units, then the median interpolated'
            WHEN 'index' THEN 'counts of the groups in each unit'
            ELSE 'as published'
        END AS how
    FROM {every} AS every
) AS said
LEFT JOIN published.place AS p ON p.place_id = said.unit
LEFT JOIN published.source_file AS f ON f.source_id = said.input_source_id AND f.file = said.source_file
LEFT JOIN published.indicator AS d ON d.indicator_id = said.made_of
