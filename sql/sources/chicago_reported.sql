CREATE TABLE chicago_reported (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    place_type VARCHAR NOT NULL,
    group_as_named VARCHAR NOT NULL,
    period_as_named VARCHAR NOT NULL,
    figure VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    source_title VARCHAR NOT NULL,
    source_publisher VARCHAR NOT NULL,
    source_url VARCHAR NOT NULL,
    page_date VARCHAR,
    note VARCHAR,
    estimate DOUBLE,
    period_start INTEGER,
    period_end INTEGER,
    edition VARCHAR NOT NULL,
    population_group VARCHAR,
    not_used VARCHAR,
    PRIMARY KEY (source_file, source_row),
    CHECK (place_type IN ('city', 'community area', 'neighborhood pair', 'community area pair',
        'neighborhood (census tracts)')),
    CHECK (period_start <= period_end)
);
COMMENT ON TABLE chicago_reported IS 'Life expectancy in Chicago as reported on pages that are named; every figure collected, used or not.';
COMMENT ON COLUMN chicago_reported.place IS 'Place as named on the page.';
COMMENT ON COLUMN chicago_reported.place_type IS 'Kind of place.';
COMMENT ON COLUMN chicago_reported.group_as_named IS 'People as named on the page.';
COMMENT ON COLUMN chicago_reported.period_as_named IS 'Year or period as stated.';
COMMENT ON COLUMN chicago_reported.figure IS 'Figure as printed.';
COMMENT ON COLUMN chicago_reported.unit IS 'years, years_gap or years_change.';
COMMENT ON COLUMN chicago_reported.source_title IS 'Title of the page.';
COMMENT ON COLUMN chicago_reported.source_publisher IS 'Publisher of the page.';
COMMENT ON COLUMN chicago_reported.source_url IS 'Address of the page.';
COMMENT ON COLUMN chicago_reported.page_date IS 'Date of the page.';
COMMENT ON COLUMN chicago_reported.note IS 'What a reader should know.';
COMMENT ON COLUMN chicago_reported.estimate IS '[years] The figure as a number; NULL for ranges and roundings in words.';
COMMENT ON COLUMN chicago_reported.period_start IS '[year] First year; NULL where the page states none.';
COMMENT ON COLUMN chicago_reported.edition IS 'Date of the page, or undated.';
COMMENT ON COLUMN chicago_reported.population_group IS 'all or race:<group>; NULL where the row is a difference.';
COMMENT ON COLUMN chicago_reported.not_used IS 'Why the row is not taken into the warehouse; NULL if it is.';
