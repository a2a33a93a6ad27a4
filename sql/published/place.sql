CREATE TABLE place (
    place_id VARCHAR NOT NULL,
    place_type VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    vintage VARCHAR,
    state_fips VARCHAR,
    county_fips VARCHAR,
    parent_place_id VARCHAR,
    population BIGINT,
    population_period VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    land_area_km2 DOUBLE,
    PRIMARY KEY (place_id),
    FOREIGN KEY (parent_place_id) REFERENCES place (place_id),
    CHECK (place_type IN ('nation', 'state', 'county', 'county2022', 'tract2010', 'tract2020', 'block_group2010', 'block_group2020', 'zcta2010', 'zcta2020', 'zip', 'neighborhood', 'district', 'city', 'footprint')),
    CHECK (population >= 0),
    CHECK (land_area_km2 > 0),
    CHECK (latitude BETWEEN -90 AND 90),
    CHECK (longitude BETWEEN -180 AND 180)
);
COMMENT ON TABLE place IS 'Every place a figure can be about. The type of an id carries the vintage of its codes.';
COMMENT ON COLUMN place.population IS '[people] All people: of a tract the count of its census, of a county, state or city the newest estimate or count, of a place made of tracts the sum of their shares.';
COMMENT ON COLUMN place.latitude IS '[degrees] A point inside the place, WGS 84; of a state the center of its land.';
COMMENT ON COLUMN place.land_area_km2 IS '[square kilometers] Land; of a place that a city draws, the area of the shape.';
