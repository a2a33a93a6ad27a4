CREATE TABLE us_death_rate (
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    vintage VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    race VARCHAR NOT NULL,
    sex VARCHAR NOT NULL,
    e0 DOUBLE,
    age_adjusted_rate DOUBLE NOT NULL,
    unparsed VARCHAR,
    PRIMARY KEY (vintage, year, race, sex),
    CHECK (race IN ('All Races', 'Black', 'White')),
    CHECK (sex IN ('Both Sexes', 'Female', 'Male')),
    CHECK (e0 BETWEEN 20 AND 90),
    CHECK (age_adjusted_rate > 0),
    CHECK (unparsed IS NULL)
);
COMMENT ON TABLE us_death_rate IS 'Life expectancy at birth and age-adjusted death rate of the United States: one row per year, race and sex.';
COMMENT ON COLUMN us_death_rate.vintage IS 'Release or edition of the file: its first and last year.';
COMMENT ON COLUMN us_death_rate.year IS '[year] Year of the deaths.';
COMMENT ON COLUMN us_death_rate.race IS 'All Races, Black or White, as printed; the file does not tell Hispanic origin.';
COMMENT ON COLUMN us_death_rate.sex IS 'Both Sexes, Female or Male, as printed.';
COMMENT ON COLUMN us_death_rate.e0 IS '[years] Life expectancy at birth; NULL where none is published.';
COMMENT ON COLUMN us_death_rate.age_adjusted_rate IS '[deaths per 100,000] Age-adjusted death rate.';
