CREATE TABLE ccdph_value (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    dataset VARCHAR NOT NULL,
    place_type VARCHAR NOT NULL,
    place_code VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    value DOUBLE,
    text VARCHAR,
    PRIMARY KEY (vintage, dataset, place_code, part, measure),
    CHECK (place_type IN ('tract', 'zcta')),
    CHECK (length(place_code) = CASE place_type WHEN 'tract' THEN 11 ELSE 5 END)
);
COMMENT ON TABLE ccdph_value IS 'Cells of census tables as re-shaped by the Cook County Department of Public Health.';
COMMENT ON COLUMN ccdph_value.dataset IS 'Layout of the file: which table it is.';
COMMENT ON COLUMN ccdph_value.place_type IS 'tract or zcta.';
COMMENT ON COLUMN ccdph_value.place_code IS 'Code of the place: 11 digits of a tract, 5 of a ZIP code tabulation area.';
COMMENT ON COLUMN ccdph_value.part IS 'Part of the people that the row is about: variable, sex, age, year as printed; empty where the file has one row a place.';
COMMENT ON COLUMN ccdph_value.measure IS 'Column of the file.';
COMMENT ON COLUMN ccdph_value.value IS 'Number in the cell; NULL where it holds none.';
COMMENT ON COLUMN ccdph_value.text IS 'Text of a cell that is no number (names, classes, NA).';
