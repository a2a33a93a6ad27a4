CREATE TABLE usaleep_tract (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    tract_id VARCHAR NOT NULL,
    state2kx VARCHAR NOT NULL,
    cnty2kx VARCHAR NOT NULL,
    tract2kx VARCHAR NOT NULL,
    e0 DOUBLE NOT NULL,
    se_e0 DOUBLE NOT NULL,
    flag INTEGER NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, tract_id),
    CHECK (length(tract_id) = 11),
    CHECK (tract_id = state2kx || cnty2kx || tract2kx),
    CHECK (se_e0 >= 0),
    CHECK (flag IN (1, 2, 3)),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE usaleep_tract IS 'Life expectancy at birth of census tracts (2010 tracts), deaths of 2010-2015: USALEEP file A.';
COMMENT ON COLUMN usaleep_tract.state2kx IS 'State code.';
COMMENT ON COLUMN usaleep_tract.cnty2kx IS 'County code within the state.';
COMMENT ON COLUMN usaleep_tract.tract2kx IS 'Tract code within the county.';
COMMENT ON COLUMN usaleep_tract.e0 IS '[years] Life expectancy at birth, as printed.';
COMMENT ON COLUMN usaleep_tract.se_e0 IS '[years] Its standard error, as printed.';
COMMENT ON COLUMN usaleep_tract.flag IS 'Origin of the life table: 1 observed, 2 predicted, 3 a mixture.';
