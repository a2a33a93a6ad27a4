CREATE TABLE place_boundary (
    place_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    area_km2 DOUBLE NOT NULL,
    printed_area_km2 DOUBLE,
    latitude DOUBLE NOT NULL,
    longitude DOUBLE NOT NULL,
    geometry BLOB NOT NULL,
    PRIMARY KEY (place_id),
    FOREIGN KEY (place_id) REFERENCES place (place_id),
    CHECK (area_km2 > 0),
    CHECK (printed_area_km2 > 0),
    CHECK (latitude BETWEEN -90 AND 90),
    CHECK (longitude BETWEEN -180 AND 180)
);
COMMENT ON TABLE place_boundary IS 'Shapes of places, with area and a point inside, computed in a planar projection of the region.';
COMMENT ON COLUMN place_boundary.source_id IS 'Dataset the shape comes from.';
COMMENT ON COLUMN place_boundary.vintage IS 'Release of the dataset.';
COMMENT ON COLUMN place_boundary.area_km2 IS '[square kilometers] Area of the shape.';
COMMENT ON COLUMN place_boundary.printed_area_km2 IS '[square kilometers] Area as the map prints it; empty where it prints none.';
COMMENT ON COLUMN place_boundary.latitude IS '[degrees] A point inside the shape, WGS 84.';
COMMENT ON COLUMN place_boundary.longitude IS '[degrees] The same point.';
