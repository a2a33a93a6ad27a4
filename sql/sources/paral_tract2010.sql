CREATE TABLE paral_tract2010 (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    tract_id VARCHAR NOT NULL,
    area_number INTEGER NOT NULL,
    area_name VARCHAR NOT NULL,
    area_and_tract VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    summary_level VARCHAR NOT NULL,
    county_subdivision VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    notes VARCHAR,
    PRIMARY KEY (vintage, tract_id),
    CHECK (length(tract_id) = 11),
    CHECK (area_number BETWEEN 1 AND 77),
    CHECK (length(area_and_tract) = 8),
    CHECK (state = 'IL')
);
COMMENT ON TABLE paral_tract2010 IS 'The community area that each 2010 tract of Chicago is assigned to, unofficially; the city publishes an assignment of its own.';
COMMENT ON COLUMN paral_tract2010.tract_id IS 'Tract code, 11 digits, 2010 tracts: put together from state, county and tract.';
COMMENT ON COLUMN paral_tract2010.area_number IS 'Community area.';
COMMENT ON COLUMN paral_tract2010.area_name IS 'Name of the community area, as printed; that of area 57 ends in a comma.';
COMMENT ON COLUMN paral_tract2010.area_and_tract IS 'Area number and tract in one code, 8 digits; the leading zero that the file lost put back.';
COMMENT ON COLUMN paral_tract2010.state IS 'State, as printed.';
COMMENT ON COLUMN paral_tract2010.summary_level IS 'Summary level of the census, 3 digits.';
COMMENT ON COLUMN paral_tract2010.county_subdivision IS 'Code of the county subdivision.';
COMMENT ON COLUMN paral_tract2010.place IS 'Code of the place within the state.';
COMMENT ON COLUMN paral_tract2010.label IS 'Area and tract in words, as printed.';
COMMENT ON COLUMN paral_tract2010.notes IS 'A remark of the list on tracts of which only a part lies in Chicago.';
