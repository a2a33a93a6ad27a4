CREATE TABLE philadelphia_zip (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    zip VARCHAR NOT NULL,
    geometry BLOB NOT NULL,
    PRIMARY KEY (vintage, zip),
    CHECK (regexp_full_match(zip, '[0-9]{5}'))
);
COMMENT ON TABLE philadelphia_zip IS 'The ZIP code polygons of the City of Philadelphia.';
COMMENT ON COLUMN philadelphia_zip.source_file IS 'File the row stands in.';
COMMENT ON COLUMN philadelphia_zip.source_row IS 'Data row of the file, counted from 1.';
COMMENT ON COLUMN philadelphia_zip.vintage IS 'Release or edition of the file.';
COMMENT ON COLUMN philadelphia_zip.zip IS 'ZIP code, 5 digits.';
COMMENT ON COLUMN philadelphia_zip.geometry IS 'Shape as well-known binary, WGS 84.';
