CREATE TABLE boundary_shape (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    name VARCHAR,
    land_area DOUBLE,
    water_area DOUBLE,
    attributes VARCHAR NOT NULL,
    geometry BLOB NOT NULL,
    PRIMARY KEY (vintage, level, code),
    CHECK (level IN ('county', 'tract', 'zcta')),
    CHECK (regexp_full_match(code, '[0-9]+')),
    CHECK (length(code) = CASE level WHEN 'tract' THEN 11 ELSE 5 END),
    CHECK (land_area >= 0),
    CHECK (water_area >= 0)
);
COMMENT ON TABLE boundary_shape IS 'Counties, tracts and ZCTAs as polygons, by vintage.';
COMMENT ON COLUMN boundary_shape.level IS 'county, tract or zcta.';
COMMENT ON COLUMN boundary_shape.code IS 'County (5 digits), tract (11 digits; of 2010 as drawn in 2018, of 2020 as drawn in 2021) or ZCTA (5 digits).';
COMMENT ON COLUMN boundary_shape.name IS 'Name as printed; the number of a tract. NULL where the map has none.';
COMMENT ON COLUMN boundary_shape.land_area IS '[square meters] Land; NULL where the map does not say.';
COMMENT ON COLUMN boundary_shape.water_area IS '[square meters] Water; NULL where the map does not say.';
COMMENT ON COLUMN boundary_shape.attributes IS 'All properties of the shape as JSON; CENSUSAREA of 2010 counties is land in square miles.';
