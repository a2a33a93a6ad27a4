CREATE TABLE chicago_life_expectancy (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    layout VARCHAR NOT NULL,
    area_number INTEGER,
    community_area VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    estimate DOUBLE NOT NULL,
    ci_low DOUBLE NOT NULL,
    ci_high DOUBLE NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (source_file, source_row, year),
    CHECK (area_number BETWEEN 1 AND 77),
    CHECK (year IN (1990, 2000, 2010)),
    CHECK (ci_low <= ci_high),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chicago_life_expectancy IS 'Life expectancy of Chicago''s community areas and of the city, 1990, 2000 and 2010, with 95 percent limits, in each form the portal gives it.';
COMMENT ON COLUMN chicago_life_expectancy.layout IS 'Form of the file: portal CSV or API.';
COMMENT ON COLUMN chicago_life_expectancy.area_number IS 'Community area, 1 to 77; NULL in the row of the city.';
COMMENT ON COLUMN chicago_life_expectancy.community_area IS 'Name as printed, spaces at the end removed.';
COMMENT ON COLUMN chicago_life_expectancy.year IS '[year] As printed.';
COMMENT ON COLUMN chicago_life_expectancy.estimate IS '[years] Life expectancy at birth.';
COMMENT ON COLUMN chicago_life_expectancy.ci_low IS '[years] Lower 95 percent limit, as printed.';
COMMENT ON COLUMN chicago_life_expectancy.ci_high IS '[years] Upper 95 percent limit, as printed.';
