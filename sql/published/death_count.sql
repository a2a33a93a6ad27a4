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
    FOREIGN KEY (source_id, vintage) REFERENCES source (source_id, vintage),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    CHECK (deaths >= 0),
    CHECK (population >= 0),
    CHECK (age_end > age_start),
    CHECK (deaths IS NOT NULL OR reason IS NOT NULL)
);
COMMENT ON TABLE death_count IS 'Deaths and people by age band, as publishers count them.';
