CREATE TABLE svi_cell (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    ranked_within VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    state_abbr VARCHAR NOT NULL,
    state VARCHAR,
    county VARCHAR,
    location VARCHAR,
    shape VARCHAR,
    variable VARCHAR NOT NULL,
    value DOUBLE,
    sign VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, ranked_within, level, code, variable),
    CHECK (ranked_within IN ('nation', 'state')),
    CHECK (length(code) = CASE level WHEN 'county' THEN 5 WHEN 'tract' THEN 11 END),
    CHECK ((level = 'tract') = starts_with(location, 'Census Tract')),
    CHECK (length(state_abbr) = 2),
    CHECK (sign IN ('-999', '-555555555')),
    CHECK ((value IS NULL) = (sign IS NOT NULL)),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE svi_cell IS 'Every number of the Social Vulnerability Index files: one variable of one county or tract in one edition.';
COMMENT ON COLUMN svi_cell.vintage IS 'Edition: the year of the index; -first for the files that were replaced; the state, where ranks are within it.';
COMMENT ON COLUMN svi_cell.ranked_within IS 'nation or state: the places that percentile ranks and flags compare. Ranks of the two are never compared.';
COMMENT ON COLUMN svi_cell.level IS 'county or tract.';
COMMENT ON COLUMN svi_cell.code IS 'Census code: 5 digits for a county, 11 for a tract; leading zeros that a file lost are put back.';
COMMENT ON COLUMN svi_cell.state_abbr IS 'Letters of the state.';
COMMENT ON COLUMN svi_cell.state IS 'State, by name, as printed; NULL in 2010.';
COMMENT ON COLUMN svi_cell.county IS 'County, by name, as printed; in 2022 with the word County; NULL in 2010.';
COMMENT ON COLUMN svi_cell.location IS 'Full name of the place; NULL in 2000.';
COMMENT ON COLUMN svi_cell.shape IS 'Point of the place as printed, longitude first; NULL where the file has none.';
COMMENT ON COLUMN svi_cell.variable IS 'Column of the file, as the publisher names it; names and definitions differ by year.';
COMMENT ON COLUMN svi_cell.value IS '[as the variable] People, households, dollars, percent (shares of 1 in 2000 and 2010), ranks from 0 to 1, flags, square miles; as printed.';
COMMENT ON COLUMN svi_cell.sign IS 'Number that stands for a sign: -999 not available, -555555555 a controlled estimate that has no margin.';
