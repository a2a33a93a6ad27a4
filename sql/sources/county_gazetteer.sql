CREATE TABLE county_gazetteer (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    county_fips VARCHAR NOT NULL,
    ansi_code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    land DOUBLE NOT NULL,
    water DOUBLE NOT NULL,
    land_square_miles DOUBLE NOT NULL,
    water_square_miles DOUBLE NOT NULL,
    latitude DOUBLE NOT NULL,
    longitude DOUBLE NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, county_fips),
    CHECK (regexp_full_match(county_fips, '[0-9]{5}')),
    CHECK (regexp_full_match(ansi_code, '[0-9]{8}')),
    CHECK (land >= 0),
    CHECK (water >= 0),
    CHECK (latitude BETWEEN -90 AND 90),
    CHECK (longitude BETWEEN -180 AND 180),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE county_gazetteer IS 'Counties with their areas and a point inside each, from the gazetteer.';
COMMENT ON COLUMN county_gazetteer.state IS 'State, postal abbreviation.';
COMMENT ON COLUMN county_gazetteer.ansi_code IS 'ANSI code, 8 digits.';
COMMENT ON COLUMN county_gazetteer.name IS 'Name of the county.';
COMMENT ON COLUMN county_gazetteer.land IS '[square meters] Land.';
COMMENT ON COLUMN county_gazetteer.water IS '[square meters] Water.';
COMMENT ON COLUMN county_gazetteer.land_square_miles IS '[square miles] Land.';
COMMENT ON COLUMN county_gazetteer.water_square_miles IS '[square miles] Water.';
COMMENT ON COLUMN county_gazetteer.latitude IS '[degrees] North of the equator, of a point inside the county.';
COMMENT ON COLUMN county_gazetteer.longitude IS '[degrees] East of Greenwich, of a point inside the county.';
