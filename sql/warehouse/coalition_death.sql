CREATE TABLE coalition_death (
    coalition_id VARCHAR NOT NULL,
    place_id VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    deaths BIGINT NOT NULL,
    population DOUBLE NOT NULL,
    shown BOOLEAN NOT NULL,
    suppress_below INTEGER NOT NULL,
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    source_rows VARCHAR NOT NULL,
    PRIMARY KEY (place_id, population_group, period_start, period_end, source_id, vintage, cause, age_start),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    CHECK (deaths >= 0),
    CHECK (population >= 0),
    CHECK (age_end > age_start)
);
COMMENT ON TABLE coalition_death IS 'Deaths and people by age as coalitions count them, with causes and footprints added up, and whether they may be shown. Not published: small counts stand in it.';
COMMENT ON COLUMN coalition_death.shown IS 'Whether the counts of the series (place, group, period, cause) may be published: none is small, and none gives a hidden one away.';
COMMENT ON COLUMN coalition_death.source_row IS 'The first of the data rows that the deaths are the sum of.';
COMMENT ON COLUMN coalition_death.source_rows IS 'All of them.';
