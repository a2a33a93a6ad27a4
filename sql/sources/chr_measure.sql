CREATE TABLE chr_measure (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    county_fips VARCHAR NOT NULL,
    population_group VARCHAR NOT NULL,
    estimate DOUBLE,
    ci_low DOUBLE,
    ci_high DOUBLE,
    flag_ct VARCHAR,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, measure, county_fips, population_group),
    CHECK (length(county_fips) = 5),
    CHECK (ci_low <= ci_high),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE chr_measure IS 'Life expectancy of counties, states and the nation by release, for all people and by race and ethnicity.';
COMMENT ON COLUMN chr_measure.source_file IS 'File the row stands in.';
COMMENT ON COLUMN chr_measure.source_row IS 'Data row of the file, counted from 1.';
COMMENT ON COLUMN chr_measure.vintage IS 'Release or edition of the file.';
COMMENT ON COLUMN chr_measure.measure IS 'Measure code: v147.';
COMMENT ON COLUMN chr_measure.county_fips IS 'County code, 5 digits; 00000 the nation, ending in 000 a state.';
COMMENT ON COLUMN chr_measure.population_group IS 'all or race:<group>.';
COMMENT ON COLUMN chr_measure.estimate IS '[years] As published, implausible values included.';
COMMENT ON COLUMN chr_measure.ci_low IS '[years] Lower 95 percent limit.';
COMMENT ON COLUMN chr_measure.ci_high IS '[years] Upper 95 percent limit.';
COMMENT ON COLUMN chr_measure.flag_ct IS 'Connecticut: A available, U unavailable for the kind of county.';
COMMENT ON COLUMN chr_measure.unparsed IS 'Text of cells that should be numbers and are not, as column=text.';
