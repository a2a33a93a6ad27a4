CREATE TABLE coalition_death (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    coalition_id VARCHAR NOT NULL,
    suppress_below INTEGER NOT NULL,
    place_id VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    cause VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    deaths BIGINT NOT NULL,
    population DOUBLE NOT NULL,
    PRIMARY KEY (coalition_id, place_id, population_group, period_start, period_end, cause, age_start),
    CHECK (period_start <= period_end),
    CHECK (deaths >= 0),
    CHECK (population >= 0),
    CHECK (age_end > age_start)
);
COMMENT ON TABLE coalition_death IS 'Deaths and people by age as a coalition counts them. Not published: small counts stand in it.';
COMMENT ON COLUMN coalition_death.period_start IS '[year] First year of the deaths.';
COMMENT ON COLUMN coalition_death.cause IS 'Cause of death; all for all causes.';
COMMENT ON COLUMN coalition_death.deaths IS '[deaths] Deaths of the period.';
COMMENT ON COLUMN coalition_death.population IS '[person-years] People of the band, once for each year.';
COMMENT ON COLUMN coalition_death.suppress_below IS 'Counts below this many are not published.';
