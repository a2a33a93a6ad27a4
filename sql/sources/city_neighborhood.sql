CREATE TABLE city_neighborhood (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    city VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    code VARCHAR,
    name VARCHAR NOT NULL,
    attributes VARCHAR NOT NULL,
    geometry BLOB NOT NULL,
    PRIMARY KEY (vintage, city, level, source_row),
    CHECK (city IN ('Boston', 'Detroit', 'Houston', 'Nashville', 'New Orleans', 'Oakland', 'Washington')),
    CHECK (level IN ('neighborhood', 'city')),
    CHECK (trim(name) <> '')
);
COMMENT ON TABLE city_neighborhood IS 'Neighborhoods of Boston, Detroit, Houston, Nashville, New Orleans, Oakland and Washington as polygons, and the outline of Detroit.';
COMMENT ON COLUMN city_neighborhood.city IS 'City.';
COMMENT ON COLUMN city_neighborhood.level IS 'neighborhood or city. Those of Nashville are associations, which overlap and leave holes.';
COMMENT ON COLUMN city_neighborhood.code IS 'Number or code that the city gives it, as printed; NULL in cities that only name theirs.';
COMMENT ON COLUMN city_neighborhood.name IS 'Name as printed; the neighborhoods of a Washington cluster. Some names stand for two shapes.';
COMMENT ON COLUMN city_neighborhood.attributes IS 'All properties of the shape as JSON, as printed.';
