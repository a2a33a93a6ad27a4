CREATE TABLE life_table_input (
    place_id VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    deaths BIGINT NOT NULL,
    person_years DOUBLE NOT NULL,
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    source_rows VARCHAR NOT NULL,
    population_source_id VARCHAR NOT NULL,
    population_vintage VARCHAR NOT NULL,
    population_file VARCHAR NOT NULL,
    population_rows VARCHAR NOT NULL,
    population_lines VARCHAR NOT NULL,
    tracts INTEGER NOT NULL,
    PRIMARY KEY (place_id, population_group, period_start, period_end, source_id, vintage, age_start),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    FOREIGN KEY (population_source_id, population_vintage) REFERENCES source (source_id, vintage),
    CHECK (deaths >= 0),
    CHECK (person_years > 0),
    CHECK (age_end > age_start),
    CHECK (period_start <= period_end)
);
COMMENT ON TABLE life_table_input IS 'Deaths and the surveys people by age band behind life tables that were made from deaths, with the rows they are summed from.';
COMMENT ON COLUMN life_table_input.place_id IS 'Place.';
COMMENT ON COLUMN life_table_input.population_group IS 'all or <dimension>:<value>.';
COMMENT ON COLUMN life_table_input.period_start IS '[year] First year of the deaths.';
COMMENT ON COLUMN life_table_input.period_end IS '[year] Last year.';
COMMENT ON COLUMN life_table_input.source_id IS 'Dataset of the deaths.';
COMMENT ON COLUMN life_table_input.vintage IS 'Release or edition of the deaths.';
COMMENT ON COLUMN life_table_input.age_start IS '[years] First age of the band.';
COMMENT ON COLUMN life_table_input.age_end IS '[years] Age at which the band ends; NULL for the open band.';
COMMENT ON COLUMN life_table_input.deaths IS '[deaths] Deaths of the period.';
COMMENT ON COLUMN life_table_input.person_years IS '[person-years] People of the survey, once for each year of deaths.';
COMMENT ON COLUMN life_table_input.source_file IS 'File of the deaths.';
COMMENT ON COLUMN life_table_input.source_row IS 'The first of its data rows that the deaths are the sum of.';
COMMENT ON COLUMN life_table_input.source_rows IS 'All of them.';
COMMENT ON COLUMN life_table_input.population_source_id IS 'Dataset of the people.';
COMMENT ON COLUMN life_table_input.population_vintage IS 'Release or edition of the people.';
COMMENT ON COLUMN life_table_input.population_file IS 'File of the people.';
COMMENT ON COLUMN life_table_input.population_rows IS 'Its first and last data row among those that the people are the sum of.';
COMMENT ON COLUMN life_table_input.population_lines IS 'Its lines that the people are the sum of.';
COMMENT ON COLUMN life_table_input.tracts IS 'Tracts that the people live in.';
