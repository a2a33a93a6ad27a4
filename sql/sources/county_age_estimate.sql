CREATE TABLE county_age_estimate (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    county_fips VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    year_code INTEGER NOT NULL,
    year INTEGER NOT NULL,
    base_of_estimates BOOLEAN NOT NULL,
    age_group VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    people BIGINT,
    male BIGINT,
    female BIGINT,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, county_fips, year_code, age_group),
    CHECK (length(county_fips) = 5),
    CHECK (year_code >= 1),
    CHECK (base_of_estimates = (year_code = 1)),
    CHECK (people >= 0),
    CHECK (people = male + female),
    CHECK (age_end > age_start),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE county_age_estimate IS 'Estimated people of counties by year, age group and sex: one row a county, year and age group.';
COMMENT ON COLUMN county_age_estimate.vintage IS 'Release or edition of the file: the last year it estimates.';
COMMENT ON COLUMN county_age_estimate.name IS 'Name of the county, as printed, without its state.';
COMMENT ON COLUMN county_age_estimate.year_code IS 'Code under YEAR in the file: 1 the base of 1 April 2020, 2 the estimate of 1 July 2020, 3 that of 2021, and so on.';
COMMENT ON COLUMN county_age_estimate.year IS '[year] Year that the code stands for.';
COMMENT ON COLUMN county_age_estimate.base_of_estimates IS 'Whether the row is the base that estimates start from, of 1 April 2020; no estimate of a year.';
COMMENT ON COLUMN county_age_estimate.age_group IS 'Stem of the columns: POPEST for all ages, AGE04 to AGE85PLUS for the groups. Other columns of the file overlap these and are not read.';
COMMENT ON COLUMN county_age_estimate.age_start IS '[years] First age of the group.';
COMMENT ON COLUMN county_age_estimate.age_end IS '[years] Age at which the group ends; NULL where it has no end.';
COMMENT ON COLUMN county_age_estimate.people IS '[people] Both sexes.';
COMMENT ON COLUMN county_age_estimate.male IS '[people] Male.';
COMMENT ON COLUMN county_age_estimate.female IS '[people] Female.';
