CREATE TABLE usaleep_export (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    county VARCHAR NOT NULL,
    tract_number VARCHAR NOT NULL,
    e0 DOUBLE,
    e0_range VARCHAR,
    se_e0 DOUBLE,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, state, county, tract_number),
    CHECK (level IN ('state', 'tract')),
    CHECK (se_e0 >= 0),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE usaleep_export IS 'USALEEP as exported from data.cdc.gov: states and tracts by name, without codes. Compared with file A, never published.';
COMMENT ON COLUMN usaleep_export.level IS 'state or tract.';
COMMENT ON COLUMN usaleep_export.state IS 'State, by name.';
COMMENT ON COLUMN usaleep_export.county IS 'County, by name; empty in the rows of states.';
COMMENT ON COLUMN usaleep_export.tract_number IS 'Tract number with two decimals; empty in the rows of states.';
COMMENT ON COLUMN usaleep_export.e0 IS '[years] Life expectancy at birth; NULL where none is published.';
COMMENT ON COLUMN usaleep_export.e0_range IS 'Class of the national distribution; not an interval.';
COMMENT ON COLUMN usaleep_export.se_e0 IS '[years] Standard error.';
