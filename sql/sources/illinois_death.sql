CREATE TABLE illinois_death (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    county_fips VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    sex VARCHAR NOT NULL,
    age_group VARCHAR NOT NULL,
    age_start INTEGER NOT NULL,
    age_end INTEGER,
    deaths BIGINT NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, county_fips, year, sex, age_start),
    CHECK (regexp_full_match(county_fips, '17[0-9]{3}')),
    CHECK (sex IN ('Male', 'Female')),
    CHECK (deaths >= 0),
    CHECK (age_end > age_start),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE illinois_death IS 'Deaths of a county by year, sex and age group. Counts below 10 stand here and are never published.';
COMMENT ON COLUMN illinois_death.county_fips IS 'County of residence, 5 digits.';
COMMENT ON COLUMN illinois_death.year IS '[year] Year of the deaths.';
COMMENT ON COLUMN illinois_death.sex IS 'Male or Female.';
COMMENT ON COLUMN illinois_death.age_group IS 'Age group as printed.';
COMMENT ON COLUMN illinois_death.age_start IS '[years] First age of the group.';
COMMENT ON COLUMN illinois_death.age_end IS '[years] Age at which the group ends, by its words: "0 to 1 years" ends at 1, "1 to 4 years" at 5; NULL where it has no end.';
COMMENT ON COLUMN illinois_death.deaths IS '[deaths] Deaths of residents.';
