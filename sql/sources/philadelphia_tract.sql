CREATE TABLE philadelphia_tract (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    tract_id VARCHAR NOT NULL,
    land_area DOUBLE NOT NULL,
    geometry BLOB NOT NULL,
    PRIMARY KEY (vintage, tract_id),
    CHECK (length(tract_id) = 11),
    CHECK (land_area >= 0)
);
COMMENT ON TABLE philadelphia_tract IS 'The 2010 census tracts of Philadelphia as polygons.';
COMMENT ON COLUMN philadelphia_tract.land_area IS '[square meters] Land area.';
