CREATE TABLE usaleep_life_table (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    tract_id VARCHAR NOT NULL,
    state2kx VARCHAR NOT NULL,
    cnty2kx VARCHAR NOT NULL,
    tract2kx VARCHAR NOT NULL,
    age_group VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    nqx DOUBLE NOT NULL,
    lx DOUBLE NOT NULL,
    ndx DOUBLE NOT NULL,
    "nLx" DOUBLE NOT NULL,
    "Tx" DOUBLE NOT NULL,
    ex DOUBLE NOT NULL,
    se_nqx DOUBLE NOT NULL,
    se_ex DOUBLE NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, tract_id, age_start),
    CHECK (length(tract_id) = 11),
    CHECK (nqx BETWEEN 0 AND 1),
    CHECK (lx BETWEEN 0 AND 100000),
    CHECK (ndx >= 0),
    CHECK ("nLx" >= 0),
    CHECK ("Tx" >= 0),
    CHECK (ex > 0),
    CHECK (se_nqx >= 0),
    CHECK (se_ex >= 0),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE usaleep_life_table IS 'Abridged life tables of census tracts, eleven age bands each: USALEEP file B.';
COMMENT ON COLUMN usaleep_life_table.state2kx IS 'State code.';
COMMENT ON COLUMN usaleep_life_table.cnty2kx IS 'County code within the state.';
COMMENT ON COLUMN usaleep_life_table.tract2kx IS 'Tract code within the county.';
COMMENT ON COLUMN usaleep_life_table.age_group IS 'Age band as printed.';
COMMENT ON COLUMN usaleep_life_table.ndx IS 'Deaths in the band.';
COMMENT ON COLUMN usaleep_life_table.se_nqx IS 'Standard error of nqx; for the open band it is no standard error and is used for nothing.';
COMMENT ON COLUMN usaleep_life_table.se_ex IS '[years] Standard error of ex.';
