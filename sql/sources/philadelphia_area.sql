CREATE TABLE philadelphia_area (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    name VARCHAR,
    attributes VARCHAR,
    geometry BLOB NOT NULL,
    PRIMARY KEY (vintage, level, code),
    CHECK (level IN ('planning_district', 'neighborhood', 'block_group', 'city'))
);
COMMENT ON TABLE philadelphia_area IS 'Areas of Philadelphia as polygons: planning districts, neighborhoods, 2010 block groups, the city limits.';
COMMENT ON COLUMN philadelphia_area.level IS 'planning_district, neighborhood, block_group or city.';
COMMENT ON COLUMN philadelphia_area.code IS 'Code as printed: abbreviation of a district, name of a neighborhood in capitals, 12 digits of a block group, object number of the city.';
COMMENT ON COLUMN philadelphia_area.name IS 'Name as printed; NULL for block groups and the city, whose files have none.';
COMMENT ON COLUMN philadelphia_area.attributes IS 'All properties of the shape as JSON; NULL for block groups, whose figures stand in philadelphia_small_area.';
