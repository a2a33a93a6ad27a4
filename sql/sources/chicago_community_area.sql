CREATE TABLE chicago_community_area (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    area_number INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    shape_area DOUBLE NOT NULL,
    geometry BLOB NOT NULL,
    PRIMARY KEY (vintage, area_number),
    CHECK (area_number BETWEEN 1 AND 77),
    CHECK (shape_area > 0)
);
COMMENT ON TABLE chicago_community_area IS 'The 77 community areas of Chicago as polygons.';
COMMENT ON COLUMN chicago_community_area.area_number IS 'Community area, 1 to 77.';
COMMENT ON COLUMN chicago_community_area.name IS 'Name, in capitals.';
COMMENT ON COLUMN chicago_community_area.shape_area IS '[square feet] Area as printed.';
