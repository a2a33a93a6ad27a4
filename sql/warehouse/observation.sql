CREATE TABLE observation (
    place_id VARCHAR NOT NULL,
    table_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    measure_label VARCHAR NOT NULL,
    concept VARCHAR,
    population_group VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    estimate DOUBLE,
    se DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    moe90 DOUBLE,
    reason VARCHAR,
    flags VARCHAR,
    note VARCHAR,
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    PRIMARY KEY (place_id, table_id, measure, population_group, period_start, period_end, source_id, vintage),
    CHECK (period_start <= period_end),
    CHECK (concept IN ('life_expectancy', 'people', 'people_in_households', 'people_by_age', 'people_by_sex_and_age', 'households', 'household_income')),
    CHECK (se >= 0),
    CHECK (moe90 >= 0),
    CHECK (ci_low <= ci_high),
    CHECK ((estimate IS NULL) = (reason IS NOT NULL))
);
COMMENT ON TABLE observation IS 'Every number of every publisher in one shape: a place, a measure, a group of people, a period.';
COMMENT ON COLUMN observation.table_id IS 'Table or topic within the source.';
COMMENT ON COLUMN observation.measure IS 'The publisher''s code of the line.';
COMMENT ON COLUMN observation.measure_label IS 'Label path of the line, levels joined by !!.';
COMMENT ON COLUMN observation.concept IS 'What it is in our own words, given by whoever reads the publisher''s file: life_expectancy, people, people_in_households, people_by_age, people_by_sex_and_age, households or household_income; NULL where nothing asks for it by a word.';
COMMENT ON COLUMN observation.estimate IS 'The number, in the unit of the measure; NULL with a reason.';
COMMENT ON COLUMN observation.se IS 'Standard error, in the unit of the measure.';
COMMENT ON COLUMN observation.ci_low IS 'Lower 95 percent limit, where the publisher prints one.';
COMMENT ON COLUMN observation.ci_high IS 'Upper 95 percent limit, where the publisher prints one.';
COMMENT ON COLUMN observation.moe90 IS 'Margin of error at 90 percent, where the publisher prints one.';
COMMENT ON COLUMN observation.reason IS 'Why there is no number.';
COMMENT ON COLUMN observation.flags IS 'What the publisher or a correction marks of the number.';
COMMENT ON COLUMN observation.note IS 'The page it was read on, for reported figures.';
