CREATE TABLE philadelphia_point (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    zip VARCHAR,
    attributes VARCHAR NOT NULL,
    longitude DOUBLE NOT NULL,
    latitude DOUBLE NOT NULL,
    geometry BLOB NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, kind, id),
    CHECK (kind IN ('health_center', 'school', 'corner_store', 'farmers_market', 'hospital', 'recreation_site', 'planning_district_label')),
    CHECK (regexp_full_match(zip, '[0-9]{5}')),
    CHECK (longitude BETWEEN -180 AND 180),
    CHECK (latitude BETWEEN -90 AND 90),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE philadelphia_point IS 'Facilities as points, by edition: health centers, schools, corner stores, farmers markets, recreation sites of Philadelphia, hospitals of Pennsylvania; label points of planning districts.';
COMMENT ON COLUMN philadelphia_point.kind IS 'health_center, school, corner_store, farmers_market, hospital, recreation_site or planning_district_label.';
COMMENT ON COLUMN philadelphia_point.id IS 'Number or code of the point in its file.';
COMMENT ON COLUMN philadelphia_point.name IS 'Name as printed; names repeat.';
COMMENT ON COLUMN philadelphia_point.zip IS 'ZIP code of the address, 5 digits, as printed; it may differ from the ZIP polygon the point lies in. NULL where none is printed.';
COMMENT ON COLUMN philadelphia_point.attributes IS 'All properties of the point as JSON, as printed.';
COMMENT ON COLUMN philadelphia_point.longitude IS '[degrees] East of Greenwich, WGS 84.';
COMMENT ON COLUMN philadelphia_point.latitude IS '[degrees] North of the equator, WGS 84.';
