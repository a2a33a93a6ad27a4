CREATE TABLE sahie_estimate (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    county_fips VARCHAR NOT NULL,
    name VARCHAR,
    age_category INTEGER NOT NULL,
    race_category INTEGER NOT NULL,
    sex_category INTEGER NOT NULL,
    income_category INTEGER NOT NULL,
    uninsured DOUBLE,
    ci90_low DOUBLE,
    ci90_high DOUBLE,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, county_fips, age_category, race_category, sex_category, income_category),
    CHECK (CAST(year AS VARCHAR) = vintage),
    CHECK (length(county_fips) = 5),
    CHECK (uninsured BETWEEN 0 AND 100),
    CHECK (ci90_low <= ci90_high),
    CHECK (age_category BETWEEN 0 AND 5),
    CHECK (race_category BETWEEN 0 AND 7),
    CHECK (sex_category BETWEEN 0 AND 2),
    CHECK (income_category BETWEEN 0 AND 5),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE sahie_estimate IS 'Model-based share of people without health insurance by county, year and category, with 90 percent limits.';
COMMENT ON COLUMN sahie_estimate.vintage IS 'Release or edition of the file: the year.';
COMMENT ON COLUMN sahie_estimate.year IS '[year] Year that the row says it is of.';
COMMENT ON COLUMN sahie_estimate.county_fips IS 'County code, 5 digits; 00000 the nation, ending in 000 a state. The answer has no code in one piece.';
COMMENT ON COLUMN sahie_estimate.name IS 'Name of the place, as printed; NULL where it was not asked for.';
COMMENT ON COLUMN sahie_estimate.age_category IS 'Ages, as the Bureau numbers them: 0 under 65, 1 18 to 64, 2 40 to 64, 3 50 to 64, 4 under 19, 5 21 to 64.';
COMMENT ON COLUMN sahie_estimate.race_category IS 'Race and origin, as the Bureau numbers them: 0 all; others for states only.';
COMMENT ON COLUMN sahie_estimate.sex_category IS '0 both, 1 male, 2 female.';
COMMENT ON COLUMN sahie_estimate.income_category IS 'Income against the poverty level, as the Bureau numbers it: 0 all incomes.';
COMMENT ON COLUMN sahie_estimate.uninsured IS '[percent] People without health insurance; NULL where the publisher gives none (Kalawao County).';
COMMENT ON COLUMN sahie_estimate.ci90_low IS '[percent] Lower 90 percent limit as printed, or the estimate less its printed margin.';
COMMENT ON COLUMN sahie_estimate.ci90_high IS '[percent] Upper 90 percent limit as printed, or the estimate and its printed margin.';
