CREATE TABLE saipe_estimate (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    county_fips VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    name VARCHAR,
    postal_code VARCHAR,
    measure VARCHAR NOT NULL,
    estimate DOUBLE,
    ci90_low DOUBLE,
    ci90_high DOUBLE,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, county_fips, measure),
    CHECK (CAST(year AS VARCHAR) = vintage),
    CHECK (length(county_fips) = 5),
    CHECK (estimate >= 0),
    CHECK (ci90_low <= ci90_high),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE saipe_estimate IS 'Model-based poverty and median household income of counties, states and the nation, with 90 percent limits.';
COMMENT ON COLUMN saipe_estimate.county_fips IS 'County code, 5 digits; 00000 the nation, ending in 000 a state.';
COMMENT ON COLUMN saipe_estimate.year IS '[year] Year that the row says it is of; the spreadsheet says it in its name alone.';
COMMENT ON COLUMN saipe_estimate.name IS 'Name of the place, as printed (the API leaves the state out); NULL where it was not asked for.';
COMMENT ON COLUMN saipe_estimate.postal_code IS 'Postal code of the state; US for the nation; NULL in answers of the API, which have none.';
COMMENT ON COLUMN saipe_estimate.measure IS 'Column of the estimate as the spreadsheet names it: people, percent or dollars, as it says.';
COMMENT ON COLUMN saipe_estimate.estimate IS 'Estimate as published; NULL where the publisher gives none (no county has one for ages 0 to 4).';
COMMENT ON COLUMN saipe_estimate.ci90_low IS 'Lower 90 percent limit as printed, or the estimate less its printed margin; NULL where neither is in the file.';
COMMENT ON COLUMN saipe_estimate.ci90_high IS 'Upper 90 percent limit as printed, or the estimate and its printed margin; NULL where neither is in the file.';
