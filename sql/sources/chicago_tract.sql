CREATE TABLE chicago_tract (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    layout VARCHAR NOT NULL,
    tract_id VARCHAR NOT NULL,
    area_number INTEGER NOT NULL,
    notes VARCHAR,
    geometry BLOB NOT NULL,
    PRIMARY KEY (source_file, tract_id),
    CHECK (length(tract_id) = 11),
    CHECK (area_number BETWEEN 1 AND 77)
);
COMMENT ON TABLE chicago_tract IS 'The 2010 census tracts of Chicago with the community area the city assigns each to.';
COMMENT ON COLUMN chicago_tract.layout IS 'Form of the file.';
COMMENT ON COLUMN chicago_tract.area_number IS 'Community area the city assigns the tract to.';
COMMENT ON COLUMN chicago_tract.notes IS 'The city''s note on tracts that cross a border.';
