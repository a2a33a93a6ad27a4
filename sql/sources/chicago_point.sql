CREATE TABLE chicago_point (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    id VARCHAR,
    name VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    area_number INTEGER,
    status VARCHAR,
    longitude DOUBLE,
    latitude DOUBLE,
    located VARCHAR NOT NULL,
    attributes VARCHAR NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (source_file, source_row),
    CHECK (kind IN ('grocery_store', 'affordable_housing', 'pharmacy', 'primary_care', 'library', 'senior_center', 'service_center', 'mental_health_clinic', 'wic_clinic', 'sti_clinic')),
    CHECK (area_number BETWEEN 1 AND 77),
    CHECK ((longitude IS NULL) = (latitude IS NULL)),
    CHECK (located IN ('city', 'elsewhere', 'nowhere')),
    CHECK ((located = 'nowhere') = (longitude IS NULL)),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chicago_point IS 'Places of Chicago as points: groceries, pharmacies, clinics, housing, libraries, centers; a place may stand in several lists.';
COMMENT ON COLUMN chicago_point.vintage IS 'Year or date of the list.';
COMMENT ON COLUMN chicago_point.kind IS 'What the place is.';
COMMENT ON COLUMN chicago_point.id IS 'License of a grocery, site number of a clinic, as printed; neither is unique. NULL where the list has none.';
COMMENT ON COLUMN chicago_point.name IS 'Name as printed, without spaces at its ends.';
COMMENT ON COLUMN chicago_point.address IS 'Street address as printed, without spaces at its ends.';
COMMENT ON COLUMN chicago_point.area_number IS 'Community area that the list states; NULL where it states none. Not checked against the point.';
COMMENT ON COLUMN chicago_point.status IS 'Status of a pharmacy in small letters; NULL for other kinds.';
COMMENT ON COLUMN chicago_point.longitude IS '[degrees] As printed.';
COMMENT ON COLUMN chicago_point.latitude IS '[degrees] As printed.';
COMMENT ON COLUMN chicago_point.located IS 'city: within the rectangle around Chicago; elsewhere: beyond it, so the point is wrong or no place of Chicago; nowhere: no coordinates.';
COMMENT ON COLUMN chicago_point.attributes IS 'All other columns of the list as printed, as JSON.';
