CREATE TABLE death_count (
    place_id VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    deaths BIGINT,
    population BIGINT,
    reason VARCHAR,
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    PRIMARY KEY (place_id, population_group, period_start, period_end, source_id, vintage, cause, age_start),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    CHECK (deaths >= 0),
    CHECK (population >= 0),
    CHECK (age_end > age_start),
    CHECK (deaths IS NOT NULL OR reason IS NOT NULL)
);
COMMENT ON TABLE death_count IS 'Deaths and people by age band, as publishers count them.';
COMMENT ON COLUMN death_count.place_id IS 'Place.';
COMMENT ON COLUMN death_count.population_group IS 'all or <dimension>:<value>.';
COMMENT ON COLUMN death_count.period_start IS '[year] First year of the deaths.';
COMMENT ON COLUMN death_count.period_end IS '[year] Last year.';
COMMENT ON COLUMN death_count.source_id IS 'Dataset.';
COMMENT ON COLUMN death_count.vintage IS 'Release or edition.';
COMMENT ON COLUMN death_count.cause IS 'Cause of death; all for all causes.';
COMMENT ON COLUMN death_count.age_start IS '[years] First age of the band.';
COMMENT ON COLUMN death_count.age_end IS '[years] Age at which the band ends; NULL for the open band.';
COMMENT ON COLUMN death_count.deaths IS '[deaths] Deaths; NULL where the publisher hides them.';
COMMENT ON COLUMN death_count.population IS '[person-years] People of the band.';
COMMENT ON COLUMN death_count.reason IS 'Why deaths are missing.';
COMMENT ON COLUMN death_count.source_file IS 'File they were read from.';
COMMENT ON COLUMN death_count.source_row IS 'Row of the file.';
