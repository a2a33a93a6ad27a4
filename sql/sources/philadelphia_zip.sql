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
COMMENT ON COLUMN philadelphia_zip.zip IS 'ZIP code, 5 digits.';
