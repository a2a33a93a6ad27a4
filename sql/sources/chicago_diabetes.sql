CREATE TABLE chicago_diabetes (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    zips VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    hospitalizations INTEGER,
    crude_rate DOUBLE,
    crude_low DOUBLE,
    crude_high DOUBLE,
    adjusted_rate DOUBLE,
    adjusted_low DOUBLE,
    adjusted_high DOUBLE,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, zips, year),
    CHECK (year BETWEEN 2000 AND 2011),
    CHECK (hospitalizations >= 0),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chicago_diabetes IS 'Hospitalizations for diabetes by ZIP code or group of ZIP codes of Chicago and year, with rates.';
COMMENT ON COLUMN chicago_diabetes.zips IS 'ZIP code, or ZIP codes taken together, as printed; CHICAGO for the city.';
COMMENT ON COLUMN chicago_diabetes.year IS '[year] Year.';
COMMENT ON COLUMN chicago_diabetes.hospitalizations IS '[hospitalizations] In the year; NULL for the city and where the file has none.';
COMMENT ON COLUMN chicago_diabetes.crude_rate IS '[rate as printed] Crude rate; the file does not state its base.';
COMMENT ON COLUMN chicago_diabetes.crude_low IS '[rate as printed] Lower limit.';
COMMENT ON COLUMN chicago_diabetes.crude_high IS '[rate as printed] Upper limit.';
COMMENT ON COLUMN chicago_diabetes.adjusted_rate IS '[rate as printed] Age-adjusted rate; the file does not state its base.';
COMMENT ON COLUMN chicago_diabetes.adjusted_low IS '[rate as printed] Lower limit.';
COMMENT ON COLUMN chicago_diabetes.adjusted_high IS '[rate as printed] Upper limit.';
