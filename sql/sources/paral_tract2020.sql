CREATE TABLE paral_tract2020 (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    tract_id VARCHAR NOT NULL,
    area_number INTEGER NOT NULL,
    area_name VARCHAR NOT NULL,
    PRIMARY KEY (vintage, tract_id),
    CHECK (length(tract_id) = 11),
    CHECK (area_number BETWEEN 1 AND 77)
);
COMMENT ON TABLE paral_tract2020 IS 'The community area that each 2020 tract of Chicago is assigned to, unofficially.';
COMMENT ON COLUMN paral_tract2020.tract_id IS 'Tract code, 11 digits, 2020 tracts.';
COMMENT ON COLUMN paral_tract2020.area_number IS 'Community area.';
COMMENT ON COLUMN paral_tract2020.area_name IS 'Name of the community area.';
