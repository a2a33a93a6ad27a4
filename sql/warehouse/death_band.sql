CREATE TABLE death_band (
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
    reason VARCHAR,
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    source_rows VARCHAR NOT NULL,
    population_source_id VARCHAR NOT NULL,
    population_vintage VARCHAR NOT NULL,
    population_file VARCHAR NOT NULL,
    population_rows VARCHAR NOT NULL,
    population_lines VARCHAR NOT NULL,
    tracts INTEGER,
    PRIMARY KEY (place_id, population_group, period_start, period_end, source_id, vintage, age_start),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    CHECK (deaths >= 0),
    CHECK (person_years >= 0),
    CHECK (age_end > age_start),
    CHECK (period_start <= period_end)
);
COMMENT ON TABLE death_band IS 'Deaths of counties with the survey''s people, and of coalitions'' places with their own, by age band, from which life tables are made. Not published as it is: small counts stand in it.';
COMMENT ON COLUMN death_band.period_start IS '[year] First year of the deaths.';
COMMENT ON COLUMN death_band.source_id IS 'Dataset of the deaths.';
COMMENT ON COLUMN death_band.vintage IS 'Release or edition of the deaths.';
COMMENT ON COLUMN death_band.deaths IS '[deaths] Deaths of the period.';
COMMENT ON COLUMN death_band.person_years IS '[person-years] People, once for each year of deaths.';
COMMENT ON COLUMN death_band.reason IS 'Why the band is not published: too few of the county''s people in the survey, a small count, or one that would give another away.';
COMMENT ON COLUMN death_band.source_file IS 'File of the deaths.';
COMMENT ON COLUMN death_band.source_row IS 'The first of its data rows that the deaths are the sum of.';
COMMENT ON COLUMN death_band.source_rows IS 'All of them.';
COMMENT ON COLUMN death_band.population_source_id IS 'Dataset of the people.';
COMMENT ON COLUMN death_band.population_vintage IS 'Release or edition of the people.';
COMMENT ON COLUMN death_band.population_file IS 'File of the people.';
COMMENT ON COLUMN death_band.population_rows IS 'Its first and last data row among those that the people are the sum of.';
COMMENT ON COLUMN death_band.population_lines IS 'Its lines that the people are the sum of.';
COMMENT ON COLUMN death_band.tracts IS 'Tracts that the people live in; NULL where deaths and people stand in the same row.';
