CREATE TABLE county_code (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    state_fips VARCHAR NOT NULL,
    county_fips VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    class VARCHAR NOT NULL,
    PRIMARY KEY (vintage, county_fips),
    CHECK (length(county_fips) = 5)
);
COMMENT ON TABLE county_code IS 'Counties and their codes, by the year of the list.';
COMMENT ON COLUMN county_code.state IS 'State, postal abbreviation.';
COMMENT ON COLUMN county_code.name IS 'Name of the county.';
COMMENT ON COLUMN county_code.class IS 'Class code of the Bureau.';
