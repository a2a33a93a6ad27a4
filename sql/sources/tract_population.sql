CREATE TABLE tract_population (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    tract_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    population INTEGER NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, tract_id),
    CHECK (length(tract_id) = 11),
    CHECK (population >= 0),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE tract_population IS 'People of each tract in the censuses of 2010 and 2020.';
COMMENT ON COLUMN tract_population.tract_id IS 'Tract code, 11 digits, tracts of the census.';
COMMENT ON COLUMN tract_population.name IS 'Name of the tract.';
COMMENT ON COLUMN tract_population.population IS '[people] Count.';
