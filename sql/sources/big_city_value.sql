CREATE TABLE big_city_value (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    year_start INTEGER NOT NULL,
    year_end INTEGER NOT NULL,
    sex VARCHAR NOT NULL,
    race VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    value DOUBLE,
    ci95_low DOUBLE,
    ci95_high DOUBLE,
    ci90_low DOUBLE,
    ci90_high DOUBLE,
    methods VARCHAR,
    notes VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (source_file, source_row),
    CHECK (year_start <= year_end),
    CHECK (sex IN ('Both', 'Female', 'Male')),
    CHECK (ci95_low <= ci95_high),
    CHECK (ci90_low <= ci90_high),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE big_city_value IS 'Indicators of large cities by year, sex and race, as their health departments reported them; some keys stand twice.';
COMMENT ON COLUMN big_city_value.category IS 'Category of the indicator.';
COMMENT ON COLUMN big_city_value.indicator IS 'Indicator with its unit in brackets, as printed.';
COMMENT ON COLUMN big_city_value.year_start IS '[year] First year; the file prints a year or a range.';
COMMENT ON COLUMN big_city_value.year_end IS '[year] Last year.';
COMMENT ON COLUMN big_city_value.sex IS 'Both, Female or Male.';
COMMENT ON COLUMN big_city_value.race IS 'Race or ethnicity as printed; All for everybody. One group has two names.';
COMMENT ON COLUMN big_city_value.place IS 'City and state as printed, with the county in brackets where the figures are the county''s; U.S. Total the nation.';
COMMENT ON COLUMN big_city_value.value IS '[unit of the indicator] Value as printed; NULL where the cell is empty.';
COMMENT ON COLUMN big_city_value.ci95_low IS '[unit of the indicator] Lower 95 percent limit, in the edition that has it.';
COMMENT ON COLUMN big_city_value.ci95_high IS '[unit of the indicator] Upper 95 percent limit.';
COMMENT ON COLUMN big_city_value.ci90_low IS '[unit of the indicator] Lower 90 percent limit, in the edition that has it.';
COMMENT ON COLUMN big_city_value.ci90_high IS '[unit of the indicator] Upper 90 percent limit.';
COMMENT ON COLUMN big_city_value.methods IS 'Methods as the city states them, where the copy has them.';
COMMENT ON COLUMN big_city_value.notes IS 'Notes of the city, where the copy has them.';
