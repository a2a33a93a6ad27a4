CREATE TABLE life_table (
    place_id VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    nqx DOUBLE NOT NULL,
    se_nqx DOUBLE,
    lx DOUBLE NOT NULL,
    "nLx" DOUBLE NOT NULL,
    "Tx" DOUBLE NOT NULL,
    ex DOUBLE NOT NULL,
    se DOUBLE NOT NULL,
    ax DOUBLE,
    mx DOUBLE NOT NULL,
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    PRIMARY KEY (place_id, population_group, period_start, period_end, source_id, vintage, age_start),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    CHECK (nqx BETWEEN 0 AND 1),
    CHECK (se_nqx >= 0),
    CHECK (lx > 0),
    CHECK ("nLx" >= 0),
    CHECK ("Tx" > 0),
    CHECK (ex > 0),
    CHECK (se >= 0),
    CHECK (ax BETWEEN 0 AND 1),
    CHECK (mx >= 0),
    CHECK ((age_end IS NULL) = (ax IS NULL))
);
COMMENT ON TABLE life_table IS 'Life tables by age band, with the death rate and the fraction lived that the publishers'' columns imply.';
COMMENT ON COLUMN life_table.se_nqx IS 'Its standard error; NULL for the open band.';
COMMENT ON COLUMN life_table.se IS '[years] Standard error of ex.';
COMMENT ON COLUMN life_table.ax IS 'Fraction of the band lived by those who die in it; NULL for the open band.';
COMMENT ON COLUMN life_table.mx IS '[deaths per person-year] Death rate of the band.';
